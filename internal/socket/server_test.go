package socket_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// node is a world with a hub, for a test in a bubble.
type node struct {
	world *live.World
	hub   *socket.Hub
	end   func()
}

func newNode() *node { return newNodeFor(everybody) }

func newNodeFor(grant func(*http.Request) (peyk.Grant, error)) *node {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: 100 * time.Millisecond, MaxCouriers: 100_000, Forget: 24 * time.Hour, Interval: time.Minute})
	hub := socket.NewHub(socket.Options{World: world, Who: socket.Granting(grant), Rand: func(time.Duration) time.Duration { return 0 }})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = world.Run(ctx, hub.Tell) })
	return &node{world, hub, func() { hub.Shutdown(ctx); cancel(); running.Wait() }}
}

func (n *node) take(t *testing.T, id string, lat float64) peyk.Report {
	t.Helper()
	r, _, err := n.world.Take(peyk.Report{Courier: peyk.Courier{ID: id, Username: "u" + id}, Position: peyk.Position{Lat: lat, Lon: 2}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// dial shakes hands over a pipe and returns the client's end.
func (n *node) dial(t *testing.T, protocol string) (net.Conn, *bufio.Reader) {
	t.Helper()
	near, far := net.Pipe()
	return near, n.shake(t, protocol, near, far)
}

// shake shakes hands over a connection whose ends are near and far.
func (n *node) shake(t *testing.T, protocol string, near, far net.Conn) *bufio.Reader {
	t.Helper()
	request := httptest.NewRequest("GET", "/ws", nil)
	request.Body = http.NoBody
	for key, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-Websocket-Version": "13", "Sec-Websocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
	} {
		request.Header.Set(key, value)
	}
	if protocol != "" {
		request.Header.Set("Sec-Websocket-Protocol", protocol)
	}
	go n.hub.ServeHTTP(&hijackable{conn: far}, request)
	in := bufio.NewReader(near)
	answer, err := http.ReadResponse(in, request)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake: %v, %v", answer, err)
	}
	if got := answer.Header.Get("Sec-Websocket-Protocol"); got != protocol {
		t.Fatalf("subprotocol = %q, want %q", got, protocol)
	}
	return in
}

// next reads one frame: text as it is, others as "opcode:payload", a close as "close CODE".
func next(t *testing.T, in *bufio.Reader) string {
	t.Helper()
	opcode, payload, err := readFrame(in)
	switch {
	case err != nil:
		return "end"
	case opcode == 1:
		return string(payload)
	case opcode == 8:
		return fmt.Sprintf("close %d", binary.BigEndian.Uint16(payload))
	}
	return fmt.Sprintf("%x:%s", opcode, payload)
}

// ping is what next returns for the server's pings, which come when they are due.
const ping = "9:"

// beat is how a message begins that breaks a silence, which a slow machine makes.
const beat = `{"type":"beat"`

// expect reads frames that begin with what is wanted, pings and beats aside.
func expect(t *testing.T, in *bufio.Reader, want ...string) {
	t.Helper()
	for _, w := range want {
		got := next(t, in)
		for got == ping && w != ping || strings.HasPrefix(got, beat) && !strings.HasPrefix(w, beat) {
			got = next(t, in)
		}
		if !strings.HasPrefix(got, w) {
			t.Fatalf("got %.300q, want %q…", got, w)
		}
	}
}

func send(t *testing.T, conn net.Conn, b []byte) {
	t.Helper()
	if _, err := conn.Write(b); err != nil {
		t.Fatal(err)
	}
}

const watchAll = `{"type":"watch","view":{"all":true}}`

func TestStayingConnected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		conn, in := n.dial(t, "peyk.v1.json")
		defer conn.Close()
		began := time.Now()
		expect(t, in, `{"type":"hello","epoch":"0000000000000007"`)
		send(t, conn, maskedText([]byte(watchAll)))
		expect(t, in, `{"type":"parts","parts":[[1,"all/everything"]]}`, `{"type":"upto"`)
		expect(t, in, `{"type":"beat","version":946684812500}`, ping, `{"type":"beat","version":946684825000}`)
		if waited := time.Since(began); waited != 25*time.Second {
			t.Errorf("the ping came after %v, want 25 s", waited)
		}
		n.take(t, "10", 35)
		expect(t, in, `{"type":"frame"`, `{"type":"upto"`)
		if waited := time.Since(began); waited != 25*time.Second {
			t.Errorf("after a quiet time a change waited until %v", waited)
		}
		n.take(t, "10", 36)
		expect(t, in, `{"type":"frame"`, `{"type":"upto"`)
		if waited := time.Since(began); waited != 25*time.Second+100*time.Millisecond {
			t.Errorf("the next tick came at %v, want a tick later", waited)
		}
	})
}

