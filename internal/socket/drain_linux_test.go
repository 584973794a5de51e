package socket

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// TestMain is also the program that drains sockets for the benchmarks: a
// process of its own, so that its CPU is not the server's.
func TestMain(m *testing.M) {
	if addr := os.Getenv("PEYK_TEST_DRAIN"); addr != "" {
		drain(netip.MustParseAddrPort(addr))
		return
	}
	os.Exit(m.Run())
}

// drainer starts the process of the viewers, who come one per pace. The caller
// kills it.
func drainer(b *testing.B, to net.Addr, watches io.Reader, pace time.Duration) *exec.Cmd {
	child := exec.Command("chrt", "--other", "0", os.Args[0]) // whatever this process has
	child.Env = append(os.Environ(), "PEYK_TEST_DRAIN="+to.String(), "PEYK_TEST_PACE="+pace.String())
	child.Stdin, child.Stderr = watches, os.Stderr
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	return child
}

// drain opens viewers, each with a watch read from stdin, and reads what comes
// until it is killed. The machine's cores are the server's as well, so it reads
// as seldom as the buffers of the kernel allow, and nobody waits to be woken by
// a write: with a goroutine for each viewer the readers took as much as the server.
func drain(to netip.AddrPort) {
	const seldom = 25 * time.Millisecond
	watches, err := io.ReadAll(os.Stdin)
	must(err)
	pace, err := time.ParseDuration(os.Getenv("PEYK_TEST_PACE"))
	must(err)
	epoll, err := unix.EpollCreate1(0)
	must(err)
	lines, came, began, buf := bytes.Split(bytes.TrimSpace(watches), []byte("\n")), 0, time.Now(), make([]byte, 1<<20)
	for ; ; <-time.After(seldom) {
		for ; came < len(lines) && time.Since(began) >= time.Duration(came)*pace; came++ {
			come(epoll, to, lines[came])
		}
		readAll(epoll, buf)
	}
}

// come opens one viewer.
func come(epoll int, to netip.AddrPort, watch []byte) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	must(err)
	must(unix.Connect(fd, &unix.SockaddrInet4{Port: int(to.Port()), Addr: to.Addr().As4()}))
	_, err = unix.Write(fd, fmt.Appendf(nil, "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: peyk.v1.bin\r\n\r\n%s", to, frame(0x81, string(watch))))
	must(err)
	must(unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, fd, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}))
}

// readAll reads what has arrived. It ends the process with the first viewer
// that is closed: nobody is to be.
func readAll(epoll int, buf []byte) {
	var events [1024]unix.EpollEvent
	for n := len(events); n == len(events); {
		var err error
		n, err = unix.EpollWait(epoll, events[:], 0)
		must(err)
		for _, e := range events[:n] {
			if n, err := unix.Read(int(e.Fd), buf); err != nil || n == 0 {
				panic(fmt.Sprintf("a viewer was closed: %v", err))
			}
		}
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
