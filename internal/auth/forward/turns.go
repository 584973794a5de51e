package forward

import (
	"context"
	"errors"
	"sync"
)

// Bounds of asking at once. Who comes with credentials that he made up has the
// shop asked about each: a household has a quarter, so that he keeps nobody
// waiting but those who share an address with him.
const (
	maxAsks      = 64 // requests under way
	maxAsksEach  = maxAsks / 4
	maxQueue     = 1024 // who waits to begin one
	maxQueueEach = maxQueue / 4
)

var errBusy = errors.New("too many wait for the shop")

// turns says who may ask the shop, and in which order. It is safe for concurrent
// use.
type turns struct {
	asks chan struct{} // capacity maxAsks; one for each request under way

	mu    sync.Mutex // guards the rest
	here  int        // who asks or waits
	lines map[string]*line
}

// line is who asks or waits of one household.
type line struct {
	asks chan struct{} // capacity maxAsksEach; likewise
	here int           // guarded by turns.mu
}

func newTurns() *turns {
	return &turns{asks: make(chan struct{}, maxAsks), lines: make(map[string]*line)}
}

// begin waits for a turn, first in the household's line and then among all. The
// turn lasts until end is called.
func (t *turns) begin(ctx context.Context, from string) (end func(), err error) {
	l := t.join(from)
	if l == nil {
		return nil, errBusy
	}
	if !enter(ctx, l.asks) {
		t.leave(from, l)
		return nil, errBusy
	}
	if !enter(ctx, t.asks) {
		<-l.asks
		t.leave(from, l)
		return nil, errBusy
	}
	return func() {
		<-t.asks
		<-l.asks
		t.leave(from, l)
	}, nil
}

func enter(ctx context.Context, asks chan struct{}) bool {
	select {
	case asks <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// join returns nil if there are enough already.
func (t *turns) join(from string) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.lines[from]
	if l == nil {
		l = &line{asks: make(chan struct{}, maxAsksEach)}
	}
	if t.here >= maxAsks+maxQueue || l.here >= maxAsksEach+maxQueueEach {
		return nil
	}
	t.here++
	l.here++
	t.lines[from] = l
	return l
}

func (t *turns) leave(from string, l *line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.here--
	if l.here--; l.here == 0 {
		delete(t.lines, from)
	}
}
