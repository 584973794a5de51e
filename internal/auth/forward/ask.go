package forward

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"peyk"
)

// Bounds of asking.
const (
	askTimeout = 5 * time.Second // all in all, waiting to begin included
	maxAnswer  = 64 << 10        // bytes
)

// ErrStranger is the error, beside what the shop said, about a credential that
// was refused and that nobody was let in by a short while ago.
var ErrStranger = errors.New("nobody was known by the credential")

// The shop's refusals.
var (
	errUnknown   = fmt.Errorf("the shop does not know the credential: %w", peyk.ErrUnauthorized)
	errForbidden = fmt.Errorf("the shop forbids it: %w", peyk.ErrForbidden)
	errOver      = fmt.Errorf("the shop says that it has ended: %w", peyk.ErrUnauthorized)
)

func unavailable(reason error) error { return fmt.Errorf("%w: %w", peyk.ErrUnavailable, reason) }

// newClient follows no redirect: that is how a page asks a person to log in, and
// would carry the credential elsewhere. No proxy of the environment sees it.
func newClient(transport http.RoundTripper) *http.Client {
	if transport == nil {
		transport = &http.Transport{
			DialContext: (&net.Dialer{Timeout: askTimeout}).DialContext, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: maxAsks, IdleConnTimeout: 30 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		}
	}
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}

// ask returns what the shop says of a credential that came from that household.
func (s *Shop) ask(ctx context.Context, c Credential, from string) (peyk.Identity, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	if err := s.turns.begin(ctx, from); err != nil {
		return peyk.Identity{}, unavailable(err)
	}
	defer s.turns.end()
	status, body, err := s.get(ctx, c)
	switch {
	case err != nil:
		return peyk.Identity{}, unavailable(err)
	case status == http.StatusUnauthorized:
		return peyk.Identity{}, errUnknown
	case status == http.StatusForbidden:
		return peyk.Identity{}, errForbidden
	case status != http.StatusOK:
		return peyk.Identity{}, unavailable(fmt.Errorf("want the status 200, 401 or 403: %d", status))
	case len(body) > maxAnswer:
		return peyk.Identity{}, unavailable(fmt.Errorf("want an answer of at most %d bytes", maxAnswer))
	}
	who, err := s.o.Read(body)
	if err != nil {
		return peyk.Identity{}, unavailable(err)
	}
	if who.Ended(s.o.Now()) {
		return peyk.Identity{}, errOver
	}
	return who, nil
}

// get returns at most one byte more than maxAnswer.
func (s *Shop) get(ctx context.Context, c Credential) (status int, body []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.o.URL, nil)
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "peyk")
	if c.Cookie != "" {
		r.Header.Set("Cookie", c.Cookie)
	}
	if c.Authorization != "" {
		r.Header.Set("Authorization", c.Authorization)
	}
	response, err := s.client.Do(r)
	if withURL, ok := errors.AsType[*url.Error](err); ok {
		return 0, nil, withURL.Err // its text is logged, and a URL may hold a secret
	}
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	return response.StatusCode, body, err
}
