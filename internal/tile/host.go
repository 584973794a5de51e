package tile

import (
	"context"
	"sync"
	"time"
)

const (
	hostSlots = 16               // requests to one host at a time
	giveUp    = 3                // failures in a row after which a host is let rest
	restFor   = 10 * time.Second // for how long; then one request tries it
	maxRest   = time.Minute      // whatever the host wishes
	maxHosts  = 64
)

// host is what we know of one host of maps. Who hangs is asked by few, then
// let rest, so that nobody waits for what does not come.
type host struct {
	name  string
	slots chan struct{} // holds one for each request under way

	mu       sync.Mutex // guards the rest
	failures int        // in a row
	rests    time.Time  // until when, if it failed giveUp times
	trying   bool       // one request finds out whether it is back
}

// enter waits for a slot, for patience at most.
func (h *host) enter(ctx context.Context, now func() time.Time, patience time.Duration) error {
	if h.isDown(now()) {
		return h.down()
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case h.slots <- struct{}{}:
	case <-timer.C:
		return &failure{reason: Busy, host: h.name, what: "has enough to do with what it was asked before"}
	case <-ctx.Done():
		return failed(h.name, ctx.Err())
	}
	if !h.try(now()) {
		<-h.slots
		return h.down()
	}
	return nil
}

func (h *host) down() error {
	return &failure{reason: Down, host: h.name, what: "did not answer a moment ago"}
}

func (h *host) isDown(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failures >= giveUp && (h.trying || now.Before(h.rests))
}

// try reports whether the host may be asked now.
func (h *host) try(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.failures < giveUp {
		return true
	}
	if h.trying || now.Before(h.rests) {
		return false
	}
	h.trying = true
	return true
}

// leave gives the slot back. It reports whether the host went down, or came
// back, by this.
func (h *host) leave(now time.Time, f *failure) (down, back bool) {
	defer func() { <-h.slots }()
	h.mu.Lock()
	defer h.mu.Unlock()
	was := h.failures >= giveUp
	h.trying = false
	if f != nil && f.reason == Gone {
		return false, false
	}
	if f == nil || !f.blames() {
		h.failures = 0
		return false, was
	}
	h.failures++
	if f.rest > 0 {
		h.failures = max(h.failures, giveUp)
	}
	h.rests = now.Add(min(max(f.rest, restFor), maxRest))
	return !was && h.failures >= giveUp, false
}

// hosts are the hosts by name.
type hosts struct {
	mu     sync.Mutex // guards byName
	byName map[string]*host
}

// of forgets them all where a style that names ever new ones has made them many.
func (h *hosts) of(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	if known, found := h.byName[name]; found {
		return known
	}
	if h.byName == nil || len(h.byName) >= maxHosts {
		h.byName = make(map[string]*host)
	}
	known := &host{name: name, slots: make(chan struct{}, hostSlots)}
	h.byName[name] = known
	return known
}
