package socket

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// poller waits for what happens to descriptors. The waiting is the runtime's: a
// thread that waits in the kernel itself keeps its processor from all other
// goroutines until the runtime notices, which may take 10 ms.
type poller struct {
	epoll  int
	file   *os.File // the same
	raw    syscall.RawConn
	events [256]unix.EpollEvent
}

func newPoller() (*poller, error) {
	fd, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	if err = unix.SetNonblock(fd, true); err != nil { // so says os what can be waited for
		return nil, errors.Join(fmt.Errorf("epoll: %w", err), unix.Close(fd))
	}
	p := &poller{epoll: fd, file: os.NewFile(uintptr(fd), "epoll")}
	if p.raw, err = p.file.SyscallConn(); err != nil {
		return nil, errors.Join(fmt.Errorf("epoll: %w", err), p.file.Close())
	}
	return p, nil
}

func (p *poller) close() { _ = p.file.Close() } // nothing was written to it

// wait returns what happened, as soon as there is something or the time is over.
// What it returns is good until the next wait.
func (p *poller) wait(most time.Duration) ([]unix.EpollEvent, error) {
	if err := p.file.SetReadDeadline(time.Now().Add(most)); err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	var events []unix.EpollEvent
	var failed error
	err := p.raw.Read(func(uintptr) bool {
		events, failed = p.now()
		return len(events) > 0 || failed != nil
	})
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	return events, failed
}

// now returns what has happened already.
func (p *poller) now() ([]unix.EpollEvent, error) {
	n, err := unix.EpollWait(p.epoll, p.events[:], 0)
	if err != nil && !errors.Is(err, unix.EINTR) {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	return p.events[:max(n, 0)], nil
}
