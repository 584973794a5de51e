package socket

import (
	"context"
	"fmt"
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

// loop serves viewers on their raw descriptors: one goroutine reads, writes
// and closes them all, and never waits for one of them.
type loop struct {
	*poller
	hub    *Hub
	index  int // which of the loops this is
	signal int // eventfd: there is news in the inbox

	inbox

	served atomic.Int64 // the version of the last moment that was written

	// Owned by the loop's goroutine.
	peers    map[int]*peer // by descriptor
	watchers map[*live.Part][]watcher
	late     []*peer // queue
	wheel    *wheel
	chunks   [][]byte // for writev
	buf      []byte   // for read
}

// inbox is what others have for a loop.
type inbox struct {
	mu      sync.Mutex // guards the rest
	joining []*peer
	moments []*moment
	missed  int         // moments that were dropped
	news    bool        // of the next two
	ending  *closeError // everybody ends, and who joins from now on
	cutting bool
	again   bool // everybody's right is asked about again
	closed  bool // takes nobody and nothing any more
}

func newLoop(h *Hub, index int) (*loop, error) {
	l := &loop{hub: h, index: index, peers: map[int]*peer{}, watchers: map[*live.Part][]watcher{}, wheel: newWheel(time.Now()), buf: make([]byte, 64<<10)}
	var err error
	if l.poller, err = newPoller(); err != nil {
		return nil, err
	}
	if l.signal, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		l.poller.close()
		return nil, fmt.Errorf("eventfd: %w", err)
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
	l.poller.close()
}

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
		l.moments, l.missed = l.moments[:0], l.missed+maxMoments
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

// recheck asks about everybody's right again.
func (l *loop) recheck() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.again = true
		l.wake()
	}
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
	for {
		events, err := l.happened()
		if err != nil {
			l.giveUp()
			return err
		}
		now := time.Now()
		l.takeInbox(now)
		for _, e := range events {
			l.handle(e, now)
		}
		l.helpLate(now)
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

// giveUp cuts everybody off; from then on nobody can join.
func (l *loop) giveUp() {
	l.mu.Lock()
	l.closed = true
	joining := l.joining
	l.joining = nil
	l.mu.Unlock()
	for _, p := range joining {
		l.drop(p)
	}
	for _, p := range l.peers {
		l.drop(p)
	}
}

// happened returns what epoll says. While somebody is late it does not wait.
func (l *loop) happened() ([]unix.EpollEvent, error) {
	if len(l.late) > 0 {
		return l.now()
	}
	return l.wait(l.wheel.ahead(beatAfter))
}

// takeInbox takes what others handed to the loop. Ticks come before news from
// clients, so that nobody who asks for much delays them.
func (l *loop) takeInbox(now time.Time) {
	l.mu.Lock()
	joining, moments, missed, news, ending, cutting, again := l.joining, l.moments, l.missed, l.news, l.ending, l.cutting, l.again
	l.joining, l.moments, l.missed, l.news, l.again = nil, nil, 0, false, false
	l.mu.Unlock()
	if missed > 0 {
		l.seal(now) // rights may have changed in what was missed
		for _, p := range l.peers {
			p.v.miss(missed)
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
	if again {
		l.askAgain(now)
	}
	if ending != nil && (news || len(joining) > 0) {
		l.endAll(ending, cutting, now)
	}
}

// seal notes for everybody who has not got all of it what was made before
// rights changed.
func (l *loop) seal(now time.Time) {
	for _, p := range l.peers {
		l.sealOne(p, now)
	}
}

func (l *loop) sealOne(p *peer, now time.Time) {
	if len(p.v.out) > 0 || unsent(p.fd) > 0 {
		p.v.seal(now)
		l.wheel.add(p)
	}
}

// askAgain asks about everybody's right.
func (l *loop) askAgain(now time.Time) {
	for _, p := range l.peers {
		p.v.again(now)
		l.relist(p)
		l.check(p, now)
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
	p.v.again(now) // nobody asked about it while it was on its way here
	l.list(p)
	l.flush(p, now)
}

// serve gives a moment to every viewer that watches what changed, in one write each.
func (l *loop) serve(m *moment, now time.Time) {
	if m.tick.Rights {
		l.seal(now)
	}
	var touched []*peer
	changes, said := m.tick.Changes, m.in(l.hub.events)
	begin := l.index * len(changes) / runtime.GOMAXPROCS(0)
	for n := range changes { // each loop begins elsewhere, so that they share the encoding
		n = (n + begin) % len(changes)
		for _, w := range l.watchers[changes[n].Part] {
			if changes[n].Rights {
				l.sealOne(w.p, now)
			}
			if w.p.v.lang != said.language {
				said = m.in(w.p.v.lang)
			}
			if w.p.v.take(said, n, w.i) && !w.p.touched {
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
			p.v.upto(m.in(p.v.lang))
		}
		l.hub.stats.ticks.Add(1)
		l.flush(p, now)
	}
}

// fallBehind puts a viewer into the queue of those who get differences.
func (l *loop) fallBehind(p *peer) {
	if p.v.late && !p.queued && !p.v.held && !p.gone && p.v.ending == nil {
		p.queued = true
		l.late = append(l.late, p)
	}
}

// helpLate takes viewers that are late a piece further each, in turn.
func (l *loop) helpLate(now time.Time) {
	began := time.Now()
	for len(l.late) > 0 && time.Since(began) < lateShare {
		p := l.late[0]
		l.late = l.late[1:]
		if p.queued = false; p.gone || p.v.held {
			continue // who is held comes back when the socket is writable
		}
		p.v.more(l.hub.now.Load())
		l.flush(p, now)
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
