package peyk

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Position is one fix of a courier. Latitude always comes before longitude.
type Position struct {
	Lat      float64       // degrees north, WGS 84, -90 to 90
	Lon      float64       // degrees east, WGS 84, -180 to 180
	Accuracy Measure       // metres, radius of 68 % confidence, 0 or more
	Altitude Measure       // metres above the WGS 84 ellipsoid, -20,000 to 100,000
	Speed    Measure       // metres per second over ground, 0 to 10,000
	Heading  Measure       // degrees clockwise from north, 0 to 360
	Battery  Measure       // charge of the phone, 0 (empty) to 1 (full)
	Time     Micros        // when the phone says it measured; 0: it did not say
	Stamp    Micros        // when Peyk took it; alone decides which of two is newer; 0: not taken yet
	Interval time.Duration // until the next one is due; 0: not known
}

// Newer reports whether p was taken after q.
func (p Position) Newer(q Position) bool { return p.Stamp > q.Stamp }

// Validate returns an error that names the field that is out of its range.
func (p Position) Validate() error {
	if !(p.Lat >= -90 && p.Lat <= 90) {
		return fmt.Errorf("latitude %v is out of range (want -90 to 90)", p.Lat)
	}
	if !(p.Lon >= -180 && p.Lon <= 180) {
		return fmt.Errorf("longitude %v is out of range (want -180 to 180)", p.Lon)
	}
	for _, m := range p.measures() {
		if v, known := m.measure.Value(); known && !m.Inside(v) {
			return fmt.Errorf("%s %v is out of range (want %s)", m.Name, v, m.Wanted())
		}
	}
	return nil
}

type namedMeasure struct {
	Range
	measure Measure
}

func (p Position) measures() [5]namedMeasure {
	return [...]namedMeasure{
		{Accuracies, p.Accuracy}, {Altitudes, p.Altitude}, {Speeds, p.Speed}, {Headings, p.Heading}, {Batteries, p.Battery},
	}
}

// Range is what a measure may be.
type Range struct {
	Name     string  // as on the wire
	Min, Max float64 // inclusive
}

// The ranges of a position's measures.
var (
	Accuracies = Range{"accuracy", 0, 100_000_000}
	Altitudes  = Range{"altitude", -20_000, 100_000}
	Speeds     = Range{"speed", 0, 10_000}
	Headings   = Range{"heading", 0, 360}
	Batteries  = Range{"battery", 0, 1}
)

// Inside reports whether v is in the range; NaN is not.
func (r Range) Inside(v float64) bool { return v >= r.Min && v <= r.Max }

// Wanted returns the range in words: "0 to 360".
func (r Range) Wanted() string {
	return strconv.FormatFloat(r.Min, 'f', -1, 64) + " to " + strconv.FormatFloat(r.Max, 'f', -1, 64)
}

// Measure is a number that a phone may or may not have sent. Its zero value
// is unknown; measures compare with ==. It keeps 24 bits of precision.
type Measure struct {
	value float32
	known bool
}

// Measured returns the known measure v; NaN and infinities are unknown.
func Measured(v float64) Measure {
	f := float32(v)
	if math.IsNaN(v) || math.IsInf(float64(f), 0) {
		return Measure{}
	}
	return Measure{f, true}
}

// Value returns the number and whether it is known.
func (m Measure) Value() (float64, bool) { return float64(m.value), m.known }

// Append writes the shortest decimal that reads back as m, without exponent,
// or "null".
func (m Measure) Append(dst []byte) []byte {
	if !m.known {
		return append(dst, "null"...)
	}
	return strconv.AppendFloat(dst, float64(m.value), 'f', -1, 32)
}
