package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// routes are those of the API, with what they answer to who may use them.
var routes = []struct {
	method, path, body, want string
}{
	{"POST", "/api/v1/locations", first, accepted},
	{"POST", "/api/v1/locations/", first, accepted},
	{"POST", "/driver/location/", first, accepted},
	{"GET", "/api/v1/couriers?after=9", "", `{"couriers":[{"id":"first",`},
	{"GET", "/api/v1/couriers?after=first", "", `{"couriers":[]}`},
	{"GET", "/api/v1/couriers/first", "", `{"id":"first",`},
	{"GET", "/api/v1/me", "", `{"subject":"key:`},
	{"GET", "/api/v1/teams", "", `{"teams":[]}`},
	{"GET", "/api/v1/keys", "", `{"keys":[{"id":"`},
}

// apiKey is the form of a key: a name for it and 192 bits.
var apiKey = regexp.MustCompile(`^peyk_[a-z2-7]{8}_[A-Za-z0-9_-]{32}$`)

// TestFirstKey: nobody gets in without a key, and with the first one everywhere.
func TestFirstKey(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--location-path", "/driver/location/")
	token := n.token
	if !apiKey.MatchString(token) {
		t.Fatalf("the first start printed the key %q, want one like %v", token, apiKey)
	}
	const none, wrong = `{"detail":"Authentication credentials were not provided."}`, `{"detail":"Invalid token."}`
	for _, r := range routes {
		for _, no := range []answer{
			n.ask(r.method, r.path, r.body),
			n.ask(r.method, r.path, r.body, "Authorization", "Basic "+token),
		} {
			no.want(t, http.StatusUnauthorized, none)
			if got := no.header.Get("WWW-Authenticate"); got != "Bearer" {
				t.Errorf("%s %s: WWW-Authenticate is %q, want Bearer", r.method, r.path, got)
			}
		}
		n.ask(r.method, r.path, r.body, "Authorization", "Bearer "+token+"x").want(t, http.StatusUnauthorized, wrong)
		if yes := n.ask(r.method, r.path, r.body, "Authorization", "Bearer "+token); yes.status != 200 || !strings.HasPrefix(yes.body, r.want) {
			t.Errorf("%s %s with the token is answered %d %s, want 200 %s", r.method, r.path, yes.status, yes.body, r.want)
		}
	}
	n.knockWith(t, token)
	if page := n.ask("GET", "/", ""); page.status != http.StatusOK || !strings.Contains(page.body, "<html") {
		t.Errorf("the page is answered %d %.100s, want one without a token, since it asks for it", page.status, page.body)
	}

	n.restart()
	if strings.Contains(n.said.String(), "token") {
		t.Errorf("the second start said %q, want no token", n.said)
	}
	n.post(first, "Authorization", "Bearer "+token)
	n.knockWith(t, token)
	wantSecret(t, n.dir, token)
	if strings.Contains(n.log.String(), token) {
		t.Error("the token is in the log")
	}
}

// TestWhatIsKept says of every answer what a browser and a CDN may do with it:
// nothing of the API and no refusal is kept, and a page of another site is
// never answered with what was kept for our own.
func TestWhatIsKept(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--origins", "https://shop.example")
	for _, path := range []string{"/api/v1/me", "/api/v1/couriers", "/api/v1/stream", "/ws", "/api/", "/api"} {
		for _, header := range [][]string{nil, {"Origin", "https://evil.example"}, {"Host", "evil.example"}, {"Authorization", "Bearer " + n.token}} {
			if path == "/api/v1/stream" && len(header) > 0 && header[0] == "Authorization" {
				continue // it would not end
			}
			if a := n.ask("GET", path, "", header...); a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s with %q is answered %d and Cache-Control %q, want no-store", path, header, a.status, a.header.Get("Cache-Control"))
			}
		}
	}
	for _, path := range []string{"/", "/main.js", "/config.json", "/api/openapi.yaml"} {
		a := n.ask("GET", path, "", "Origin", "https://shop.example")
		if vary := strings.Join(a.header.Values("Vary"), ", "); !strings.Contains(vary, "Origin") || a.header.Get("Access-Control-Allow-Origin") != "https://shop.example" {
			t.Errorf("%s is answered %d with %v, want it for that origin alone", path, a.status, a.header)
		}
	}
}

