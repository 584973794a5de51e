package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"peyk"
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
	Door       *Door             // says from which pages a cookie counts; wanted with Cookie
	Now        func() time.Time  // nil: time.Now
	Log        *slog.Logger      // nil: nothing is logged
	Transport  http.RoundTripper // that fetches the key set; nil: over the network
}

// Desk says who is asking. It takes API keys, secrets of shares and JWTs, in the Authorization
// header, in the subprotocol that SubprotocolPrefix begins, or, where there is
// neither, in a cookie. It is safe for concurrent use.
type Desk struct {
	keys   *Keys
	shares *Shares
	tokens *tokens
	cookie string
	door   *Door
}

// NewDesk returns an error that names the option and what was wanted.
func NewDesk(o Options) (*Desk, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Keys == nil {
		o.Keys = NewKeys(o.Now, o.Log)
	}
	if o.Shares == nil {
		o.Shares = NewShares(o.Now, nil) // without any share nobody asks
	}
	if o.Cookie != "" && (&http.Cookie{Name: o.Cookie}).Valid() != nil {
		return nil, errors.New("cookie: want a name of letters, digits and - or _")
	}
	if o.Cookie != "" && o.Door == nil {
		return nil, errors.New("cookie: want a door, too")
	}
	tokens, err := newTokens(o)
	if err != nil {
		return nil, err
	}
	return &Desk{keys: o.Keys, shares: o.Shares, tokens: tokens, cookie: o.Cookie, door: o.Door}, nil
}

// Run keeps the key set fresh until ctx ends, if there is one. A set that
// cannot be fetched is logged and asked for again.
func (d *Desk) Run(ctx context.Context) error {
	if d.tokens.set == nil {
		<-ctx.Done()
		return nil
	}
	return d.tokens.set.Run(ctx)
}

// Identity returns who is behind a request. Its error is ErrNone, ErrWrong or
// ErrExpired.
func (d *Desk) Identity(r *http.Request) (peyk.Identity, error) {
	token, err := bearer(r.Header)
	if errors.Is(err, ErrNone) && d.cookie != "" {
		token, err = cookie(r, d.cookie, d.door)
	}
	if err != nil {
		return peyk.Identity{}, err
	}
	return d.Token(r.Context(), token)
}

// Token returns who holds a credential that came by another way, like a fresh
// one on an open connection. Its error is ErrWrong or ErrExpired. It may wait
// some seconds for a key set that is not here yet.
func (d *Desk) Token(ctx context.Context, token string) (peyk.Identity, error) {
	if len(token) > maxToken {
		return peyk.Identity{}, ErrWrong
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
// was changed. Its error is ErrRevoked or ErrExpired.
func (d *Desk) Again(who peyk.Identity) (peyk.Identity, error) {
	if who.Key != "" {
		return d.keys.again(who.Key)
	}
	if id, shared := strings.CutPrefix(who.Subject, subjectOfShare); shared {
		return d.shares.again(id)
	}
	if ended(who.Grant, d.tokens.now()) {
		return peyk.Identity{}, ErrExpired
	}
	return who, nil
}
