package signature

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// The errors of this file quote nothing of what they were given: it may be a
// secret, or a private key in the place of a public one.

// Secret returns the key of a shop that shares a secret with us (HS256).
func Secret(secret []byte) (*Key, error) {
	if isPEM(secret) {
		return nil, fmt.Errorf("want a secret of at least %d bytes, not a key in PEM", minSecret)
	}
	if len(secret) < minSecret {
		return nil, fmt.Errorf("want a secret of at least %d bytes: %d", minSecret, len(secret))
	}
	return &Key{method: jwt.SigningMethodHS256, key: bytes.Clone(secret)}, nil
}

// PublicKeys returns the keys in a PEM text: RSA (RS256), P-256 (ES256) and
// Ed25519 (EdDSA), as `openssl pkey -pubout` writes them.
func PublicKeys(text []byte) (keys []*Key, err error) {
	for rest := text; ; {
		block, after := pem.Decode(rest)
		if block == nil {
			if len(keys) == 0 || len(bytes.TrimSpace(rest)) > 0 {
				return nil, wantPEM("PUBLIC KEY")
			}
			return keys, nil
		}
		public, _ := x509.ParsePKIXPublicKey(block.Bytes)
		key := newKey("", public)
		if key == nil || block.Type != "PUBLIC KEY" {
			return nil, wantPEM("PUBLIC KEY")
		}
		keys, rest = append(keys, key), after
	}
}

// Sign makes a token of the payload. The key is a secret, or a private key in
// PEM, as `openssl genpkey` writes it.
func Sign(payload map[string]any, key []byte) (string, error) {
	method, private, err := signer(key)
	if err != nil {
		return "", err
	}
	return jwt.NewWithClaims(method, jwt.MapClaims(payload)).SignedString(private)
}

func signer(key []byte) (jwt.SigningMethod, any, error) {
	if !isPEM(key) {
		k, err := Secret(key)
		if err != nil {
			return nil, nil, err
		}
		return k.method, k.key, nil
	}
	block, _ := pem.Decode(key)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, nil, wantPEM("PRIVATE KEY")
	}
	private, _ := x509.ParsePKCS8PrivateKey(block.Bytes)
	if private, ok := private.(crypto.Signer); ok {
		if public := newKey("", private.Public()); public != nil {
			return public.method, private, nil
		}
	}
	return nil, nil, wantPEM("PRIVATE KEY")
}

func isPEM(text []byte) bool { return bytes.HasPrefix(text, []byte("-----BEGIN")) }

func wantPEM(kind string) error {
	return fmt.Errorf("want PEM with a %s of RSA (%d to %d bits), P-256 or Ed25519, and nothing else", kind, minRSA, maxRSA)
}
