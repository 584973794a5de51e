package socket_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/live"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// everybody grants everything.
func everybody(*http.Request) (peyk.Grant, error) {
	return peyk.Grant{Actions: peyk.Watch | peyk.Publish | peyk.Manage, Scopes: []peyk.Scope{peyk.All}}, nil
}

// model is what the world must be, by the rules of the design alone: it shares
// no code with package live.
type model struct {
	now      func() peyk.Micros
	forget   time.Duration
	couriers map[string]peyk.Report
}

func (m *model) take(r peyk.Report) {
	last, known := m.couriers[r.Courier.ID]
	r.Position.Stamp = m.now()
	if known && r.Position.Stamp <= last.Position.Stamp {
		r.Position.Stamp = last.Position.Stamp + 1
	}
	m.put(r)
}

func (m *model) hear(r peyk.Report) {
	last, known := m.couriers[r.Courier.ID]
	now := m.now()
	none := now-r.Position.Stamp >= peyk.Micros(m.forget.Microseconds())
	switch stamp := r.Position.Stamp; {
	case none && known && last.Position.Stamp >= now:
		r.Position.Stamp = last.Position.Stamp + 1
	case none || stamp > now+5_000_000:
		r.Position.Stamp = now
	}
	if !known || r.Position.Stamp > last.Position.Stamp {
		m.put(r)
	}
}

func (m *model) put(r peyk.Report) {
	if last, known := m.couriers[r.Courier.ID]; known && r.Courier.Username == "" {
		r.Courier.Username = last.Courier.Username
	}
	m.couriers[r.Courier.ID] = r
}

// forgotten drops who was silent for too long.
func (m *model) forgotten() {
	for id, r := range m.couriers {
		if time.Duration(m.now()-r.Position.Stamp)*time.Microsecond >= m.forget {
			delete(m.couriers, id)
		}
	}
}

// spectator is a viewer at the other end of a pipe, which reads when it is let.
type spectator struct {
	fail    func(format string, args ...any)
	hub     *socket.Hub
	picture client.Picture
	conn    net.Conn
	reading chan struct{} // a token for each message it may read; closed: read on
	ended   chan struct{}
	mu      sync.Mutex // guards picture
}

// connect shakes hands over a pipe.
func (s *spectator) connect() {
	near, far := net.Pipe()
	s.conn, s.reading, s.ended = near, make(chan struct{}, 1000), make(chan struct{})
	request := httptest.NewRequest("GET", "/ws", nil)
	request.Body, request.ContentLength = http.NoBody, 0
	for key, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-Websocket-Version": "13",
		"Sec-Websocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-Websocket-Protocol": "peyk.v1.json",
	} {
		request.Header.Set(key, value)
	}
	go s.hub.ServeHTTP(&hijackable{conn: far}, request)
	in := bufio.NewReader(near)
	if answer, err := http.ReadResponse(in, request); err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		s.fail("handshake: %v, %v", answer, err)
	}
	go s.follow(in, near, s.reading, s.ended)
}

// follow reads frames and keeps the picture.
func (s *spectator) follow(in *bufio.Reader, conn net.Conn, reading, ended chan struct{}) {
	defer close(ended)
	for {
		<-reading
		opcode, payload, err := readFrame(in)
		if err != nil {
			return
		}
		if opcode != 1 {
			continue
		}
		if len(payload) > wire.MaxFrame {
			s.fail("a message of %d bytes", len(payload))
		}
		m, err := wire.ParseMessage(payload)
		if err != nil {
			s.fail("message %q: %v", payload, err)
		}
		s.mu.Lock()
		if err := s.picture.Apply(m); err != nil {
			s.fail("message %q: %v", payload, err)
		}
		watch := wire.AppendWatch(nil, s.picture.Interest())
		s.mu.Unlock()
		if m.Type == "hello" {
			_, _ = conn.Write(maskedText(watch)) // the pipe may be cut at any time
		}
	}
}

func readFrame(in *bufio.Reader) (opcode byte, payload []byte, err error) {
	var head [2]byte
	if _, err = io.ReadFull(in, head[:]); err != nil {
		return 0, nil, err
	}
	length := uint64(head[1])
	if head[1] >= 126 {
		long := make([]byte, map[byte]int{126: 2, 127: 8}[head[1]])
		if _, err = io.ReadFull(in, long); err != nil {
			return 0, nil, err
		}
		length = binary.BigEndian.Uint64(append(make([]byte, 8-len(long)), long...))
	}
	payload = make([]byte, length)
	_, err = io.ReadFull(in, payload)
	return head[0] & 15, payload, err
}

