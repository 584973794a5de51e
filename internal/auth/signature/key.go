// Package signature knows the keys that the shop signs its tokens with: a
// secret, public keys, and a set of them at a URL (JWKS, RFC 7517). It says
// whether a text was signed by one of them, and signs one for trying out.
//
// A key has one algorithm, and a token cannot choose another. What a token
// names can make the set be fetched again, from its own URL and at most twice
// a minute, and nothing else. What was signed, it does not read.
package signature

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"sync/atomic"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Bounds of keys. 256 bits for a secret are RFC 7518, section 3.2; 2048 for RSA
// are section 3.3; above 8192 a signature costs milliseconds to verify.
const (
	minSecret = 32 // bytes
	minRSA    = 2048
	maxRSA    = 8192
)

// Key verifies what was signed with it.
type Key struct {
	name   string // as the set calls it (kid); empty: none
	method jwt.SigningMethod
	key    any          // what the method wants
	end    atomic.Int64 // Unix seconds from which on it no longer counts; 0: it does not end
}

// Verify reports whether the text was signed with this key. The algorithm, as
// the token says it, has to be the key's own.
func (k *Key) Verify(alg, text string, signature []byte) bool {
	return alg == k.method.Alg() && k.method.Verify(text, signature, k.key) == nil
}

// Gone reports whether the key counts no longer.
func (k *Key) Gone(now time.Time) bool {
	end := k.end.Load()
	return end != 0 && now.Unix() >= end
}

// Within returns the moment, or the key's own end where that comes first.
func (k *Key) Within(until time.Time) time.Time {
	if end := k.end.Load(); end != 0 && end < until.Unix() {
		return time.Unix(end, 0)
	}
	return until
}

// newKey returns nil for keys of which there is no use here.
func newKey(name string, public any) *Key {
	switch key := public.(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits >= minRSA && bits <= maxRSA {
			return &Key{name: name, method: jwt.SigningMethodRS256, key: key}
		}
	case *ecdsa.PublicKey:
		if key.Curve == elliptic.P256() {
			return &Key{name: name, method: jwt.SigningMethodES256, key: key}
		}
	case ed25519.PublicKey:
		if len(key) == ed25519.PublicKeySize {
			return &Key{name: name, method: jwt.SigningMethodEdDSA, key: key}
		}
	}
	return nil
}

// same reports whether both are one key under one name.
func (k *Key) same(other *Key) bool {
	public, ok := k.key.(interface{ Equal(crypto.PublicKey) bool })
	return ok && k.name == other.name && public.Equal(other.key)
}
