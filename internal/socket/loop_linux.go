package socket

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"peyk/internal/live"
)

// lateShare is how long a loop helps viewers that are late before it looks
// again whether a tick has come for the others.
const lateShare = 10 * time.Millisecond

// maxMoments may wait for a loop. One that falls further behind takes one
// difference for each of its viewers instead.
const maxMoments = 8

// chunksPerWrite is how many chunks one writev takes at most.
const chunksPerWrite = 256

// loop serves viewers on their raw descriptors: one goroutine reads, writes
// and closes them all, and never waits for one of them.
type loop struct {
	hub    *Hub
	begin  int // which of the loops this is
	epoll  int
	signal int // eventfd: there is news in the inbox

	mu      sync.Mutex // guards the inbox
	joining []*peer
	moments []*moment
	missed  bool        // a moment was dropped
	news    bool        // of the next two
	ending  *closeError // everybody ends, and who joins from now on
	cutting bool
	closed  bool // takes nobody and nothing any more

	served atomic.Int64 // the version of the last moment that was written

	// Owned by the loop's goroutine.
	peers    map[int]*peer // by descriptor
	watchers map[*live.Part][]watcher
	late     []*peer // queue
	wheel    *wheel
	chunks   [][]byte // for writev
	buf      []byte   // for read
}

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

func newLoop(h *Hub, begin int) (*loop, error) {
	l := &loop{hub: h, begin: begin, peers: map[int]*peer{}, watchers: map[*live.Part][]watcher{}, wheel: newWheel(time.Now()), buf: make([]byte, 64<<10)}
	var err error
	if l.epoll, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
		return nil, fmt.Errorf("epoll: %w", err)
	}
	if l.signal, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		return nil, errors.Join(fmt.Errorf("eventfd: %w", err), unix.Close(l.epoll))
	}
	// By edges each write is an event of its own, so that nobody need read the
	// count, and none is lost that comes while the inbox is taken.
	event := unix.EpollEvent{Events: unix.EPOLLIN | unix.EPOLLET, Fd: int32(l.signal)}
	if err = unix.EpollCtl(l.epoll, unix.EPOLL_CTL_ADD, l.signal, &event); err != nil {
		l.close()
		return nil, fmt.Errorf("epoll: %w", err)
	}
	return l, nil
}

// close ends a loop that has no viewers; nothing may be written to what was
// its descriptors.
func (l *loop) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	unix.Close(l.signal)
	unix.Close(l.epoll)
}

// descriptor takes the socket out of a connection, which is closed.
func descriptor(conn net.Conn) (int, bool) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return 0, false
	}
	_ = tcp.SetWriteBuffer(sendBuffer) // it works without, only less thriftily
	raw, err := tcp.SyscallConn()
	if err != nil {
		return 0, false
	}
	fd, dupErr := -1, error(nil)
	err = raw.Control(func(open uintptr) {
		// Who has vanished and never had to answer is noticed by the kernel alone.
		_ = unix.SetsockoptInt(int(open), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(silentAfter.Milliseconds()))
		fd, dupErr = unix.FcntlInt(open, unix.F_DUPFD_CLOEXEC, 0)
	})
	if err != nil || dupErr != nil {
		return 0, false
	}
	tcp.Close()
	return fd, true
}

// sendBuffer is what the kernel may hold for one viewer: what waits there is
// stale already. Linux doubles it.
const sendBuffer = 16 << 10

func closeDescriptor(fd int) { _ = unix.Close(fd) } // nothing was written to it

// join hands a viewer to the loop. It reports whether the loop took it.
func (l *loop) join(v *viewer, fd int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.joining = append(l.joining, &peer{v: v, fd: fd})
	l.wake()
	return true
}

// tell hands a moment to the loop.
func (l *loop) tell(m *moment) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	if len(l.moments) == maxMoments {
		l.moments, l.missed = l.moments[:0], true
	}
	l.moments = append(l.moments, m)
	l.wake()
}

// end makes all viewers end, or cuts them off.
func (l *loop) end(why *closeError, cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.news, l.ending, l.cutting = true, why, l.cutting || cut
	l.wake()
}

func (l *loop) wake() {
	one := [8]byte{1}
	_, _ = unix.Write(l.signal, one[:]) // it fails only when it is signalled very often already
}

// run serves until ctx ends and no viewer is left.
func (l *loop) run(ctx context.Context) error {
	defer l.close()
	stop := context.AfterFunc(ctx, func() { l.end(&closeError{code: codeGoingAway, reason: "the server stops"}, true) })
	defer stop()
	events := make([]unix.EpollEvent, 256)
	for {
		n, err := unix.EpollWait(l.epoll, events, l.timeout())
		if err != nil && !errors.Is(err, unix.EINTR) {
			return fmt.Errorf("epoll: %w", err)
		}
		now := time.Now()
		l.takeInbox(now)
		for _, e := range events[:max(n, 0)] {
			l.handle(e, now)
		}
		l.helpLate()
		l.wheel.advance(now, func(p *peer) { l.check(p, now) })
		if ctx.Err() != nil && l.leave() {
			return nil
		}
	}
}

