// Package peyk is the vocabulary of the house: couriers and their positions,
// what an identity may do, and the frames in which a picture of the world
// travels. It holds types, the rules that make them valid, and the errors that
// cross rooms. It imports the standard library alone, keeps no state and does
// no input or output.
package peyk

import "time"

// Micros is a moment in microseconds since 1970-01-01 UTC. Zero means unknown.
type Micros int64

// MicrosOf returns t in microseconds; the zero time is 0.
func MicrosOf(t time.Time) Micros {
	if t.IsZero() {
		return 0
	}
	return Micros(t.UnixMicro())
}

// Time returns m as a time in UTC; 0 is the zero time.
func (m Micros) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(m)).UTC()
}

// Add returns m + d, to the microsecond.
func (m Micros) Add(d time.Duration) Micros { return m + Micros(d.Microseconds()) }

// Sub returns m - n.
func (m Micros) Sub(n Micros) time.Duration { return time.Duration(m-n) * time.Microsecond }
