package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"peyk/internal/bus/redistest"
)

const gatewaySecret = "between the two of us"

// TestGateway asks a server as the gateway in front of it does, and as somebody
// who would like to be one.
func TestGateway(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--auth-gateway-from", "127.0.0.1", "--auth-gateway-secret", gatewaySecret,
		"--auth-gateway-headers", "user=X-Consumer-Username", "--auth-gateway-role", "viewer")
	n.ask("GET", "/api/v1/me", "", "X-Peyk-Gateway", gatewaySecret, "X-Consumer-Username", "sara", "X-User-Teams", "north").want(t, http.StatusOK,
		`{"subject":"sara","name":"","role":"viewer","courier":null,"actions":["watch"],"scopes":[{"kind":"team","name":"north"}],"until":null}`)
	n.ask("GET", "/api/v1/me", "", "X-Peyk-Gateway", "x"+gatewaySecret, "X-Consumer-Username", "sara").want(t, http.StatusForbidden,
		`{"detail":"What only a gateway may say was not taken: the secret in X-Peyk-Gateway is not good."}`)
	n.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+n.token).
		want(t, http.StatusUnauthorized, `{"detail":"Authentication credentials were not provided."}`)
	header := http.Header{"X-Peyk-Gateway": {gatewaySecret}, "X-Consumer-Username": {"sara"}, "X-User-Teams": {"*"}}
	if _, status := n.knock(t, websocket.DialOptions{HTTPHeader: header}); status != http.StatusSwitchingProtocols {
		t.Errorf("a handshake by the gateway is answered %d, want 101", status)
	}

	own := n.ask("GET", "/", "")
	if own.status != http.StatusOK {
		t.Errorf("the page is answered %d, want one without anybody's word", own.status)
	}

	elsewhere := startNode(t, "--auth-gateway-from", "192.0.2.1", "--auth-gateway-secret", gatewaySecret)
	for _, header := range []http.Header{{"X-Peyk-Gateway": {gatewaySecret}, "X-User-Id": {"sara"}, "X-User-Role": {"admin"}}, {"X_user_id": {"sara"}}} {
		header.Set("Authorization", "Bearer "+elsewhere.token)
		if _, status := elsewhere.knock(t, websocket.DialOptions{HTTPHeader: header}); status != http.StatusForbidden {
			t.Errorf("a handshake from elsewhere with %v is answered %d, want 403", header, status)
		}
	}
	if own := elsewhere.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+elsewhere.token); own.status != http.StatusOK {
		t.Errorf("an API key from elsewhere is answered %d, want 200", own.status)
	}
}

// gatewaySite is what docs/gateway.md has for nginx, in front of a Peyk and
// beside a shop that knows sessions.
type gatewaySite struct {
	node       *process
	lines      string // before the servers
	gate, past string // what stands in the server of the gateway, and past it
	real       *strings.Replacer
}

func startGatewaySite(t *testing.T) gatewaySite {
	t.Helper()
	text, err := os.ReadFile("../../docs/gateway.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)\n```nginx\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(blocks) != 3 {
		t.Fatalf("docs/gateway.md has %d pieces of nginx, want 3", len(blocks))
	}
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/who/" || r.Header.Get("Cookie") != "sessionid=sara" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("X-User-Id", "sara")
		w.Header().Set("X-User-Role", "viewer")
		w.Header().Set("X-User-Teams", "*")
	}))
	t.Cleanup(shop.Close)
	n := startNode(t, "--auth-gateway-from", "127.0.0.1", "--auth-gateway-secret", gatewaySecret)
	real := strings.NewReplacer("http://127.0.0.1:8000", shop.URL, "http://127.0.0.1:8082", n.url)
	return gatewaySite{n, blocks[0][1], blocks[1][1], blocks[2][1], real}
}

// by returns the node as it is seen by an nginx with that server.
func (s gatewaySite) by(t *testing.T, server string) *process {
	t.Helper()
	seen, addr := *s.node, redistest.FreeAddr(t)
	openSite(t, addr, guide{lines: []string{s.lines}, server: server}, s.real)
	seen.url = "http://" + addr
	return &seen
}

func TestNginxSaysWho(t *testing.T) {
	t.Parallel()
	s := startGatewaySite(t)
	gate := s.by(t, s.gate)
	const sara = `{"subject":"sara","name":"","role":"viewer","courier":null,"actions":["watch"],"scopes":[{"kind":"all","name":""}],"until":null}`
	for _, spoof := range [][]string{
		nil, {"X-User-Id", "boss"}, {"X-User-Role", "admin"}, {"X-User-Name", "Boss"}, {"X-Peyk-Gateway", "guess"}, {"X_User_Id", "boss"},
		{"Connection", "X-User-Role, X-Peyk-Gateway"}, {"Authorization", "Bearer " + gate.token},
	} {
		gate.ask("GET", "/api/v1/me", "", append([]string{"Cookie", "sessionid=sara"}, spoof...)...).want(t, http.StatusOK, sara)
	}
	if nobody := gate.ask("GET", "/api/v1/me", "", "X-User-Id", "sara", "X-Peyk-Gateway", gatewaySecret); nobody.status != http.StatusUnauthorized {
		t.Errorf("who has no session is answered %d, want 401", nobody.status)
	}
	if s, status := gate.knock(t, websocket.DialOptions{HTTPHeader: http.Header{"Cookie": {"sessionid=sara"}}}); s == nil {
		t.Errorf("a handshake with a session is answered %d, want 101", status)
	}
}

// TestPastTheGateway: there a credential of one's own counts, and nobody's word.
func TestPastTheGateway(t *testing.T) {
	t.Parallel()
	s := startGatewaySite(t)
	past := s.by(t, s.past)
	past.askFor(t, "GET", "/api/v1/me", "", http.StatusOK, "Authorization", "Bearer "+past.token)
	past.askFor(t, "GET", "/t/", "", http.StatusOK)
	past.askFor(t, "GET", "/api/v1/me", "", http.StatusUnauthorized, "Cookie", "sessionid=sara")
	for _, header := range []string{"X-User-Id", "X-Peyk-Gateway"} {
		past.askFor(t, "GET", "/api/v1/me", "", http.StatusForbidden, "Authorization", "Bearer "+past.token, header, gatewaySecret)
	}
	if s, status := past.knock(t, websocket.DialOptions{HTTPHeader: bearer(past.token)}); s == nil {
		t.Errorf("a handshake past the gateway is answered %d, want 101", status)
	}
}
