package order_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"peyk"
	"peyk/internal/order"
)

const (
	created, assigned, picked    = peyk.OrderCreated, peyk.OrderAssigned, peyk.OrderPickedUp
	delivered, cancelled, failed = peyk.OrderDelivered, peyk.OrderCancelled, peyk.OrderFailed
	none                         = peyk.OrderState(0)
)

func TestPut(t *testing.T) {
	conflict := func(from, to peyk.OrderState) error { return order.Conflict{From: from, To: to} }
	for _, tt := range []struct {
		name    string
		state   peyk.OrderState
		courier string // that it had
		says    peyk.OrderState
		by      string // the courier that is said
		want    peyk.OrderState
		err     error
	}{
		{"new", none, "", none, "", created, nil},
		{"new, with a courier", none, "", none, "c", assigned, nil},
		{"new, said to be created, with a courier", none, "", created, "c", assigned, nil},
		{"new, skipping forward", none, "", picked, "c", picked, nil},
		{"new, delivered by nobody we know", none, "", delivered, "", delivered, nil},
		{"new, assigned to nobody", none, "", assigned, "", none, order.ErrNobody},
		{"assigning", created, "", none, "c", assigned, nil},
		{"undone", assigned, "c", none, "", created, nil},
		{"undone in words", assigned, "c", created, "", created, nil},
		{"another courier", assigned, "c", assigned, "d", assigned, nil},
		{"the same again", picked, "c", picked, "c", picked, nil},
		{"nothing said of the state", picked, "c", none, "c", picked, nil},
		{"taken over on the way", picked, "c", none, "d", picked, nil},
		{"brought by nobody", picked, "c", none, "", none, order.ErrNobody},
		{"back", picked, "c", assigned, "c", none, conflict(picked, assigned)},
		{"back to the beginning", picked, "c", created, "c", none, conflict(picked, created)},
		{"an end", picked, "c", cancelled, "", cancelled, nil},
		{"the same end", delivered, "c", delivered, "c", delivered, nil},
		{"after the end", delivered, "c", none, "c", delivered, nil},
		{"another end", delivered, "c", failed, "c", none, conflict(delivered, failed)},
		{"leaving an end", cancelled, "c", created, "", none, conflict(cancelled, created)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			was := peyk.Order{ID: "o", State: tt.state, Courier: tt.courier, Reason: "why"}
			if was.State != none {
				was.At[created], was.At[was.State] = noon, noon
			}
			later := noon.Add(time.Minute)
			is, err := order.Put(was, peyk.Order{ID: "o", State: tt.says, Courier: tt.by, Customer: "new"}, later)
			if !errors.Is(err, tt.err) || err != nil && is.State != was.State {
				t.Fatalf("Put = %v, %v, want %v, %v", is.State, err, tt.want, tt.err)
			}
			if err != nil {
				return
			}
			if is.State != tt.want || is.Courier != tt.by || is.Customer != "new" || is.Reason != "why" {
				t.Errorf("Put = %+v, want %v", is, tt.want)
			}
			since := later
			if undone := tt.state == assigned && tt.want == created; undone || tt.state == tt.want && (tt.want != assigned || tt.courier == tt.by) {
				since = noon
			}
			if at := is.At[is.State]; !at.Equal(since) {
				t.Errorf("it is %v since %v, want %v", is.State, at, since)
			}
		})
	}
}

