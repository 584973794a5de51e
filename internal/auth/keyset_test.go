package auth_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/auth"
)

// An issuer is a real HTTP server with a key set, on connections in memory, so
// that time is the test's.
type issuer struct {
	t    *testing.T
	desk *auth.Desk

	mu      sync.Mutex // guards the rest
	answer  http.HandlerFunc
	fetches []time.Time

	rechecks atomic.Int64
}

// openIssuer opens one that answers so, and a desk that runs. To be called in
// a bubble.
func openIssuer(t *testing.T, answer http.HandlerFunc) *issuer {
	i := &issuer{t: t, answer: answer}
	network := &memory{connections: make(chan net.Conn), closed: make(chan struct{})}
	var err error
	i.desk, err = auth.NewDesk(auth.Options{
		KeySet: "http://localhost/keys", Issuer: "https://shop.example", Audience: "peyk", Recheck: func() { i.rechecks.Add(1) },
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(_ context.Context, _, address string) (net.Conn, error) {
			if address != "localhost:80" {
				t.Errorf("a connection to %s was asked for", address)
			}
			return network.dial()
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	runDesk(t, network, i, i.desk)
	synctest.Wait()
	return i
}

// runDesk serves the shop on the network, and runs the desk that asks it, until
// the test ends.
func runDesk(t *testing.T, network *memory, shop http.Handler, desk *auth.Desk) {
	t.Helper()
	server := &http.Server{Handler: shop}
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() { _ = server.Serve(network) }) // http.ErrServerClosed, always
	work.Go(func() {
		if err := desk.Run(ctx); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(func() {
		stop()
		_ = server.Close() // ends what still answers
		work.Wait()
	})
}

// memory is a network of connections in memory: a net.Listener, and its clients.
type memory struct {
	connections chan net.Conn
	closed      chan struct{}
	once        sync.Once
}

func (m *memory) dial() (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case m.connections <- theirs:
		return ours, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.connections:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

func (m *memory) Addr() net.Addr { return &net.TCPAddr{} }

func (i *issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	i.fetches = append(i.fetches, time.Now())
	answer := i.answer
	i.mu.Unlock()
	if r.URL.Path != "/keys" {
		i.t.Errorf("%s was asked for, want /keys", r.URL)
	}
	answer(w, r)
}

func (i *issuer) now(answer http.HandlerFunc) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.answer = answer
}

func (i *issuer) want(token string, want error) {
	i.t.Helper()
	if _, err := i.desk.Token(i.t.Context(), token); !errors.Is(err, want) {
		i.t.Errorf("at %v: Token = %v, want %v", time.Now().UTC().Format(time.TimeOnly), err, want)
	}
}

// wantFetches says how many there were in all, and looks that they never come
// too fast.
func (i *issuer) wantFetches(n int) {
	i.t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.fetches) != n {
		i.t.Errorf("%d fetches, want %d", len(i.fetches), n)
	}
	for at := 2; at < len(i.fetches); at++ {
		if within := i.fetches[at].Sub(i.fetches[at-2]); within < time.Minute {
			i.t.Errorf("three fetches within %v", within)
		}
	}
}

// keys answers with a set of these.
func keys(list ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"keys":[`+strings.Join(list, ",")+`]}`) // a client that has gone is the client's affair
	}
}

func jwkOf(name string, public any) string {
	n := func(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
	switch key := public.(type) {
	case *rsa.PrivateKey:
		return fmt.Sprintf(`{"kty":"RSA","use":"sig","alg":"RS256","kid":%q,"n":%q,"e":"AQAB","x5u":"https://evil.example/"}`, name, n(key.N.Bytes()))
	case *ecdsa.PrivateKey:
		point, err := key.PublicKey.Bytes()
		if err != nil {
			panic(err)
		}
		return fmt.Sprintf(`{"kty":"EC","crv":"P-256","key_ops":["verify"],"kid":%q,"x":%q,"y":%q}`, name, n(point[1:33]), n(point[33:]))
	case ed25519.PrivateKey:
		return fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","kid":%q,"x":"%s="}`, name, n(key[32:]))
	case []byte:
		return fmt.Sprintf(`{"kty":"oct","kid":%q,"alg":"HS256","k":%q}`, name, n(key))
	}
	panic(fmt.Sprintf("no key: %T", public))
}

