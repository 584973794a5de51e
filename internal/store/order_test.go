package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

// fullOrder is one with all that an order can have.
func fullOrder(id string) peyk.Order {
	at := time.Date(2026, 11, 20, 9, 0, 0, 1000, time.UTC)
	return peyk.Order{
		ID: id, State: peyk.OrderPickedUp, Courier: "پیک ۱", Stop: 3, Promised: at.Add(time.Hour),
		Destination: peyk.Place{Lat: 35.7000001, Lon: -51.4, Known: true, Address: "خیابان <آزادی>\u2028"},
		Pickup:      peyk.Place{Address: "shop"}, Customer: "علی\u200cرضا", Phone: "1", ShopPhone: "2", CourierPhone: "3", Code: "۱۲۳",
		Reason: "r", Metadata: json.RawMessage(`{ "b": 1.0,  "a": "\u0000\u2028 " }`),
		At: [peyk.OrderFailed + 1]time.Time{peyk.OrderCreated: at, peyk.OrderPickedUp: at.Add(time.Minute)},
	}
}

// orders returns open orders of a courier that have nothing but their ids.
func orders(courier string, ids ...string) []peyk.Order {
	list := make([]peyk.Order, len(ids))
	for i, id := range ids {
		list[i] = peyk.Order{ID: id, State: peyk.OrderCreated, Courier: courier}
	}
	return list
}

// be edits orders to be these, whatever they were.
func (s subject) be(t testing.TB, list ...peyk.Order) store.Edited {
	t.Helper()
	ids := make([]string, len(list))
	for i, o := range list {
		ids[i] = o.ID
	}
	return must(s.EditOrders(s.ctx, store.Edit{IDs: ids, Make: func([]peyk.Order) ([]peyk.Order, error) { return list, nil }}))(t)
}

func keepsOrders(t *testing.T, s subject) {
	_, err := s.Order(s.ctx, "o")
	wantErr(t, "an absent order", err, peyk.ErrNotFound)
	want := fullOrder("o")
	s.be(t, want)
	want.Version = 1
	same(t, "a full order", must(s.Order(s.ctx, "o"))(t), want)
	before := s.revision(t)
	if again := s.be(t, want); again.Revision != 0 || again.Orders[0].Version != 1 {
		t.Errorf("the same order again is %+v, want no change", again)
	}
	same(t, "revision", s.revision(t), before)

	bare := orders("", "o")[0]
	if edited := s.be(t, bare); edited.Revision != before+1 || s.revision(t) != before+1 {
		t.Errorf("revision %d, want %d", edited.Revision, before+1)
	}
	bare.Version = 2
	same(t, "a bare order", must(s.Order(s.ctx, "o"))(t), bare)

	s.be(t, peyk.Order{ID: "o"})
	_, err = s.Order(s.ctx, "o")
	wantErr(t, "a deleted order", err, peyk.ErrNotFound)
	if edited := s.be(t, peyk.Order{ID: "o"}, peyk.Order{ID: "never"}); edited.Revision != 0 {
		t.Error("deleting what is not there is a change")
	}
	s.be(t, bare)
	bare.Version = 4
	same(t, "an order made again", must(s.Order(s.ctx, "o"))(t), bare)
}

func editsAllOrNone(t *testing.T, s subject) {
	wrong := orders("", "1", "2")
	wrong[1].Stop = -1
	before := s.revision(t)
	if _, err := s.EditOrders(s.ctx, store.Edit{IDs: []string{"1", "2"}, Make: func([]peyk.Order) ([]peyk.Order, error) { return wrong, nil }}); err == nil {
		t.Error("an order that is not valid was kept")
	}
	own := errors.New("own")
	_, err := s.EditOrders(s.ctx, store.Edit{IDs: []string{"1"}, Make: func(was []peyk.Order) ([]peyk.Order, error) {
		same(t, "what is not there", was, []peyk.Order{{ID: "1"}})
		return nil, own
	}})
	wantErr(t, "an edit that refuses", err, own)
	_, err = s.EditOrders(s.ctx, store.Edit{IDs: []string{"a\x00"}})
	wantErr(t, "an id that cannot be", err, peyk.ErrNotFound)
	same(t, "revision", s.revision(t), before)
	list, _, err := s.Orders(s.ctx, store.OrderQuery{Scopes: []peyk.Scope{peyk.All}})
	ok(t, err)
	same(t, "orders", len(list), 0)
}

