package socket

import "time"

// Messages a viewer may send: many at once, then this many a second for ever.
// A page that pans the map sends a few a second.
const (
	burst   = 100
	perTime = 20
)

// budget is a token bucket: burst at once, perTime a second.
type budget struct {
	left  float64
	since time.Time
}

func (b *budget) spend(now time.Time) bool {
	b.left = min(b.left+perTime*now.Sub(b.since).Seconds(), burst)
	b.since = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
