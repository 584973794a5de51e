package socket

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"peyk"
)

// patient serves a viewer with goroutines of its own: one reads, one does all
// the rest and may wait in a write without harm to others. It serves
// connections that are not on a descriptor of Linux.
type patient struct {
	v       *viewer
	conn    net.Conn
	arrived chan []byte      // no capacity; the reader sends, and closes it
	bell    chan *closeError // capacity 1; end sends once
	recheck chan struct{}    // capacity 1; holds one when the right is to be asked about again

	mu     sync.Mutex // guards the rest; locked under Hub.mu
	ending bool
	busy   bool      // it makes or writes something; meanwhile it watches the same
	purge  time.Time // by when what is made and written must have gone; zero: whenever
}

// readSize is the room for what one read takes: viewers say little.
const readSize = 512

func newPatient(v *viewer, conn net.Conn) *patient {
	return &patient{v: v, conn: conn, arrived: make(chan []byte), bell: make(chan *closeError, 1), recheck: make(chan struct{}, 1)}
}

// serve returns when the connection has ended.
func (p *patient) serve(early []byte) {
	done := make(chan struct{})
	go p.read(early, done)
	p.run()
	p.conn.Close()
	close(done)
	for range p.arrived { // until the reader has ended
	}
}

func (p *patient) read(early []byte, done <-chan struct{}) {
	defer close(p.arrived)
	b, err := early, error(nil)
	for err == nil {
		if len(b) > 0 {
			select {
			case p.arrived <- b:
			case <-done:
				return
			}
		}
		buf := make([]byte, readSize)
		var n int
		n, err = p.conn.Read(buf)
		b = buf[:n]
	}
}

// end makes the connection end. It may be called from any goroutine.
func (p *patient) end(why *closeError) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ending {
		return
	}
	p.ending = true
	_ = p.conn.SetWriteDeadline(time.Now().Add(endWithin)) // it may be closed already
	p.bell <- why
}

// hurry gives what is being written a second to be gone: rights have changed, of
// everybody, or, if there is a moment, of those whom it concerns. It may be
// called from any goroutine.
func (p *patient) hurry(m *moment) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy && !p.ending && p.purge.IsZero() && (m == nil || m.narrows(p.v.have)) {
		p.purge = time.Now().Add(goneWithin)
		_ = p.conn.SetWriteDeadline(p.purge) // it may be closed already
	}
}

// cut closes the connection. It may be called from any goroutine.
func (p *patient) cut() { p.conn.Close() }

func (p *patient) run() {
	v := p.v
	seen := v.hub.now.Load().version()
	timer := time.NewTimer(beatAfter)
	defer timer.Stop()
	defer p.rest()
	v.again(time.Now()) // nobody asked about it while it was on its way here
	for {
		p.begin()
		m := v.hub.now.Load()
		v.attend(m, seen)
		seen = m.version()
		for v.more(v.hub.now.Load()) {
			if !p.write() {
				return
			}
		}
		p.rest()
		if v.last {
			p.linger()
			return
		}
		timer.Reset(time.Until(v.deadline()))
		select {
		case b, open := <-p.arrived:
			if !open {
				return
			}
			v.feed(b, time.Now())
		case <-m.next:
		case <-p.recheck:
			v.again(time.Now())
		case why := <-p.bell:
			v.end(why, time.Now())
		case <-timer.C:
			if cut := v.check(time.Now()); cut != cutNot {
				v.hub.countCut(cut)
				if cut == cutLost {
					p.reset()
				}
				return
			}
		}
	}
}

// attend takes a moment; a viewer that has missed one is late.
func (v *viewer) attend(m *moment, seen peyk.Version) {
	if m.version() == seen {
		return
	}
	if m.tick.From != seen {
		v.miss(1) // or more: nobody knows
		return
	}
	took, said := false, m.in(v.lang)
	for i, h := range v.have {
		if n, changed := m.index(h.Part); changed {
			took = v.take(said, n, i) || took
		}
	}
	if took && !v.late {
		v.upto(said)
	}
}

// write writes out. It gives up when the socket has taken no byte for
// stuckAfter, or when the connection ends.
func (p *patient) write() bool {
	v := p.v
	for len(v.out) > 0 {
		p.extend()
		chunks := net.Buffers(append([][]byte(nil), v.out...)) // WriteTo changes it
		n, err := chunks.WriteTo(p.conn)
		v.written(int(n), time.Now())
		late := p.isLate(time.Now())
		if err == nil || n > 0 && errors.Is(err, os.ErrDeadlineExceeded) && !late && !p.isEnding() {
			continue
		}
		switch {
		case late:
			v.hub.stats.lost[lostPurged].Add(1)
			p.reset()
		case errors.Is(err, os.ErrDeadlineExceeded) && !p.isEnding():
			v.hub.countCut(cutStuck)
		}
		return false
	}
	p.mu.Lock()
	p.purge = time.Time{}
	p.mu.Unlock()
	return true
}

// begin says that something is about to be made.
func (p *patient) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy = true
}

// rest says that all of it is written, or nothing will be any more.
func (p *patient) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy, p.purge = false, time.Time{}
}

func (p *patient) isEnding() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ending
}

// extend gives the next write its time, unless the connection ends.
func (p *patient) extend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ending {
		return
	}
	by := time.Now().Add(stuckAfter)
	if !p.purge.IsZero() {
		by = p.purge
	}
	switch until := p.v.right.who.Until; {
	case p.v.ending != nil:
		by = earlier(by, p.v.endBy)
	case !until.IsZero():
		by = earlier(by, until)
	}
	_ = p.conn.SetWriteDeadline(by) // it may be closed already: the write says so
}

// isLate reports whether what is being written must not be any more.
func (p *patient) isLate(now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.purge.IsZero() && !now.Before(p.purge) || p.v.ending == nil && p.v.right.over(peyk.MicrosOf(now))
}

// reset throws away what was not sent yet.
func (p *patient) reset() {
	if tcp, ok := p.conn.(interface{ SetLinger(seconds int) error }); ok {
		_ = tcp.SetLinger(0) // it may be closed already
	}
}

// lastRead bounds what is still read of a client that was told to leave, in bytes.
const lastRead = 64 << 10

// linger waits for the client to close after the close frame: closing at once
// could overtake what it was told.
func (p *patient) linger() {
	half, ok := p.conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	timer := time.NewTimer(time.Until(p.v.endBy))
	defer timer.Stop()
	for arrived, left := p.arrived, lastRead; ; {
		select {
		case b, open := <-arrived:
			if !open {
				return
			}
			if left -= len(b); left <= 0 {
				arrived = nil // a flood stops in the kernel
			}
		case <-timer.C:
			return
		}
	}
}
