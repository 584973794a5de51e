package forward

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Bounds of asking at once.
const (
	maxAsks      = 64   // requests under way
	maxQueue     = 4096 // who waits to begin one
	maxQueueEach = maxQueue / 4
)

var errBusy = errors.New("too many wait for the shop")

// turns says who may ask the shop next. Each household has a line of its own, and
// the lines take turns: who comes with credentials that he made up has the shop
// asked about each, and is to keep nobody waiting but those who share an address
// with him. It is safe for concurrent use.
type turns struct {
	mu      sync.Mutex // guards the rest
	asks    int        // under way
	waiting int        // in all lines
	lines   []*line    // with somebody in them; the first is next
}

type line struct {
	household string
	waiting   []chan struct{} // each is closed when its turn comes
}

// begin waits for a turn, which end gives back.
func (t *turns) begin(ctx context.Context, household string) error {
	turn, err := t.join(household)
	if turn == nil || err != nil {
		return err
	}
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	if !t.leave(household, turn) {
		t.end() // it came at the same moment
	}
	return errBusy
}

// join returns what to wait for; nil: nothing.
func (t *turns) join(household string) (turn chan struct{}, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.asks < maxAsks {
		t.asks++
		return nil, nil
	}
	at := t.find(household)
	if t.waiting >= maxQueue || at >= 0 && len(t.lines[at].waiting) >= maxQueueEach {
		return nil, errBusy
	}
	if at < 0 {
		at = len(t.lines)
		t.lines = append(t.lines, &line{household: household})
	}
	turn = make(chan struct{})
	t.lines[at].waiting = append(t.lines[at].waiting, turn)
	t.waiting++
	return turn, nil
}

func (t *turns) find(household string) int {
	return slices.IndexFunc(t.lines, func(l *line) bool { return l.household == household })
}

// leave reports whether the turn had not come yet.
func (t *turns) leave(household string, turn chan struct{}) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := t.find(household)
	if at < 0 {
		return false
	}
	l := t.lines[at]
	place := slices.Index(l.waiting, turn)
	if place < 0 {
		return false
	}
	l.waiting = slices.Delete(l.waiting, place, place+1)
	t.waiting--
	if len(l.waiting) == 0 {
		t.lines = slices.Delete(t.lines, at, at+1)
	}
	return true
}

// end hands the turn on to the first of the next line, which goes to the end of
// the lines.
func (t *turns) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.lines) == 0 {
		t.asks--
		return
	}
	l := t.lines[0]
	t.lines = slices.Delete(t.lines, 0, 1)
	close(l.waiting[0])
	l.waiting = slices.Delete(l.waiting, 0, 1)
	t.waiting--
	if len(l.waiting) > 0 {
		t.lines = append(t.lines, l)
	}
}
