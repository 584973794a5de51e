package peyk

import "time"

// Tracking is all that the customer of an order may know of it at one moment. It
// is decided and cut here, on the server: what is not in it does not leave it.
// It is never changed once it is made.
type Tracking struct {
	State       OrderState
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

// TrackedCourier is a courier as a customer sees it.
type TrackedCourier struct {
	Name     string  // its first name, where the shop wills it
	Lat, Lon float64 // degrees, WGS 84: a place on the grid, exact when it is near
	Exact    bool
	Stamp    Micros // of the position, to the second
}

// Window is when a courier comes, never more exact than it is known.
type Window struct {
	Least, Most int // minutes, Least < Most; both 0: not known
}