// TestHelloTellsTheTime, or who opens a map in the morning sees the couriers of
// the evening as if they had just been heard.
func TestHelloTellsTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		n.take(t, "10", 35)
		time.Sleep(8 * time.Hour)
		conn, in := n.dial(t, "peyk.v1.json")
		defer conn.Close()
		now := peyk.VersionAt(peyk.MicrosOf(time.Now()))
		if hello := message(t, in); hello.Type != "hello" || hello.Version != now {
			t.Errorf("the server begins with %+v, want hello and the version %d", hello, now)
		}
	})
}

func TestOriginalStream(t *testing.T) {
	for _, protocol := range []string{"", "echo-protocol"} {
		synctest.Test(t, func(t *testing.T) {
			n := newNode()
			defer n.end()
			n.take(t, "silent", 1)
			time.Sleep(3*time.Minute + time.Second)
			known := n.take(t, "10", 35.0001)
			synctest.Wait()
			conn, in := n.dial(t, protocol)
			defer conn.Close()
			expect(t, in, string(wire.AppendOriginal(nil, known, wire.Number)))
			// Within one tick: every position, in order, an outsider's as it came.
			time.Sleep(time.Second)
			first, second := n.take(t, "10", 36), n.take(t, "10", 37)
			raw := `{ "longitude":"51.5", "latitude":"35.5","user":{"id":"x","more":[]}, "colour":"red" }`
			stray, err := wire.ParseOriginal([]byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			if err := n.world.Hear(stray); err != nil {
				t.Fatal(err)
			}
			expect(t, in, string(wire.AppendOriginal(nil, first, wire.Number)), string(wire.AppendOriginal(nil, second, wire.Number)), raw)
			send(t, conn, maskedText([]byte("hello?")))
			last := n.take(t, "11", 1)
			expect(t, in, string(wire.AppendOriginal(nil, last, wire.Number)))
		})
	}
}

// TestSlowOriginal does not read for a while: then each courier's newest comes alone.
func TestSlowOriginal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		conn, in := n.dial(t, "")
		defer conn.Close()
		synctest.Wait()
		for i := range 50 {
			n.take(t, "10", float64(i))
			time.Sleep(time.Second)
		}
		expect(t, in, `{"latitude": 0.0, `, `{"latitude": 49.0, `)
		n.take(t, "11", 5)
		expect(t, in, `{"latitude": 5.0, `)
	})
}

func TestBadClientsAreClosed(t *testing.T) {
	clientPing := []byte{0x89, 0x80, 0, 0, 0, 0}
	for _, c := range []struct {
		name   string
		do     func(t *testing.T, conn net.Conn, in *bufio.Reader)
		want   string        // the last frames
		within time.Duration // exactly, on the fake clock
	}{
		{"unmasked", func(t *testing.T, conn net.Conn, _ *bufio.Reader) { send(t, conn, []byte{0x81, 1, 'x'}[:2]) }, "close 1002", 0},
		{"2^62 bytes", func(t *testing.T, conn net.Conn, _ *bufio.Reader) {
			send(t, conn, []byte{0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0})
		}, "close 1009", 0},
		{"half a header, then nothing", func(t *testing.T, conn net.Conn, _ *bufio.Reader) { send(t, conn, []byte{0x81}) }, "end", 10 * time.Second},
		{"never a word", func(*testing.T, net.Conn, *bufio.Reader) {}, "end", 150 * time.Second},
		{"closes", func(t *testing.T, conn net.Conn, _ *bufio.Reader) {
			send(t, conn, []byte{0x88, 0x82, 0, 0, 0, 0, 0x0f, 0xa1})
		}, "close 4001", 0},
		{"too many pings in a row", func(t *testing.T, conn net.Conn, in *bufio.Reader) {
			for range 100 {
				send(t, conn, clientPing)
				expect(t, in, "a:")
			}
			send(t, conn, clientPing)
		}, "close 1008", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := newNode()
				defer n.end()
				conn, in := n.dial(t, "")
				defer conn.Close()
				began := time.Now()
				c.do(t, conn, in)
				got := next(t, in)
				for got == ping || got == "a:" {
					got = next(t, in)
				}
				if got != c.want || time.Since(began) != c.within {
					t.Errorf("%s after %v, want %s after %v", got, time.Since(began), c.want, c.within)
				}
			})
		})
	}
}

func TestWhatIsNotUnderstoodIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		conn, in := n.dial(t, "peyk.v1.json")
		defer conn.Close()
		expect(t, in, `{"type":"hello"`)
		for message, want := range map[string]string{
			`hello`:            `{"type":"error","error":"bad_message"`,
			`{"type":7}`:       `{"type":"error","error":"bad_message"`,
			`{"type":"watch"}`: `{"type":"error","error":"unknown_view"`,
			`{"type":"watch","view":{"planet":"mars"}}`: `{"type":"error","error":"unknown_view"`,
		} {
			send(t, conn, maskedText([]byte(message)))
			expect(t, in, want)
		}
		send(t, conn, maskedText([]byte(`{"type":"dance"}`)))
		send(t, conn, maskedText([]byte(watchAll)))
		expect(t, in, `{"type":"parts"`)
	})
}

// TestStuckViewer takes no byte for two minutes, while another one reads on.
func TestStuckViewer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		stuck, _ := n.dial(t, "")
		defer stuck.Close()
		conn, in := n.dial(t, "")
		defer conn.Close()
		synctest.Wait()
		for i := range 60 {
			began := time.Now()
			n.take(t, "10", float64(i))
			expect(t, in, fmt.Sprintf(`{"latitude": %d.0, `, i))
			if time.Since(began) > 100*time.Millisecond {
				t.Fatalf("the reading viewer waited %v", time.Since(began))
			}
			time.Sleep(time.Second)
		}
		if s := n.hub.Stats(); s.Viewers != 2 {
			t.Fatalf("%d viewers after a minute, want 2", s.Viewers)
		}
		for range 70 { // the reader answers nothing, but it is not that which takes 150 s
			time.Sleep(time.Second)
		}
		if s := n.hub.Stats(); s.Viewers != 1 || s.Stuck != 1 {
			t.Fatalf("%+v after two minutes, want one viewer, one stuck", s)
		}
	})
}

func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		conn, in := n.dial(t, "peyk.v1.json")
		defer conn.Close()
		expect(t, in, `{"type":"hello"`)
		stuck, _ := n.dial(t, "peyk.v1.json")
		defer stuck.Close()
		synctest.Wait()
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		told := make(chan string)
		go func() { told <- next(t, in) + next(t, in) + next(t, in) }()
		n.hub.Shutdown(ctx)
		if took := time.Since(began); took > time.Second {
			t.Errorf("shutdown took %v", took)
		}
		if got, want := <-told, `{"type":"bye","code":1001,"reason":"the server stops","after":500}close 1001end`; got != want {
			t.Errorf("told %q, want %q", got, want)
		}
		n.end()
	})
}

