package redistest

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Listener is a subscriber that shares no code with any client library: what
// it hears is what is on the wire.
type Listener struct {
	t    testing.TB
	conn net.Conn
	in   *bufio.Reader
}

// Listen subscribes to the channel; it returns once Redis has confirmed that.
func (s *Server) Listen(channel string) *Listener {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.Addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	l := &Listener{t: s.t, conn: conn, in: bufio.NewReader(conn)}
	fmt.Fprintf(conn, "*2\r\n$9\r\nSUBSCRIBE\r\n$%d\r\n%s\r\n", len(channel), channel)
	if kind := l.array(soon)[0]; kind != "subscribe" {
		s.t.Fatalf("SUBSCRIBE is answered with %q", kind)
	}
	return l
}

// Publish publishes any bytes, which redis-cli cannot.
func (s *Server) Publish(channel, message string) {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.Addr)
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n", len(channel), channel, len(message), message)
	l := &Listener{t: s.t, conn: conn, in: bufio.NewReader(conn)}
	l.header(':')
}

// Next returns the bytes of the next message. The test fails if there is none
// within the bound.
func (l *Listener) Next(bound time.Duration) string {
	l.t.Helper()
	a := l.array(bound)
	if len(a) != 3 || a[0] != "message" {
		l.t.Fatalf("heard %q, want a message", a)
	}
	return a[2]
}

func (l *Listener) array(bound time.Duration) []string {
	l.t.Helper()
	if err := l.conn.SetReadDeadline(time.Now().Add(bound)); err != nil {
		l.t.Fatal(err)
	}
	items := make([]string, l.header('*'))
	for i := range items {
		items[i] = l.item()
	}
	return items
}

// item reads a bulk string, or a number as it is written.
func (l *Listener) item() string {
	l.t.Helper()
	if kind, err := l.in.Peek(1); err == nil && kind[0] == ':' {
		return strconv.Itoa(l.header(':'))
	}
	b := make([]byte, l.header('$')+len("\r\n"))
	if _, err := io.ReadFull(l.in, b); err != nil {
		l.t.Fatalf("hear from Redis: %v", err)
	}
	return string(b[:len(b)-len("\r\n")])
}

func (l *Listener) header(kind byte) int {
	l.t.Helper()
	line, err := l.in.ReadString('\n')
	if err != nil {
		l.t.Fatalf("hear from Redis: %v", err)
	}
	n, err := strconv.Atoi(strings.TrimSpace(line[1:]))
	if err != nil || line[0] != kind {
		l.t.Fatalf("Redis says %q, want %q and a number", line, kind)
	}
	return n
}
