package order

import (
	"sync"
	"time"
)

// How often the code of an order may be wrong.
const (
	maxTries = 5
	pause    = 15 * time.Minute // after that
	maxTried = 100_000          // orders that are remembered; codes of more are tried less often, never more
)

// Tries bounds how often the code of each order is guessed. The zero Tries is
// ready, and safe for concurrent use.
type Tries struct {
	mu   sync.Mutex // guards made
	made map[string]*tried
}

type tried struct {
	count int
	since time.Time // of the first
}

// Take takes one try of the order. It returns how long to wait if there is none
// left.
func (t *Tries) Take(order string, now time.Time) (wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.made == nil {
		t.made = make(map[string]*tried)
	}
	of := t.made[order]
	if of == nil || now.Sub(of.since) >= pause {
		if of == nil && len(t.made) >= maxTried && t.sweepLocked(now) == 0 {
			return pause
		}
		of = &tried{since: now}
		t.made[order] = of
	}
	if of.count == maxTries {
		return pause - now.Sub(of.since)
	}
	of.count++
	return 0
}

// Return gives back a try that guessed nothing.
func (t *Tries) Return(order string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if of := t.made[order]; of != nil {
		if of.count--; of.count <= 0 {
			delete(t.made, order)
		}
	}
}

func (t *Tries) sweepLocked(now time.Time) (swept int) {
	for order, of := range t.made {
		if now.Sub(of.since) >= pause {
			delete(t.made, order)
			swept++
		}
	}
	return swept
}
