package main

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// TestLimits: each limit as a client meets it, and --insecure, which has none.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, insecure := range []bool{false, true} {
		t.Run(fmt.Sprintf("insecure=%v", insecure), func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			n := startNode(t, fmt.Sprintf("--insecure=%v", insecure), "--max-sockets", "3", "--post-rate", "1/m", "--location-path", "/old/")
			limited := func(status int) int {
				if insecure {
					return http.StatusOK
				}
				return status
			}
			as := []string{"Authorization", "Bearer " + n.token}
			for i := range 21 {
				want := http.StatusOK
				if i == 20 {
					want = limited(http.StatusTooManyRequests)
				}
				n.askFor(t, "POST", "/api/v1/locations", first, want, as...)
			}
			n.askFor(t, "POST", "/old/", first, limited(http.StatusServiceUnavailable), as...)
			for i := range 4 {
				want := http.StatusSwitchingProtocols
				if i == 3 && !insecure {
					want = http.StatusTooManyRequests
				}
				if _, got := n.knock(t, websocket.DialOptions{HTTPHeader: bearer(n.token)}); got != want {
					t.Errorf("viewer %d is answered %d, want %d", i+1, got, want)
				}
			}
			strangers := n.crowd(t, func(int) string { return "Bearer peyk_wrong" }, !insecure)
			n.askFor(t, "GET", "/api/v1/me", "", http.StatusOK, as...)
			refusals := map[string]float64{"posts": 2, "sockets": 1, "strangers": strangers, "viewers": 0, "pending": 0, "connections": 0}
			if insecure {
				refusals["posts"], refusals["sockets"] = 0, 0
			}
			n.wantLimited(t, began, refusals)
		})
	}
}

