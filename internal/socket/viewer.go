package socket

import (
	"encoding/binary"
	"errors"
	"net"
	"os"
	"slices"
	"sync"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// Times of a viewer's life.
const (
	beatAfter   = 10 * time.Second  // without a word
	pingEvery   = 25 * time.Second  // below the idle time-outs of common proxies, which are 60 s
	stuckAfter  = 120 * time.Second // without a byte that the socket would take
	silentAfter = 150 * time.Second // without a byte from the client: longer than stuckAfter, since a ping may wait behind data
	frameWithin = 10 * time.Second  // from the first byte of a client's frame to its last
	endWithin   = time.Second       // from the decision to close to the end
)

// sendBuffer is what the kernel may hold for one viewer: what waits there is
// stale already. Linux doubles it.
const sendBuffer = 16 << 10

// maxControl messages may wait for a viewer that reads slowly.
const maxWaiting = 8

// viewer is one connection that watches.
type viewer struct {
	hub   *Hub // set once
	conn  net.Conn
	lang  language
	talks bool          // the language has words besides positions, and waits for a watch
	wake  chan struct{} // capacity 1: there is news below

	mu       sync.Mutex     // guards the next three
	ending   *closeError    // why it ends; set once
	waiting  [][]byte       // frames to answer with; at most maxWaiting
	interest *peyk.Interest // asked for since the writer looked

	// Owned by the writing goroutine.
	watching bool
	have     peyk.Version // of everything
	walk     *live.Walk   // nil: none under way
	opening  bool         // no walk has ended yet
	wrote    time.Time    // last
	pinged   time.Time    // last
}

func newViewer(h *Hub, conn net.Conn, lang language) *viewer {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(sendBuffer) // the connection works without, only less thriftily
	}
	now := time.Now()
	return &viewer{
		hub: h, conn: conn, lang: lang, talks: lang.say(wire.Message{Type: "beat"}) != nil,
		wake: make(chan struct{}, 1), opening: true, wrote: now, pinged: now,
	}
}

// serve returns when the connection has ended.
func (v *viewer) serve(early []byte) {
	if v.talks {
		version := v.hub.now.Load().version()
		v.waiting = append(v.waiting, v.lang.say(wire.Message{Type: "hello", Epoch: v.hub.o.World.Epoch(), Version: version}))
	} else {
		v.interest = &peyk.Interest{View: peyk.View{All: true}}
	}
	written := make(chan struct{})
	go func() {
		defer close(written)
		v.writeAll()
	}()
	v.readAll(early)
	<-written
	v.conn.Close()
	v.hub.stats.closed.Add(1)
}

// end closes the connection with a code as soon as what is being written is
// out, and within endWithin.
func (v *viewer) end(why *closeError) {
	v.mu.Lock()
	if v.ending == nil {
		v.ending = why
		_ = v.conn.SetWriteDeadline(time.Now().Add(endWithin)) // it may be closed already
	}
	v.mu.Unlock()
	v.nudge()
}

func (v *viewer) nudge() {
	select {
	case v.wake <- struct{}{}:
	default: // it is awake already
	}
}

// answer leaves a frame for the writer.
func (v *viewer) answer(frame []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.waiting) >= maxWaiting {
		return &closeError{code: codePolicy, reason: "too many answers wait to be read"}
	}
	v.waiting = append(v.waiting, frame)
	v.nudge()
	return nil
}

// writeAll writes what is due until the connection ends.
func (v *viewer) writeAll() {
	timer := time.NewTimer(beatAfter)
	defer timer.Stop()
	for {
		m := v.hub.now.Load()
		frames, last := v.due(m)
		if err := v.write(frames); err != nil {
			v.broke(err)
			return
		}
		if last {
			v.finish()
			return
		}
		if len(frames) > 0 || v.walk != nil {
			continue
		}
		now := time.Now()
		timer.Reset(min(v.wrote.Add(beatAfter).Sub(now), v.pinged.Add(pingEvery).Sub(now)))
		select {
		case <-v.wake:
		case <-m.next:
		case <-timer.C:
		}
	}
}

// broke ends the connection after a write that failed.
func (v *viewer) broke(err error) {
	if errors.Is(err, os.ErrDeadlineExceeded) && v.endReason() == nil {
		v.hub.stats.stuck.Add(1)
	}
	v.conn.Close()
}

// finish ends the connection after the close frame: the client may still be
// sending, and closing now could overtake what it was told.
func (v *viewer) finish() {
	if half, ok := v.conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		_ = v.conn.SetReadDeadline(time.Now().Add(endWithin)) // it may be closed already
		return
	}
	v.conn.Close()
}