func maskedText(payload []byte) []byte {
	frame := []byte{0x81, 0x80 | 126, byte(len(payload) >> 8), byte(len(payload)), 0, 0, 0, 0}
	if len(payload) < 126 {
		frame = []byte{0x81, 0x80 | byte(len(payload)), 0, 0, 0, 0}
	}
	return append(frame, payload...) // a mask of zeros changes nothing
}

// hijackable is an http.ResponseWriter on a pipe.
type hijackable struct {
	http.ResponseWriter
	conn net.Conn
}

func (h *hijackable) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return h.conn, bufio.NewReadWriter(bufio.NewReader(h.conn), bufio.NewWriter(h.conn)), nil
}

// TestEveryPictureEqualsTheWorld drives one world with any mixture of
// positions, taken and heard, lost, repeated and reordered, with renames,
// forgetting, and viewers that connect, read slowly, stop reading, break off
// and resume. In the end every picture equals the model.
func TestEveryPictureEqualsTheWorld(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		viewers := rapid.IntRange(0, 3).Draw(r, "viewers")
		steps := rapid.SliceOfN(anyStep(), 1, 60).Draw(r, "steps")
		// The plan is drawn before: rapid unwinds by panics, which may not
		// leave a bubble.
		var wrong []string
		synctest.Test(t, func(*testing.T) { wrong = runLife(viewers, steps) })
		if len(wrong) > 0 {
			r.Fatalf("%s", strings.Join(wrong, "\n"))
		}
	})
}

// step is one thing that happens. Numbers choose among what is there.
type step struct {
	Do       string
	Which    int           // courier, message or viewer
	Lat, Lon int           // microdegrees
	Skew     time.Duration // of the clock of who stamped it
	Wait     time.Duration
	Count    int
}

func anyStep() *rapid.Generator[step] {
	return rapid.Custom(func(t *rapid.T) step {
		return step{
			Do:    rapid.SampledFrom([]string{"take", "take", "send", "stray", "deliver", "crowd", "wait", "connect", "read", "resume", "rename"}).Draw(t, "do"),
			Which: rapid.IntRange(0, 9).Draw(t, "which"),
			Lat:   rapid.IntRange(-90_000_000, 90_000_000).Draw(t, "lat"),
			Lon:   rapid.IntRange(-180_000_000, 180_000_000).Draw(t, "lon"),
			Skew:  time.Duration(rapid.IntRange(-20_000_000, 20_000_000).Draw(t, "skew")) * time.Microsecond,
			Wait: rapid.SampledFrom([]time.Duration{time.Millisecond, 30 * time.Millisecond, 100 * time.Millisecond,
				3 * time.Second, 70 * time.Second, 15 * time.Minute, 25 * time.Minute}).Draw(t, "wait"),
			Count: rapid.IntRange(1, 10).Draw(t, "count"),
		}
	})
}

const forget = 20 * time.Minute

// life is one run of the property test.
type life struct {
	world   *live.World
	hub     *socket.Hub
	model   *model
	viewers []*spectator
	bus     []peyk.Report // messages on their way

	mu    sync.Mutex // guards wrong
	wrong []string
}

// runLife returns what was wrong.
func runLife(viewers int, steps []step) []string {
	ctx, cancel := context.WithCancel(context.Background())
	world := live.NewWorld(live.Options{Epoch: 7, Tick: 100 * time.Millisecond, MaxCouriers: 10_000, Forget: forget})
	hub := socket.NewHub(socket.Options{World: world, Grant: everybody})
	var running sync.WaitGroup
	running.Go(func() { _ = world.Run(ctx, hub.Tell) })
	l := &life{world: world, hub: hub, model: &model{
		now: func() peyk.Micros { return peyk.Micros(time.Now().UnixMicro()) }, forget: forget, couriers: map[string]peyk.Report{},
	}}
	for range viewers {
		l.connect()
	}
	for _, s := range steps {
		l.do(s)
	}
	l.settle()
	l.check()
	hub.Shutdown(ctx)
	for _, s := range l.viewers {
		s.conn.Close()
		<-s.ended
	}
	cancel()
	running.Wait()
	return l.wrong
}

