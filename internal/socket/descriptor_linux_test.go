package socket

import (
	"fmt"
	"net"
	"testing"

	"golang.org/x/sys/unix"
)

// TestWhoseSilenceTheKernelNotices: of those alone whom no ping can find out. It
// would cut off slow readers, too.
func TestWhoseSilenceTheKernelNotices(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for deaf, want := range map[bool]int{true: int(silentAfter.Milliseconds()), false: 0} {
		t.Run(fmt.Sprintf("deaf=%v", deaf), func(t *testing.T) {
			conn, err := net.Dial("tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			fd, ok := descriptor(conn, deaf)
			if !ok {
				t.Fatal("a TCP connection has no descriptor")
			}
			defer unix.Close(fd)
			if got, err := unix.GetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT); got != want || err != nil {
				t.Errorf("the kernel waits %d ms, %v; want %d", got, err, want)
			}
		})
	}
}
