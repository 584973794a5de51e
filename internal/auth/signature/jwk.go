package signature

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

const maxSet = 32 // keys in a set; each may have to be tried for a token that names none

// jwk is a public key as a key set writes it (RFC 7517; RFC 7518, section 6;
// RFC 8037). Where it names certificates or other places, nobody looks.
type jwk struct {
	Kty, Kid, Use, Alg, Crv string
	Ops                     []string `json:"key_ops"`
	N, E, X, Y              string   // base64url, big-endian
}

// readSet returns the keys of a set of which there is a use here; others, and
// broken ones, are left out.
func readSet(text []byte) (list []*Key, err error) {
	var set struct{ Keys []json.RawMessage }
	if err := json.Unmarshal(text, &set); err != nil || set.Keys == nil {
		return nil, errors.New("want a JSON object with a list of keys")
	}
	for _, one := range set.Keys {
		var k jwk
		if json.Unmarshal(one, &k) != nil {
			continue
		}
		if v := k.key(); v != nil {
			list = append(list, v)
		}
	}
	if len(list) > maxSet {
		return nil, fmt.Errorf("want at most %d keys: %d", maxSet, len(list))
	}
	return list, nil
}

func (k jwk) key() *Key {
	if k.Use != "" && k.Use != "sig" || k.Ops != nil && !slices.Contains(k.Ops, "verify") {
		return nil
	}
	v := newKey(k.Kid, k.public())
	if v == nil || k.Alg != "" && k.Alg != v.method.Alg() {
		return nil
	}
	v.identify()
	return v
}

// public returns nil for other kinds of keys, above all for secrets: whoever
// can read the set could sign with them.
func (k jwk) public() any {
	switch {
	case k.Kty == "RSA":
		e := new(big.Int).SetBytes(integer(k.E))
		if e.BitLen() < 2 || e.BitLen() > 31 || e.Bit(0) == 0 { // as crypto/rsa wants it
			return nil
		}
		return &rsa.PublicKey{N: new(big.Int).SetBytes(integer(k.N)), E: int(e.Int64())}
	case k.Kty == "EC" && k.Crv == "P-256":
		point := slices.Concat([]byte{4}, integer(k.X), integer(k.Y)) // SEC 1, section 2.3.3
		if key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point); err == nil {
			return key
		}
	case k.Kty == "OKP" && k.Crv == "Ed25519":
		return ed25519.PublicKey(integer(k.X))
	}
	return nil
}

// integer returns nil, which is no key's, for what is not base64url. Some
// issuers pad it.
func integer(text string) []byte {
	bytes, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil
	}
	return bytes
}
