// Package forward asks the shop who somebody is, as nginx's auth_request does:
// it sends a request's own credential to a URL of the shop, whose answer is an
// identity, a refusal, or no use.
//
// An answer counts for a while, so that the shop is asked rarely, and about one
// credential once at a time. Who has a connection open is asked about again in
// the background. While the shop gives no answers, those it confirmed a few
// minutes ago stay who they are, and nobody else comes in.
//
// Credentials are kept in memory, to ask again, and nowhere else: an identity
// and a log line have at most their hash. How many are kept, and how many
// requests are under way, is bounded. What the shop's JSON means is for
// Options.Read to say.
package forward

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
)

// Times by which answers count.
const (
	refusedFor  = 5 * time.Second  // a refusal: one may log in meanwhile
	failedFor   = 2 * time.Second  // no answer, about somebody unknown
	againAfter  = 5 * time.Second  // the same, about somebody who was confirmed before
	grace       = 10 * time.Minute // for which who was confirmed stays without an answer
	renewEvery  = time.Minute      // about credentials of open connections
	lookEvery   = 10 * time.Second // which those are
	tellAtMost  = 100 * time.Millisecond
	minCacheFor = time.Second
	maxCacheFor = 10 * time.Minute
)

// Options is what a shop needs from outside.
type Options struct {
	URL      string        // of the shop: http or https, without a user
	CacheFor time.Duration // how long an identity counts: 1 s to 10 min
	Read     func(answer []byte) (peyk.Identity, error)
	// Recheck has Again asked about everybody who has a connection open: what
	// somebody may do has changed, or it is time to see who is still there. It
	// must not wait.
	Recheck   func()
	Now       func() time.Time
	Log       *slog.Logger
	Transport http.RoundTripper // nil: over the network
}

// Shop knows what the shop said of credentials. It is safe for concurrent use.
type Shop struct {
	o      Options
	client *http.Client
	turns  turns
	news   chan struct{} // capacity 1; who changed something sends, Run receives
	warned atomic.Int64  // when a failure was last logged, in Unix seconds
	stats  stats

	mu        sync.Mutex // guards the rest
	known     known
	questions map[string]*question // by key: those under way
}

// question is one request to the shop, for all who want to know the same.
type question struct {
	done chan struct{} // closed when the rest is set
	who  peyk.Identity
	err  error
}

// NewShop returns an error that says what was wanted of the URL or the time.
func NewShop(o Options) (*Shop, error) {
	u, err := url.Parse(o.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return nil, errors.New("want an http:// or https:// URL of the shop, without a user")
	}
	if o.CacheFor < minCacheFor || o.CacheFor > maxCacheFor {
		return nil, errors.New("want to keep answers for 1s to 10m")
	}
	return &Shop{
		o: o, client: newClient(o.Transport), news: make(chan struct{}, 1),
		known: newKnown(), questions: make(map[string]*question),
	}, nil
}

// Identity returns who holds the credential, which came from that household, and
// asks the shop if that is not known. Its error is peyk.ErrUnauthorized or
// peyk.ErrForbidden as the shop says, maybe an ErrStranger too, or
// peyk.ErrUnavailable.
func (s *Shop) Identity(ctx context.Context, c Credential, from string) (peyk.Identity, error) {
	key := c.key()
	s.mu.Lock()
	if e := s.known.fresh(key, s.o.Now()); e != nil {
		defer s.mu.Unlock()
		return e.who, e.err
	}
	q, mine := s.questionLocked(key)
	s.mu.Unlock()
	if mine {
		s.settle(context.WithoutCancel(ctx), q, key, c, from) // others wait for it, also if this one gives up
	}
	select {
	case <-q.done:
		return q.who, q.err
	case <-ctx.Done():
		return peyk.Identity{}, unavailable(ctx.Err())
	}
}

// Known is Identity without asking.
func (s *Shop) Known(c Credential) (peyk.Identity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.known.fresh(c.key(), s.o.Now()); e != nil {
		return e.who, e.err
	}
	return peyk.Identity{}, unavailable(errors.New("it is not known"))
}

// Again returns what has become of the identity with that key, from memory, and
// notes that somebody has a connection by it. Its errors are Identity's.
func (s *Shop) Again(key string) (peyk.Identity, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Now()
	e := s.known.entries[key]
	if e == nil {
		return peyk.Identity{}, unavailable(errors.New("it is not known any more"))
	}
	e.used = now
	if e.err == nil && now.Sub(e.confirmed) >= grace {
		return peyk.Identity{}, unavailable(errors.New("the shop has not confirmed it for long"))
	}
	return e.who, e.err
}

// questionLocked returns the question about a credential, and whether the caller
// has to settle it.
func (s *Shop) questionLocked(key string) (q *question, mine bool) {
	if q := s.questions[key]; q != nil {
		return q, false
	}
	q = &question{done: make(chan struct{})}
	s.questions[key] = q
	return q, true
}

// settle asks the shop and answers the question.
func (s *Shop) settle(ctx context.Context, q *question, key string, c Credential, from string) {
	who, err := s.ask(ctx, c, from)
	who.Key = key
	s.stats.count(err)
	s.warn(err)

	s.mu.Lock()
	e, changed := s.known.note(key, c, who, err, s.o)
	q.who, q.err = e.who, e.err
	delete(s.questions, key)
	s.mu.Unlock()
	close(q.done)
	if changed {
		s.tell()
	}
}

// tell has open connections asked about soon.
func (s *Shop) tell() {
	select {
	case s.news <- struct{}{}:
	default: // it is about to happen
	}
}
