package socket

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// echoBounds are those of the echo build, which the cases with long messages need.
var echoBounds = bounds{message: 16 << 20, fragments: 1 << 20}

// echo serves a WebSocket that says what it hears, by the parser, the framing
// and the handshake of viewers.
func echo(w http.ResponseWriter, r *http.Request) {
	conn, early, err := takeOver(w, switching(r.Header.Get("Sec-Websocket-Key"), ""))
	if err != nil {
		return
	}
	defer conn.Close()
	p := parser{bounds: &echoBounds}
	buf := make([]byte, 64<<10)
	for b := early; err == nil; {
		err = p.push(b, func(opcode byte, payload []byte) error { return say(conn, opcode, payload) })
		if err == nil {
			var n int
			n, err = conn.Read(buf)
			b = buf[:n]
		}
	}
	if why, ok := errors.AsType[*closeError](err); ok {
		_, _ = conn.Write(appendClose(nil, why.code, why.reason)) // the client may be gone
		_ = conn.(*net.TCPConn).CloseWrite()
		_ = conn.SetReadDeadline(time.Now().Add(patience)) // who is slow still reads the close
		_, _ = io.Copy(io.Discard, conn)
	}
}

func say(conn net.Conn, opcode byte, payload []byte) error {
	switch opcode {
	case opClose:
		return &closeError{code: closeCode(payload), echo: true}
	case opPing:
		opcode = opPong
	case opPong:
		return nil
	}
	_, err := conn.Write(appendFrame(nil, opcode, payload))
	return err
}

