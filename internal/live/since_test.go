package live_test

import (
	"fmt"
	"slices"
	"testing"

	"peyk"
	"peyk/internal/live"
)

func TestChanged(t *testing.T) {
	h := newHouse(t)
	const many = 5000 // several turns at the mutex
	for i := range many {
		h.take(peyk.Courier{ID: fmt.Sprint(i), Name: "phone"})
	}
	if n := len(slices.Collect(h.world.Changed(h.world.Version()))); n != many {
		t.Errorf("before their tick %d have changed, want %d", n, many)
	}
	h.tick()
	if n := len(slices.Collect(h.world.Changed(0))); n != many {
		t.Errorf("%d have changed ever, want %d", n, many)
	}
	since := h.world.Version()
	for _, id := range []string{"4000", "7"} {
		h.take(peyk.Courier{ID: id})
	}
	h.set("20", live.Listed{Name: "shop"})
	h.world.Remove("7")
	h.tick()
	var got []string
	for r := range h.world.Changed(since) {
		got = append(got, r.Courier.ID+" "+r.Courier.Name)
	}
	if want := []string{"20 ", "4000 phone"}; !slices.Equal(got, want) {
		t.Errorf("changed = %q, want %q", got, want)
	}
	for range h.world.Changed(0) {
		break // who has enough may stop
	}
}

func TestTakenSinceIsInTheOrderOfStamps(t *testing.T) {
	h := newHouse(t)
	for _, i := range []int{2, 1, 3, 2} {
		h.take(peyk.Courier{ID: fmt.Sprint(i)})
	}
	taken := h.world.TakenSince(0)
	if len(taken) != 3 {
		t.Fatalf("%d were taken, want 3", len(taken))
	}
	var stamps []peyk.Micros
	for _, r := range taken {
		stamps = append(stamps, r.Position.Stamp)
	}
	if !slices.IsSorted(stamps) {
		t.Errorf("stamps = %v, want them ascending", stamps)
	}
	if later := h.world.TakenSince(stamps[1]); len(later) != 1 || later[0].Courier != taken[2].Courier {
		t.Errorf("since the second there are %+v, want the third", later)
	}
}
