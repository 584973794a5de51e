package order_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"peyk"
	"peyk/internal/order"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func TestRoundHasASequence(t *testing.T) {
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	picked := func(id string, minutes int) *peyk.Order {
		o := &peyk.Order{ID: id, State: peyk.OrderPickedUp}
		o.At[peyk.OrderPickedUp] = at(minutes)
		return o
	}
	assigned := peyk.OrderAssigned
	list := []*peyk.Order{
		{ID: "by id 2", State: assigned}, {ID: "by id 1", State: assigned},
		picked("picked up later", 2), picked("picked up", 1),
		{ID: "promised later", State: assigned, Promised: at(60)}, {ID: "promised", State: assigned, Promised: at(30)},
		{ID: "stop 2", State: assigned, Stop: 2}, {ID: "stop 1", State: assigned, Stop: 1, Promised: at(90)},
		{ID: "ended", State: peyk.OrderDelivered, Stop: 1},
	}
	want := []string{"stop 1", "stop 2", "promised", "promised later", "picked up", "picked up later", "by id 1", "by id 2"}
	for range 20 {
		first := list[0]
		list = append(list[1:], first) // whatever order they come in
		var got []string
		for _, o := range order.Round(list) {
			got = append(got, o.ID)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("Round = %q, want %q", got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	far := order.Way{Known: true, Metres: 9000, Seconds: 3000}
	for _, tt := range []struct {
		name  string
		state peyk.OrderState
		stop  int
		way   order.Way
		want  bool
	}{
		{"the next stop", peyk.OrderPickedUp, 0, far, true},
		{"the next stop, to an unknown place", peyk.OrderPickedUp, 0, order.Way{}, true},
		{"a later stop", peyk.OrderPickedUp, 1, far, false},
		{"a later stop, to an unknown place", peyk.OrderPickedUp, 1, order.Way{}, false},
		{"near", peyk.OrderPickedUp, 1, order.Way{Known: true, Metres: 2000, Seconds: 3000}, true},
		{"soon", peyk.OrderPickedUp, 1, order.Way{Known: true, Metres: 9000, Seconds: 600}, true},
		{"not picked up", peyk.OrderAssigned, 0, order.Way{Known: true}, false},
		{"delivered", peyk.OrderDelivered, 0, order.Way{Known: true}, false},
		{"cancelled", peyk.OrderCancelled, 0, order.Way{Known: true}, false},
		{"failed", peyk.OrderFailed, 0, order.Way{Known: true}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := order.DefaultRule.Visible(peyk.Order{State: tt.state}, tt.stop, tt.way); got != tt.want {
				t.Errorf("Visible = %v, want %v", got, tt.want)
			}
		})
	}
	early := order.DefaultRule
	early.From = peyk.OrderAssigned
	if !early.Visible(peyk.Order{State: peyk.OrderAssigned}, 0, far) || early.Visible(peyk.Order{State: peyk.OrderCreated}, 0, far) {
		t.Error("from assigned on is not from assigned on")
	}
}

// degrees draws a place that people live at.
func degrees(t *rapid.T) (lat, lon float64) {
	return rapid.Float64Range(-80, 80).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon")
}

func TestSnap(t *testing.T) {
	rule := order.DefaultRule
	rapid.Check(t, func(t *rapid.T) {
		lat, lon := degrees(t)
		a, b := rule.Snap(lat, lon)
		if c, d := rule.Snap(a, b); c != a || d != b {
			t.Fatalf("the centre of the cell of %v, %v is in another cell", a, b)
		}
		if far := order.Distance(lat, lon, a, b); far > 0.71*rule.Cell {
			t.Fatalf("the centre of the cell is %v m away, want at most half the diagonal of %v m", far, rule.Cell)
		}
	})
}

// TestACellIsAllThatIsTold: two places in one cell give the same answer, wherever
// the order goes, but near the destination.
func TestACellIsAllThatIsTold(t *testing.T) {
	rule := order.DefaultRule
	rule.Names = true
	rapid.Check(t, func(t *rapid.T) {
		lat, lon := degrees(t)
		lat, lon = rule.Snap(lat, lon)
		within := rapid.Float64Range(-0.49, 0.49)
		metre := 1 / 111_195.0
		beside := func(name string) peyk.Entry {
			e := courierAt(lat+within.Draw(t, name)*rule.Cell*metre, lon, noon)
			e.Position.Speed, e.Position.Battery = peyk.Measured(rapid.Float64Range(0, 30).Draw(t, name)), peyk.Measured(0.5)
			return e
		}
		o := peyk.Order{ID: "o", State: peyk.OrderPickedUp, Courier: "c", Destination: peyk.Place{
			Known: true, Lat: lat + rapid.Float64Range(-0.1, 0.1).Draw(t, "to"), Lon: lon,
		}}
		var told [2]peyk.Tracking
		for i, e := range []peyk.Entry{beside("a"), beside("b")} {
			book := order.NewBook(order.Options{Rule: rule, Afterlife: time.Hour, Now: func() time.Time { return noon }})
			book.Update([]peyk.Order{o}, true)
			told[i] = book.Track("o", e, true, false, peyk.MicrosOf(noon))
		}
		seen := told[0].Courier
		if seen == nil || told[1].Courier == nil {
			t.Fatal("the next stop does not see its courier")
		}
		near := order.Distance(seen.Lat, seen.Lon, o.Destination.Lat, lon) <= rule.Exactly
		if a, b := tell(told[0]), tell(told[1]); a != b && !(near && seen.Exact) {
			t.Fatalf("two places in one cell are told as\n%s and\n%s", a, b)
		}
		if seen.Exact != told[1].Courier.Exact || seen.Exact && order.Distance(seen.Lat, seen.Lon, o.Destination.Lat, lon) > rule.Exactly+rule.Cell {
			t.Fatalf("it is told exactly: %s", tell(told[0]))
		}
	})
}

// tell writes all that is told, pointers followed.
func tell(t peyk.Tracking) string {
	c := t.Courier
	t.Courier = nil
	return fmt.Sprintf("%+v %+v", t, c)
}

func courierAt(lat, lon float64, at time.Time) peyk.Entry {
	return peyk.Entry{
		Number: 7, Courier: peyk.Courier{ID: "c", Username: "secret", Name: "Sara Secret", Team: "secret"},
		Position: peyk.Position{Lat: lat, Lon: lon, Stamp: peyk.MicrosOf(at)},
	}
}

func TestExpect(t *testing.T) {
	for seconds, want := range map[float64]peyk.Window{
		-1: {}, 0: {Least: 0, Most: 1}, 60: {Least: 0, Most: 3}, 240: {Least: 3, Most: 6}, 600: {Least: 8, Most: 14},
		1200: {Least: 15, Most: 30}, 3600: {Least: 40, Most: 80},
	} {
		if got := order.Expect(seconds); got != want {
			t.Errorf("Expect(%v) = %v, want %v", seconds, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		seconds := rapid.Float64Range(0, 1e5).Draw(t, "seconds")
		w := order.Expect(seconds)
		if float64(w.Least) > seconds/60 || float64(w.Most) < seconds/60 || w.Least >= w.Most {
			t.Fatalf("Expect(%v) = %v, want a window around it", seconds, w)
		}
		if longer := order.Expect(2 * seconds); longer.Most < w.Most {
			t.Fatalf("Expect(%v) = %v, which is less than %v", 2*seconds, longer, w)
		}
	})
}

func TestPace(t *testing.T) {
	var p order.Pace
	at := noon
	drive := func(metresPerSecond float64, seconds int) {
		for i := range seconds / 10 {
			at = at.Add(10 * time.Second)
			_ = i
			p.Note(peyk.Position{Lat: 35 + metresPerSecond*at.Sub(noon).Seconds()/111_195, Lon: 51, Stamp: peyk.MicrosOf(at)})
		}
	}
	drive(10, 1800)
	if got := p.Seconds(10_000); math.Abs(got-1000*order.Detour) > 50 {
		t.Errorf("10 km at 10 m/s take %v s, want %v: streets are longer than the straight line", got, 1000*order.Detour)
	}
	p.Note(peyk.Position{Lat: 80, Stamp: peyk.MicrosOf(at.Add(-time.Second))})
	if got := p.Seconds(10_000); got < 950*order.Detour {
		t.Errorf("an older position counts: %v s", got)
	}
	p.Note(peyk.Position{Lat: -80, Lon: 51, Stamp: peyk.MicrosOf(at.Add(time.Hour))})
	if got := p.Seconds(10_000); got < 10_000*order.Detour/25-1 {
		t.Errorf("a leap around the earth makes the courier fly: %v s", got)
	}
}
