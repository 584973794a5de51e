package socket

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// bounds of what a client may send.
type bounds struct {
	message   uint64 // bytes
	fragments int    // frames of one message
}

// viewerBounds are those of viewers, who have little to say.
var viewerBounds = bounds{maxMessage, maxFragments}

const (
	maxMessage   = 64 << 10
	maxFragments = 64
)

// Close codes: RFC 6455, section 7.4.1.
const (
	codeNormal    = 1000
	codeGoingAway = 1001
	codeProtocol  = 1002
	codeNoStatus  = 1005
	codeUTF8      = 1007
	codePolicy    = 1008
	codeTooBig    = 1009
	codeTryLater  = 1013 // IANA's registry of close codes

	codeExpired = 4401 // ours: the viewer's right has ended
	codeRevoked = 4403 // ours: it was taken away
)

// closeError ends a connection with a code.
type closeError struct {
	code   int
	reason string
	echo   bool // the client closed, and gets its own code back
}

func (e *closeError) Error() string { return fmt.Sprintf("close %d: %s", e.code, e.reason) }

func breach(reason string) error { return &closeError{code: codeProtocol, reason: reason} }

// parser reads the frames of one client. It is fed what arrives, however it
// was cut, and holds no more than one message within its bounds and one
// control frame. It is strict: what RFC 6455 forbids is an error, and so is
// what would cost memory or time without end.
type parser struct {
	bounds  *bounds
	frames  uint32 // that have ended
	header  [maxHeader]byte
	got     int // bytes of header that have arrived
	inside  bool
	opcode  byte
	fin     bool
	mask    [4]byte
	masked  int    // payload bytes of this frame that have arrived
	left    uint64 // payload bytes of this frame still to come
	control []byte // payload of a control frame

	message   []byte
	kind      byte // of message: opText, opBinary, or 0 outside a message
	fragments int
	checked   int // bytes of message that are valid UTF-8 for certain
}

// between reports whether the parser stands between two frames.
func (p *parser) between() bool { return !p.inside && p.got == 0 }

// push reads b and calls handle for every whole message and control frame, in
// order. The payload is the parser's own and is valid during the call. After
// an error, which is a *closeError or handle's, the parser must not be used.
func (p *parser) push(b []byte, handle func(opcode byte, payload []byte) error) error {
	for len(b) > 0 {
		if !p.inside {
			p.header[p.got] = b[0]
			p.got++
			b = b[1:]
			if err := p.readHeader(); err != nil {
				return err
			}
			if !p.inside || p.left > 0 {
				continue
			}
		}
		n := int(min(uint64(len(b)), p.left))
		if err := p.payload(b[:n]); err != nil {
			return err
		}
		b = b[n:]
		if p.left > 0 {
			continue
		}
		if err := p.finish(handle); err != nil {
			return err
		}
	}
	return nil
}

