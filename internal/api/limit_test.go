package api_test

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
	"peyk/internal/limit"
)

// bounded starts a house with limits.
func bounded(t *testing.T) *house {
	t.Helper()
	return open(t, func(o *api.Options) {
		l := limit.New(limit.Options{Posts: peyk.Rate{Count: 1, Per: time.Minute}, Strangers: true, Now: o.Now})
		o.Limits = l
		o.Who = l.Bound(o.Who.(*auth.Desk), func(error) limit.Failure { return limit.Stranger })
	})
}

const ten = `{"latitude":35,"longitude":51,"user":{"id":10}}`

// TestPostsAreLimited by courier: a new app is told 429; the old one, which
// throws away what gets a 4xx, 503.
func TestPostsAreLimited(t *testing.T) {
	h := bounded(t)
	for range 20 {
		h.post(t, ten).wantStatus(t, 200)
	}
	const throttled = `{"detail":"Request was throttled. Expected available in 60 seconds."}`
	no := h.post(t, ten)
	no.want(t, 429, throttled)
	no.wantHeader(t, "Retry-After", "60")
	no = h.asAdmin(t, "POST", "/driver/location/", ten)
	no.want(t, 503, throttled)
	no.wantHeader(t, "Retry-After", "60")
	h.post(t, strings.Replace(ten, "10", "11", 1)).wantStatus(t, 200)
	h.asAdmin(t, "POST", "/api/v1/positions", `[`+ten+`,{"latitude":35,"longitude":51,"user":{"id":12}}]`).
		want(t, 200, `{"results":[{"status":"limited"},{"status":"accepted"}],"update_interval":"1/m"}`)
	h.wantMetric(t, `peyk_posts_total{outcome="limited"}`, "1")
	h.wantMetric(t, `peyk_refused_total{route="/api/v1/locations",status="429"}`, "1")
	h.wantMetric(t, `peyk_refused_total{route="/driver/location",status="503"}`, "1")
}

// TestStrangersAreLimited by address; who is known gets in from the same one.
func TestStrangersAreLimited(t *testing.T) {
	h := bounded(t)
	for range 50 {
		h.ask(t, "GET", "/api/v1/me", "").wantStatus(t, 401)
	}
	no := h.ask(t, "GET", "/api/v1/me", "", "Authorization", "Bearer peyk_wrong")
	no.want(t, 429, `{"detail":"Request was throttled. Expected available in 1 second."}`)
	no.wantHeader(t, "Retry-After", "1")
	h.asAdmin(t, "GET", "/api/v1/me", "").wantStatus(t, 200)
}

// TestSlowBodies: who has no right to post does not hold a connection by a body
// that never comes, as long as who has; and that is not for ever.
func TestSlowBodies(t *testing.T) {
	t.Parallel()
	h := open(t, nil)
	post := func(header string) net.Conn {
		return h.raw(t, "POST /api/v1/locations HTTP/1.1\r\nHost: localhost\r\n"+header+
			"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
	}
	wantEnd := func(conn net.Conn, status string) {
		t.Helper()
		if answer, err := io.ReadAll(conn); err != nil || !strings.HasPrefix(string(answer), status) {
			t.Errorf("answer = %.100q, %v; want %s and an end", answer, err, status)
		}
	}
	courier, ended := post("Authorization: Bearer "+h.token+"\r\n"), make(chan struct{})
	go func() {
		defer close(ended)
		wantEnd(courier, "HTTP/1.1 408 ")
	}()
	wantEnd(post(""), "HTTP/1.1 401 ")
	wantEnd(post("Origin: https://evil.example\r\n"), "HTTP/1.1 403 ")
	select {
	case <-ended:
		t.Error("who has no right to post held a connection for longer than who has")
	default:
	}
	<-ended
}
