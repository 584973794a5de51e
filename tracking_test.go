package peyk_test

import (
	"testing"
	"time"

	"peyk"
)

func TestSameTracking(t *testing.T) {
	const second = peyk.Micros(1_000_000)
	seen := func() peyk.Tracking {
		return peyk.Tracking{
			Order: "7", State: peyk.OrderPickedUp, Promised: time.Unix(1_000_000, 0), Eta: peyk.Window{Least: 8, Most: 12},
			Courier: &peyk.TrackedCourier{Name: "Sara", Lat: 35, Lon: 51, Stamp: 100 * second},
		}
	}
	for _, tt := range []struct {
		name   string
		change func(*peyk.Tracking)
		want   bool
	}{
		{"nothing", func(*peyk.Tracking) {}, true},
		{"the same moment, elsewhere", func(t *peyk.Tracking) { t.Promised = t.Promised.In(time.FixedZone("", 12600)) }, true},
		{"heard again", func(t *peyk.Tracking) { t.Courier.Stamp += 29 * second }, true},
		{"heard long after", func(t *peyk.Tracking) { t.Courier.Stamp += 30 * second }, false},
		{"moved", func(t *peyk.Tracking) { t.Courier.Lat++ }, false},
		{"exact", func(t *peyk.Tracking) { t.Courier.Exact = true }, false},
		{"not to be seen", func(t *peyk.Tracking) { t.Courier = nil }, false},
		{"sooner", func(t *peyk.Tracking) { t.Eta.Least = 6 }, false},
		{"delivered", func(t *peyk.Tracking) { t.State = peyk.OrderDelivered }, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			next := seen()
			tt.change(&next)
			if got := next.Same(seen()); got != tt.want {
				t.Errorf("Same = %v, want %v", got, tt.want)
			}
			if got := seen().Same(next); got != tt.want && tt.name != "heard long after" {
				t.Errorf("the other way round Same = %v, want %v", got, tt.want)
			}
		})
	}
}