// by is a token that names its key. Its end is a while from the bubble's now.
func (s shop) by(alg, kid string) string {
	return s.sign(alg, fmt.Sprintf(`{"alg":%q,"kid":%q}`, alg, kid), but(map[string]any{"exp": time.Now().Add(30 * 24 * time.Hour).Unix()}))
}

func TestKeySet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := ours()
		i := openIssuer(t, keys(`{"kty":"RSA","kid":"broken"}`, `17`, jwkOf("r", s.rsa), jwkOf("e", s.ec), jwkOf("o", s.ed), jwkOf("h", s.secret)))
		for _, good := range []string{s.by("RS256", "r"), s.by("ES256", "e"), s.by("EdDSA", "o"),
			s.sign("ES256", `{"alg":"ES256"}`, but(map[string]any{"exp": time.Now().Add(time.Hour).Unix()}))} {
			i.want(good, nil)
		}
		for _, bad := range []string{
			s.by("HS256", "h"), s.by("RS256", "e"), s.by("RS256", "R"), s.by("RS256", "http://localhost/keys"), stranger().by("RS256", "r"),
			s.sign("HS256", `{"alg":"RS256","kid":"r"}`, but(nil)), s.sign("ES256", `{"alg":"RS256","kid":"e"}`, but(nil)),
		} {
			i.want(bad, auth.ErrWrong)
		}
		time.Sleep(45 * time.Second)
		i.want(stranger().by("HS256", "h"), auth.ErrWrong) // which no set can change
		i.wantFetches(1)
		for range 100 {
			time.Sleep(time.Minute)
			i.want(s.by("RS256", "r"), nil)
		}
		i.wantFetches(1 + 100) // once a minute
	})
}

func TestKeySetRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := openIssuer(t, keys(jwkOf("old", ours().ec)))
		old, fresh := ours().by("ES256", "old"), stranger().by("ES256", "new")
		i.want(old, nil)

		i.now(keys(jwkOf("old", ours().ec), jwkOf("new", stranger().ec)))
		i.want(fresh, auth.ErrWrong) // the set was fetched just now
		time.Sleep(31 * time.Second)
		i.want(fresh, nil)
		i.wantFetches(2)
		i.want(old, nil)

		i.now(keys(jwkOf("new", stranger().ec)))
		time.Sleep(fetchEvery)
		i.want(old, auth.ErrWrong)
		i.want(ours().by("ES256", "old"), auth.ErrWrong)
		i.want(fresh, nil)

		i.now(keys(jwkOf("new", stranger().ec), jwkOf("old", ours().ec)))
		time.Sleep(fetchEvery)
		i.want(old, nil)
	})
}

// fetchEvery is how long it takes until a changed set is surely known.
const fetchEvery = 61 * time.Second

// Who came in by a key that is gone from the set is asked about at once, and has
// no right any more. While the set cannot be had everybody stays.
func TestRightsEndWithTheKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := openIssuer(t, keys(jwkOf("old", ours().ec), jwkOf("new", stranger().ec)))
		var who [2]peyk.Identity
		for n, token := range [...]string{ours().by("ES256", "old"), stranger().by("ES256", "new")} {
			var err error
			if who[n], err = i.desk.Token(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
		again := func(rechecks int64, old, fresh error) {
			t.Helper()
			if n := i.rechecks.Load(); n != rechecks {
				t.Errorf("%d rechecks, want %d", n, rechecks)
			}
			for n, want := range [...]error{old, fresh} {
				if _, err := i.desk.Again(who[n]); !errors.Is(err, want) {
					t.Errorf("Again = %v, want %v", err, want)
				}
			}
		}
		i.now(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
		time.Sleep(12 * time.Hour)
		again(0, nil, nil)
		i.now(keys(jwkOf("new", stranger().ec)))
		time.Sleep(fetchEvery)
		again(1, auth.ErrRevoked, nil)
		i.now(keys()) // no key is a truth as well
		time.Sleep(fetchEvery)
		again(2, auth.ErrRevoked, auth.ErrRevoked)
	})
}

