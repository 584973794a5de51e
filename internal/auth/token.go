package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"peyk"
	"peyk/internal/auth/signature"
)

// Bounds of what a token may be.
const (
	maxToken = 4 << 10 // bytes; checked before anything is decoded
	maxLife  = 24 * time.Hour
	leeway   = 30 * time.Second // by which the shop's clock may be ahead of ours
)

var base64url = base64.RawURLEncoding.Strict()

// tokens verifies JWTs (RFC 7519) that the shop signed (RFC 7515, compact).
type tokens struct {
	fixed    []*signature.Key
	set      *signature.Set // nil: none
	issuer   string         // empty: any
	audience string         // likewise
	now      func() time.Time
	cache    *cache
}

func newTokens(o Options) (*tokens, error) {
	t := &tokens{issuer: o.Issuer, audience: o.Audience, now: o.Now, cache: newCache()}
	if len(o.Secret) > 0 {
		key, err := signature.Secret(o.Secret)
		if err != nil {
			return nil, wrongOption("secret", "%w", err)
		}
		t.fixed = append(t.fixed, key)
	}
	if len(o.PublicKeys) > 0 {
		keys, err := signature.PublicKeys(o.PublicKeys)
		if err != nil {
			return nil, wrongOption("public keys", "%w", err)
		}
		t.fixed = append(t.fixed, keys...)
	}
	if o.KeySet != "" {
		set, err := signature.NewSet(o.KeySet, signature.Options{Gone: o.Recheck, Log: o.Log, Transport: o.Transport})
		if err != nil {
			return nil, wrongOption("key set", "%w", err)
		}
		t.set = set
	}
	return t, nil
}

// identity verifies a token once, and from then on knows it by its hash.
func (t *tokens) identity(ctx context.Context, hash [sha256.Size]byte, token string) (peyk.Identity, error) {
	now := t.now()
	if who, ok := t.cache.get(hash, now); ok && t.stands(who) {
		return who, nil
	}
	s, err := split(token)
	if err != nil {
		return peyk.Identity{}, strange(err)
	}
	by := t.signer(ctx, s)
	if by == nil {
		return peyk.Identity{}, strange(errors.New("signature: want one by a key that is configured"))
	}
	who, err := t.read(s.payload, now)
	if err != nil {
		return peyk.Identity{}, err
	}
	who.Key = by.ID
	t.cache.put(hash, who, now)
	return who, nil
}

// stands reports whether the key that signed for somebody still counts.
func (t *tokens) stands(who peyk.Identity) bool { return who.Key == "" || t.set.Has(who.Key) }

// errStrange is an ErrWrong about a token that is none of ours, and may be the
// shop's.
var errStrange = fmt.Errorf("it is not ours: %w", ErrWrong)

func strange(reason error) error { return fmt.Errorf("%w: %w", reason, errStrange) }

// signed is a token of which nothing has been verified.
type signed struct {
	alg, kid string
	text     string // what the signature is about
	payload  string // in base64url
	mark     []byte // the signature
}

var errForm = errors.New("want a header, a payload and a signature in base64url, with dots between them")

// split reads the header and no more. Names of keys and certificates in it (jwk,
// jku, x5u, x5c) count for nothing; what would change the meaning of the rest
// is refused.
func split(token string) (s signed, err error) {
	if strings.Count(token, ".") != 2 || strings.ContainsAny(token, "\r\n") { // the decoder would skip line ends
		return signed{}, errForm
	}
	header, rest, _ := strings.Cut(token, ".")
	payload, mark, _ := strings.Cut(rest, ".")
	text, err := base64url.DecodeString(header)
	if err != nil {
		return signed{}, errForm
	}
	if s.mark, err = base64url.DecodeString(mark); err != nil {
		return signed{}, errForm
	}
	h, err := readObject(text)
	if err != nil {
		return signed{}, fmt.Errorf("header: %w", err)
	}
	for _, name := range [...]string{"crit", "b64", "zip", "enc"} {
		if _, there := h.members[name]; there {
			return signed{}, fmt.Errorf("header: want no %s", name)
		}
	}
	s.alg, s.kid = h.text("alg"), h.text("kid")
	s.text, s.payload = token[:len(header)+1+len(payload)], payload
	return s, h.err
}

// signer returns the key that signed; nil if it is none of ours.
func (t *tokens) signer(ctx context.Context, s signed) *signature.Key {
	if key := s.by(t.fixed); key != nil || t.set == nil {
		return key
	}
	return s.by(t.set.Named(ctx, s.alg, s.kid))
}

func (s signed) by(keys []*signature.Key) *signature.Key {
	for _, key := range keys {
		if key.Verify(s.alg, s.text, s.mark) {
			return key
		}
	}
	return nil
}