func (l *life) fail(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wrong = append(l.wrong, fmt.Sprintf(format, args...))
}

func (l *life) connect() {
	s := &spectator{fail: l.fail, hub: l.hub}
	s.connect()
	l.viewers = append(l.viewers, s)
}

func (l *life) do(s step) {
	switch s.Do {
	case "take":
		l.take(s.report())
	case "rename":
		r := s.report()
		r.Courier.Username = fmt.Sprintf("name%d", s.Count)
		l.take(r)
	case "send":
		r := s.report()
		r.Position.Stamp = l.model.now() + peyk.Micros(s.Skew.Microseconds())
		l.bus = append(l.bus, r)
	case "stray":
		l.bus = append(l.bus, s.report())
	case "deliver": // any of them, any number of times; some never
		if len(l.bus) > 0 {
			r := l.bus[s.Which%len(l.bus)]
			if err := l.world.Hear(r); err != nil {
				l.fail("hear %+v: %v", r, err)
			}
			l.model.hear(r)
		}
	case "crowd":
		l.crowd(s.Which)
	case "wait":
		l.wait(s.Wait)
	case "connect":
		if len(l.viewers) < 6 {
			l.connect()
		}
	case "read", "resume":
		if len(l.viewers) > 0 {
			l.viewers[s.Which%len(l.viewers)].act(s)
		}
	}
}

func (s *spectator) act(do step) {
	if do.Do == "resume" {
		s.reconnect()
		return
	}
	for range do.Count {
		select {
		case s.reading <- struct{}{}:
		default: // it may read enough as it is
		}
	}
}

// reconnect breaks the connection off, wherever it is, and resumes.
func (s *spectator) reconnect() {
	s.conn.Close()
	close(s.reading)
	<-s.ended
	s.connect()
}

func (l *life) take(r peyk.Report) {
	if _, _, err := l.world.Take(r); err != nil {
		l.fail("take %+v: %v", r, err)
	}
	l.model.take(r)
}

func (s step) report() peyk.Report {
	return peyk.Report{
		Courier:  peyk.Courier{ID: fmt.Sprint(s.Which)},
		Position: peyk.Position{Lat: float64(s.Lat) / 1e6, Lon: float64(s.Lon) / 1e6},
	}
}

// crowd makes so many couriers that one message does not hold them.
func (l *life) crowd(which int) {
	for i := range 600 {
		l.take(peyk.Report{
			Courier:  peyk.Courier{ID: fmt.Sprint(100*which + i), Username: strings.Repeat("ی", 20)},
			Position: peyk.Position{Lat: 1, Lon: 2},
		})
	}
}

func (l *life) wait(d time.Duration) {
	time.Sleep(d) // in a bubble: the clock jumps
	synctest.Wait()
	l.model.forgotten()
}

// settle lets everybody read everything that there is. A viewer that took
// nothing for two minutes was closed by the hub; it comes back.
func (l *life) settle() {
	for _, s := range l.viewers {
		s.reconnect()
		close(s.reading)
	}
	l.wait(forget / 100) // a courier outstays its time by less than this
	l.wait(time.Second)
}

func (l *life) check() {
	for i, s := range l.viewers {
		s.mu.Lock()
		l.checkPicture(i, s.picture.Couriers())
		if s.picture.InStep() == 0 {
			l.fail("viewer %d is not in step", i)
		}
		s.mu.Unlock()
	}
	if list, _ := l.world.Couriers(0, 10_000); len(list) != len(l.model.couriers) {
		l.fail("the world has %d couriers, want %d", len(list), len(l.model.couriers))
	}
}

func (l *life) checkPicture(i int, got map[string]*client.Shown) {
	if len(got) != len(l.model.couriers) {
		l.fail("viewer %d sees %d couriers, want %d", i, len(got), len(l.model.couriers))
	}
	for id, want := range l.model.couriers {
		shown := got[id]
		if shown == nil {
			l.fail("viewer %d does not see %s", i, id)
			continue
		}
		p, w := shown.Position, want.Position
		if p.Lat != w.Lat || p.Lon != w.Lon || p.Stamp != w.Stamp/1000*1000 || shown.Courier.Username != want.Courier.Username {
			l.fail("viewer %d sees %+v %+v, want %+v", i, shown.Courier, p, want)
		}
	}
}
