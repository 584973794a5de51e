package live_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
)

// wander watches a list of couriers, none of whom was watched before, and
// leaves it.
func (h *house) wander(turn int) {
	ids := make([]string, peyk.MaxViewCouriers)
	for i := range ids {
		ids[i] = fmt.Sprintf("nobody-%d-%d", turn, i)
	}
	keys, err := live.Cover([]peyk.Scope{peyk.All}, peyk.View{Couriers: ids})
	if err != nil {
		h.t.Fatal(err)
	}
	h.world.Unwatch(h.world.Watch(keys))
}

// TestPartsThatNobodyWatchesAreBounded: who asks for something else again and
// again takes no more memory than there is room for.
func TestPartsThatNobodyWatchesAreBounded(t *testing.T) {
	const bound = 1 << 16
	h := newHouse(t) // watches one part all the time
	for turn := range 2 * bound / peyk.MaxViewCouriers {
		h.wander(turn)
	}
	if got := h.world.Stats().Parts; got > bound+1 {
		t.Errorf("%d parts are kept, want at most %d", got, bound+1)
	}
	h.take(peyk.Courier{ID: "1"})
	if f, _ := h.tick(); len(f.Entries) != 1 {
		t.Errorf("the part that is watched tells %+v, want the one who came", f)
	}
}

// TestPartIsKeptForAMinute after its last viewer, also if it was left before.
func TestPartIsKeptForAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		sweep := func(after time.Duration) {
			time.Sleep(after)
			h.take(peyk.Courier{ID: "1"})
			h.tick()
		}
		h.wander(1)
		sweep(50 * time.Second)
		h.wander(1)
		h.wander(1)
		sweep(50 * time.Second)
		if got := h.world.Stats().Parts; got != 1+peyk.MaxViewCouriers {
			t.Errorf("%d parts 50 s later, want %d", got, 1+peyk.MaxViewCouriers)
		}
		sweep(50 * time.Second)
		if got := h.world.Stats().Parts; got != 1 {
			t.Errorf("%d parts 100 s later, want 1", got)
		}
	})
}
