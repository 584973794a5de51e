package main

import (
	"fmt"
	"math"
	"sync"
	"time"
)

// tally counts what became of a fleet's posts. It is safe for concurrent use.
type tally struct {
	mu     sync.Mutex // guards the rest
	recent score      // since the last line
	whole  score
	last   string // the newest error since the last line
}

// score is what became of some posts. Every post is in exactly one count.
type score struct {
	accepted int // answered with success
	refused  int // answered with a status from 400 to 499
	errors   int // answered otherwise, or not at all
	latency  histogram
}

// add counts one post; took is the time until its answer.
func (t *tally) add(took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.recent.add(took, err)
	t.whole.add(took, err)
	if err != nil {
		t.last = err.Error()
	}
}

// line returns what happened since the last line.
func (t *tally) line() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := t.recent.String() + t.lastLocked()
	t.recent, t.last = score{}, ""
	return text
}

// summary returns what happened since the beginning.
func (t *tally) summary() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.whole.String() + t.lastLocked()
}

// lastLocked is what a line ends with where there was an error since the line before.
func (t *tally) lastLocked() string {
	if t.last == "" {
		return ""
	}
	return "; last: " + t.last
}

func (s *score) add(took time.Duration, err error) {
	answer := status(err)
	switch {
	case err == nil:
		s.accepted++
	case answer >= 400 && answer < 500:
		s.refused++
	default:
		s.errors++
	}
	if err == nil || answer != 0 {
		s.latency.add(took)
	}
}

// String returns the score in one line.
func (s *score) String() string {
	text := fmt.Sprintf("%d posted, %d accepted, %d refused, %d errors", s.accepted+s.refused+s.errors, s.accepted, s.refused, s.errors)
	if s.latency.count == 0 {
		return text
	}
	return fmt.Sprintf("%s, p50 %s, p99 %s", text, millis(s.latency.quantile(0.5)), millis(s.latency.quantile(0.99)))
}

func millis(d time.Duration) string {
	return fmt.Sprintf("%.3g ms", float64(d)/float64(time.Millisecond))
}

// histogram holds durations from 1 µs to 20 minutes to within 3 percent, in
// steps of a twentieth of e. Its size is fixed, however many there are.
type histogram struct {
	count int
	steps [420]int
}

func (h *histogram) add(d time.Duration) {
	step := int(20 * math.Log(max(float64(d)/float64(time.Microsecond), 1)))
	h.steps[min(step, len(h.steps)-1)]++
	h.count++
}

// quantile returns the duration that a share of q, 0 to 1, does not exceed.
func (h *histogram) quantile(q float64) time.Duration {
	left := int(math.Ceil(q * float64(h.count)))
	for step, n := range h.steps {
		if left -= n; left <= 0 {
			return time.Duration(math.Exp((float64(step)+0.5)/20) * float64(time.Microsecond))
		}
	}
	return 0
}