// The name of a key may stay when the key changes.
func TestKeySetWithTheSameNameForAnotherKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := openIssuer(t, keys(jwkOf("k", ours().ec)))
		i.now(keys(jwkOf("k", stranger().ec)))
		time.Sleep(fetchEvery)
		i.want(ours().by("ES256", "k"), auth.ErrWrong)
		i.want(stranger().by("ES256", "k"), nil)
	})
}

func TestUnknownKeysCostTwoFetchesAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := openIssuer(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(2 * time.Second)
			keys(jwkOf("k", ours().ec))(w, r)
		})
		time.Sleep(5 * time.Second)
		good := ours().by("ES256", "k")
		i.want(good, nil)
		_, rest, _ := strings.Cut(good, ".")
		began := time.Now()
		var work sync.WaitGroup
		var waited atomic.Int64
		const bursts = 6 // of 10,000 each, over more than two minutes
		for burst := range bursts {
			for n := range 10_000 {
				token := base64url(fmt.Sprintf(`{"alg":"ES256","kid":"%d-%d"}`, burst, n)) + "." + rest
				work.Go(func() {
					at := time.Now()
					if i.want(token, auth.ErrWrong); time.Since(at) > 0 {
						waited.Add(1)
					}
				})
			}
			i.want(good, nil) // who is known does not wait
			time.Sleep(25 * time.Second)
		}
		work.Wait()
		if n := waited.Load(); n == 0 || n > bursts*64 {
			t.Errorf("%d waited for the set, want some, and at most 64 at a time", n)
		}
		if took := time.Since(began); took > 151*time.Second {
			t.Errorf("the flood took %v, want nobody to wait beyond it", took)
		}
		i.wantFetches(1 + 2)
	})
}

