package forward

import (
	"errors"
	"sync/atomic"
	"time"

	"peyk"
)

type stats struct{ confirmed, refused, failed atomic.Uint64 }

// Stats are what the shop answered since the start, and what is known now.
type Stats struct {
	Confirmed uint64 // requests answered with an identity
	Refused   uint64 // with 401, 403 or one that has ended
	Failed    uint64 // not answered, or with something of no use, or not made since too many were
	Known     int    // credentials in memory
}

// Stats returns what happened so far.
func (s *Shop) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Stats{
		Confirmed: s.stats.confirmed.Load(), Refused: s.stats.refused.Load(), Failed: s.stats.failed.Load(),
		Known: len(s.known.entries),
	}
}

func (s *stats) count(err error) {
	switch {
	case err == nil:
		s.confirmed.Add(1)
	case errors.Is(err, peyk.ErrUnavailable):
		s.failed.Add(1)
	default:
		s.refused.Add(1)
	}
}

const warnEvery = 10 * time.Second

// warn logs why the shop's answers are of no use, now and then.
func (s *Shop) warn(err error) {
	if !errors.Is(err, peyk.ErrUnavailable) {
		return
	}
	now, last := s.o.Now().Unix(), s.warned.Load()
	if now-last >= int64(warnEvery/time.Second) && s.warned.CompareAndSwap(last, now) {
		s.o.Log.Warn("the shop does not say who asks", "err", err, "failed", s.stats.failed.Load())
	}
}