// knockWith tries each way of bringing a token to /ws.
func (n *process) knockWith(t *testing.T, token string) {
	t.Helper()
	for _, c := range []struct {
		offered []string
		header  http.Header
		status  int
		spoken  string
	}{
		{nil, nil, http.StatusUnauthorized, ""},
		{[]string{"peyk.v1.json"}, nil, http.StatusUnauthorized, ""},
		{[]string{"peyk.v1.json", "bearer." + token + "x"}, nil, http.StatusUnauthorized, ""},
		{[]string{"bearer." + token + "x"}, nil, http.StatusUnauthorized, ""},
		{[]string{"bearer." + token}, nil, http.StatusBadRequest, ""},
		{nil, bearer(token + "x"), http.StatusUnauthorized, ""},
		{nil, bearer(token), http.StatusSwitchingProtocols, ""},
		{[]string{"peyk.v1.json"}, bearer(token), http.StatusSwitchingProtocols, "peyk.v1.json"},
		{[]string{"peyk.v1.json", "bearer." + token}, nil, http.StatusSwitchingProtocols, "peyk.v1.json"},
		{[]string{"bearer." + token, "echo-protocol"}, nil, http.StatusSwitchingProtocols, "echo-protocol"},
	} {
		s, status := n.knock(t, websocket.DialOptions{Subprotocols: c.offered, HTTPHeader: c.header})
		if status != c.status {
			t.Errorf("/ws with the subprotocols %q and the header %v is answered %d, want %d", c.offered, c.header, status, c.status)
			continue
		}
		if s == nil {
			continue
		}
		if got := s.conn.Subprotocol(); got != c.spoken {
			t.Errorf("of the subprotocols %q the server chose %q, want %q", c.offered, got, c.spoken)
		}
		if c.spoken == "peyk.v1.json" {
			s.say(`{"type":"watch","view":{"all":true}}`)
		}
		s.until(`"first"`)
	}
}

// wantSecret wants files below dir, and none that holds the token or is for
// others to read.
func wantSecret(t *testing.T, dir, token string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.Contains(string(text), token[len(token)-32:]) {
			t.Errorf("%s holds the token in clear", path)
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v, want it for its owner alone", path, info.Mode())
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("looked into %d files (%v), want one at least", files, err)
	}
}

// TestOriginAndHost: a browser is let in for the pages of this server and of
// the listed origins, whether a token is wanted or not.
func TestOriginAndHost(t *testing.T) {
	for _, insecure := range []bool{true, false} {
		t.Run(fmt.Sprintf("insecure=%v", insecure), func(t *testing.T) {
			t.Parallel()
			n := startNode(t, fmt.Sprintf("--insecure=%v", insecure), "--origins", "https://shop.example,http://maps.shop.example:8080")
			port := n.addr[strings.LastIndex(n.addr, ":"):]
			for _, c := range []struct {
				host, origin string
				status       int    // of a POST
				allowed      string // the origin that the answer lets in
			}{
				{n.addr, "", 200, ""},
				{n.addr, n.url, 200, ""},
				{"localhost" + port, "http://localhost" + port, 200, ""},
				{n.addr, "https://shop.example", 200, "https://shop.example"},
				{"shop.example", "https://shop.example", 200, "https://shop.example"},
				{n.addr, "http://maps.shop.example:8080", 200, "http://maps.shop.example:8080"},
				{n.addr, "https://evil.example", 403, ""},
				{n.addr, "http://shop.example", 403, ""},
				{n.addr, "https://shop.example:8443", 403, ""},
				{n.addr, "https://shop.example.evil.example", 403, ""},
				{n.addr, "http://localhost" + port, 403, ""},
				{n.addr, "http://127.0.0.1:1", 403, ""},
				{n.addr, "null", 403, ""},
				{"evil.example", "", 421, ""},
				{"evil.example" + port, "http://evil.example" + port, 421, ""},
				{"evil.example", "https://shop.example", 421, ""},
			} {
				n.enter(t, c.host, c.origin, c.status, c.allowed)
			}
			if got := n.metric("peyk_couriers"); got != 1 {
				t.Errorf("%v couriers are known, want the one of the posts that were let in", got)
			}
		})
	}
}

// enter posts and opens a WebSocket under the host's name and from the
// origin's page; both have to come to the same.
func (n *process) enter(t *testing.T, host, origin string, status int, allowed string) {
	t.Helper()
	header := bearer(n.token)
	pairs := []string{"Host", host, "Authorization", header.Get("Authorization")}
	if origin != "" {
		header.Set("Origin", origin)
		pairs = append(pairs, "Origin", origin)
	}
	got := n.ask("POST", "/api/v1/locations", first, pairs...)
	if got.status != status {
		t.Errorf("a post from %q to %q is answered %d %s, want %d", origin, host, got.status, got.body, status)
	}
	if cors := got.header.Get("Access-Control-Allow-Origin"); cors != allowed {
		t.Errorf("a post from %q to %q lets in %q, want %q", origin, host, cors, allowed)
	}
	if status == http.StatusOK {
		status = http.StatusSwitchingProtocols
	}
	if _, got := n.knock(t, websocket.DialOptions{Host: host, HTTPHeader: header}); got != status {
		t.Errorf("a handshake from %q to %q is answered %d, want %d", origin, host, got, status)
	}
}