// session is a client of the echo build.
type session struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func openSession(t *testing.T, server *httptest.Server) *session {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	s := &session{t, conn, bufio.NewReaderSize(conn, 64<<10)}
	s.send([]byte("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
	if answer, err := http.ReadResponse(s.in, nil); err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake: %v, %v", answer, err)
	}
	return s
}

func (s *session) send(b []byte) {
	s.t.Helper()
	if _, err := s.conn.Write(b); err != nil {
		s.t.Fatal(err)
	}
}

// next reads a frame: "opcode:payload", "8:CODE" for a close, "end" at the end
// of the connection, or what went wrong.
func (s *session) next() string {
	_ = s.conn.SetReadDeadline(time.Now().Add(3 * patience)) // a frame may be long
	var head [10]byte
	if _, err := io.ReadFull(s.in, head[:2]); err == io.EOF {
		return "end"
	} else if err != nil {
		return err.Error()
	}
	size, length := 2, uint64(head[1])
	switch head[1] {
	case 126:
		size, length = 4, 0
	case 127:
		size, length = 10, 0
	}
	if _, err := io.ReadFull(s.in, head[2:size]); err != nil {
		return err.Error()
	}
	for _, b := range head[2:size] {
		length = length<<8 | uint64(b)
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(s.in, payload); err != nil || head[0]&bitFin == 0 {
		return fmt.Sprintf("frame % x: %v", head, err)
	}
	if head[0]&15 == opClose {
		return fmt.Sprintf("8:%d", closeCode(payload))
	}
	return fmt.Sprintf("%x:%s", head[0]&15, payload)
}

func (s *session) expect(want ...string) {
	s.t.Helper()
	for _, w := range want {
		if got := s.next(); got != w {
			s.t.Fatalf("got %.80q of %d bytes, want %.80q of %d", got, len(got), w, len(w))
		}
	}
}

// exchange is what is sent, frame by frame, and what comes back. Where it does
// not end with a close, the client closes and gets its 1000 back.
type exchange struct {
	name string
	sent [][]byte
	want []string
}

func (e exchange) over(s *session, sizes ...int) {
	s.t.Helper()
	go func() { // what comes back must not wait for what is sent
		for _, piece := range cutTo(e.sent, sizes) {
			if _, err := s.conn.Write(piece); err != nil {
				return // it has closed
			}
		}
	}()
	s.expect(e.want...)
	if len(e.want) == 0 || !strings.HasPrefix(e.want[len(e.want)-1], "8:") {
		s.send(frame(0x88, "\x03\xe8"))
		s.expect("8:1000")
	}
	s.expect("end")
}

// cutTo cuts frames into pieces of the size; without one, each frame is a piece.
func cutTo(frames [][]byte, size []int) (pieces [][]byte) {
	if len(size) == 0 {
		return frames
	}
	for rest := join(frames...); len(rest) > 0; {
		n := min(size[0], len(rest))
		pieces, rest = append(pieces, rest[:n]), rest[n:]
	}
	return pieces
}

// TestCoreCases are the core cases of RFC 6455 over real sockets, by the numbers
// of the public conformance suite.
func TestCoreCases(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(echo))
	defer server.Close()
	for _, cases := range [][]exchange{messages(), pings(), forbidden(), fragments(), texts(), closes()} {
		for _, e := range cases {
			t.Run(e.name, func(t *testing.T) {
				e.over(openSession(t, server))
				e.over(openSession(t, server), 1<<20)
				if total := len(join(e.sent...)); total < 2000 {
					e.over(openSession(t, server), 1)
				} else if total < 100_000 {
					e.over(openSession(t, server), 997)
				}
			})
		}
	}
}

func messages() (list []exchange) {
	for kind, b := range map[byte]string{1: "*", 2: "\xfe"} {
		for i, n := range []int{0, 125, 126, 127, 128, 65535, 65536} {
			payload := strings.Repeat(b, n)
			list = append(list, exchange{fmt.Sprintf("1.%d.%d", kind, i+1), [][]byte{frame(0x80|kind, payload)}, []string{fmt.Sprintf("%d:%s", kind, payload)}})
		}
	}
	return list
}

func pings() (list []exchange) {
	for i, payload := range []string{"", "Hello, world!", "\x00\xff\xfe\xfd\xfc\xfb\x00\xff", strings.Repeat("\xfe", 125)} {
		list = append(list, exchange{fmt.Sprintf("2.%d", i+1), [][]byte{frame(0x89, payload)}, []string{"a:" + payload}})
	}
	ten := exchange{name: "2.10 and 2.11"}
	for i := range 10 {
		ten.sent, ten.want = append(ten.sent, frame(0x89, fmt.Sprint(i))), append(ten.want, fmt.Sprint("a:", i))
	}
	return append(list, ten,
		exchange{"2.5", [][]byte{frame(0x89, strings.Repeat("\xfe", 126))}, []string{"8:1002"}},
		exchange{"2.7", [][]byte{frame(0x8a, "")}, nil},
		exchange{"2.8", [][]byte{frame(0x8a, "unsolicited")}, nil},
		exchange{"2.9", [][]byte{frame(0x8a, "unsolicited"), frame(0x89, "ping")}, []string{"a:ping"}},
	)
}

// forbidden bits and opcodes: an echo of what came before, then the end, and no
// answer to what follows.
func forbidden() (list []exchange) {
	good, ping := frame(0x81, "Hello"), frame(0x89, "")
	add := func(name string, bad []byte) {
		list = append(list,
			exchange{name, [][]byte{bad}, []string{"8:1002"}},
			exchange{name + " after text, before a ping", [][]byte{good, bad, ping}, []string{"1:Hello", "8:1002"}})
	}
	for rsv := range byte(7) {
		for head, name := range map[byte]string{0x81: "text", 0x82: "binary", 0x89: "ping", 0x88: "close"} {
			add(fmt.Sprintf("3.%d %s", rsv+1, name), frame(head|(rsv+1)<<4, "x"))
		}
	}
	for _, opcode := range []byte{3, 4, 5, 6, 7, 11, 12, 13, 14, 15} {
		add(fmt.Sprintf("4.%d.x empty opcode %d", 1+opcode/8, opcode), frame(0x80|opcode, ""))
		add(fmt.Sprintf("4.%d.x opcode %d", 1+opcode/8, opcode), frame(0x80|opcode, "payload"))
	}
	add("5.1", frame(0x09, "fragment"))
	add("5.2", frame(0x0a, "fragment"))
	add("5.9 to 5.11", frame(0x80, "continued"))
	add("5.12 to 5.14", frame(0x00, "continued"))
	add("5.18", join(frame(0x01, "one"), frame(0x81, "two")))
	return list
}

func fragments() []exchange {
	one, two := frame(0x01, "fragment1"), frame(0x80, "fragment2")
	both := []string{"1:fragment1fragment2"}
	stray := [][]byte{one, two, frame(0x00, "a"), frame(0x80, "b")}
	var many [][]byte
	text := strings.Repeat("*", 65536)
	for rest := text; rest != ""; {
		n := min(1300, len(rest))
		many, rest = append(many, frame(0x00, rest[:n])), rest[n:]
	}
	many[0][0] |= opText
	many[len(many)-1][0] |= bitFin
	return []exchange{
		{"5.3 to 5.5", [][]byte{one, two}, both},
		{"5.6 to 5.8", [][]byte{one, frame(0x89, "ping"), two}, append([]string{"a:ping"}, both...)},
		{"5.15 to 5.17", stray, append(both, "8:1002")},
		{"6.1.1", [][]byte{frame(0x81, "")}, []string{"1:"}},
		{"6.1.2", [][]byte{frame(0x01, ""), frame(0x00, ""), frame(0x80, "")}, []string{"1:"}},
		{"6.1.3", [][]byte{frame(0x01, ""), frame(0x00, "x"), frame(0x80, "")}, []string{"1:x"}},
		{"10.1.1", many, []string{"1:" + text}},
	}
}

// texts are those of the table of Markus Kuhn, and a few more.
func texts() (list []exchange) {
	add := func(name, text string, good bool) {
		want := []string{"8:1007"}
		if good {
			want = []string{"1:" + text}
		}
		list = append(list, exchange{name, [][]byte{frame(0x81, text)}, want}, exchange{name + " in fragments of a byte", bytewise(text), want})
	}
	add("6.2", "Hello-µ@ßöäüàá-UTF-8!!", true)
	list = append(list, exchange{"6.2.2", [][]byte{frame(0x01, "Hello-µ@ßöä"), frame(0x80, "üàá-UTF-8!!")}, []string{"1:Hello-µ@ßöäüàá-UTF-8!!"}})
	add("6.3", "κόσμε\xed\xa0\x80edited", false)
	for _, group := range kuhn {
		for i, digits := range strings.Fields(group.texts) {
			text, err := hex.DecodeString(digits)
			if err != nil {
				panic(err)
			}
			add(fmt.Sprintf("6.%d.%d", group.id, i+1), string(text), group.good)
		}
	}
	for plane := range rune(17) {
		for _, r := range []rune{0xfffe, 0xffff} {
			add(fmt.Sprintf("6.22 U+%X", plane<<16|r), string(plane<<16|r), true)
		}
	}
	return list
}

func bytewise(text string) (frames [][]byte) {
	for i := range len(text) {
		frames = append(frames, frame(0x00, text[i:i+1]))
	}
	if len(frames) == 0 {
		return [][]byte{frame(0x81, "")}
	}
	frames[0][0] |= opText
	frames[len(frames)-1][0] |= bitFin
	return frames
}

// kuhn is the table, in hexadecimal.
var kuhn = []struct {
	id    int
	good  bool
	texts string
}{
	{5, true, "68656c6c6f24776f726c64 68656c6c6fc2a2776f726c64 68656c6c6fe282ac776f726c64 68656c6c6ff0a4ada2776f726c64 cebae1bdb9cf83cebcceb5"},
	{6, true, "ceba cebae1bdb9 cebae1bdb9cf83 cebae1bdb9cf83cebc cebae1bdb9cf83cebcceb5"},
	{6, false, "ce cebae1 cebae1bd cebae1bdb9cf cebae1bdb9cf83ce cebae1bdb9cf83cebcce"},
	{7, true, "00 c280 e0a080 f0908080"},
	{8, false, "f888808080 fc8480808080"},
	{9, true, "7f dfbf efbfbf f48fbfbf"},
	{10, false, "f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf"},
	{11, true, "ed9fbf ee8080 efbfbd f48fbfbf"},
	{11, false, "f4908080"},
	{12, false, "80 bf 80bf 80bf80 80bf80bf 80bf80bf80 80bf80bf80bf " +
		"808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbe"},
	{13, false, "c020c120c220c320c420c520c620c720c820c920ca20cb20cc20cd20ce20cf20d020d120d220d320d420d520d620d720d820d920da20db20dc20dd20de20df20 " +
		"e020e120e220e320e420e520e620e720e820e920ea20eb20ec20ed20ee20ef20 f020f120f220f320f420f520f620f720 f820f920fa20fb20 fc20fd20"},
	{14, false, "c0 e080 f08080 f8808080 fc80808080 df efbf f7bfbf fbbfbfbf fdbfbfbfbf"},
	{15, false, "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf"},
	{16, false, "fe ff fefeffff"},
	{17, false, "c0af e080af f08080af f8808080af fc80808080af"},
	{18, false, "c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf"},
	{19, false, "c080 e08080 f0808080 f880808080 fc8080808080"},
	{20, false, "eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf"},
	{21, false, "eda080edb080 eda080edbfbf edadbfedb080 edadbfedbfbf edae80edb080 edae80edbfbf edafbfedb080 edafbfedbfbf"},
	{23, true, "efbfb9 efbfba efbfbb efbfbc efbfbd efbfbe efbfbf"},
}

func closes() []exchange {
	status := func(code int, reason string) []byte {
		return frame(0x88, string(binary.BigEndian.AppendUint16(nil, uint16(code)))+reason)
	}
	text := frame(0x81, "Hello")
	list := []exchange{
		{"7.1.1", [][]byte{text, status(1000, "")}, []string{"1:Hello", "8:1000"}},
		{"7.1.2", [][]byte{status(1000, ""), status(1000, "")}, []string{"8:1000"}},
		{"7.1.3", [][]byte{status(1000, ""), frame(0x89, "")}, []string{"8:1000"}},
		{"7.1.4", [][]byte{status(1000, ""), text}, []string{"8:1000"}},
		{"7.1.5", [][]byte{frame(0x01, "fragment1"), status(1000, ""), frame(0x80, "fragment2")}, []string{"8:1000"}},
		{"7.3.1", [][]byte{frame(0x88, "")}, []string{"8:1000"}},
		{"7.3.2", [][]byte{frame(0x88, "a")}, []string{"8:1002"}},
		{"7.3.4", [][]byte{status(1000, "Hello World!")}, []string{"8:1000"}},
		{"7.3.5", [][]byte{status(1000, strings.Repeat("*", 123))}, []string{"8:1000"}},
		{"7.3.6", [][]byte{status(1000, strings.Repeat("*", 124))}, []string{"8:1002"}},
		{"7.5.1", [][]byte{status(1000, "κόσμε\xed\xa0\x80edited")}, []string{"8:1007"}},
	}
	for _, code := range []int{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999} {
		list = append(list, exchange{fmt.Sprintf("7.7 %d", code), [][]byte{status(code, "")}, []string{fmt.Sprintf("8:%d", code)}})
	}
	for _, code := range []int{0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535} {
		list = append(list, exchange{fmt.Sprintf("7.9 %d", code), [][]byte{status(code, "")}, []string{"8:1002"}})
	}
	return list
}

// TestCasesThatWait are those in which the client waits for an answer, or for
// the end, before it goes on.
func TestCasesThatWait(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(echo))
	defer server.Close()
	t.Run("5.19 and 5.20", func(t *testing.T) {
		s := openSession(t, server)
		s.send(frame(0x01, "one"))
		for _, fragment := range []string{"two", "three", "four"} {
			s.send(join(frame(0x00, fragment), frame(0x89, "ping after "+fragment)))
			s.expect("a:ping after " + fragment)
		}
		s.send(frame(0x80, "five"))
		s.expect("1:onetwothreefourfive")
	})
	whole := frame(0x81, "κόσμε\xf4\x90\x80\x80edited")
	header := len(whole) - len("κόσμε\xf4\x90\x80\x80edited")
	for name, pieces := range map[string][2][]byte{
		"6.4.1": {frame(0x01, "κόσμε"), frame(0x00, "\xf4\x90\x80\x80")},
		"6.4.2": {frame(0x01, "κόσμε\xf4"), frame(0x00, "\x90")},
		"6.4.3": {whole[:header+len("κόσμε")], whole[header+len("κόσμε") : header+len("κόσμε")+4]},
		"6.4.4": {whole[:header+len("κόσμε")+1], whole[header+len("κόσμε")+1 : header+len("κόσμε")+2]},
	} {
		t.Run(name, func(t *testing.T) { // the third part never comes
			s := openSession(t, server)
			s.send(pieces[0])
			s.send(pieces[1])
			s.expect("8:1007", "end")
		})
	}
}

