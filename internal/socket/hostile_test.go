package socket_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/socket"
)

// open shakes hands with a real server.
func open(t *testing.T, server *httptest.Server) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	wait(t, conn)
	send(t, conn, []byte("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Protocol: peyk.v1.json\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
	in := bufio.NewReader(conn)
	if answer, err := http.ReadResponse(in, nil); err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake: %v, %v", answer, err)
	}
	expect(t, in, `{"type":"hello"`)
	return conn, in
}

// wait gives the connection patience from now on.
func wait(t *testing.T, conn net.Conn) {
	t.Helper()
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
}

// masked is a client's frame with a mask of zeros; head is FIN, RSV and opcode.
func masked(head byte, payload string) []byte {
	b := []byte{head, 0x80 | byte(len(payload)), 0, 0, 0, 0}
	if len(payload) > 125 {
		b = []byte{head, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
		binary.BigEndian.PutUint64(b[2:], uint64(len(payload)))
	}
	return append(b, payload...)
}

// TestWhatTheCasesLeaveOut is what other servers let pass. All is refused as
// soon as it can be known; nobody is waited for.
func TestWhatTheCasesLeaveOut(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	server := serve(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	for _, c := range []struct {
		name string
		sent []byte
		want string
	}{
		{"unmasked", []byte{0x81, 0x01}, "close 1002"},
		{"length with its highest bit", []byte{0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1}, "close 1002"},
		{"length 2^62, then silence", []byte{0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0}, "close 1009"},
		{"64 KiB and a byte, then silence", []byte{0x82, 0xff, 0, 0, 0, 0, 0, 1, 0, 1}, "close 1009"},
		{"5 bytes in the form for 126", []byte{0x82, 0x80 | 126, 0, 5}, "close 1002"},
		{"5 bytes in the form for 127", []byte{0x82, 0x80 | 127, 0, 0, 0, 0, 0, 0, 0, 5}, "close 1002"},
		{"10,000 empty fragments", append(masked(0x01, ""), bytes.Repeat(masked(0x00, ""), 10_000)...), "close 1008"},
		{"fragments that are too long together", append(masked(0x01, strings.Repeat("x", 65536)), masked(0x00, "x")...), "close 1009"},
		{"RSV1 without an extension", []byte{0xc1}, "close 1002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn, in := open(t, server)
			send(t, conn, c.sent)
			expect(t, in, c.want)
			if _, err := in.ReadByte(); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("the connection goes on")
			}
		})
	}
}

// patience is how long a test waits for what comes at once, on a machine that
// does much else.
const patience = 20 * time.Second

// TestFloods closes who says too much, whatever it is and although it never
// stops, while somebody else gets every position.
func TestFloods(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	server := serve(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	witness, in := open(t, server)
	send(t, witness, maskedText([]byte(watchAll)))
	expect(t, in, `{"type":"parts"`, `{"type":"upto"`)
	floods := map[string][]byte{
		"pings":            bytes.Repeat(masked(0x89, ""), 1000),
		"pongs":            bytes.Repeat(masked(0x8a, ""), 1000),
		"tiny messages":    bytes.Repeat(masked(0x81, "{}"), 1000),
		"watches":          bytes.Repeat(maskedText([]byte(watchAll)), 1000),
		"empty fragments":  append(masked(0x01, ""), bytes.Repeat(masked(0x00, ""), 1000)...),
		"longest messages": bytes.Repeat(masked(0x82, strings.Repeat("x", 65536)), 10),
	}
	ended := make(chan string) // one value for each flood: what went wrong
	for name, sent := range floods {
		flooder, _ := open(t, server)
		if err := flooder.SetDeadline(time.Now().Add(3 * patience)); err != nil { // all at once are much to read
			t.Fatal(err)
		}
		go func() {
			var err error
			for err == nil {
				_, err = flooder.Write(sent)
			}
			if errors.Is(err, os.ErrDeadlineExceeded) {
				ended <- fmt.Sprintf("%s: nobody closes it", name)
				return
			}
			ended <- ""
		}()
	}
	for left, moves := len(floods), 0; left > 0; moves++ {
		select {
		case wrong := <-ended:
			if left--; wrong != "" {
				t.Error(wrong)
			}
		case <-time.After(2 * time.Millisecond):
			r := peyk.Report{Courier: peyk.Courier{ID: "1"}, Position: peyk.Position{Lat: float64(moves%90) + 0.5}}
			if _, _, err := world.Take(r); err != nil {
				t.Fatal(err)
			}
			wait(t, witness)
			expect(t, in, `{"type":"frame"`, `{"type":"upto"`)
		}
	}
}

// TestNothingIsWatchedInTheEnd: however viewers went, their parts are let go.
func TestNothingIsWatchedInTheEnd(t *testing.T) {
	var ahead atomic.Int64
	world := live.NewWorld(live.Options{
		Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour,
		Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
	})
	hub, server := serveHub(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	streams := httptest.NewServer(http.HandlerFunc(hub.ServeStream))
	defer streams.Close()
	ends := []func(conn net.Conn){
		func(conn net.Conn) { conn.Close() },
		func(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0); conn.Close() }, // a reset
		func(conn net.Conn) { send(t, conn, masked(0x88, "\x03\xe8")); _, _ = io.Copy(io.Discard, conn) },
		func(conn net.Conn) { send(t, conn, []byte{0}) },
		func(conn net.Conn) { send(t, conn, bytes.Repeat(masked(0x89, ""), 200)) },
	}
	for i := range 40 {
		conn, _ := open(t, server)
		send(t, conn, maskedText([]byte(watchAll)))
		send(t, conn, maskedText(fmt.Appendf(nil, `{"type":"watch","view":{"couriers":["1","2","%d"]}}`, i)))
		send(t, conn, maskedText([]byte(`{"type":"watch","view":{"box":[35,51,36,52],"zoom":12}}`)))
		ends[i%len(ends)](conn)
		if i%4 == 0 {
			answer, err := http.Get(streams.URL + "?box=35,51,36,52&zoom=9")
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
		}
	}
	eventually(t, "all viewers have gone", func() bool { return hub.Stats().Viewers == 0 })
	ahead.Store(int64(2 * time.Minute))
	eventually(t, "there are no parts that nobody watches", func() bool { return world.Stats().Parts == 0 })
}