// TestShopsStrangers: whom the shop refuses is limited like any other stranger,
// whatever he makes up; whom it knew until now is told that it is over.
func TestShopsStrangers(t *testing.T) {
	t.Parallel()
	var over atomic.Bool
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		known := r.Header.Get("Authorization") == "Token sara" && !over.Load() || r.Header.Get("Authorization") == "Token boss"
		if !known {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"sub": 7, "role": "admin"}`)
	}))
	defer shop.Close()
	n := startNode(t, "--auth-forward", shop.URL, "--auth-forward-cache", "1s")
	sara := []string{"Authorization", "Token sara"}
	n.askFor(t, "GET", "/api/v1/me", "", http.StatusOK, sara...)
	over.Store(true)
	within(t, soon, "the shop was asked again", func() bool { return n.ask("GET", "/api/v1/me", "", sara...).status != http.StatusOK })

	n.crowd(t, func(i int) string { return fmt.Sprintf("Token guess%d", i) }, true)
	n.askFor(t, "GET", "/api/v1/me", "", http.StatusUnauthorized, sara...)
	n.askFor(t, "GET", "/api/v1/me", "", http.StatusOK, "Authorization", "Token boss")
}

// crowd asks with credentials that are not good, many times at once since more
// are let pass as time goes by, and returns how often it was sent away: if
// strangers are limited some time after their first 50 tries, else never.
func (n *process) crowd(t *testing.T, credential func(i int) string, limited bool) (later float64) {
	t.Helper()
	const tries, burst = 60, 50
	asked := 0
	within(t, 3*soon, "strangers are sent away, but where nobody is one", func() bool {
		answers := make(chan answer, tries)
		for range tries {
			asked++
			go func(i int) { answers <- n.ask("GET", "/api/v1/me", "", "Authorization", credential(i)) }(asked)
		}
		for range tries {
			switch got := <-answers; {
			case got.status == http.StatusTooManyRequests && got.header.Get("Retry-After") != "":
				later++
			case limited:
				got.want(t, http.StatusUnauthorized, `{"detail":"Invalid token."}`)
			}
		}
		return !limited || later > 0
	})
	if !limited && later > 0 || later > float64(asked-burst) {
		t.Errorf("of %d strangers %v were sent away, want none of the first %d", asked, later, burst)
	}
	return later
}

// askFor wants an answer of that status, and with 429 and 503 a time to wait.
func (n *process) askFor(t *testing.T, method, path, body string, status int, header ...string) {
	t.Helper()
	got := n.ask(method, path, body, header...)
	later := status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
	if got.status != status || later == (got.header.Get("Retry-After") == "") {
		t.Errorf("%s %s is answered %d %s, Retry-After %q; want %d", method, path, got.status, got.body, got.header.Get("Retry-After"), status)
	}
}

// wantLimited wants each refusal counted, and told of in the log: at once, and
// every 10 s.
func (n *process) wantLimited(t *testing.T, began time.Time, refusals map[string]float64) {
	t.Helper()
	for reason, want := range refusals {
		if got := n.metric(fmt.Sprintf("peyk_limited_total{reason=%q}", reason)); got != want {
			t.Errorf("%v were limited for %s, want %v", got, reason, want)
		}
		lines := func() int { return strings.Count(n.log.String(), "reason="+reason) }
		within(t, soon, "the log tells who was limited, and of nobody else", func() bool { return (lines() > 0) == (want > 0) })
		if most := 1 + int(time.Since(began)/(10*time.Second)); lines() > most {
			t.Errorf("%d lines tell of %s, want at most %d", lines(), reason, most)
		}
	}
}

// TestFilesRunOut gives a server 301 files, of which Go leaves one alone, of which 172 may be viewers'. It is
// not parallel: its peyk is another one for a moment.
func TestFilesRunOut(t *testing.T) {
	n := startNodeWithin(t, 301, "--max-sockets", "1000")
	const room, knocks = 172, 250
	options := websocket.DialOptions{HTTPHeader: bearer(n.token), Subprotocols: []string{"peyk.v1.json"}}
	present, status := n.knock(t, options)
	if present == nil {
		t.Fatalf("the first viewer is answered %d", status)
	}
	present.say(`{"type":"watch","view":{"all":true}}`)
	present.until(`"upto"`)
	answers := map[int]int{}
	for range knocks - 1 {
		_, status := n.knock(t, options)
		answers[status]++
	}
	if answers[101] != room-1 || answers[503] != knocks-room {
		t.Errorf("answers = %v, want %d times 101 and %d times 503", answers, room-1, knocks-room)
	}
	for _, says := range []string{"", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "POST /api/v1/locations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"} {
		for i := range 300 {
			n.hang(t, says)
			if i%50 == 0 {
				n.post(strings.Replace(first, `: 1,`, fmt.Sprintf(": 1.%d,", i), 1), "Authorization", "Bearer "+n.token)
				present.until(`"at"`)
			}
		}
	}
	if got := n.metric("peyk_viewers"); got != room {
		t.Errorf("%v viewers are left, want the %d who were there", got, room)
	}
	for _, reason := range []string{"viewers", "connections"} {
		if n.metric(fmt.Sprintf("peyk_limited_total{reason=%q}", reason)) == 0 {
			t.Errorf("nothing is counted for %s", reason)
		}
	}
	if strings.Contains(n.log.String(), "too many open files") {
		t.Error("the server ran out of files")
	}
}

// hang opens a connection, says something, and leaves it open.
func (n *process) hang(t *testing.T, says string) {
	t.Helper()
	conn, err := net.Dial("tcp", n.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // the server may have been first
	_, _ = conn.Write([]byte(says))        // likewise
}

// startNodeWithin starts a node that may have so many files open, and fewer
// until it says that it needs them.
func startNodeWithin(t *testing.T, files int, args ...string) *process {
	t.Helper()
	program, err := exec.LookPath("peyk")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\nulimit -Sn 100\nulimit -Hn %d\nexec %s \"$@\"\n", files, program)
	if err := os.WriteFile(filepath.Join(dir, "peyk"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return startNode(t, args...)
}
