package order

import (
	"math"
	"time"

	"peyk"
)

// Rule says when a customer may see the courier that brings its order: while it
// is on its way, and any of the three holds. It is decided here and cut here,
// never by the page.
type Rule struct {
	From    peyk.OrderState // from this state on: picked_up, or assigned
	Stops   int             // the order is among so many next stops of the round; 0: never for that reason
	Within  time.Duration   // it is expected to come within this time; 0: likewise
	Metres  float64         // it is no farther away than this; 0: likewise
	Exactly float64         // metres within which the place of a courier that comes next is told as it is; else as its cell
	Cell    float64         // metres, the side of a cell
	Names   bool            // the courier's first name is told
}

// DefaultRule is what a shop gets that says nothing.
var DefaultRule = Rule{From: peyk.OrderPickedUp, Stops: 1, Within: 10 * time.Minute, Metres: 2000, Exactly: 500, Cell: 50}

// Visible reports whether the customer of an order may see the courier now.
// stop is the order's place in the round, from 0. Where the destination is not
// known, the way to it is not either, and only the stop can tell.
func (r Rule) Visible(o peyk.Order, stop int, way Way) bool {
	if !r.begun(&o) {
		return false
	}
	if stop < r.Stops {
		return true
	}
	return way.Known && (way.Metres <= r.Metres || way.Seconds <= r.Within.Seconds())
}

// Wider returns the rule for a courier that is seen already: its time and its
// distance are half as much again, so that one at the limit does not come and go,
// be it that its phone is unsure of the place, or that it waits at a light.
func (r Rule) Wider() Rule {
	r.Within, r.Metres = r.Within*3/2, r.Metres*3/2
	return r
}

// begun reports whether the order has come so far that its courier may be seen.
func (r Rule) begun(o *peyk.Order) bool { return o.State >= r.From && !o.State.Ended() }

// Snap returns the centre of the cell in which a place is. The grid is fixed to
// the earth, so the same place is always in the same cell, and looking often
// tells no more.
func (r Rule) Snap(lat, lon float64) (float64, float64) {
	if r.Cell <= 0 {
		return lat, lon
	}
	side := r.Cell / metresPerDegree
	lat = (math.Floor(lat/side) + 0.5) * side
	// The cells of one row have one width, taken at the row's middle.
	width := side / max(math.Cos(lat*math.Pi/180), 1e-6)
	return lat, (math.Floor(lon/width) + 0.5) * width
}

const (
	earthRadius     = 6_371_008.8                 // metres, the mean (IUGG)
	metresPerDegree = earthRadius * math.Pi / 180 // of latitude
)
