package socket

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"peyk/internal/live"
)

// said is what a parser made of bytes: messages and control frames as
// "opcode:payload", then the close code that ended it, 0 if none.
type said struct {
	events []string
	code   int
}

// parse feeds the bytes in pieces of the given size.
func parse(b []byte, size int) (s said) {
	p := parser{bounds: &viewerBounds}
	for len(b) > 0 && s.code == 0 {
		n := min(size, len(b))
		err := p.push(b[:n], func(opcode byte, payload []byte) error {
			s.events = append(s.events, fmt.Sprintf("%x:%s", opcode, payload))
			return nil
		})
		if why, ok := errors.AsType[*closeError](err); ok {
			s.code = why.code
		}
		b = b[n:]
	}
	return s
}

// frame is a masked frame as clients send it; head is FIN, RSV and opcode.
func frame(head byte, payload string) []byte {
	b := appendFrame(nil, 0, []byte(payload))
	b[0] = head
	b[1] |= bitMask
	mask := [4]byte{0x37, 0xfa, 0x21, 0x3d}
	header := len(b) - len(payload)
	out := append(append(b[:header:header], mask[:]...), payload...)
	for i := range len(payload) {
		out[header+4+i] ^= mask[i&3]
	}
	return out
}

func join(frames ...[]byte) []byte { return bytes.Join(frames, nil) }

// TestParser has what the cases of TestCoreCases leave out.
func TestParser(t *testing.T) {
	long := strings.Repeat("*", 65535)
	length := func(b []byte, n uint64) []byte { binary.BigEndian.PutUint64(b[2:], n); return b }
	for _, c := range []struct {
		name string
		sent []byte
		want said
	}{
		{"text of 65537", frame(0x81, long+"**"), said{nil, 1009}},
		{"binary need not be UTF-8", frame(0x82, "\xff"), said{[]string{"2:\xff"}, 0}},
		{"unmasked", appendFrame(nil, opText, []byte("x")), said{nil, 1002}},
		{"length with its highest bit", length(frame(0x81, long+"*"), 1<<63|1), said{nil, 1002}},
		{"length 2^62, at the header", length(frame(0x81, long+"*"), 1<<62)[:14], said{nil, 1009}},
		{"5 bytes in the form for 126", []byte{0x81, 0x80 | 126, 0, 5, 0, 0, 0, 0}, said{nil, 1002}},
		{"5 bytes in the form for 127", []byte{0x81, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0, 5}, said{nil, 1002}},
		{"64 fragments", join(frame(0x01, ""), bytes.Repeat(frame(0x00, ""), 62), frame(0x80, "x")), said{[]string{"1:x"}, 0}},
		{"10,000 empty fragments", join(frame(0x01, ""), bytes.Repeat(frame(0x00, ""), 10_000)), said{nil, 1008}},
		{"fragments longer than a message", join(frame(0x01, long), frame(0x00, "12")), said{nil, 1009}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, size := range []int{1, 2, 3, 7, 997, len(c.sent)} {
				if size > 3 && size < 900 && len(c.sent) > 10_000 {
					continue
				}
				got := parse(c.sent, size)
				if got.code != c.want.code || strings.Join(got.events, "|") != strings.Join(c.want.events, "|") {
					t.Fatalf("in pieces of %d: code %d with %d events, want %d with %d", size, got.code, len(got.events), c.want.code, len(c.want.events))
				}
			}
		})
	}
}

// FuzzParser holds the parser against two promises: how bytes are cut changes
// nothing, and it keeps no more than its bounds.
func FuzzParser(f *testing.F) {
	f.Add(join(frame(0x01, "ab"), frame(0x89, "p"), frame(0x80, "ی"), frame(0x88, "\x03\xe8")), byte(3))
	f.Add(frame(0x81, strings.Repeat("x", 300)), byte(1))
	f.Fuzz(func(t *testing.T, sent []byte, size byte) {
		whole, cut := parse(sent, len(sent)+1), parse(sent, int(size)+1)
		if whole.code != cut.code || strings.Join(whole.events, "|") != strings.Join(cut.events, "|") {
			t.Errorf("whole: %q %d; in pieces of %d: %q %d", whole.events, whole.code, int(size)+1, cut.events, cut.code)
		}
		for _, event := range whole.events {
			if event[0] == '1' && !utf8.ValidString(event[2:]) || len(event) > maxMessage+2 {
				t.Errorf("let through %q", event)
			}
		}
	})
}

// TestAnswersThatNobodyReads must not pile up.
func TestAnswersThatNobodyReads(t *testing.T) {
	h := NewHub(Options{Who: Granting(nil), World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})})
	v := newViewer(h, h.languages["peyk.v1.json"], ofEverything())
	for i := range maxWaiting {
		if v.feed(frame(0x89, "p"), time.Now()); v.ending != nil {
			t.Fatalf("ended after %d pings: %v", i+1, v.ending)
		}
	}
	if v.feed(frame(0x89, "p"), time.Now()); v.ending == nil || v.ending.code != codePolicy {
		t.Errorf("ending = %v, want 1008", v.ending)
	}
}
