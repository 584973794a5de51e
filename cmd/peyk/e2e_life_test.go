package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"peyk/internal/bus/redistest"
)

// TestServerKilled: viewers come back by themselves, and what the new server
// does not know is gone from their pictures.
func TestServerKilled(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure", "--store", "none")
	n.post(at("gone", 1))
	n.post(at("back", 2))
	picture := n.watch(t)
	before := map[string]float64{"gone": 1, "back": 2}
	within(t, soon, "the picture has both", func() bool { return picture.shows(before) })
	_, epoch := picture.picture()

	n.kill()
	within(t, soon, "the viewer notices", func() bool { return picture.losses() > 0 })
	if !picture.shows(before) {
		t.Error("the couriers vanished with the connection, want them to stay until the server is back")
	}
	n.start()
	n.post(at("back", 3))
	within(t, soon, "the picture has the new world alone", func() bool { return picture.shows(map[string]float64{"back": 3}) })
	if _, now := picture.picture(); now == epoch {
		t.Errorf("the world after the restart has epoch %v, as before", now)
	}
	n.post(at("new", 4))
	within(t, soon, "the picture goes on", func() bool { return picture.shows(map[string]float64{"back": 3, "new": 4}) })
}

// TestServerStopped sends SIGTERM while viewers watch and a phone is in the
// middle of a request, which is answered and reaches the other server.
func TestServerStopped(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	n, other := startNode(t, "--insecure", "--bus", redis.URL), startNode(t, "--insecure", "--bus", redis.URL)
	other.wantReady(soon)
	n.post(first)
	page, frames := n.listen(t), openFrames(n.listen(t, "peyk.v1.json"))
	page.until(`"first"`)
	n.wantReady(soon)
	finish := n.beginPost(at("late", 5))

	n.signal(syscall.SIGTERM)
	began := time.Now()
	n.wantUnready("the server stops")
	bye := strings.Join(frames.wantClose(websocket.StatusGoingAway), "\n")
	if !regexp.MustCompile(`^\{"type":"bye","code":1001,"reason":"the server stops","after":\d{3,4}\}$`).MatchString(bye) {
		t.Errorf("the viewer was told %s, want bye", bye)
	}
	if told := page.wantClose(websocket.StatusGoingAway); len(told) != 0 {
		t.Errorf("the page of old was told %q, want nothing", told)
	}
	finish().want(t, http.StatusOK, accepted)
	n.wantEnd(5*time.Second - time.Since(began))
	other.knows("late")
}

// TestServerStoppedByForce: who does not take its leave holds up nothing.
func TestServerStoppedByForce(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure")
	n.post(first)
	deaf := n.listen(t)
	deaf.until(`"first"`)
	n.beginPost(at("never", 5))
	n.stop()
	deaf.wantClose(websocket.StatusGoingAway)
}

// beginPost sends a post but for its last byte, once the server works on it.
// finish sends that and returns the answer.
func (n *process) beginPost(body string) (finish func() answer) {
	n.t.Helper()
	conn, err := net.Dial("tcp", n.addr)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(soon)); err != nil {
		n.t.Fatal(err)
	}
	last := len(body) - 1
	fmt.Fprintf(conn, "POST /api/v1/locations HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n", n.addr, len(body))
	in := bufio.NewReader(conn)
	if line, err := in.ReadString('\n'); err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		n.t.Fatalf("the server says %q (%v), want that the body may come", line, err)
	}
	if blank, err := in.ReadString('\n'); err != nil || blank != "\r\n" {
		n.t.Fatalf("the server says %q (%v), want the end of the header", blank, err)
	}
	fmt.Fprint(conn, body[:last])
	return func() answer {
		n.t.Helper()
		fmt.Fprint(conn, body[last:])
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			n.t.Fatalf("read the answer: %v", err)
		}
		defer response.Body.Close() // it is only read
		text, err := io.ReadAll(response.Body)
		if err != nil {
			n.t.Fatalf("read the answer: %v", err)
		}
		return answer{response.StatusCode, response.Header, string(text)}
	}
}
