package order

import (
	"math"
	"time"

	"peyk"
)

// Way is what is left between a courier and a destination.
type Way struct {
	Known   bool
	Metres  float64 // to the destination, as the crow flies
	Seconds float64 // until it is there, by its recent speed and over the stops before
}

// Detour is how much longer streets are than the straight line: in cities of
// many countries between 1.2 and 1.4 (Boscoe, Henry and Zdeb, "A Nationwide
// Comparison of Driving Distance Versus Straight-Line Distance to Hospitals",
// 2012, found 1.417 over all).
const Detour = 1.4

// Pace is a courier's recent speed, smoothed over positions.
type Pace struct {
	metresPerSecond float64
	last            peyk.Position
}

// Bounds of a pace: who stands at a light still comes, and nobody flies.
const (
	slowest  = 1.5             // metres per second, a walk
	fastest  = 25              // metres per second
	typical  = 5               // metres per second through a city, stops and all, before anything is known
	smoothed = 3 * time.Minute // what happened so long ago counts for a third
)

// Note takes the courier's next position. Its speed is the way between two
// positions over the time between, which has all stops in it; what the phone
// says of its speed has not. Couriers with orders report so often that the way
// between is straight.
func (p *Pace) Note(next peyk.Position) {
	last := p.last
	if !next.Newer(last) {
		return
	}
	p.last = next
	if p.metresPerSecond == 0 {
		p.metresPerSecond = typical
	}
	if last.Stamp == 0 {
		return
	}
	elapsed := next.Stamp.Sub(last.Stamp)
	speed := Distance(last.Lat, last.Lon, next.Lat, next.Lon) / elapsed.Seconds()
	weight := 1 - math.Exp(-elapsed.Seconds()/smoothed.Seconds())
	p.metresPerSecond += weight * (min(speed, fastest) - p.metresPerSecond)
}

// Seconds is how long a courier takes for so many metres as the crow flies.
func (p *Pace) Seconds(metres float64) float64 {
	return Detour * metres / max(p.metresPerSecond, slowest)
}

// Expect turns seconds into a window: a fifth less, a quarter more, a minute for
// the door, in steps that grow with the time.
func Expect(seconds float64) peyk.Window {
	if seconds < 0 {
		return peyk.Window{}
	}
	minutes := seconds / 60
	step := 1.0
	switch {
	case minutes > 45:
		step = 10
	case minutes > 12:
		step = 5
	case minutes > 4:
		step = 2
	}
	least := int(math.Floor(0.8*minutes/step) * step)
	most := int(math.Ceil((1.25*minutes+1)/step) * step)
	return peyk.Window{Least: least, Most: max(most, least+int(step))}
}

// Steady is the seconds to tell somebody who was told last: the same again as
// long as the difference is small, so that what wobbles says nothing new.
func Steady(last, seconds float64) float64 {
	const share, least = 0.05, 10 // of what was told, and seconds
	if math.Abs(seconds-last) > share*last+least {
		return seconds
	}
	return last
}

// Distance is that of two places in metres, along a great circle (haversine).
func Distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radian = math.Pi / 180
	a := math.Sin((lat2 - lat1) * radian / 2)
	b := math.Sin((lon2 - lon1) * radian / 2)
	h := a*a + math.Cos(lat1*radian)*math.Cos(lat2*radian)*b*b
	return 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
}