// TestLongMessages are the cases 9: sizes, fragments and pieces.
func TestLongMessages(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(echo))
	defer server.Close()
	for kind, most := range map[byte]int{opText: 1 << 20, opBinary: 16 << 20} { // text is looked at byte by byte: slow enough with the race detector
		for size := 64 << 10; size <= most; size *= 4 {
			payload := strings.Repeat("*", size)
			e := exchange{sent: [][]byte{frame(0x80|kind, payload)}, want: []string{fmt.Sprintf("%d:%s", kind, payload)}}
			t.Run(fmt.Sprintf("9.%d size=%d", kind, size), func(t *testing.T) { e.over(openSession(t, server)) })
		}
		payload := strings.Repeat("*", most/4)
		want := []string{fmt.Sprintf("%d:%s", kind, payload)}
		for size := 64; size <= len(payload); size *= 16 {
			var sent bytes.Buffer
			for rest := payload; rest != ""; rest = rest[size:] {
				sent.Write(frame(head(kind, len(rest) == len(payload), len(rest) == size), rest[:size]))
			}
			e := exchange{sent: [][]byte{sent.Bytes()}, want: want}
			t.Run(fmt.Sprintf("9.%d fragments=%d", 2+kind, size), func(t *testing.T) { e.over(openSession(t, server), 1<<20) })
		}
		e := exchange{sent: [][]byte{frame(0x80|kind, payload[:256<<10])}, want: []string{want[0][:2+256<<10]}}
		for size := 64; size <= 2048; size *= 2 {
			t.Run(fmt.Sprintf("9.%d pieces=%d", 4+kind, size), func(t *testing.T) { e.over(openSession(t, server), size) })
		}
		t.Run(fmt.Sprintf("9.%d", 6+kind), func(t *testing.T) {
			s := openSession(t, server)
			for i := range 1000 {
				s.send(frame(0x80|kind, payload[:i]))
				s.expect(want[0][:2+i])
			}
		})
	}
}

// head is that of a frame of a message.
func head(kind byte, first, last bool) (b byte) {
	if first {
		b = kind
	}
	if last {
		b |= bitFin
	}
	return b
}
