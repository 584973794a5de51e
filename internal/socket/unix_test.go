package socket_test

import (
	"io"
	"net"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"

	"peyk/internal/socket"
)

// serveUnix is serveHub on a unix socket, with a proxy in front that has the URL.
func serveUnix(t testing.TB, o socket.Options) (*socket.Hub, *httptest.Server) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	hub, server := serveOn(t, o, l)
	server.URL = "http://" + forward(t, path)
	return hub, server
}

// forward passes connections of TCP on to a unix socket, and returns where it
// takes them.
func forward(t testing.TB, path string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return // the test ends
			}
			far, err := net.Dial("unix", path)
			if err != nil {
				t.Error(err)
				near.Close()
				return
			}
			running.Go(func() { pass(near, far) })
			running.Go(func() { pass(far, near) })
		}
	})
	t.Cleanup(func() { l.Close(); running.Wait() })
	return l.Addr().String()
}

// pass ends when either side does; the other one then ends too.
func pass(from, to net.Conn) {
	_, _ = io.Copy(to, from) // sides go as they like
	from.Close()
	to.Close()
}