// editsAtOnce has many count on the same order: each sees what the one before
// has made. One in three refuses, and leaves the others alone.
func editsAtOnce(t *testing.T, s subject) {
	const each = 90
	var together sync.WaitGroup
	var refused atomic.Int32
	for i := range each {
		together.Go(func() {
			_, err := s.EditOrders(s.ctx, store.Edit{IDs: []string{fmt.Sprint(i), "sum"}, Make: func(was []peyk.Order) ([]peyk.Order, error) {
				if i%3 == 0 {
					return nil, peyk.ErrConflict
				}
				was[0].State, was[1].State = peyk.OrderCreated, peyk.OrderCreated
				was[1].Stop++
				return was, nil
			}})
			if errors.Is(err, peyk.ErrConflict) {
				refused.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	sum := must(s.Order(s.ctx, "sum"))(t)
	if sum.Stop != each*2/3 || sum.Version != each*2/3 || refused.Load() != each/3 {
		t.Errorf("sum %d of version %d, %d refused, want %d and %d", sum.Stop, sum.Version, refused.Load(), each*2/3, each/3)
	}
}

func editsOnce(t *testing.T, s subject) {
	made := 0
	edit := func(id, request byte) (store.Edited, error) {
		return s.EditOrders(s.ctx, store.Edit{
			IDs: []string{"o"}, Once: &store.Once{ID: [32]byte{id}, Request: [32]byte{request}},
			Make: func(was []peyk.Order) ([]peyk.Order, error) {
				made++
				was[0].State, was[0].Stop = peyk.OrderCreated, was[0].Stop+1
				return was, nil
			},
			Answer: func(are []peyk.Order) string { return fmt.Sprint("stop ", are[0].Stop) },
		})
	}
	if first := must(edit(1, 1))(t); first.Answer != "stop 1" || first.Revision == 0 {
		t.Errorf("first: %+v", first)
	}
	before := s.revision(t)
	if again := must(edit(1, 1))(t); again.Answer != "stop 1" || again.Revision != 0 || made != 1 {
		t.Errorf("again: %+v, made %d times", again, made)
	}
	_, err := edit(1, 2)
	wantErr(t, "the same name for something else", err, peyk.ErrConflict)
	same(t, "revision", s.revision(t), before)
	if other := must(edit(2, 1))(t); other.Answer != "stop 2" {
		t.Errorf("another: %+v", other)
	}
	s.clock.advance(24*time.Hour + time.Microsecond)
	if late := must(edit(1, 1))(t); late.Answer != "stop 3" {
		t.Errorf("a day later: %+v", late)
	}
}

func keepsShares(t *testing.T, s subject) {
	until := s.clock.time().Add(time.Hour)
	share := store.Share{ID: "s", Order: "o", Hash: [32]byte{1}, Made: s.clock.time(), Until: until}
	wantErr(t, "a share of nothing", s.MakeShare(s.ctx, share), peyk.ErrNotFound)
	s.be(t, orders("", "o", "p")...)
	ok(t, s.MakeShare(s.ctx, share))
	wantErr(t, "the same share", s.MakeShare(s.ctx, share), peyk.ErrConflict)
	same(t, "shares", must(s.Shares(s.ctx, "o"))(t), []store.Share{share})
	wantErr(t, "another order's share", s.RevokeShare(s.ctx, "p", "s"), peyk.ErrNotFound)
	share.Revoked = s.clock.time()
	ok(t, s.RevokeShare(s.ctx, "o", "s"))
	s.clock.advance(time.Minute)
	ok(t, s.RevokeShare(s.ctx, "o", "s"))
	before := s.revision(t) - 1
	same(t, "changes", s.changes(t, before).Shares, []store.Share{share})

	ended := fullOrder("p")
	ended.State, ended.At[peyk.OrderDelivered] = peyk.OrderDelivered, s.clock.time()
	s.be(t, ended)
	wantErr(t, "a share of an order that has ended", s.MakeShare(s.ctx, store.Share{ID: "t", Order: "p"}), peyk.ErrConflict)
	s.be(t, peyk.Order{ID: "o"})
	same(t, "shares of a deleted order", len(must(s.Shares(s.ctx, "o"))(t)), 0)
}

func tellsOrders(t *testing.T, s subject) {
	ended := fullOrder("ended")
	ended.State, ended.At[peyk.OrderDelivered] = peyk.OrderDelivered, s.clock.time()
	s.be(t, append(orders("", "1", "2"), ended)...)
	ok(t, s.MakeShare(s.ctx, store.Share{ID: "s", Order: "1"}))
	since := s.revision(t)
	told := func(since int64) (ids []string) {
		for _, o := range s.changes(t, since).Orders {
			ids = append(ids, fmt.Sprint(o.ID, " ", o.State))
		}
		return ids
	}
	same(t, "everything", told(0), []string{"1 created", "2 created", "ended delivered"})
	same(t, "every share", len(s.changes(t, 0).Shares), 1)
	s.be(t, peyk.Order{ID: "1"})
	same(t, "what changed", told(since), []string{"1 unknown"})
	s.clock.advance(store.Afterlife + time.Microsecond)
	same(t, "everything, later", told(0), []string{"2 created"})

	between := s.revision(t)
	s.clock.advance(7 * 24 * time.Hour)
	s.be(t, peyk.Order{ID: "2"})
	if c := s.changes(t, since); !c.Whole || len(c.Orders) != 0 {
		t.Errorf("changes %+v, want everything, since a deleted order is forgotten", c)
	}
	if c := s.changes(t, between); c.Whole || len(c.Orders) != 1 {
		t.Errorf("changes %+v, want the second deleted order alone", c)
	}
}

func queriesOrders(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, append(profiles("A", "a"), profiles("B", "b")...), nil))(t)
	late := orders("a", "late")[0]
	late.State, late.At[peyk.OrderFailed] = peyk.OrderFailed, s.clock.time()
	named := orders("b", "named")[0]
	named.Customer, named.Destination.Address, named.State = "علي رضا", "۱۲ Elm", peyk.OrderPickedUp
	s.be(t, append(orders("a", "1", "2"), late, named, orders("", "free")[0])...)
	s.be(t, orders("a", "gone")...)
	s.be(t, peyk.Order{ID: "gone"})
	all := []peyk.Scope{peyk.All}
	for _, tt := range []struct {
		name string
		store.OrderQuery
		want []string
		more bool
	}{
		{"all", store.OrderQuery{Scopes: all}, []string{"1", "2", "free", "late", "named"}, false},
		{"a page", store.OrderQuery{Scopes: all, Limit: 2, After: "1"}, []string{"2", "free"}, true},
		{"nobody", store.OrderQuery{}, nil, false},
		{"a team", store.OrderQuery{Scopes: []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "A"}}}, []string{"1", "2", "late"}, false},
		{"a courier that is not listed", store.OrderQuery{Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: "x"}}}, nil, false},
		{"a courier", store.OrderQuery{Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: "b"}}}, []string{"named"}, false},
		{"an order is no scope here", store.OrderQuery{Scopes: []peyk.Scope{{Kind: peyk.ScopeOrder, Name: "1"}}}, nil, false},
		{"states", store.OrderQuery{Scopes: all, States: []peyk.OrderState{peyk.OrderFailed, peyk.OrderPickedUp}}, []string{"late", "named"}, false},
		{"open", store.OrderQuery{Scopes: all, States: []peyk.OrderState{peyk.OrderCreated}}, []string{"1", "2", "free"}, false},
		{"its courier", store.OrderQuery{Scopes: all, Courier: "b"}, []string{"named"}, false},
		{"since before", store.OrderQuery{Scopes: all, Courier: "a", Since: s.clock.time().Add(-1)}, []string{"1", "2", "late"}, false},
		{"since", store.OrderQuery{Scopes: all, Courier: "a", Since: s.clock.time()}, []string{"1", "2"}, false},
		{"words", store.OrderQuery{Scopes: all, Search: "12 علی"}, []string{"named"}, false},
		{"a text that cannot be", store.OrderQuery{Scopes: all, Search: "\xff"}, nil, false},
	} {
		if tt.Limit == 0 {
			tt.Limit = 10
		}
		list, more, err := s.Orders(s.ctx, tt.OrderQuery)
		ok(t, err)
		var ids []string
		for _, o := range list {
			ids = append(ids, o.ID)
		}
		same(t, tt.name, ids, tt.want)
		same(t, tt.name+": more", more, tt.more)
	}
}
