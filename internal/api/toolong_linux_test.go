package api_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestWhoStillWritesTooLongABodyReadsTheAnswer(t *testing.T) {
	h := open(t, nil)
	c := h.raw(t, h.head("Content-Length: 65537")+strings.Repeat(" ", 1000))
	for began := time.Now(); !ending(t, c); <-time.After(time.Millisecond) {
		if time.Since(began) > 10*time.Second {
			t.Fatal("the server does not end the connection")
		}
	}
	for range 2 { // a reset shows at the second
		if _, err := io.WriteString(c, strings.Repeat(" ", 1000)); err != nil {
			t.Fatal(err)
		}
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	read(t, response).want(t, 413, `{"detail":"The body has more than 65536 bytes."}`)
}

// ending reports whether the other end has closed the connection, or its half.
func ending(t *testing.T, c net.Conn) bool {
	t.Helper()
	raw, err := c.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var info *unix.TCPInfo
	var failed error
	if err := raw.Control(func(fd uintptr) { info, failed = unix.GetsockoptTCPInfo(int(fd), unix.IPPROTO_TCP, unix.TCP_INFO) }); err != nil || failed != nil {
		t.Fatal(err, failed)
	}
	return info.State != unix.BPF_TCP_ESTABLISHED
}
