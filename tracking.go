package peyk

import "time"

// Tracking is all that the customer of an order may know of it at one moment. It
// is decided and cut here, on the server: what is not in it does not leave it.
// It is never changed once it is made.
type Tracking struct {
	Order       string     // its id
	State       OrderState // 0: there is no such order
	Destination Place
	Promised    time.Time // zero: nothing was
	Ended       time.Time // zero: it has not
	Code        string    // for the door; empty: none is asked for
	ShopPhone   string
	Phone       string // to call the courier, as the shop supplies it; empty: not now
	Stops       int    // that come before this one, where the customer may know; -1: it may not

	Courier *TrackedCourier // nil: it is not to be seen now
	Eta     Window          // zero: not known
}

// stampsEvery is how often a courier that stands still is told, so that the
// customer knows that it was heard.
const stampsEvery = 30 * time.Second

// Same reports whether a customer who was told last sees nothing new in t.
func (t Tracking) Same(last Tracking) bool {
	now, was := t.Courier, last.Courier
	t.Courier, last.Courier = nil, nil
	t.Promised, last.Promised = t.Promised.UTC(), last.Promised.UTC()
	t.Ended, last.Ended = t.Ended.UTC(), last.Ended.UTC()
	if t != last || now == nil || was == nil {
		return t == last && now == was
	}
	heard := now.Stamp.Sub(was.Stamp)
	at := *was
	at.Stamp = now.Stamp
	return at == *now && heard < stampsEvery
}

// TrackedCourier is a courier as a customer sees it.
type TrackedCourier struct {
	Name     string  // its first name, where the shop wills it
	Lat, Lon float64 // degrees, WGS 84: a place on the grid, exact when it is near
	Exact    bool
	Stamp    Micros // of the position, to the second; one that says nothing else new may be left out
}

// Window is when a courier comes, never more exact than it is known.
type Window struct {
	Least, Most int // minutes, Least < Most; both 0: not known
}
