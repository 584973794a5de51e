package forward

import (
	"context"
	"sync"
	"time"
)

const (
	maxRenews = 16 // requests for open connections at a time; the rest of maxAsks is for who comes in
	dueEvery  = time.Second
	ours      = "" // the household of those requests
)

// Run keeps the answers true about who has a connection open, until ctx ends.
func (s *Shop) Run(ctx context.Context) error {
	var work sync.WaitGroup
	work.Go(func() { s.look(ctx) })
	work.Go(func() { s.renew(ctx) })
	work.Wait()
	return nil
}

// look has everybody who has a connection asked about, when something changed
// and every while: so Again tells which credentials are in use.
func (s *Shop) look(ctx context.Context) {
	every := time.NewTicker(lookEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			if !s.tidy() {
				continue
			}
		case <-s.news:
		}
		s.o.Recheck()
		select {
		case <-ctx.Done():
			return
		case <-time.After(tellAtMost): // a thousand changes at once are not a thousand rounds
		}
	}
}

// tidy forgets what is of no use, and reports whether anybody is left.
func (s *Shop) tidy() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known.forget(s.o.Now())
	return len(s.known.entries) > 0
}

// renew asks the shop again about credentials in use.
func (s *Shop) renew(ctx context.Context) {
	every := time.NewTicker(dueEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			s.renewAll(ctx, s.due())
		}
	}
}

// renewAll asks about a few at a time.
func (s *Shop) renewAll(ctx context.Context, due []string) {
	keys := make(chan string, len(due)) // filled and closed here
	for _, key := range due {
		keys <- key
	}
	close(keys)
	var work sync.WaitGroup
	for range min(maxRenews, len(due)) {
		work.Go(func() {
			for key := range keys {
				if ctx.Err() == nil {
					s.renewOne(ctx, key)
				}
			}
		})
	}
	work.Wait()
}

func (s *Shop) due() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known.due(s.o.Now())
}

func (s *Shop) renewOne(ctx context.Context, key string) {
	s.mu.Lock()
	e := s.known.entries[key]
	if e == nil || s.questions[key] != nil { // forgotten meanwhile, or somebody asks just now
		s.mu.Unlock()
		return
	}
	c := e.credential
	q, _ := s.questionLocked(key)
	s.mu.Unlock()
	s.settle(ctx, q, key, c, ours)
}
