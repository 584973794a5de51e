package directory_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"peyk"
	"peyk/internal/directory"
	"peyk/internal/live"
	"peyk/internal/store"
)

// TestOrdersAreToldWholeAndThenWhatChanged, with who knows the revision of its
// own change, many at once.
func TestOrdersAreToldWholeAndThenWhatChanged(t *testing.T) {
	n := open(t, sqlite(t))
	type news struct {
		orders, shares int
		whole          bool
	}
	var mu sync.Mutex // guards told
	var told []news
	states := make(map[string]peyk.OrderState)
	d := directory.New(directory.Options{
		Store: n.store, Forget: forget, Log: slog.New(slog.DiscardHandler),
		Orders: func(orders []peyk.Order, shares []store.Share, whole bool) {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, news{len(orders), len(shares), whole})
			for _, o := range orders {
				states[o.ID] = o.State
			}
		},
	})
	edit := func(id string, state peyk.OrderState) int64 {
		t.Helper()
		edited, err := n.store.EditOrders(t.Context(), store.Edit{IDs: []string{id}, Make: func(was []peyk.Order) ([]peyk.Order, error) {
			was[0].State = state
			return was, nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		return edited.Revision
	}
	edit("1", peyk.OrderCreated)
	world := live.NewWorld(live.Options{Tick: 1, MaxCouriers: 1, Forget: forget, Listed: d.Listed})
	if err := d.Open(context.Background(), world); err != nil {
		t.Fatal(err)
	}
	if err := n.store.MakeShare(t.Context(), store.Share{ID: "s", Order: "1"}); err != nil {
		t.Fatal(err)
	}
	edit("1", peyk.OrderCancelled)
	last := edit("2", peyk.OrderCreated)
	var together sync.WaitGroup
	for range 8 {
		together.Go(func() {
			if err := d.RefreshTo(context.Background(), last); err != nil {
				t.Error(err)
			}
		})
	}
	together.Wait()
	want := []news{{1, 0, true}, {2, 1, false}}
	if len(told) != 2 || told[0] != want[0] || told[1] != want[1] || states["1"] != peyk.OrderCancelled {
		t.Errorf("told %+v, and states %v, want %+v: once each", told, states, want)
	}
	if err := d.RefreshTo(context.Background(), edit("2", 0)); err != nil || states["2"] != 0 || len(told) != 3 {
		t.Errorf("a deleted order: error %v, told %+v", err, told)
	}
}
