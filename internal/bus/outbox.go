package bus

import (
	"sync"

	"peyk"
)

// outboxBound is how many positions may wait to be sent: several seconds of a
// busy node, 12 MB. Beyond it each courier's newest is all that is sent.
const outboxBound = 1 << 16

// outbox is what waits to be published. Of what it could not keep it knows the
// earliest stamp: whatever is newer than that must be published again. So
// nothing is forgotten, and an outage costs one number.
type outbox struct {
	wake chan struct{} // capacity 1; tells the sender that there is something to do

	mu      sync.Mutex // guards the rest
	waiting []peyk.Report
	open    bool        // somebody sends
	full    bool        // until rewind nothing is kept
	behind  bool        // something after since was not sent
	since   peyk.Micros // where behind
}

func newOutbox() *outbox { return &outbox{wake: make(chan struct{}, 1)} }

// put keeps r, or notes that it did not. It returns how many positions were
// dropped by that and why.
func (o *outbox) put(r peyk.Report) (dropped int, why Reason) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case !o.open:
		o.missLocked(r.Position.Stamp - 1)
		return 1, Outage
	case o.full:
		o.missLocked(r.Position.Stamp - 1)
		return 1, InboxFull
	case len(o.waiting) == outboxBound:
		o.full = true
		dropped = 1 + o.dropLocked()
		o.missLocked(r.Position.Stamp - 1)
		return dropped, InboxFull
	}
	o.waiting = append(o.waiting, r)
	nudge(o.wake)
	return 0, 0
}

// nudge wakes who waits on c, whose capacity is 1.
func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// resume begins to keep positions, since somebody sends them.
func (o *outbox) resume() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open = true
	nudge(o.wake)
}

// rewind returns since when something was not sent, if it was, and forgets it:
// it is for the caller now. What is put from here on is kept again.
func (o *outbox) rewind() (since peyk.Micros, behind bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	since, behind = o.since, o.behind
	o.full, o.behind, o.since = false, false, 0
	return since, behind
}

// take empties the outbox. It reports whether that is all that was put after
// rewind.
func (o *outbox) take() (reports []peyk.Report, whole bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	reports, o.waiting = o.waiting, nil
	return reports, !o.behind
}

// miss notes that something after since was not sent, or not to everyone. It
// is also how a rewind is undone.
func (o *outbox) miss(since peyk.Micros) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.missLocked(since)
}

func (o *outbox) missLocked(since peyk.Micros) {
	if !o.behind || since < o.since {
		o.behind, o.since = true, since
	}
	nudge(o.wake)
}

// pause is the end of resume: nobody sends. It returns how many positions were dropped.
func (o *outbox) pause() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open, o.full = false, false
	return o.dropLocked()
}

func (o *outbox) dropLocked() int {
	n := len(o.waiting)
	if n > 0 {
		o.missLocked(before(o.waiting))
	}
	o.waiting = nil
	return n
}

// before returns the last moment before all the reports, of which there is one at least.
func before(reports []peyk.Report) peyk.Micros {
	first := reports[0].Position.Stamp
	for _, r := range reports[1:] {
		first = min(first, r.Position.Stamp)
	}
	return first - 1
}