// TestHandshakes speaks to a real server, byte by byte.
func TestHandshakes(t *testing.T) {
	refusing := map[string]error{"nobody": peyk.ErrUnauthorized, "foreign": peyk.ErrForbidden, "broken": errors.New("disk on fire")}
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	server := serve(t, socket.Options{World: world, Who: socket.Granting(func(r *http.Request) (peyk.Grant, error) {
		if err := refusing[r.Header.Get("Who")]; err != nil {
			return peyk.Grant{}, err
		}
		return everybody(r)
	})})
	const good = "GET /ws HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	edit := func(old, with string) string { return strings.Replace(good, old, with, 1) }
	add := func(line string) string { return edit("\r\n\r\n", "\r\n"+line+"\r\n\r\n") }
	for _, c := range []struct{ name, request, want string }{
		{"good", good, "101"},
		{"its accept", good, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="},
		{"peyk.v1.json", add("Sec-WebSocket-Protocol: peyk.v1.json"), "Sec-WebSocket-Protocol: peyk.v1.json\r\n"},
		{"first that is known", add("Sec-WebSocket-Protocol: mqtt, echo-protocol, peyk.v1.json"), "Sec-WebSocket-Protocol: echo-protocol\r\n"},
		{"bearer beside", add("Sec-WebSocket-Protocol: bearer.abc, peyk.v1.json"), "Sec-WebSocket-Protocol: peyk.v1.json\r\n"},
		{"bearer alone", add("Sec-WebSocket-Protocol: bearer.abc"), "400"},
		{"unknown subprotocol", add("Sec-WebSocket-Protocol: mqtt"), "400"},
		{"no credential", add("Who: nobody"), "401"},
		{"its challenge", add("Who: nobody"), "Www-Authenticate: Bearer"},
		{"foreign", add("Who: foreign"), "403"},
		{"fault behind", add("Who: broken"), "500"},
		{"POST", edit("GET", "POST"), "405"},
		{"HTTP/1.0", edit("HTTP/1.1", "HTTP/1.0"), "400"},
		{"no upgrade", edit("Upgrade: WebSocket\r\n", ""), "426"},
		{"no connection", edit("Connection: keep-alive, Upgrade\r\n", ""), "426"},
		{"version 12", edit("Version: 13", "Version: 12"), "426"},
		{"what is spoken", edit("Version: 13", "Version: 12"), "Sec-Websocket-Version: 13"},
		{"no version", edit("Sec-WebSocket-Version: 13\r\n", ""), "426"},
		{"no key", edit("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""), "400"},
		{"short key", edit("dGhlIHNhbXBsZSBub25jZQ==", "abc"), "400"},
		{"key that is not base64", edit("dGhlIHNhbXBsZSBub25jZQ==", "!!!!IHNhbXBsZSBub25jZQ=="), "400"},
		{"two keys", add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="), "400"},
		{"body", add("Content-Length: 3") + "abc", "400"},
	} {
		t.Run(c.name, func(t *testing.T) {
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			wait(t, conn)
			send(t, conn, []byte(c.request))
			var head strings.Builder
			for in := bufio.NewReader(conn); !strings.Contains(head.String(), "\r\n\r\n"); {
				b, err := in.ReadByte()
				if err != nil {
					t.Fatalf("answer %q ends with %v", head.String(), err)
				}
				head.WriteByte(b)
			}
			if got := head.String(); !strings.Contains(got, c.want) {
				t.Errorf("answer %q, want %s", got, c.want)
			}
		})
	}
}

// TestEarlyFrames come in the same packet as the handshake.
func TestEarlyFrames(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	server := serve(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	wait(t, conn)
	send(t, conn, append([]byte("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Protocol: peyk.v1.json\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), maskedText([]byte(watchAll))...))
	in := bufio.NewReader(conn)
	if _, err := http.ReadResponse(in, nil); err != nil {
		t.Fatal(err)
	}
	expect(t, in, `{"type":"hello"`, `{"type":"parts"`, `{"type":"upto"`)
	send(t, conn, []byte{0x88, 0x80, 0, 0, 0, 0})
	expect(t, in, "close 1000")
	if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
		t.Errorf("after the close: %v, want an orderly end", err)
	}
}

// serve runs a hub behind a real server until the test ends.
func serve(t testing.TB, o socket.Options) *httptest.Server {
	t.Helper()
	_, server := serveHub(t, o)
	return server
}

func serveHub(t testing.TB, o socket.Options) (*socket.Hub, *httptest.Server) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serveOn(t, o, l)
}

func serveOn(t testing.TB, o socket.Options, l net.Listener) (*socket.Hub, *httptest.Server) {
	t.Helper()
	hub := socket.NewHub(o)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := hub.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	running.Go(func() { _ = o.World.Run(ctx, hub.Tell) })
	eventually(t, "the hub runs", hub.HasLoops)
	server := &httptest.Server{Listener: l, Config: &http.Server{Handler: hub}}
	server.Start()
	t.Cleanup(func() {
		hub.Shutdown(ctx)
		server.Close()
		cancel()
		running.Wait()
	})
	return hub, server
}

// TestEmptyParts opens a box of many tiles with nobody in them: nothing is said
// of them but upto. Who has had something of a part is told that it is empty.
func TestEmptyParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		const box = `{"type":"watch","view":{"box":[34.9,1.9,35.1,2.1],"zoom":12}`
		watch := func(have string) (net.Conn, *bufio.Reader) {
			conn, in := n.dial(t, "peyk.v1.json")
			expect(t, in, `{"type":"hello"`)
			send(t, conn, maskedText([]byte(box+have+"}")))
			return conn, in
		}
		conn, in := watch("")
		defer conn.Close()
		parts := message(t, in)
		expect(t, in, `{"type":"upto"`)

		n.take(t, "10", 35)
		entered := message(t, in).Frame
		if entered.Full || entered.From == 0 || len(entered.Entries) != 2 {
			t.Errorf("who enters an empty part is told by %+v, want a difference", entered)
		}
		expect(t, in, `{"type":"upto"`)
		n.take(t, "10", -35)
		expect(t, in, fmt.Sprintf(`{"type":"frame","part":%d,`, entered.Part), `{"type":"upto"`)

		at := slices.IndexFunc(parts.Parts, func(w peyk.Watched) bool { return w.Number == entered.Part })
		back, in := watch(fmt.Sprintf(`,"epoch":"0000000000000007","have":{%q:5}`, parts.Parts[at].Part))
		defer back.Close()
		message(t, in) // parts
		gone := message(t, in).Frame
		if gone.Part != entered.Part || !gone.Full || gone.More || len(gone.Entries) != 0 {
			t.Errorf("a part that is empty now is told by %+v, want a full frame without couriers", gone)
		}
		expect(t, in, `{"type":"upto"`)
	})
}

// message reads one message of peyk.v1.json.
func message(t *testing.T, in *bufio.Reader) wire.Message {
	t.Helper()
	m, err := wire.ParseMessage([]byte(next(t, in)))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
