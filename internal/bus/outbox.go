package bus

import (
	"sync"

	"peyk"
)

// inboxBound is how many positions may wait to be sent: several seconds of a
// busy node, 12 MB. Beyond it each courier's newest is all that is sent.
const inboxBound = 1 << 16

// outbox is what waits to be published. Of what it could not keep it knows the
// earliest stamp: whatever is newer than that must be published again. So
// nothing is forgotten, and an outage costs one number.
type outbox struct {
	wake chan struct{} // capacity 1; tells the sender that there is something to do

	mu      sync.Mutex // guards the rest
	waiting []peyk.Report
	open    bool        // somebody sends
	full    bool        // until the next take nothing is kept
	behind  bool        // something after since was not sent
	since   peyk.Micros // where behind
}

// parcel is what the sender has to send: reports in their order, and then,
// where behind, each courier's newest after since.
type parcel struct {
	reports []peyk.Report
	behind  bool
	since   peyk.Micros
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
	case len(o.waiting) == inboxBound:
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

// take empties the outbox. What is put from now on is in the next parcel, so
// whoever looks up the newest after take leaves no gap.
func (o *outbox) take() parcel {
	o.mu.Lock()
	defer o.mu.Unlock()
	p := parcel{reports: o.waiting, behind: o.behind, since: o.since}
	o.waiting, o.full, o.behind, o.since = nil, false, false, 0
	return p
}

// giveBack notes that of a parcel only the first sent reports arrived for
// sure. It returns how many did not.
func (o *outbox) giveBack(p parcel, sent int) int {
	rest := p.reports[sent:]
	if len(rest) > 0 {
		o.miss(before(rest))
	}
	if p.behind {
		o.miss(p.since)
	}
	return len(rest)
}

// miss notes that something after since was not sent, or not to everyone.
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
