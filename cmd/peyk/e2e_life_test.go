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
	for tries := 1; !n.stopsInOrder(t); tries++ {
		if tries == 5 {
			t.Fatal("this machine is too slow to finish a request while the server stops")
		}
		n.start()
	}
	other.knows("late")
}

// stopsInOrder reports false if something was wrong, but only after the time that
// the server gives to requests.
func (n *process) stopsInOrder(t *testing.T) bool {
	t.Helper()
	n.post(first)
	page, frames := n.listen(t), openFrames(n.listen(t, "peyk.v1.json"))
	page.until(`"first"`)
	n.wantReady(soon)
	finish := n.beginPost(at("late", 5))

	n.signal(syscall.SIGTERM)
	began := time.Now()
	within(t, soon, "/readyz tells it, or is gone", func() bool { return n.unready("the server stops") || n.over() })
	bye := strings.Join(frames.wantClose(websocket.StatusGoingAway), "\n")
	if !regexp.MustCompile(`^\{"type":"bye","code":1001,"reason":"the server stops","after":\d{3,4}\}$`).MatchString(bye) {
		t.Errorf("the viewer was told %s, want bye", bye)
	}
	if told := page.wantClose(websocket.StatusGoingAway); len(told) != 0 {
		t.Errorf("the page of old was told %q, want nothing", told)
	}
	got, err := finish()
	if time.Since(began) > requests && (err != nil || got.status != http.StatusOK) {
		return false
	}
	if err != nil {
		t.Errorf("who was in the middle of a request got %v", err)
	}
	got.want(t, http.StatusOK, accepted)
	n.wantEnd()
	return true
}

// TestServerStoppedByForce: who does not take its leave holds up nothing.
func TestServerStoppedByForce(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure")
	n.post(first)
	deaf := n.listen(t)
	deaf.until(`"first"`)
	finish := n.beginPost(at("never", 5))
	n.stop()
	if got, err := finish(); err == nil {
		t.Errorf("a request that did not end was answered %d, so that the server waited for it", got.status)
	}
	deaf.wantClose(websocket.StatusGoingAway)
}

// beginPost sends a post but for its last byte, once the server works on it.
// finish sends that and returns the answer, if there is one.
func (n *process) beginPost(body string) (finish func() (answer, error)) {
	n.t.Helper()
	conn, err := net.Dial("tcp", n.addr)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(3 * soon)); err != nil {
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
	return func() (answer, error) {
		fmt.Fprint(conn, body[last:])
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			return answer{}, err
		}
		defer response.Body.Close() // it is only read
		text, err := io.ReadAll(response.Body)
		return answer{response.StatusCode, response.Header, string(text)}, err
	}
}