// readHeader looks at the header as far as it has arrived. It complains as
// early as it can, so that nobody waits for the rest of what cannot be right.
func (p *parser) readHeader() error {
	switch p.got {
	case 1:
		return p.checkOpcode()
	case 2:
		if p.header[1]&bitMask == 0 {
			return breach("a client must mask its frames")
		}
		if p.opcode >= opClose && p.header[1]&^bitMask > maxControl {
			return breach("a control frame holds at most 125 bytes")
		}
	}
	size := 2 + 4
	switch p.header[1] &^ bitMask {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if p.got < 2 || p.got < size-4 {
		return nil
	}
	if p.got == size-4 { // all of the length, none of the mask
		return p.readLength()
	}
	if p.got == size {
		copy(p.mask[:], p.header[size-4:size])
		p.inside, p.got, p.masked = true, 0, 0
	}
	return nil
}

func (p *parser) checkOpcode() error {
	p.fin, p.opcode = p.header[0]&bitFin != 0, p.header[0]&0x0F
	switch {
	case p.header[0]&bitRSV != 0:
		return breach("no extension was agreed on")
	case p.opcode > opPong || p.opcode > opBinary && p.opcode < opClose:
		return breach("unknown opcode")
	case p.opcode >= opClose && !p.fin:
		return breach("a control frame may not be fragmented")
	case p.opcode == opContinuation && p.kind == 0:
		return breach("nothing to continue")
	case (p.opcode == opText || p.opcode == opBinary) && p.kind != 0:
		return breach("a new message inside another")
	}
	return nil
}

func (p *parser) readLength() error {
	switch short := p.header[1] &^ bitMask; short {
	case 126:
		p.left = uint64(binary.BigEndian.Uint16(p.header[2:]))
		if p.left < 126 {
			return breach("the length is not minimal")
		}
	case 127:
		p.left = binary.BigEndian.Uint64(p.header[2:])
		if p.left <= 0xFFFF || p.left >= 1<<63 {
			return breach("the length is not minimal or has its highest bit set")
		}
	default:
		p.left = uint64(short)
	}
	if p.opcode >= opClose {
		p.control = p.control[:0]
		return nil
	}
	if p.opcode != opContinuation {
		p.kind, p.fragments, p.checked, p.message = p.opcode, 0, 0, p.message[:0]
	}
	if p.fragments++; p.fragments > p.bounds.fragments {
		return &closeError{code: codePolicy, reason: "a message of too many fragments"}
	}
	if most := p.bounds.message; p.left > most || uint64(len(p.message))+p.left > most {
		return &closeError{code: codeTooBig, reason: "a message may hold " + strconv.FormatUint(most>>10, 10) + " KiB"}
	}
	return nil
}

// payload takes the next bytes of the frame. Text is checked as it comes:
// what can no longer become UTF-8 is not waited for.
func (p *parser) payload(b []byte) error {
	into := &p.message
	if p.opcode >= opClose {
		into = &p.control
	}
	start := len(*into)
	*into = append(*into, b...)
	for i := start; i < len(*into); i++ {
		(*into)[i] ^= p.mask[p.masked&3]
		p.masked++
	}
	p.left -= uint64(len(b))
	if p.opcode >= opClose || p.kind != opText {
		return nil
	}
	return p.checkText()
}

func (p *parser) checkText() error {
	for p.checked < len(p.message) {
		rest := p.message[p.checked:]
		if !utf8.FullRune(rest) {
			return nil
		}
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			return &closeError{code: codeUTF8, reason: "text that is not UTF-8"}
		}
		p.checked += size
	}
	return nil
}

// finish ends a frame.
func (p *parser) finish(handle func(byte, []byte) error) error {
	p.inside = false
	p.frames++
	if p.opcode == opClose {
		if err := checkClose(p.control); err != nil {
			return err
		}
	}
	if p.opcode >= opClose {
		return handle(p.opcode, p.control)
	}
	if !p.fin {
		return nil
	}
	kind := p.kind
	p.kind = 0
	if kind == opText && p.checked < len(p.message) {
		return &closeError{code: codeUTF8, reason: "text that ends inside a character"}
	}
	err := handle(kind, p.message)
	p.message = nil // there are many clients, and few say anything again
	return err
}

// checkClose checks the payload of a close frame: RFC 6455, sections 5.5.1 and 7.4.
func checkClose(payload []byte) error {
	if len(payload) == 0 {
		return nil
	}
	if len(payload) == 1 {
		return breach("half a close code")
	}
	code := binary.BigEndian.Uint16(payload)
	known := code >= 1000 && code <= 1014 && code != 1004 && code != codeNoStatus && code != 1006
	if !known && (code < 3000 || code > 4999) {
		return breach("a close code that may not be sent")
	}
	if !utf8.Valid(payload[2:]) {
		return &closeError{code: codeUTF8, reason: "a close reason that is not UTF-8"}
	}
	return nil
}
