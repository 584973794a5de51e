package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"peyk"
	"peyk/internal/auth/forward"
	"peyk/internal/auth/signature"
)

// Options says which credentials count. Without any, nobody comes in.
type Options struct {
	Keys       *Keys             // API keys; nil: none
	Shares     *Shares           // secrets of shares; nil: none
	Secret     []byte            // that the shop signs JWTs with, HS256: at least 32 bytes; empty: none
	PublicKeys []byte            // in PEM, of keys that the shop signs with: RSA (RS256), P-256 (ES256), Ed25519 (EdDSA); empty: none
	KeySet     string            // the https URL of a JWKS with such keys; empty: none
	Issuer     string            // that a JWT must name; empty: any
	Audience   string            // likewise
	Cookie     string            // the cookie that may hold a credential; empty: none
	Forward    Forward           // asks the shop about everything else
	Gateway    Gateway           // says in place of all the rest who somebody is
	Door       *Door             // says from which pages a cookie counts; wanted with Cookie and Forward
	Recheck    func()            // has Again asked about everybody who has a connection, and must not wait; nil: nobody has
	Now        func() time.Time  // nil: time.Now
	Log        *slog.Logger      // nil: nothing is logged
	Transport  http.RoundTripper // that asks the shop and fetches its key set; nil: over the network
}

// Forward says how to ask the shop itself. The zero Forward is not at all.
type Forward struct {
	URL      string        // that is asked with the request's own credential
	CacheFor time.Duration // how long an answer counts
	Cookies  []string      // the cookies that matter; empty: all
	// Household names who shares an address, IP:port: they share what may be
	// asked at once. Nil: nobody does.
	Household func(address string) string
}

// Desk says who is asking. It takes API keys, secrets of shares and JWTs, in the
// Authorization header, in the subprotocol that SubprotocolPrefix begins, or,
// where there is neither, in a cookie. Whatever is none of these the shop can be
// asked about. It is safe for concurrent use.
type Desk struct {
	keys    *Keys
	shares  *Shares
	tokens  *tokens
	cookie  string
	door    *Door
	shop    *forward.Shop // nil: it is not asked
	forward Forward       // how it is asked
	gateway *gateway      // nil: there is none
}

// NewDesk returns an *OptionError for the first option that cannot be used.
func NewDesk(o Options) (*Desk, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Recheck == nil {
		o.Recheck = func() {}
	}
	if o.Keys == nil {
		o.Keys = NewKeys(o.Now, o.Log)
	}
	if o.Shares == nil {
		o.Shares = NewShares(o.Now, nil) // without any share nobody asks
	}
	if o.Cookie != "" && (&http.Cookie{Name: o.Cookie}).Valid() != nil {
		return nil, wrongOption("cookie", "want a name of letters, digits and - or _")
	}
	if o.Cookie != "" && o.Door == nil {
		return nil, wrongOption("cookie", "want a door, too")
	}
	tokens, err := newTokens(o)
	if err != nil {
		return nil, err
	}
	d := &Desk{keys: o.Keys, shares: o.Shares, tokens: tokens, cookie: o.Cookie, door: o.Door}
	if d.gateway, err = newGateway(o.Gateway); err != nil {
		return nil, err
	}
	return d, d.openShop(o)
}

func (d *Desk) openShop(o Options) (err error) {
	f := o.Forward
	if f.URL == "" {
		return nil
	}
	for _, name := range f.Cookies {
		if (&http.Cookie{Name: name}).Valid() != nil {
			return wrongOption("forward cookies", "want names of letters, digits and - or _: %q", name)
		}
	}
	if o.Door == nil {
		return wrongOption("forward", "want a door, too")
	}
	if f.Household == nil {
		f.Household = func(address string) string { return address }
	}
	d.forward = f
	d.shop, err = forward.NewShop(forward.Options{
		URL: f.URL, CacheFor: f.CacheFor, Read: readAnswer, Recheck: o.Recheck, Now: o.Now, Log: o.Log, Transport: o.Transport,
	})
	if err != nil {
		return wrongOption("forward", "%w", err)
	}
	return nil
}

