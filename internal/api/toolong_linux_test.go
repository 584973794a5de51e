package api_test

import (
	"bufio"
	"cmp"
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
	eventually(t, "a write is in time", func() bool { return writeOn(t, h) })
}

// writeOn goes on writing after the server has closed its half, and wants the
// answer all the same. It reports whether it did so in the half second after
// which net/http closes the other half too.
func writeOn(t *testing.T, h *house) (inTime bool) {
	t.Helper()
	c := h.raw(t, h.head("Content-Length: 65537")+strings.Repeat(" ", 1000))
	var open time.Time // when both halves were, for the last time
	eventually(t, "the server ends the connection", func() bool {
		looked := time.Now()
		if ending(t, c) {
			return true
		}
		open = looked
		return false
	})
	var failed error
	for range 2 { // a reset shows at the second
		_, err := io.WriteString(c, strings.Repeat(" ", 1000))
		failed = cmp.Or(failed, err)
	}
	if open.IsZero() || time.Since(open) > 500*time.Millisecond {
		return false
	}
	if failed != nil {
		t.Fatal(failed)
	}
	response, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	read(t, response).want(t, 413, `{"detail":"The body has more than 65536 bytes."}`)
	return true
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
