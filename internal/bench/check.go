package bench

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
)

// checker is the viewer that decodes, and notes what must not be.
type checker struct {
	view   peyk.View
	delays *delays

	mu       sync.Mutex // guards the rest
	decoder  Decoder
	stamps   map[string]peyk.Micros // of each courier's newest
	seen     int                    // positions
	problems []string               // at most maxProblems
	problem  int                    // how many there were
}

// maxProblems is how many are told; all are counted.
const maxProblems = 3

func newChecker(l Load, v peyk.View, d *delays) *checker {
	return &checker{view: v, delays: d, decoder: l.Language.Decoder(v), stamps: map[string]peyk.Micros{}}
}

// take decodes one message and returns what to answer.
func (c *checker) take(message []byte) (answer []byte, err error) {
	now := peyk.MicrosOf(time.Now())
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.decoder.Take(message, func(s Sight) { c.sight(s, now) })
}

func (c *checker) sight(s Sight, now peyk.Micros) {
	c.seen++
	if !s.Old {
		c.delays.add(now.Sub(s.Position.Stamp))
	}
	if last := c.stamps[s.ID]; s.Position.Stamp < last {
		c.note("%s went back in time by %v", s.ID, last.Sub(s.Position.Stamp))
	}
	c.stamps[s.ID] = s.Position.Stamp
	if !mayShow(c.view, s.ID, s.Position) {
		c.note("%s at %v,%v is outside of what was asked for", s.ID, s.Position.Lat, s.Position.Lon)
	}
}

func (c *checker) note(format string, args ...any) {
	if c.problem++; len(c.problems) < maxProblems {
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	}
}

func (c *checker) positions() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen
}

// compare says how the picture differs from the truth; nil: it does not.
func (c *checker) compare(truth []place) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	shown := make([]bool, len(truth))
	wrong, strangers, example := 0, 0, ""
	counted := c.decoder.Shown(func(id string, p peyk.Position) {
		i, ours := index(id, len(truth))
		if !ours {
			strangers++
			return
		}
		shown[i] = true
		if at := placeOf(p); at != truth[i] {
			wrong++
			example = fmt.Sprintf("; %s is shown at %v, sent last to %v", id, at, truth[i])
		}
	})
	missing := 0
	for i, p := range truth {
		if !shown[i] && mustShow(c.view, id(i), p) {
			missing++
		}
	}
	if counted > 0 {
		missing = max(missing-counted, 0)
	}
	if wrong+missing > 0 {
		return fmt.Errorf("%d couriers shown elsewhere than the truth, %d not shown, of %d (and %d that are not ours)%s",
			wrong, missing, len(truth), strangers, example)
	}
	return nil
}

// delays counts durations in steps of a tenth of a millisecond, up to four
// seconds. It is safe for concurrent use.
type delays [40_000]atomic.Int64

const delayStep = 100 * time.Microsecond

func (d *delays) add(v time.Duration) {
	d[min(max(int(v/delayStep), 0), len(d)-1)].Add(1)
}

func (d *delays) reset() {
	for i := range d {
		d[i].Store(0)
	}
}

// quantile returns the duration that a share of q, 0 to 1, does not exceed; 0
// if there are none.
func (d *delays) quantile(q float64) time.Duration {
	var all int64
	for i := range d {
		all += d[i].Load()
	}
	left := int64(math.Ceil(q * float64(all)))
	for i := range d {
		if left -= d[i].Load(); left <= 0 && all > 0 {
			return time.Duration(i+1) * delayStep
		}
	}
	return 0
}
