package socket

import (
	"errors"
	"net"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"peyk/internal/live"
)

// peer is a viewer at its descriptor.
type peer struct {
	v       *viewer
	fd      int
	due     int64       // the wheel's
	listed  []live.Have // as it stands in watchers
	views   int         // of the viewer, when it was listed
	queued  bool        // in late
	armed   uint32      // what epoll tells of it
	leaving bool        // our half is closed
	gone    bool
	touched bool
}

// watcher is a peer, and which of its parts this is.
type watcher struct {
	p *peer
	i int
}

// onDescriptor is a connection of TCP, or of a unix socket.
type onDescriptor interface {
	SetWriteBuffer(bytes int) error
	syscall.Conn
}

// descriptor takes the socket out of a connection, which is closed. Of who is
// deaf, and has to answer nothing, the kernel alone notices that it has vanished.
// It would also count against a slow reader that its window opens by less than
// a segment at a time, so it is not asked about those who answer pings.
func descriptor(conn net.Conn, deaf bool) (int, bool) {
	on, ok := conn.(onDescriptor)
	if !ok {
		return 0, false
	}
	_ = on.SetWriteBuffer(sendBuffer) // it works without, only less thriftily
	raw, err := on.SyscallConn()
	if err != nil {
		return 0, false
	}
	fd, dupErr := -1, error(nil)
	err = raw.Control(func(open uintptr) {
		if deaf { // the other end of a unix socket cannot vanish: there it is an error
			_ = unix.SetsockoptInt(int(open), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(silentAfter.Milliseconds()))
		}
		fd, dupErr = unix.FcntlInt(open, unix.F_DUPFD_CLOEXEC, 0)
	})
	if err != nil || dupErr != nil {
		return 0, false
	}
	conn.Close()
	return fd, true
}

// sendBuffer is what the kernel may hold for one viewer: what waits there is
// stale already. Linux doubles it.
const sendBuffer = 16 << 10

func closeDescriptor(fd int) { _ = unix.Close(fd) } // nothing was written to it

// read takes what one read gives, and reports whether the connection goes on.
func (l *loop) read(p *peer, now time.Time) bool {
	n, err := unix.Read(p.fd, l.buf)
	switch {
	case errors.Is(err, unix.EAGAIN) || errors.Is(err, unix.EINTR):
		return true
	case err != nil || n == 0:
		return false
	}
	p.v.feed(l.buf[:n], now)
	l.relist(p)
	return true
}

// relist lists a peer that watches something else now.
func (l *loop) relist(p *peer) {
	if p.views != p.v.views {
		l.unlist(p)
		l.list(p)
	}
}

// flush writes what is in out as far as the socket takes it.
func (l *loop) flush(p *peer, now time.Time) {
	for !p.gone && len(p.v.out) > 0 {
		n, err := unix.Writev(p.fd, l.vector(p.v.out))
		switch {
		case errors.Is(err, unix.EAGAIN):
			p.v.held = true
			l.arm(p)
			l.wheel.add(p)
			return
		case errors.Is(err, unix.EINTR):
		case err != nil:
			l.drop(p)
			return
		default:
			p.v.written(n, now)
		}
		if len(p.v.out) == 0 && p.v.ending != nil {
			p.v.more(nil)
		}
	}
	l.rest(p, now)
}

// rest is what follows when everything is written.
func (l *loop) rest(p *peer, now time.Time) {
	if p.gone {
		return
	}
	l.arm(p)
	switch {
	case p.v.ending != nil && !p.v.last:
		p.v.more(nil)
		l.flush(p, now)
		return
	case p.v.last && !p.leaving:
		// Closing at once would overtake the last words where the client is
		// still sending. It has until endBy to close its half.
		p.leaving = true
		_ = unix.Shutdown(p.fd, unix.SHUT_WR) // it may be closed already
	case p.v.late:
		l.fallBehind(p)
	}
	l.wheel.add(p)
}

// chunksPerWrite is how many chunks one writev takes at most.
const chunksPerWrite = 256

func (l *loop) vector(out [][]byte) [][]byte {
	l.chunks = append(l.chunks[:0], out[:min(len(out), chunksPerWrite)]...)
	return l.chunks
}

// arm makes epoll say what we wait for: that the peer is writable, if it was
// not; that it sent something, unless it is ending; that it closed.
func (l *loop) arm(p *peer) {
	armed := uint32(unix.EPOLLRDHUP)
	if p.v.ending == nil {
		armed |= unix.EPOLLIN
	}
	if p.v.held {
		armed |= unix.EPOLLOUT
	}
	if armed == p.armed {
		return
	}
	p.armed = armed
	_ = unix.EpollCtl(l.epoll, unix.EPOLL_CTL_MOD, p.fd, &unix.EpollEvent{Events: armed, Fd: int32(p.fd)}) // it is ours and is there
}

func (l *loop) check(p *peer, now time.Time) {
	if p.gone {
		return
	}
	cut := p.v.check(now)
	if cut == cutNot && len(p.v.purges) > 0 && !p.v.purged(unsent(p.fd), now) {
		l.hub.stats.lost[lostPurged].Add(1)
		cut = cutLost
	}
	if cut == cutLost {
		// What the kernel has not sent yet must not be sent: a reset throws it away.
		_ = unix.SetsockoptLinger(p.fd, unix.SOL_SOCKET, unix.SO_LINGER, &unix.Linger{Onoff: 1})
	}
	if cut != cutNot {
		l.hub.countCut(cut)
		l.drop(p)
		return
	}
	l.flush(p, now)
	if !p.gone {
		l.wheel.add(p)
	}
}

// unsent is how many bytes the kernel has taken and not sent (SIOCOUTQNSD).
func unsent(fd int) int {
	const unsentBytes = 0x894B
	n, err := unix.IoctlGetInt(fd, unsentBytes)
	if err != nil {
		return 0 // a unix socket: what it took, the proxy has
	}
	return n
}

// drop closes the descriptor and forgets the peer.
func (l *loop) drop(p *peer) {
	if p.gone {
		return
	}
	p.gone = true
	delete(l.peers, p.fd)
	unix.Close(p.fd) // epoll forgets it too
	l.unlist(p)
	p.v.unwatch()
	p.v.out = nil
	l.hub.dismiss(p.v)
}

// list makes the peer a watcher of its parts.
func (l *loop) list(p *peer) {
	p.listed, p.views = p.v.have, p.v.views
	p.v.at = make([]int32, len(p.listed))
	for i, h := range p.listed {
		p.v.at[i] = int32(len(l.watchers[h.Part]))
		l.watchers[h.Part] = append(l.watchers[h.Part], watcher{p, i})
	}
}

// unlist is the other way round. The last of a list takes the place of who goes.
func (l *loop) unlist(p *peer) {
	for i, h := range p.listed {
		list := l.watchers[h.Part]
		at, end := int(p.v.at[i]), len(list)-1
		list[at] = list[end]
		list[at].p.v.at[list[at].i] = int32(at)
		list[end] = watcher{}
		if l.watchers[h.Part] = list[:end]; end == 0 {
			delete(l.watchers, h.Part)
		}
	}
	p.listed = nil
}
