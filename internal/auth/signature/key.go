// Package signature knows the keys that the shop signs its tokens with: a
// secret, public keys, and a set of them at a URL (JWKS, RFC 7517). It says
// whether a text was signed by one of them, and signs one for trying out.
//
// A key has one algorithm, and a token cannot choose another. What a token
// names can make the set be fetched again, from its own URL and at most twice
// a minute, and nothing else. What was signed, it does not read.
package signature

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"

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
	// ID tells a key of a set from all others, also by name. It begins with
	// IDPrefix; empty: the key is in no set, and does not go away.
	ID string

	name   string // as the set calls it (kid); empty: none
	method jwt.SigningMethod
	key    any // what the method wants
}

// IDPrefix is what the IDs of keys in a set begin with.
const IDPrefix = "jwks:"

// Verify reports whether the text was signed with this key. The algorithm, as
// the token says it, has to be the key's own.
func (k *Key) Verify(alg, text string, signature []byte) bool {
	return alg == k.method.Alg() && k.method.Verify(text, signature, k.key) == nil
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

// identify gives a key of a set its ID.
func (k *Key) identify() {
	public, err := x509.MarshalPKIXPublicKey(k.key)
	if err != nil {
		panic(err) // newKey lets no others through
	}
	sum := sha256.Sum256(append([]byte(k.name+"\x00"), public...))
	k.ID = IDPrefix + base64.RawURLEncoding.EncodeToString(sum[:])
}