func TestReport(t *testing.T) {
	for _, tt := range []struct {
		name  string
		state peyk.OrderState
		said  order.Said
		want  peyk.OrderState
		err   error
	}{
		{"picked up", assigned, order.Said{Courier: "c", State: picked}, picked, nil},
		{"again", picked, order.Said{Courier: "c", State: picked}, picked, nil},
		{"delivered", picked, order.Said{Courier: "c", State: delivered, Code: "A12"}, delivered, nil},
		{"delivered, as it was typed", picked, order.Said{Courier: "c", State: delivered, Code: " a۱٢ "}, delivered, nil},
		{"delivered, skipping forward", assigned, order.Said{Courier: "c", State: delivered, Code: "A12"}, delivered, nil},
		{"delivered again, without the code", delivered, order.Said{Courier: "c", State: delivered}, delivered, nil},
		{"the wrong code", picked, order.Said{Courier: "c", State: delivered, Code: "A1"}, picked, order.ErrCode},
		{"no code", picked, order.Said{Courier: "c", State: delivered}, picked, order.ErrCode},
		{"failed", picked, order.Said{Courier: "c", State: failed, Reason: "nobody there"}, failed, nil},
		{"failed for nothing", picked, order.Said{Courier: "c", State: failed, Reason: " "}, picked, order.ErrNoReason},
		{"another's", picked, order.Said{Courier: "d", State: delivered, Code: "A12"}, picked, order.ErrOwn},
		{"nobody's", picked, order.Said{State: delivered, Code: "A12"}, picked, order.ErrOwn},
		{"what there is not", none, order.Said{Courier: "c", State: picked}, none, peyk.ErrNotFound},
		{"back", picked, order.Said{Courier: "c", State: assigned}, picked, order.ErrState},
		{"cancelled, which is the shop's to say", picked, order.Said{Courier: "c", State: cancelled}, picked, order.ErrState},
		{"after the end", cancelled, order.Said{Courier: "c", State: delivered, Code: "A12"}, cancelled, peyk.ErrConflict},
	} {
		t.Run(tt.name, func(t *testing.T) {
			is, err := order.Report(peyk.Order{ID: "o", State: tt.state, Courier: "c", Code: "A12"}, tt.said, noon)
			if is.State != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("Report = %v, %v, want %v, %v", is.State, err, tt.want, tt.err)
			}
			if entered := is.State != tt.state; entered && !is.At[is.State].Equal(noon) || is.State == failed && is.Reason != tt.said.Reason {
				t.Errorf("Report = %+v", is)
			}
		})
	}
}

// TestReportsCountFromWhenTheyHappened, within what can be.
func TestReportsCountFromWhenTheyHappened(t *testing.T) {
	was := peyk.Order{ID: "o", State: picked, Courier: "c"}
	was.At[picked] = noon.Add(-time.Hour)
	for _, tt := range []struct {
		name     string
		at, want time.Time
	}{
		{"now", time.Time{}, noon},
		{"late", noon.Add(-20 * time.Minute), noon.Add(-20 * time.Minute)},
		{"by a clock that is fast", noon.Add(time.Minute), noon},
		{"by a clock that is slow", noon.Add(-3 * time.Hour), noon.Add(-time.Hour)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			is, err := order.Report(was, order.Said{Courier: "c", State: delivered, At: tt.at}, noon)
			if err != nil || !is.At[delivered].Equal(tt.want) {
				t.Errorf("delivered at %v, %v, want %v", is.At[delivered], err, tt.want)
			}
		})
	}
}

// TestNoOrderLeavesItsEnd goes through lives of orders.
func TestNoOrderLeavesItsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o peyk.Order
		state, courier := rapid.Uint8Range(0, 6), rapid.SampledFrom([]string{"", "c", "d"})
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			was := o
			if rapid.Bool().Draw(t, "shop") {
				o, _ = order.Put(o, peyk.Order{ID: "o", State: peyk.OrderState(state.Draw(t, "state")), Courier: courier.Draw(t, "courier")}, noon)
			} else {
				o, _ = order.Report(o, order.Said{Courier: courier.Draw(t, "by"), State: peyk.OrderState(state.Draw(t, "state")), Reason: "r"}, noon)
			}
			switch {
			case was.State.Ended() && o.State != was.State:
				t.Fatalf("%v became %v", was.State, o.State)
			case o.State < was.State && was.State > assigned:
				t.Fatalf("%v went back to %v", was.State, o.State)
			case (o.State == assigned || o.State == picked) && o.Courier == "":
				t.Fatalf("%v by nobody", o.State)
			case o.State != none && o.At[o.State].IsZero():
				t.Fatalf("nobody knows since when it is %v", o.State)
			}
		}
	})
}

func TestTries(t *testing.T) {
	var tries order.Tries
	now := noon
	for range 5 {
		if wait := tries.Take("o", now); wait != 0 {
			t.Fatalf("wait %v, want 5 tries", wait)
		}
	}
	now = now.Add(time.Minute)
	if wait := tries.Take("o", now); wait != 14*time.Minute {
		t.Errorf("wait %v, want 14 minutes", wait)
	}
	if wait := tries.Take("p", now); wait != 0 {
		t.Errorf("another order waits %v", wait)
	}
	tries.Return("o")
	if wait := tries.Take("o", now); wait != 0 {
		t.Errorf("a try that was given back: wait %v", wait)
	}
	if wait := tries.Take("o", now.Add(14*time.Minute)); wait != 0 {
		t.Errorf("after the pause: wait %v", wait)
	}
	tries.Return("never")
}
