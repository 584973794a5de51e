package limit_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"peyk/internal/limit"
)

// soon bounds what happens at once, on a machine that does much else.
const soon = 20 * time.Second

// files is for 136 connections, of which 72 may be viewers'.
const files, room = 200, 136

// serve runs a server within those files. What is asked for /wait waits until
// the test ends, and asked is called before.
func serve(t *testing.T, asked func()) (*limit.Limits, string) {
	t.Helper()
	l := limit.New(limit.Options{Files: files})
	over := make(chan struct{})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/wait" {
			asked()
			<-over
		}
		_, _ = io.WriteString(w, "here")
	}))
	server.Config.ConnState = l.ConnState
	server.Start()
	t.Cleanup(func() { close(over); server.CloseClientConnections(); server.Close() })
	return l, server.Listener.Addr().String()
}

// knock opens a connection and says something.
func knock(t *testing.T, address, says string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(soon))
	if _, err := io.WriteString(conn, says); err != nil {
		t.Fatal(err)
	}
	return conn
}

const request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

// wantAnswer wants one on a connection of its own, which stays.
func wantAnswer(t *testing.T, address string) net.Conn {
	t.Helper()
	conn := knock(t, address, request)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("answer: %v, %v; want 200", answer, err)
	}
	return conn
}

// gone reports whether the server has closed the connection.
func gone(t *testing.T, conn net.Conn, within time.Duration) bool {
	t.Helper()
	_ = conn.SetReadDeadline(time.Now().Add(within))
	_, err := io.Copy(io.Discard, conn)
	if timeout, is := err.(net.Error); is && timeout.Timeout() {
		return false
	}
	return true
}

// TestConnectionsMakeRoom: whatever hundreds of connections do with the
// files, the next request is answered.
func TestConnectionsMakeRoom(t *testing.T) {
	for _, tt := range []struct {
		name, says string
		why        limit.Reason
	}{
		{"idle", request, limit.Connections},
		{"silent", "", limit.Pending},
		{"half a header", "GET / HTTP/1.1\r\nHo", limit.Pending},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, address := serve(t, nil)
			first := knock(t, address, tt.says)
			for range 3 * room {
				knock(t, address, tt.says)
				if l.Open() > room+1 {
					t.Fatalf("%d connections are open, want at most %d", l.Open(), room)
				}
			}
			wantAnswer(t, address)
			if !gone(t, first, soon) {
				t.Error("the first is still there, want the oldest closed")
			}
			if l.Refused()[tt.why] == 0 {
				t.Errorf("refused = %v, want some for %v", l.Refused(), tt.why)
			}
		})
	}
}

// TestViewersCount: seats that are taken leave less for other connections, but
// always some.
func TestViewersCount(t *testing.T) {
	l, address := serve(t, nil)
	viewers := 0
	for ; l.Enter(fmt.Sprint(viewers)) == nil; viewers++ {
	}
	for range 2 * room {
		wantAnswer(t, address)
	}
	if got := l.Open(); viewers != 72 || got > room-viewers+1 {
		t.Errorf("%d viewers and %d connections, want 72 and at most %d", viewers, got, room-viewers)
	}
}

// TestRequestsAreLeftAlone: who is being answered goes only when nobody else
// can.
func TestRequestsAreLeftAlone(t *testing.T) {
	asked := make(chan struct{}, 3*room) // a value for each request that waits
	l, address := serve(t, func() { asked <- struct{}{} })
	waiting := knock(t, address, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
	<-asked
	for range 2 * room {
		wantAnswer(t, address)
	}
	if gone(t, waiting, 100*time.Millisecond) {
		t.Error("a request was cut off for the sake of idle connections")
	}
	for range 2 * room {
		knock(t, address, "GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	if got := l.Open(); got > room+1 {
		t.Errorf("%d connections are open, want at most %d", got, room)
	}
	wantAnswer(t, address)
	if !gone(t, waiting, soon) {
		t.Error("the oldest request is still there")
	}
}