// Run keeps the key set fresh, and what the shop said, until ctx ends. What
// cannot be had is logged and asked for again.
func (d *Desk) Run(ctx context.Context) error {
	var work sync.WaitGroup
	var errs [2]error
	if d.tokens.set != nil {
		work.Go(func() { errs[0] = d.tokens.set.Run(ctx) })
	}
	if d.shop != nil {
		work.Go(func() { errs[1] = d.shop.Run(ctx) })
	}
	<-ctx.Done()
	work.Wait()
	return errors.Join(errs[:]...)
}

// Identity returns who is behind a request. Its error is ErrNone, ErrWrong,
// ErrExpired or ErrGateway; where the shop is asked, also any other
// peyk.ErrUnauthorized or peyk.ErrForbidden, some an ErrStranger too, or a
// peyk.ErrUnavailable.
func (d *Desk) Identity(r *http.Request) (peyk.Identity, error) {
	if who, theirs, err := d.gateway.identity(r); theirs || err != nil {
		return who, err
	}
	token, err := bearer(r.Header)
	if errors.Is(err, ErrNone) && d.cookie != "" {
		token, err = cookie(r, d.cookie, d.door)
	}
	var who peyk.Identity
	if err == nil {
		who, err = d.own(r.Context(), token)
	}
	if d.shop == nil || !errors.Is(err, ErrNone) && !errors.Is(err, errStrange) {
		return who, err
	}
	c, err := foreign(r, d.forward.Cookies, d.door)
	if err != nil {
		return peyk.Identity{}, err
	}
	return d.shop.Identity(r.Context(), c, d.forward.Household(r.RemoteAddr))
}

// Token returns who holds a credential that came by another way, like a fresh
// one on an open connection. Its error is Identity's. It may wait some seconds
// for a key set that is not here yet, but not for the shop: its tokens count
// where they were used within the last minute.
func (d *Desk) Token(ctx context.Context, token string) (peyk.Identity, error) {
	who, err := d.own(ctx, token)
	if d.shop != nil && errors.Is(err, errStrange) {
		return d.shop.Known(forward.Credential{Authorization: "Bearer " + token})
	}
	return who, err
}

// own knows API keys, secrets of shares and JWTs. What is none of these is an
// errStrange.
func (d *Desk) own(ctx context.Context, token string) (peyk.Identity, error) {
	if len(token) > maxToken {
		return peyk.Identity{}, errStrange
	}
	hash := sha256.Sum256(append(make([]byte, 0, 1<<10), token...)) // on the stack, if it is not larger
	if strings.HasPrefix(token, sharePrefix) {
		return d.shares.find(hash)
	}
	if strings.HasPrefix(token, keyPrefix) {
		return d.keys.find(hash)
	}
	return d.tokens.identity(ctx, hash, token)
}

// Again returns what an identity has become since: another grant, if its key
// was changed or the shop says so. Its error is ErrRevoked, ErrExpired or what
// the shop said.
func (d *Desk) Again(who peyk.Identity) (now peyk.Identity, err error) {
	switch {
	case d.shop != nil && strings.HasPrefix(who.Key, forward.KeyPrefix):
		if who, err = d.shop.Again(who.Key); err != nil {
			return peyk.Identity{}, err
		}
	case strings.HasPrefix(who.Key, signature.IDPrefix):
		if !d.tokens.stands(who) {
			return peyk.Identity{}, ErrRevoked
		}
	case who.Key != "":
		return d.keys.again(who.Key)
	case strings.HasPrefix(who.Subject, subjectOfShare):
		return d.shares.again(strings.TrimPrefix(who.Subject, subjectOfShare))
	}
	if who.Ended(d.tokens.now()) {
		return peyk.Identity{}, ErrExpired
	}
	return who, nil
}

// Asked returns what the shop answered so far; nothing where it is not asked.
func (d *Desk) Asked() forward.Stats {
	if d.shop == nil {
		return forward.Stats{}
	}
	return d.shop.Stats()
}