func TestKeySetThatFails(t *testing.T) {
	good := keys(jwkOf("k", ours().ec))
	huge := func(w http.ResponseWriter, r *http.Request) {
		good(w, r)
		_, _ = io.WriteString(w, strings.Repeat(" ", 256<<10))
	}
	many := make([]string, 33)
	for n := range many {
		many[n] = jwkOf("k", ours().ec)
	}
	for name, answer := range map[string]http.HandlerFunc{
		"down":     func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"slow":     func(w http.ResponseWriter, r *http.Request) { time.Sleep(6 * time.Second); good(w, r) },
		"silent":   func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"drips":    drip,
		"huge":     huge,
		"endless":  endless,
		"garbage":  func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") },
		"no set":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"error":"later"}`) },
		"too many": keys(many...),
		"500":      func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500); good(w, r) },
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://evil.example/keys", http.StatusFound)
		},
		"own redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/other", http.StatusTemporaryRedirect)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				i := openIssuer(t, answer)
				token := ours().by("ES256", "k")
				i.want(token, auth.ErrWrong)
				i.now(good)
				time.Sleep(36 * time.Second) // a fetch of 5 s and a rest
				i.want(token, nil)
				i.now(answer)
				time.Sleep(2 * time.Hour)
				i.want(token, nil) // the last good set counts
				i.want(ours().by("ES256", "x"), auth.ErrWrong)
				i.now(good)
			})
		})
	}
}

func drip(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		_, _ = io.WriteString(w, " ")
		_ = http.NewResponseController(w).Flush()
		time.Sleep(100 * time.Millisecond)
	}
}

func endless(w http.ResponseWriter, _ *http.Request) {
	for {
		if _, err := io.WriteString(w, strings.Repeat(" ", 4096)); err != nil {
			return
		}
	}
}

// Keys of which there is no use here let nobody in.
func TestKeySetOfUselessKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := openIssuer(t, keys(uselessKeys()...))
		for _, alg := range []string{"HS256", "RS256", "ES256", "EdDSA"} {
			i.want(ours().by(alg, "k"), auth.ErrWrong)
		}
		i.now(keys(jwkOf("k", ours().ec)))
		time.Sleep(fetchEvery)
		i.want(ours().by("ES256", "k"), nil)
	})
}

func uselessKeys() []string {
	n := func(bits int) string {
		return base64.RawURLEncoding.EncodeToString(new(big.Int).SetBit(big.NewInt(1), bits-1, 1).Bytes())
	}
	good, ec := jwkOf("k", ours().rsa), jwkOf("k", ours().ec)
	return []string{
		jwkOf("k", ours().secret), strings.Replace(good, "sig", "enc", 1), strings.Replace(good, "RS256", "PS256", 1),
		strings.Replace(good, "AQAB", "AQAA", 1), strings.Replace(good, "AQAB", "AAAA", 1), strings.Replace(good, "AQAB", "AQAAAAAAAAAD", 1),
		strings.Replace(good, `"n":"`, `"n":"$`, 1), `{"kty":"RSA","kid":"k","e":"AQAB"}`,
		`{"kty":"RSA","kid":"k","e":"AQAB","n":"` + n(1024) + `"}`, `{"kty":"RSA","kid":"k","e":"AQAB","n":"` + n(16384) + `"}`,
		strings.Replace(ec, "verify", "sign", 1), strings.Replace(ec, "P-256", "P-384", 1), strings.Replace(ec, `"x":"`, `"x":"A`, 1),
		`{"kty":"EC","crv":"P-256","kid":"k","x":"AA","y":"AA"}`, `{"kty":"EC","crv":"P-256","kid":"k"}`,
		`{"kty":"OKP","crv":"Ed25519","kid":"k","x":"AAAA"}`, `{"kty":"OKP","crv":"X25519","kid":"k","x":"` + long(43) + `"}`, `{"kid":"k"}`, `null`,
	}
}

// Who shows a token before the set is there waits for it, but not for ever.
func TestTokensBeforeTheFirstSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		i := openIssuer(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(3 * time.Second)
			keys(jwkOf("k", ours().ec))(w, r)
		})
		began := time.Now()
		i.want(ours().by("ES256", "k"), nil)
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("waited %v for a set that took 3 s", took)
		}
	})
	synctest.Test(t, func(t *testing.T) { // nobody runs the desk
		desk := openDesk(t, func(o *auth.Options) { o.KeySet, o.Now = "https://shop.example/keys", time.Now })
		began := time.Now()
		if _, err := desk.Token(t.Context(), ours().by("ES256", "k")); err != nil {
			t.Errorf("signed by a key that is configured: %v", err)
		}
		if _, err := desk.Token(t.Context(), stranger().by("ES256", "k")); !errors.Is(err, auth.ErrWrong) {
			t.Errorf("Token = %v, want ErrWrong", err)
		}
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("waited %v", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := desk.Token(ctx, stranger().by("ES256", "k")); !errors.Is(err, auth.ErrWrong) || ctx.Err() == nil {
			t.Errorf("Token = %v, want it to end with its context", err)
		}
	})
}

// And once over a real network, with TLS.
func TestKeySetOverTLS(t *testing.T) {
	server := httptest.NewTLSServer(keys(jwkOf("k", ours().ec)))
	defer server.Close()
	desk, err := auth.NewDesk(auth.Options{KeySet: server.URL, Transport: server.Client().Transport})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	work.Go(func() { _ = desk.Run(ctx) }) // it always ends well
	if who, err := desk.Token(t.Context(), ours().by("ES256", "k")); err != nil || who.Subject != "sara" {
		t.Errorf("Token = %+v, %v, want sara", who, err)
	}
	stop()
	work.Wait()
}