// leave reports whether nobody is left; from then on nobody can join.
func (l *loop) leave() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = len(l.peers) == 0 && len(l.joining) == 0
	return l.closed
}

func (l *loop) timeout() int {
	if len(l.late) > 0 {
		return 0
	}
	return int(wheelStep.Milliseconds())
}

// takeInbox takes what others handed to the loop. Ticks come before news from
// clients, so that nobody who asks for much delays them.
func (l *loop) takeInbox(now time.Time) {
	l.mu.Lock()
	joining, moments, missed, news, ending, cutting := l.joining, l.moments, l.missed, l.news, l.ending, l.cutting
	l.joining, l.moments, l.missed, l.news = nil, nil, false, false
	l.mu.Unlock()
	if missed {
		for _, p := range l.peers {
			l.fallBehind(p)
		}
	}
	for _, m := range moments {
		l.serve(m, now)
		l.served.Store(int64(m.version()))
	}
	for _, p := range joining {
		l.add(p, now)
	}
	if ending != nil && (news || len(joining) > 0) {
		l.endAll(ending, cutting, now)
	}
}

func (l *loop) endAll(why *closeError, cut bool, now time.Time) {
	for _, p := range l.peers {
		if p.v.end(why, now); cut {
			l.drop(p)
			continue
		}
		l.flush(p, now)
	}
}

func (l *loop) add(p *peer, now time.Time) {
	p.armed = unix.EPOLLIN | unix.EPOLLRDHUP
	event := unix.EpollEvent{Events: p.armed, Fd: int32(p.fd)}
	if err := unix.EpollCtl(l.epoll, unix.EPOLL_CTL_ADD, p.fd, &event); err != nil {
		l.hub.o.Log.Error("serve viewer", "err", err)
		unix.Close(p.fd)
		p.v.unwatch()
		l.hub.dismiss(p.v)
		return
	}
	l.peers[p.fd] = p
	l.list(p)
	l.flush(p, now)
}

// serve gives a moment to every viewer that watches what changed, in one write each.
func (l *loop) serve(m *moment, now time.Time) {
	var touched []*peer
	changes := m.tick.Changes
	for n := range changes { // each loop begins elsewhere, so that they share the encoding
		c := changes[(n+l.begin*len(changes)/runtime.GOMAXPROCS(0))%len(changes)]
		for _, w := range l.watchers[c.Part] {
			took := w.p.v.take(m, c, w.i)
			if took && !w.p.touched {
				w.p.touched = true
				touched = append(touched, w.p)
			}
			if w.p.v.late {
				l.fallBehind(w.p)
			}
		}
	}
	for _, p := range touched {
		p.touched = false
		if !p.v.late {
			p.v.upto(m)
		}
		l.hub.stats.ticks.Add(1)
		l.flush(p, now)
	}
}

// fallBehind puts a viewer into the queue of those who get differences.
func (l *loop) fallBehind(p *peer) {
	p.v.late = p.v.late || len(p.v.have) > 0
	if p.v.late && !p.queued && !p.v.held && !p.gone && p.v.ending == nil {
		p.queued = true
		l.late = append(l.late, p)
	}
}

// helpLate takes viewers that are late a piece further each, in turn.
func (l *loop) helpLate() {
	began := time.Now()
	for len(l.late) > 0 && time.Since(began) < lateShare {
		p := l.late[0]
		l.late = l.late[1:]
		if p.queued = false; p.gone || p.v.held {
			continue // who is held comes back when the socket is writable
		}
		p.v.more(l.hub.now.Load())
		l.flush(p, began)
	}
	if len(l.late) == 0 {
		l.late = nil
	}
}

// handle reads and writes where epoll says it can be done.
func (l *loop) handle(e unix.EpollEvent, now time.Time) {
	p := l.peers[int(e.Fd)]
	if p == nil { // the signal, or somebody who was dropped since the event
		return
	}
	const over = unix.EPOLLRDHUP | unix.EPOLLHUP | unix.EPOLLERR
	switch {
	case p.v.ending != nil: // nothing is read any more: a flood stops in the kernel
		if e.Events&over != 0 {
			l.drop(p)
			return
		}
	case e.Events&(unix.EPOLLIN|over) != 0 && !l.read(p, now):
		l.drop(p)
		return
	}
	l.flush(p, now)
}

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
	if p.views != p.v.views {
		l.unlist(p)
		l.list(p)
	}
	return true
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
	if cut := p.v.check(now); cut != cutNot {
		l.hub.countCut(cut)
		l.drop(p)
		return
	}
	l.flush(p, now)
	if !p.gone {
		l.wheel.add(p)
	}
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
