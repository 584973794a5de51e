package order

import (
	"slices"
	"strings"
	"time"

	"peyk"
)

// Courier returns by whose moves what a customer may see of an order changes:
// who brings it, once it has come so far that it may be seen; else nobody.
func (b *Book) Courier(order string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.orders[order]
	if o == nil || !b.o.Rule.begun(o) {
		return ""
	}
	return o.Courier
}

// Track returns what the customer of an order may know at a moment; e is the
// courier that brings it, if it is known where that is, and seen says that the
// customer sees it. Of an order that is not shown the State is 0.
func (b *Book) Track(order string, e peyk.Entry, known, seen bool, at peyk.Micros) peyk.Tracking {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.findLocked(order, at.Time())
	if o == nil {
		return peyk.Tracking{Order: order, Stops: -1}
	}
	t := peyk.Tracking{
		Order: order, State: o.State, Destination: o.Destination, Promised: o.Promised, ShopPhone: o.ShopPhone, Stops: -1,
	}
	if o.State.Ended() {
		t.Ended = o.At[o.State]
		return t
	}
	t.Code = o.Code
	r := b.rounds[o.Courier]
	if r == nil || !known || e.Courier.ID != o.Courier || !b.o.Rule.begun(o) {
		return t
	}
	r.pace.Note(e.Position)
	rule := b.o.Rule
	if seen {
		rule = rule.Wider()
	}
	r.look(rule, o, e, at, &t)
	return t
}

// look adds what may be known of the courier. All of it follows from the cell in
// which the courier is, and from how fast it was; only to whom it comes next does
// it, when it is near, follow from where it really is.
func (r *round) look(rule Rule, o *peyk.Order, e peyk.Entry, at peyk.Micros, t *peyk.Tracking) {
	stop := slices.Index(r.orders, o)
	lat, lon := rule.Snap(e.Position.Lat, e.Position.Lon)
	way := r.way(lat, lon, stop)
	if way.Known && !e.Position.Silent(at) {
		t.Eta = r.expect(o.ID, way.Seconds)
	}
	if !rule.Visible(*o, stop, way) {
		return
	}
	seen := &peyk.TrackedCourier{Lat: lat, Lon: lon, Stamp: e.Position.Stamp / second * second}
	if stop == 0 && way.Known && way.Metres <= rule.Exactly {
		seen.Lat, seen.Lon, seen.Exact = e.Position.Lat, e.Position.Lon, true
	}
	if words := strings.Fields(e.Courier.Name); rule.Names && len(words) > 0 {
		seen.Name = words[0]
	}
	t.Courier, t.Stops, t.Phone = seen, stop, o.CourierPhone
}

// expect returns when the courier comes with an order of the round.
func (r *round) expect(order string, seconds float64) peyk.Window {
	if r.told == nil || len(r.told) > len(r.orders) { // with orders that are not in the round any more
		r.told = make(map[string]float64)
	}
	r.told[order] = Steady(r.told[order], seconds)
	return Expect(r.told[order])
}

const second = peyk.Micros(time.Second / time.Microsecond)

// atDoor is how long a courier is at each stop.
const atDoor = 2 * time.Minute

// way returns what is left to a stop for who is at a place: by the stops before.
func (r *round) way(lat, lon float64, stop int) Way {
	to := r.orders[stop].Destination
	if !to.Known {
		return Way{}
	}
	w := Way{Known: true, Metres: Distance(lat, lon, to.Lat, to.Lon)}
	for i, o := range r.orders[:stop+1] {
		if d := o.Destination; d.Known {
			w.Seconds += r.pace.Seconds(Distance(lat, lon, d.Lat, d.Lon))
			lat, lon = d.Lat, d.Lon
		}
		if i < stop {
			w.Seconds += atDoor.Seconds()
		}
	}
	return w
}
