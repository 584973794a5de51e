package auth_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"peyk/internal/auth"
)

// start is now, in tests whose clock stands still.
var start = time.Unix(1_800_000_000, 0)

// shop has what a shop signs with, and stranger what somebody else does.
type shop struct {
	secret []byte
	rsa    *rsa.PrivateKey
	ec     *ecdsa.PrivateKey
	ed     ed25519.PrivateKey
}

var (
	ours     = sync.OnceValue(newShop)
	stranger = sync.OnceValue(newShop)
)

func newShop() shop {
	s := shop{secret: []byte(rand.Text() + rand.Text())}
	var errs [3]error
	s.rsa, errs[0] = rsa.GenerateKey(rand.Reader, 2048)
	s.ec, errs[1] = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	_, s.ed, errs[2] = ed25519.GenerateKey(rand.Reader)
	if err := errors.Join(errs[:]...); err != nil {
		panic(err)
	}
	return s
}

func (s shop) public() []byte {
	return append(append(publicPEM(s.rsa), publicPEM(s.ec)...), publicPEM(s.ed)...)
}

func publicPEM(key crypto.Signer) []byte {
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

func privatePEM(key crypto.Signer) []byte {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// key returns what the shop signs with by that algorithm.
func (s shop) key(alg string) any {
	switch alg[:2] {
	case "HS":
		return s.secret
	case "RS", "PS":
		return s.rsa
	case "ES":
		return s.ec
	}
	return s.ed
}

// sign makes a token of a header and a payload, letter by letter as they are.
func (s shop) sign(alg, header, payload string) string {
	text := base64url(header) + "." + base64url(payload)
	signature, err := jwt.GetSigningMethod(alg).Sign(text, s.key(alg))
	if err != nil {
		panic(err)
	}
	return text + "." + base64url(string(signature))
}

// hs signs a payload with the secret, under a good header.
func (s shop) hs(payload string) string { return s.sign("HS256", `{"alg":"HS256"}`, payload) }

func base64url(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// but is a good payload with other members, or without those that are nil.
func but(change map[string]any) string {
	p := map[string]any{
		"sub": "sara", "exp": start.Unix() + 600, "iss": "https://shop.example", "aud": "peyk",
		"peyk": map[string]any{"role": "viewer", "teams": []string{"north"}},
	}
	maps.Copy(p, change)
	maps.DeleteFunc(p, func(_ string, v any) bool { return v == nil })
	text, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// openDesk opens one that knows all our keys, at a clock that stands still.
func openDesk(t testing.TB, change func(*auth.Options)) *auth.Desk {
	t.Helper()
	o := auth.Options{
		Secret: ours().secret, PublicKeys: ours().public(), Issuer: "https://shop.example", Audience: "peyk",
		Now: func() time.Time { return start }, Transport: noRequests{t},
	}
	if change != nil {
		change(&o)
	}
	desk, err := auth.NewDesk(o)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// noRequests fails the test when anybody is asked for anything.
type noRequests struct{ t testing.TB }

func (n noRequests) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("a request went out to %s", r.URL)
	return nil, errors.New("no requests")
}

func bearer(token string) *http.Request {
	return &http.Request{Method: http.MethodPost, Host: "localhost", Header: http.Header{"Authorization": {"Bearer " + token}}}
}

func long(n int) string { return strings.Repeat("a", n) }

func p384() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

func hexSHA256(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }
