package main

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"peyk"
	"peyk/internal/auth"
)

// keySet is a shop's server of public keys.
type keySet struct {
	url string

	mu      sync.Mutex // guards the rest
	keys    map[string]ed25519.PrivateKey
	fetches int
}

func serveKeys(t *testing.T, names ...string) *keySet {
	t.Helper()
	s := &keySet{keys: map[string]ed25519.PrivateKey{}}
	for _, name := range names {
		s.replace("", name)
	}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.url = server.URL + "/keys.json"
	return s
}

// replace takes a key out of the set and puts a new one in.
func (s *keySet) replace(gone, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.keys, gone)
	_, s.keys[name], _ = ed25519.GenerateKey(nil) // chance never fails
}

func (s *keySet) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fetches++
	var keys []map[string]string
	for name, private := range s.keys {
		keys = append(keys, map[string]string{
			"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": name, "x": base64.RawURLEncoding.EncodeToString(private.Public().(ed25519.PublicKey)),
		})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"keys": keys}) // who is gone needs no keys
}

// sign makes a token by hand, as the shop's own library does: it says which key.
func (s *keySet) sign(t *testing.T, name, subject string) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	payload := fmt.Sprintf(`{"sub":%q,"exp":%d,"peyk":{"role":"viewer","all":true}}`, subject, time.Now().Add(time.Hour).Unix())
	text := base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"alg":"EdDSA","kid":%q}`, name)) +
		"." + base64.RawURLEncoding.EncodeToString([]byte(payload))
	return text + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(s.keys[name], []byte(text)))
}

// TestJWT has a server that knows a secret, a file of keys and a set of keys, and
// takes the tokens of each wherever they may stand.
func TestJWT(t *testing.T) {
	t.Parallel()
	set := serveKeys(t, "a")
	private, public := newPEM()
	n := newNode(t, "--auth-jwt-keys", "public.pem", "--auth-jwks", set.url, "--auth-cookie", "session", "--origins", "https://shop.example")
	n.env = []string{"PEYK_AUTH_JWT_SECRET=" + shopSecret}
	for name, text := range map[string][]byte{"public.pem": public, "private.pem": private} {
		if err := os.WriteFile(filepath.Join(n.dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	n.start()
	n.post(first, "Authorization", "Bearer "+n.token)
	viewer := peyk.Claims{Role: peyk.RoleViewer, All: true}
	byFile, err := auth.Sign(auth.Draft{Subject: "file", Claims: viewer, Until: time.Now().Add(time.Hour)}, private)
	if err != nil {
		t.Fatal(err)
	}
	for subject, token := range map[string]string{
		"secret":            signed(t, "secret", viewer, time.Now().Add(time.Hour)),
		"file":              byFile,
		"set":               set.sign(t, "a", "set"),
		"command by secret": n.run("token", "--role", "viewer", "--subject", "command by secret"),
		"command by file":   n.run("token", "--role", "viewer", "--subject", "command by file", "--key", "private.pem", "--auth-jwt-secret="),
	} {
		t.Run(subject, func(t *testing.T) { n.takesEverywhere(t, subject, token) })
	}
	n.stop()
	n.start() // one address has 50 attempts with a wrong credential, and most of them are used up
	for name, token := range map[string]string{
		"another's secret": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA",
		"another's key":    serveKeys(t, "a").sign(t, "a", "x"),
		"nobody's key":     strings.Join(strings.Split(byFile, ".")[:2], ".") + ".",
	} {
		n.me(token).want(t, http.StatusUnauthorized, `{"detail":"Invalid token."}`)
		if _, status := n.knockAs(t, token); status != http.StatusUnauthorized {
			t.Errorf("a handshake with a token by %s is answered %d, want 401", name, status)
		}
	}
	n.saysWhatIsWrong(t)
}

// saysWhatIsWrong brings what a shop's first attempts look like, signed by its
// secret.
func (n *process) saysWhatIsWrong(t *testing.T) {
	t.Helper()
	soon := time.Now().Add(time.Hour).Unix()
	for payload, want := range map[string]string{
		fmt.Sprintf(`{"sub":"7","exp":%d.25,"peyk":{"role":"courier"}}`, soon):             `exp: want whole seconds since 1970.`,
		`{"sub":"7","peyk":{"role":"courier"}}`:                                            `exp: want whole seconds since 1970.`,
		fmt.Sprintf(`{"sub":7,"exp":%d,"peyk":{"role":"courier"}}`, soon):                  `sub: want a string.`,
		fmt.Sprintf(`{"sub":"7","exp":%d}`, soon):                                          `role: want one of [admin viewer courier service customer]: \"\".`,
		fmt.Sprintf(`{"sub":"7","exp":%d,"peyk":{"role":"viewer","team":"north"}}`, soon):  `peyk: want role, all, teams, couriers and orders, and nothing else.`,
		fmt.Sprintf(`{"sub":"7","exp":%d,"peyk":{"role":"viewer","teams":"north"}}`, soon): `peyk: teams: want a list of strings or whole numbers, each of 1 to 512 bytes without control characters.`,
		fmt.Sprintf(`{"sub":"key:7","exp":%d,"peyk":{"role":"viewer","all":true}}`, soon):  `sub: want one that does not begin with \"key:\".`,
		fmt.Sprintf(`{"sub":"7","exp":%d,"peyk":{"role":"driver"},"name":"Sara"}`, soon):   `role: want one of [admin viewer courier service customer]: \"driver\".`,
		fmt.Sprintf(`{"sub":"7","exp":%d,"nbf":%[1]d,"peyk":{"role":"viewer"}}`, soon):     `nbf: want a moment that has come.`,
	} {
		n.me(signedByHand(payload)).want(t, http.StatusUnauthorized, `{"detail":"Invalid token: `+want+`"}`)
	}
}

func signedByHand(payload string) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString([]byte(payload))
	mark := hmac.New(sha256.New, []byte(shopSecret))
	_, _ = mark.Write([]byte(text)) // never fails
	return text + "." + base64.RawURLEncoding.EncodeToString(mark.Sum(nil))
}

// takesEverywhere brings a token in each way, from good pages and bad ones.
func (n *process) takesEverywhere(t *testing.T, subject, token string) {
	t.Helper()
	for _, c := range []struct {
		name           string
		header         []string // names and values
		answer, shaken int      // statuses of a request and of a handshake; that one always has an Origin, or no page sends it
	}{
		{"header", []string{"Authorization", "Bearer " + token}, 200, 101},
		{"cookie, from a listed page", []string{"Cookie", "session=" + token, "Origin", "https://shop.example"}, 200, 101},
		{"cookie, from our own page", []string{"Cookie", "session=" + token, "Origin", n.url}, 200, 101},
		{"cookie, read by our own page", []string{"Cookie", "session=" + token, "Sec-Fetch-Site", "same-origin"}, 200, 401},
		{"cookie, from nowhere", []string{"Cookie", "session=" + token}, 401, 401},
		{"cookie, read by another page", []string{"Cookie", "session=" + token, "Sec-Fetch-Site", "cross-site"}, 401, 401},
		{"cookie, from another page", []string{"Cookie", "session=" + token, "Origin", "https://evil.example"}, 403, 403},
		{"another cookie", []string{"Cookie", "other=" + token, "Origin", n.url}, 401, 401},
		{"a bad header beats a good cookie", []string{"Authorization", "Bearer x", "Cookie", "session=" + token, "Origin", n.url}, 401, 401},
		{"the header beats the cookie", []string{"Authorization", "Bearer " + token, "Cookie", "session=x", "Origin", n.url}, 200, 101},
	} {
		got := n.ask("GET", "/api/v1/me", "", c.header...)
		if got.status != c.answer || c.answer == 200 && !strings.HasPrefix(got.body, fmt.Sprintf(`{"subject":%q,"name":"","role":"viewer"`, subject)) {
			t.Errorf("%s: answered %d %s, want %d and %s", c.name, got.status, got.body, c.answer, subject)
		}
		header := http.Header{}
		for i := 0; i < len(c.header); i += 2 {
			header.Set(c.header[i], c.header[i+1])
		}
		if _, status := n.knock(t, websocket.DialOptions{Subprotocols: []string{"peyk.v1.json"}, HTTPHeader: header}); status != c.shaken {
			t.Errorf("%s: a handshake is answered %d, want %d", c.name, status, c.shaken)
		}
	}
	if _, status := n.knock(t, websocket.DialOptions{Subprotocols: []string{"peyk.v1.json", "bearer." + token}}); status != http.StatusSwitchingProtocols {
		t.Errorf("a handshake with the token as a subprotocol is answered %d, want 101", status)
	}
}

// TestRotation takes a key out of the shop's set and puts another one in. What the
// old one signed has ended, also on open connections; who showed a token by a key
// that stays goes on. The set is not asked for more often than it may.
func TestRotation(t *testing.T) {
	t.Parallel()
	set := serveKeys(t, "old", "new")
	n := startNode(t, "--auth-jwks", set.url)
	n.post(first, "Authorization", "Bearer "+n.token)
	old := set.sign(t, "old", "sara")
	lost, kept := n.join(t, old), n.join(t, old)
	kept.say(fmt.Sprintf(`{"type":"token","token":%q}`, set.sign(t, "new", "sara")))
	kept.until(`{"type":"right"`)
	began := time.Now()
	set.replace("old", "newest")
	fresh := set.sign(t, "newest", "sara")
	within(t, 2*time.Minute, "the newest key counts", func() bool { return n.me(fresh).status == http.StatusOK })
	set.mu.Lock()
	if most := 2 + int(time.Since(began)/(30*time.Second)); set.fetches > most {
		t.Errorf("the set was fetched %d times, want at most %d", set.fetches, most)
	}
	set.mu.Unlock()
	lost.wantClose(4403)
	within(t, soon, "the old key counts no more", func() bool { return n.me(old).status == http.StatusUnauthorized }) // too many strangers asked: 429
	n.post(at("first", 7), "Authorization", "Bearer "+n.token)
	kept.until(`,7,2,`)
}
