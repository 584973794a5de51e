package signature

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
)

const maxWaiting = 64 // requests that wait for a fetch; what names unknown keys beyond that is refused at once

// Set is the shop's set of public keys (JWKS, RFC 7517). fetch.go gets it from
// its URL. The set that was fetched last is the truth: a key that is not in it
// counts no more, nor does what it signed. A fetch that failed tells nothing.
type Set struct {
	url    string
	client *http.Client
	gone   func()
	log    *slog.Logger

	wanted chan struct{} // capacity 1; who misses a key sends, Run receives

	mu      sync.Mutex    // guards the rest
	current []*Key        // as the set has them
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
	for _, v := range s.current {
		if name == "" || v.name == name {
			found = append(found, v)
		}
	}
	return found
}

// Has reports whether the key of that ID is in the set.
func (s *Set) Has(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return has(s.current, id)
}

func has(list []*Key, id string) bool {
	return slices.ContainsFunc(list, func(v *Key) bool { return v.ID == id })
}

// adopt makes these the keys of the set, and says so if any is gone.
func (s *Set) adopt(list []*Key) {
	s.mu.Lock()
	before := s.current
	s.current = list
	s.mu.Unlock()
	if slices.ContainsFunc(before, func(v *Key) bool { return !has(list, v.ID) }) {
		s.gone()
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
