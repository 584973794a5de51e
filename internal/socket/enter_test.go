package socket_test

import (
	"bufio"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/limit"
	"peyk/internal/live"
	"peyk/internal/socket"
)

// asking is somebody with that name.
func asking(r *http.Request) (peyk.Identity, error) {
	who := peyk.Identity{Grant: peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}}, Subject: r.Header.Get("Subject")}
	if who.Subject == "" {
		return who, peyk.ErrUnauthorized
	}
	return who, nil
}

type whoIs struct{ socket.Granting }

func (whoIs) Identity(r *http.Request) (peyk.Identity, error) { return asking(r) }

// TestSeats: who does not get one is told so before the upgrade, and when a
// viewer has gone the next gets its seat, by WebSocket and by events.
func TestSeats(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	noon := time.Now() // and it stays: strangers may come again as time passes
	limits := limit.New(limit.Options{
		Sockets: 2, Files: 130, Strangers: true, Now: func() time.Time { return noon }, // two viewers more than requests
	})
	hub, server := serveHub(t, socket.Options{
		World: world, Seats: limits, Who: limits.Bound(whoIs{}, func(error) limit.Failure { return limit.Stranger }),
	})
	streams := httptest.NewServer(http.HandlerFunc(hub.ServeStream))
	defer streams.Close()
	ask := func(address, subject, more string) (net.Conn, *http.Response) {
		t.Helper()
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() }) // it may be closed already
		wait(t, conn)
		send(t, conn, []byte("GET / HTTP/1.1\r\nHost: x\r\nSubject: "+subject+"\r\n"+more+"\r\n"))
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatal(err)
		}
		return conn, answer
	}
	watch := func(subject string) (net.Conn, *http.Response) {
		return ask(server.Listener.Addr().String(), subject,
			"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
	}
	listen := func(subject string) (net.Conn, *http.Response) {
		return ask(streams.Listener.Addr().String(), subject, "")
	}
	want := func(answer *http.Response, status int, after string) {
		t.Helper()
		if got := answer.Header.Get("Retry-After"); answer.StatusCode != status || got != after {
			t.Errorf("answer = %d, Retry-After %q; want %d, %q", answer.StatusCode, got, status, after)
		}
	}
	first, answer := watch("one")
	want(answer, 101, "")
	second, answer := listen("one")
	want(answer, 200, "")
	_, answer = watch("one")
	want(answer, 429, "10")
	_, answer = listen("one")
	want(answer, 429, "10")
	_, answer = watch("two") // 66 connections, of which 64 are kept for requests
	want(answer, 503, "10")
	_, answer = listen("two")
	want(answer, 503, "10")
	for range 50 {
		_, answer = watch("")
		want(answer, 401, "")
	}
	_, answer = watch("")
	want(answer, 429, "1")
	if got, want := hub.Stats().Refused, (socket.Refusals{Unauthorized: 50, Limited: 3, Unavailable: 2}); got != want {
		t.Errorf("refused = %+v, want %+v", got, want)
	}
	for _, conn := range []net.Conn{first, second} {
		_ = conn.Close()
		eventually(t, "a seat that was given back is to be had", func() bool {
			conn, answer := watch("one")
			if answer.StatusCode != 101 {
				_ = conn.Close() // it has no more to say
			}
			return answer.StatusCode == 101
		})
	}
}

// TestBrokenHandshakesGiveTheirSeatBack: an answer that cannot be written.
func TestBrokenHandshakesGiveTheirSeatBack(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	limits := limit.New(limit.Options{Sockets: 1})
	hub, _ := serveHub(t, socket.Options{World: world, Seats: limits, Who: whoIs{}})
	request, err := http.ReadRequest(bufio.NewReader(strings.NewReader("GET /ws HTTP/1.1\r\nHost: x\r\nSubject: one\r\nConnection: Upgrade\r\n" +
		"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	near, far := net.Pipe()
	_ = near.Close()
	hub.ServeHTTP(&hijackable{conn: far}, request)
	if err := limits.Enter("one"); err != nil {
		t.Errorf("the seat is still taken: %v", err)
	}
	if got := hub.Stats().Refused.Broken; got != 1 {
		t.Errorf("%d handshakes broke off, want 1", got)
	}
}