func (v *viewer) endReason() *closeError {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.ending
}

// due returns what is to be written at this moment, and whether it is the last.
func (v *viewer) due(m *moment) (frames [][]byte, last bool) {
	v.mu.Lock()
	frames, interest, ending := v.waiting, v.interest, v.ending
	v.waiting, v.interest = nil, nil
	v.mu.Unlock()
	if ending != nil {
		return append(frames, v.farewell(ending)...), true
	}
	if interest != nil {
		frames = append(frames, v.turnTo(interest)...)
	}
	frames = append(frames, v.news(m)...)
	return append(frames, v.signsOfLife(len(frames) > 0)...), false
}

// turnTo makes the viewer watch what it asked for.
func (v *viewer) turnTo(in *peyk.Interest) [][]byte {
	v.watching, v.walk, v.have = true, nil, 0
	if in.Epoch == v.hub.o.World.Epoch() {
		v.have = in.Have[peyk.Everything]
	}
	v.startWalk()
	return v.said(wire.Message{Type: "parts", Parts: []peyk.Part{peyk.Everything}})
}

// news is the tick for who is in step, and a piece of a walk for who is not.
func (v *viewer) news(m *moment) [][]byte {
	switch {
	case !v.watching:
		return nil
	case v.walk != nil:
		return v.step(m)
	case v.have >= m.version():
		return nil
	case v.have == m.tick.Frame.From:
		v.hub.stats.ticks.Add(1)
		v.have = m.version()
		return slices.Concat(m.told(v.lang), v.upto())
	}
	v.startWalk()
	return v.step(m)
}

func (v *viewer) startWalk() {
	v.hub.stats.walks.Add(1)
	walk := v.hub.o.World.Begin(v.have)
	v.walk = &walk
}

// step takes the walk one piece further.
func (v *viewer) step(m *moment) [][]byte {
	p := m.step(v.hub.o.World, place{v.lang, *v.walk, v.opening})
	if !p.walk.Done {
		v.walk = &p.walk
		return p.bytes
	}
	v.have, v.walk, v.opening = p.walk.To, nil, false
	if v.have < m.version() {
		return p.bytes
	}
	return slices.Concat(p.bytes, v.upto())
}

func (v *viewer) upto() [][]byte { return v.said(wire.Message{Type: "upto", Version: v.have}) }

// said is the message in the viewer's language, or nothing.
func (v *viewer) said(m wire.Message) [][]byte {
	if frame := v.lang.say(m); frame != nil {
		return [][]byte{frame}
	}
	return nil
}

// signsOfLife are the beat and the ping, when they are due.
func (v *viewer) signsOfLife(busy bool) (frames [][]byte) {
	now := time.Now()
	if now.Sub(v.pinged) >= pingEvery {
		v.pinged = now
		frames = append(frames, appendFrame(nil, opPing, nil))
	}
	if busy || now.Sub(v.wrote) < beatAfter {
		return frames
	}
	v.wrote = now // also where there is no beat, so that the timer is set anew
	return append(frames, v.said(wire.Message{Type: "beat", Version: peyk.Version(now.UnixMilli() * 1000)})...)
}

// farewell is the last thing a viewer hears.
func (v *viewer) farewell(why *closeError) (frames [][]byte) {
	if why.code == codeGoingAway && !why.echo {
		frames = v.said(wire.Message{Type: "bye", Code: why.code, Reason: why.reason, After: v.hub.comeBack()})
	}
	return append(frames, appendClose(nil, why.code, why.reason))
}

// write writes the frames. It gives up when the socket has taken no byte for
// stuckAfter, or when the connection ends.
func (v *viewer) write(frames [][]byte) error {
	left := net.Buffers(slices.Clone(frames)) // WriteTo changes it, and frames may be shared
	for len(left) > 0 {
		v.extend()
		n, err := left.WriteTo(v.conn)
		v.hub.stats.bytes.Add(uint64(n))
		if err != nil && (n == 0 || !errors.Is(err, os.ErrDeadlineExceeded) || v.endReason() != nil) {
			return err
		}
		v.wrote = time.Now()
	}
	return nil
}

// extend gives the next write its time, unless the connection ends.
func (v *viewer) extend() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.ending == nil {
		_ = v.conn.SetWriteDeadline(time.Now().Add(stuckAfter)) // it may be closed already: the write says so
	}
}

// closeCode returns the code of a close frame's payload.
func closeCode(payload []byte) int {
	if len(payload) < 2 {
		return codeNormal
	}
	return int(binary.BigEndian.Uint16(payload))
}
