package socket

import (
	"errors"
	"io"
	"os"
	"time"

	"peyk/internal/wire"
)

// readSize is the room for what one read takes: viewers say little.
const readSize = 512

// Messages a viewer may send: many at once, then this many a second for ever.
// A page that pans the map sends a few a second.
const (
	burst   = 100
	perTime = 20
)

// readAll reads until the connection ends. It leaves answers to the writer.
func (v *viewer) readAll(early []byte) {
	var p parser
	b := budget{left: burst, since: time.Now()}
	handle := func(opcode byte, payload []byte) error {
		if !b.spend(time.Now()) {
			return &closeError{code: codePolicy, reason: "too many messages"}
		}
		return v.handle(opcode, payload)
	}
	err := p.push(early, handle)
	buf := make([]byte, readSize)
	frameBy := time.Time{}
	for err == nil {
		frameBy = v.patience(&p, frameBy)
		var n int
		n, err = v.conn.Read(buf)
		if broken := p.push(buf[:n], handle); broken != nil {
			err = broken
		}
	}
	v.stopReading(err)
}

// patience sets how long the next read may take, and returns by when the frame
// that has begun must be whole.
func (v *viewer) patience(p *parser, frameBy time.Time) time.Time {
	now := time.Now()
	switch {
	case p.between():
		v.setReadDeadline(now.Add(silentAfter))
		return time.Time{}
	case frameBy.IsZero():
		frameBy = now.Add(frameWithin)
		v.setReadDeadline(frameBy)
	}
	return frameBy
}

// setReadDeadline leaves the deadline alone once the connection ends: finish
// has set the last one.
func (v *viewer) setReadDeadline(t time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.ending == nil {
		_ = v.conn.SetReadDeadline(t) // if it is closed the read says so
	}
}

// stopReading ends the connection for the reason for which reading ended.
func (v *viewer) stopReading(err error) {
	var why *closeError
	if !errors.As(err, &why) {
		if errors.Is(err, os.ErrDeadlineExceeded) && v.endReason() == nil {
			v.hub.stats.breaches[breachSilent].Add(1)
		}
		v.conn.Close() // the peer is gone, or silent
		v.end(&closeError{code: codeNormal, echo: true})
		return
	}
	if !why.echo {
		v.hub.countBreach(why.code)
	}
	v.end(why)
	// The writer closes its half after the close frame; what the client still
	// says is of no interest, but unread it would reset the connection.
	_, _ = io.Copy(io.Discard, io.LimitReader(v.conn, maxMessage)) // it ends with the connection, or by the deadline
}

func (h *Hub) countBreach(code int) {
	switch code {
	case codeProtocol, codeUTF8:
		h.stats.breaches[breachProtocol].Add(1)
	case codePolicy:
		h.stats.breaches[breachPolicy].Add(1)
	case codeTooBig:
		h.stats.breaches[breachTooBig].Add(1)
	}
}

// handle takes one message or control frame.
func (v *viewer) handle(opcode byte, payload []byte) error {
	switch opcode {
	case opPing:
		return v.answer(appendFrame(nil, opPong, payload))
	case opPong:
		return nil
	case opClose:
		return &closeError{code: closeCode(payload), echo: true}
	}
	if !v.talks {
		return nil
	}
	interest, asked, err := wire.ParseWatch(payload)
	if err != nil {
		return v.answer(v.lang.say(wire.Message{Type: "error", Error: wire.ErrorName(err), Reason: err.Error()}))
	}
	if asked {
		v.mu.Lock()
		v.interest = &interest
		v.mu.Unlock()
		v.nudge()
	}
	return nil
}

// budget is a token bucket: burst at once, perTime a second.
type budget struct {
	left  float64
	since time.Time
}

func (b *budget) spend(now time.Time) bool {
	b.left = min(b.left+perTime*now.Sub(b.since).Seconds(), burst)
	b.since = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
