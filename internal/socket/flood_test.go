package socket_test

import (
	"net"
	"testing"
	"testing/synctest"
	"time"
)

// halfOpen is a connection of which each half can be closed, as those of TCP.
type halfOpen struct{ net.Conn }

func (halfOpen) CloseWrite() error { return nil }

// TestAFloodAfterTheEnd is not read for as long as it lasts.
func TestAFloodAfterTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		conn, far := net.Pipe()
		defer conn.Close()
		in := n.shake(t, "", conn, halfOpen{far})
		send(t, conn, []byte{0x81, 0x01})
		if got := next(t, in); got != "close 1002" {
			t.Fatalf("got %s, want a close", got)
		}
		const most = 1 << 20
		read, began := 0, time.Now()
		for flood := make([]byte, 1000); read < most; {
			n, err := conn.Write(flood)
			if read += n; err != nil {
				break
			}
		}
		if waited := time.Since(began); read > 100_000 || waited != time.Second {
			t.Errorf("the server read %d bytes in %v, want at most 100,000 in 1 s", read, waited)
		}
	})
}
