package signature

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// How a key set is fetched.
const (
	fetchTimeout = 5 * time.Second
	fetchRest    = 30 * time.Second // after each fetch, whatever tokens name: so there are at most two in a minute
	fetchEvery   = 30 * time.Second // after the rest, when no token names an unknown key: how long a key may be gone unnoticed
	maxSetBytes  = 256 << 10
)

// Options is what a set needs from outside.
type Options struct {
	Gone      func() // is called when a key is gone from the set; must not wait
	Log       *slog.Logger
	Transport http.RoundTripper // nil: over the network
}

// NewSet wants an https URL, or one with http to this very machine.
func NewSet(address string, o Options) (*Set, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, errors.New("want an https:// URL without a user; http:// only to localhost")
	}
	transport := o.Transport
	if transport == nil {
		transport = &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 64 << 10}
	}
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // to be sent elsewhere is an error like any other status
	}}
	return &Set{
		url: address, client: client, gone: o.Gone, log: o.Log,
		wanted: make(chan struct{}, 1), fetched: make(chan struct{}),
	}, nil
}

func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// Run fetches the set until ctx ends: at once, then every while, and when a
// token names a key that is not in it. What fails is logged, and tried again
// after a rest.
func (s *Set) Run(ctx context.Context) error {
	defer s.rest()
	for ctx.Err() == nil {
		wait := fetchEvery
		if err := s.fetch(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("the key set is of no use", "err", err)
			wait = 0
		}
		s.rest()
		pause(ctx, fetchRest, nil)
		s.due()
		pause(ctx, wait, s.wanted)
	}
	return nil
}

// pause ends with the first of ctx, the duration and a wish.
func pause(ctx context.Context, d time.Duration, wish <-chan struct{}) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-wish:
	}
}

func (s *Set) fetch(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	text, err := s.get(ctx)
	if err != nil {
		return err
	}
	list, err := readSet(text)
	if err != nil {
		return err
	}
	s.adopt(list)
	if len(list) == 0 {
		return errors.New("want a key that can verify RS256, ES256 or EdDSA; no token counts")
	}
	return nil
}

func (s *Set) get(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	response, err := s.client.Do(request)
	if withURL, ok := errors.AsType[*url.Error](err); ok {
		return nil, withURL.Err // its text is logged, and a URL may hold a secret
	}
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("want status 200: %d", response.StatusCode)
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, maxSetBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxSetBytes {
		return nil, fmt.Errorf("want at most %d bytes", maxSetBytes)
	}
	return text, nil
}
