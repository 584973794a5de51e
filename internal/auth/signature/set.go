package signature

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"
)

// KeepFor is for how long a key counts that is gone from its set. It is as long
// as anything may count that was signed while it was there.
const KeepFor = 24 * time.Hour

const (
	maxRetired = 32
	maxWaiting = 64 // requests that wait for a fetch; what names unknown keys beyond that is refused at once
)

// Set is the shop's set of public keys (JWKS, RFC 7517). fetch.go gets it
// from its URL; the last good one counts for as long as there is no other.
//
// A key that is gone from the set counts for KeepFor. Only a restart forgets it
// at once.
type Set struct {
	url    string
	client *http.Client
	now    func() time.Time
	log    *slog.Logger

	wanted chan struct{} // capacity 1; who misses a key sends, Run receives

	mu      sync.Mutex    // guards the rest
	current []*Key        // as the set has them
	retired []*Key        // gone from it, in the order of their ends
	fetched chan struct{} // closed when the fetch that is due or running has ended; nil: none may run now
	waiting int           // for fetched
}

// Named returns the keys that a token of that header may have been signed by.
// If there are none, it asks for the set once more and waits, if that is due.
func (s *Set) Named(ctx context.Context, alg, name string) []*Key {
	if alg != "RS256" && alg != "ES256" && alg != "EdDSA" { // no others are ever in a set
		return nil
	}
	found, fetched := s.look(name)
	if fetched == nil {
		return found
	}
	select {
	case s.wanted <- struct{}{}:
	default: // somebody else asked already
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	select {
	case <-fetched:
	case <-ctx.Done():
	}
	return s.lookAgain(name)
}

// look returns a channel to wait for, if that may help and not too many do.
func (s *Set) look(name string) (found []*Key, fetched <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found = s.foundLocked(name)
	if len(found) > 0 || s.fetched == nil || s.waiting == maxWaiting {
		return found, nil
	}
	s.waiting++
	return nil, s.fetched
}

func (s *Set) lookAgain(name string) []*Key {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting--
	return s.foundLocked(name)
}

// foundLocked returns the keys of that name, for a token that names none all of them.
func (s *Set) foundLocked(name string) (found []*Key) {
	now := s.now()
	for _, v := range slices.Concat(s.current, s.retired) {
		if (name == "" || v.name == name) && !v.Gone(now) {
			found = append(found, v)
		}
	}
	return found
}

// adopt makes these the current keys. Those it knows already stay the same.
func (s *Set) adopt(list []*Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	known := slices.Concat(s.current, s.retired)
	for i, v := range list {
		if at := slices.IndexFunc(known, v.same); at >= 0 {
			list[i] = known[at]
			list[i].end.Store(0)
		}
	}
	for _, v := range s.current {
		if !slices.Contains(list, v) {
			v.end.Store(now.Add(KeepFor).Unix())
			s.retired = append(s.retired, v)
		}
	}
	s.current = list
	s.retired = slices.DeleteFunc(s.retired, func(v *Key) bool { return v.end.Load() == 0 || v.Gone(now) })
	for len(s.retired) > maxRetired {
		s.retired[0].end.Store(now.Unix())
		s.retired = s.retired[1:]
	}
}

// due lets who misses a key wait for the next fetch.
func (s *Set) due() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fetched = make(chan struct{})
}

// rest lets nobody wait any more, and forgets what was asked for until now.
func (s *Set) rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fetched != nil {
		close(s.fetched)
		s.fetched = nil
	}
	select {
	case <-s.wanted:
	default:
	}
}
