package api_test

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"peyk/internal/api"
	"peyk/internal/auth"
)

func TestGuardStandsBeforeEverything(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Who = auth.Everybody{} })
	for _, path := range []string{"/", "/api/v1/me", "/api/v1/locations", "/api/", "/nowhere"} {
		t.Run(path, func(t *testing.T) {
			host := h.ask(t, "GET", path, "", "Host", "evil.example")
			if host.status != 421 || !strings.Contains(host.body, "--origins") {
				t.Errorf("rebound host: %d %s, want 421 and a word of --origins", host.status, host.body)
			}
			for _, origins := range [][]string{
				{"Origin", "https://evil.example"}, {"Origin", "null"},
				{"Origin", "https://shop.example", "Origin", "https://evil.example"},
			} {
				got := h.ask(t, "GET", path, "", origins...)
				if got.status != 403 || got.header.Get("Access-Control-Allow-Origin") != "" {
					t.Errorf("%q: %d %v, want 403 and no CORS", origins, got.status, got.header)
				}
			}
		})
	}
	h.wantMetric(t, `peyk_refused_total{route="door",status="421"}`, "5")
	h.wantMetric(t, `peyk_refused_total{route="door",status="403"}`, "15")
	own := h.ask(t, "GET", "/", "", "Origin", h.URL)
	if own.status != 200 || own.body != "the page" || own.header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("own page: %d %q %v, want it without CORS", own.status, own.body, own.header)
	}
	own.wantHeader(t, "X-Content-Type-Options", "nosniff")
	own.wantHeader(t, "Referrer-Policy", "no-referrer")
}

func TestListedOriginsAreAnsweredByName(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Cookies = false })
	got := h.asAdmin(t, "GET", "/api/v1/me", "", "Origin", "https://shop.example")
	got.wantStatus(t, 200)
	got.wantHeader(t, "Access-Control-Allow-Origin", "https://shop.example")
	got.wantHeader(t, "Access-Control-Allow-Credentials", "")
	refused := h.ask(t, "GET", "/api/v1/me", "", "Origin", "https://shop.example")
	refused.want(t, 401, `{"detail":"Authentication credentials were not provided."}`)
	refused.wantHeader(t, "Access-Control-Allow-Origin", "https://shop.example")
}

func TestPreflightNeedsNoCredential(t *testing.T) {
	h := open(t, nil)
	ask := []string{"Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "authorization, content-type"}
	got := h.ask(t, "OPTIONS", "/api/v1/locations", "", append(ask, "Origin", "https://shop.example")...)
	if got.status != 204 || got.body != "" {
		t.Errorf("preflight: %d %q, want 204 and nothing", got.status, got.body)
	}
	got.wantHeader(t, "Access-Control-Allow-Origin", "https://shop.example")
	got.wantHeader(t, "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
	got.wantHeader(t, "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, If-Match")

	stranger := h.ask(t, "OPTIONS", "/api/v1/locations", "", append(ask, "Origin", "https://evil.example")...)
	if stranger.status != 403 || stranger.header.Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("stranger's preflight: %d %v, want 403 and no CORS", stranger.status, stranger.header)
	}
}

func TestOptionsStarGoesThroughTheDoor(t *testing.T) {
	h := open(t, nil)
	response, err := http.ReadResponse(bufio.NewReader(h.raw(t, "OPTIONS * HTTP/1.1\r\nHost: evil.example\r\n\r\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, response); got.status != 421 {
		t.Errorf("OPTIONS * = %d, want 421", got.status)
	}
}

// A WebSocket lives on, although the server's time limits are for plain
// requests.
func TestHijackedConnectionOutlivesTheLimitsOfRequests(t *testing.T) {
	const limit = 30 * time.Millisecond
	h := build(t, nil)
	h.Config.ReadTimeout, h.Config.WriteTimeout = limit, limit
	h.Start()
	c := h.raw(t, "GET /ws HTTP/1.1\r\nHost: localhost\r\n\r\n")
	for deadline := time.Now().Add(3 * limit); time.Now().Before(deadline); {
		var back [1]byte
		if _, err := c.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(c, back[:]); err != nil {
			t.Fatalf("the connection was cut: %v", err)
		}
	}
}
