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

	"peyk"
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
	var p parser
	for len(b) > 0 && s.code == 0 {
		n := min(size, len(b))
		err := p.push(b[:n], func(opcode byte, payload []byte) error {
			s.events = append(s.events, fmt.Sprintf("%x:%s", opcode, payload))
			return nil
		})
		if why := (*closeError)(nil); errors.As(err, &why) {
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

// TestParser has the core cases of RFC 6455, by the numbers of the public
// conformance suite, and what that suite leaves out.
func TestParser(t *testing.T) {
	long := strings.Repeat("*", 65535)
	length := func(b []byte, n uint64) []byte { binary.BigEndian.PutUint64(b[2:], n); return b }
	for _, c := range []struct {
		name string
		sent []byte
		want said
	}{
		{"1.1.1 empty text", frame(0x81, ""), said{[]string{"1:"}, 0}},
		{"1.1.2 text of 125", frame(0x81, long[:125]), said{[]string{"1:" + long[:125]}, 0}},
		{"1.1.3 text of 126", frame(0x81, long[:126]), said{[]string{"1:" + long[:126]}, 0}},
		{"1.1.6 text of 65535", frame(0x81, long), said{[]string{"1:" + long}, 0}},
		{"1.1.7 text of 65536", frame(0x81, long+"*"), said{[]string{"1:" + long + "*"}, 0}},
		{"text of 65537", frame(0x81, long+"**"), said{nil, 1009}},
		{"1.2.2 binary", frame(0x82, "\xfe\x00"), said{[]string{"2:\xfe\x00"}, 0}},
		{"2.1 empty ping", frame(0x89, ""), said{[]string{"9:"}, 0}},
		{"2.4 ping of 125", frame(0x89, long[:125]), said{[]string{"9:" + long[:125]}, 0}},
		{"2.5 ping of 126", frame(0x89, long[:126]), said{nil, 1002}},
		{"2.8 pong", frame(0x8a, "x"), said{[]string{"a:x"}, 0}},
		{"3.1 RSV3", join(frame(0x81, "a"), frame(0x91, "b")), said{[]string{"1:a"}, 1002}},
		{"3.4 RSV1", frame(0xc1, "b"), said{nil, 1002}},
		{"3.7 all RSV on close", frame(0xf8, ""), said{nil, 1002}},
		{"4.1.1 opcode 3", frame(0x83, ""), said{nil, 1002}},
		{"4.1.5 opcode 7", frame(0x87, "x"), said{nil, 1002}},
		{"4.2.1 opcode 11", frame(0x8b, ""), said{nil, 1002}},
		{"4.2.5 opcode 15", frame(0x8f, ""), said{nil, 1002}},
		{"5.1 ping in fragments", frame(0x09, "x"), said{nil, 1002}},
		{"5.3 two fragments", join(frame(0x01, "ab"), frame(0x80, "c")), said{[]string{"1:abc"}, 0}},
		{"5.6 ping between", join(frame(0x01, "ab"), frame(0x89, "p"), frame(0x80, "c")), said{[]string{"9:p", "1:abc"}, 0}},
		{"5.9 nothing to continue", frame(0x80, "x"), said{nil, 1002}},
		{"5.12 nothing to continue, unfinished", frame(0x00, "x"), said{nil, 1002}},
		{"5.15 continued after the end", join(frame(0x01, "a"), frame(0x80, "b"), frame(0x80, "c")), said{[]string{"1:ab"}, 1002}},
		{"5.18 text inside text", join(frame(0x01, "a"), frame(0x81, "b")), said{nil, 1002}},
		{"6.1.2 three empty fragments", join(frame(0x01, ""), frame(0x00, ""), frame(0x80, "")), said{[]string{"1:"}, 0}},
		{"6.2.3 characters cut", join(frame(0x01, "\xce"), frame(0x00, "\xba\xe1\xbd"), frame(0x80, "\xb9")), said{[]string{"1:\xce\xba\xe1\xbd\xb9"}, 0}},
		{"6.3.1 surrogate", frame(0x81, "κόσμε\xed\xa0\x80edited"), said{nil, 1007}},
		{"6.4.2 beyond U+10FFFF, found before the end", join(frame(0x01, "κόσμε"), frame(0x00, "\xf4\x90")), said{nil, 1007}},
		{"6.6 every prefix of a character", frame(0x81, "\xce"), said{nil, 1007}},
		{"6.22 non-characters are valid", frame(0x81, "\uffff\U0010ffff"), said{[]string{"1:\uffff\U0010ffff"}, 0}},
		{"binary need not be UTF-8", frame(0x82, "\xff"), said{[]string{"2:\xff"}, 0}},
		{"7.3.1 close", frame(0x88, ""), said{[]string{"8:"}, 0}},
		{"7.3.2 half a code", frame(0x88, "\x03"), said{nil, 1002}},
		{"7.3.5 reason of 123", frame(0x88, "\x03\xe8"+long[:123]), said{[]string{"8:\x03\xe8" + long[:123]}, 0}},
		{"7.3.6 reason of 124", frame(0x88, "\x03\xe8"+long[:124]), said{nil, 1002}},
		{"7.5.1 reason that is not UTF-8", frame(0x88, "\x03\xe8\xff"), said{nil, 1007}},
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

func TestCloseCodes(t *testing.T) {
	for code, good := range map[uint16]bool{
		0: false, 999: false, 1000: true, 1001: true, 1002: true, 1003: true, 1004: false, 1005: false, 1006: false, 1007: true,
		1008: true, 1009: true, 1010: true, 1011: true, 1016: false, 1100: false, 2000: false, 2999: false,
		3000: true, 3999: true, 4000: true, 4999: true, 5000: false, 65535: false,
	} {
		got := parse(frame(0x88, string(binary.BigEndian.AppendUint16(nil, code))), 100)
		if (got.code == 0) != good {
			t.Errorf("close with %d: ended with %d, want accepted %v", code, got.code, good)
		}
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
	h := NewHub(Options{World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})})
	v := newViewer(h, h.languages["peyk.v1.json"], []peyk.Scope{peyk.All})
	for i := range maxWaiting {
		if v.feed(frame(0x89, "p"), time.Now()); v.ending != nil {
			t.Fatalf("ended after %d pings: %v", i+1, v.ending)
		}
	}
	if v.feed(frame(0x89, "p"), time.Now()); v.ending == nil || v.ending.code != codePolicy {
		t.Errorf("ending = %v, want 1008", v.ending)
	}
}
