package socket_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
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
	gone     map[string]peyk.Micros     // when the directory took them out
	mu       sync.Mutex                 // guards the next two, which spectators and the world read
	listed   map[string]live.Listed     // by courier
	ever     map[string]map[string]bool // couriers that were ever in a team, by team
}

// list notes what the directory says of a courier.
func (m *model) list(id string, l live.Listed) {
	before := m.said(id)
	m.mu.Lock()
	m.listed[id] = l
	if m.ever[l.Team] == nil {
		m.ever[l.Team] = map[string]bool{}
	}
	m.ever[l.Team][id] = true
	m.mu.Unlock()
	r, known := m.couriers[id]
	switch {
	case l.OffDuty:
		m.takeOut(id)
	case known && (l.Name != "" || before.Name != ""):
		r.Courier.Name = l.Name
		m.couriers[id] = r
	}
}

// unlist notes that the directory has deleted a courier.
func (m *model) unlist(id string) {
	m.mu.Lock()
	delete(m.listed, id)
	m.mu.Unlock()
	m.takeOut(id)
}

func (m *model) takeOut(id string) {
	if r, known := m.couriers[id]; known {
		m.gone[id] = max(m.now(), r.Position.Stamp)
		delete(m.couriers, id)
	}
}

func (m *model) said(id string) live.Listed {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.listed[id]
}

// inside reports whether the courier is in one of the scopes: now, or at any time.
func (m *model) inside(scopes []peyk.Scope, id string, ever bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range scopes {
		if s.Kind == peyk.ScopeAll || s.Kind == peyk.ScopeCourier && s.Name == id ||
			s.Kind == peyk.ScopeTeam && (m.listed[id].Team == s.Name || ever && m.ever[s.Name][id]) {
			return true
		}
	}
	return false
}

func (m *model) take(r peyk.Report) {
	r.Position.Stamp = max(m.now(), m.last(r.Courier.ID)+1)
	m.put(r)
}

func (m *model) hear(r peyk.Report) {
	last, now := m.last(r.Courier.ID), m.now()
	switch stamp := r.Position.Stamp; {
	case now-stamp >= peyk.Micros(m.forget.Microseconds()): // it has none
		r.Position.Stamp = max(now, last+1)
	case stamp > now+5_000_000:
		r.Position.Stamp = now
	}
	if r.Position.Stamp > last {
		m.put(r)
	}
}

// last is the stamp that a newer position has to be after.
func (m *model) last(id string) peyk.Micros {
	return max(m.couriers[id].Position.Stamp, m.gone[id])
}

// restore is hear, but that what would be forgotten is not known anew.
func (m *model) restore(r peyk.Report) {
	if m.now()-r.Position.Stamp < peyk.Micros(m.forget.Microseconds()) {
		m.hear(r)
	}
}

func (m *model) put(r peyk.Report) {
	last, said := m.couriers[r.Courier.ID], m.said(r.Courier.ID)
	if said.OffDuty {
		return
	}
	r.Courier.Username = cmp.Or(r.Courier.Username, last.Courier.Username)
	r.Courier.Name = cmp.Or(said.Name, r.Courier.Name, last.Courier.Name)
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
	model   *model
	scopes  []peyk.Scope
	bin     bool
	slow    bool // it reads only when it is let
	picture client.Picture
	conn    net.Conn
	saying  chan []byte   // what it has to say; closed by reconnect
	reading chan struct{} // a token for each message it may read; closed: read on
	ended   chan struct{}
	mu      sync.Mutex // guards picture
}

// connect shakes hands over a pipe.
func (s *spectator) connect() {
	near, far := net.Pipe()
	s.conn, s.saying, s.reading, s.ended = near, make(chan []byte, 100), make(chan struct{}, 1000), make(chan struct{})
	if !s.slow {
		close(s.reading)
	}
	request := httptest.NewRequest("GET", "/ws", nil)
	request.Body, request.ContentLength = http.NoBody, 0
	for key, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-Websocket-Version": "13",
		"Sec-Websocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-Websocket-Protocol": "peyk.v1.json",
	} {
		request.Header.Set(key, value)
	}
	request.Header.Set("Scopes", fmt.Sprint(slices.IndexFunc(grants, func(g []peyk.Scope) bool { return slices.Equal(g, s.scopes) })))
	if s.bin {
		request.Header.Set("Sec-Websocket-Protocol", "peyk.v1.bin")
	}
	go s.hub.ServeHTTP(&hijackable{conn: far}, request)
	in := bufio.NewReader(near)
	if answer, err := http.ReadResponse(in, request); err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		s.fail("handshake: %v, %v", answer, err)
	}
	go s.follow(in, s.saying, s.reading, s.ended)
	go func(saying chan []byte) {
		for b := range saying { // a pipe has no buffer: what we say must not wait for what we read
			_, _ = near.Write(b) // the pipe may be cut at any time
		}
	}(s.saying)
}

// follow reads frames and keeps the picture.
func (s *spectator) follow(in *bufio.Reader, saying chan<- []byte, reading, ended chan struct{}) {
	defer close(ended)
	for {
		<-reading
		opcode, payload, err := readFrame(in)
		if err != nil {
			return
		}
		if opcode != 1 && opcode != 2 {
			continue
		}
		m := s.parse(payload)
		s.mu.Lock()
		if err := s.picture.Apply(m); err != nil {
			s.fail("message %.200q: %v", payload, err)
		}
		if m.Type == "hello" { // before look can ask for something else
			saying <- maskedText(wire.AppendWatch(nil, s.picture.Interest()))
		}
		s.mu.Unlock()
	}
}

// parse reads a message, and looks whether it tells what it may.
func (s *spectator) parse(payload []byte) wire.Message {
	parse := wire.ParseMessage
	if s.bin {
		parse = wire.ParseBinMessage
	}
	m, err := parse(payload)
	if err != nil || len(payload) > wire.MaxFrame {
		s.fail("message of %d bytes: %.200q: %v", len(payload), payload, err)
	}
	for _, e := range m.Frame.Entries {
		if e.New && !s.model.inside(s.scopes, e.Courier.ID, true) {
			s.fail("a viewer of %v was told of %s", s.scopes, e.Courier.ID)
		}
	}
	return m
}

func readFrame(in io.Reader) (opcode byte, payload []byte, err error) {
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
// positions, taken, heard and restored, lost, repeated and reordered, with
// names, teams and duties that change, forgetting, and viewers that connect, read slowly, stop reading, break off
// and resume. In the end every picture equals the model.
func TestEveryPictureEqualsTheWorld(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		viewers := rapid.SliceOfN(anyStep(), 1, 4).Draw(r, "viewers")
		steps := rapid.SliceOfN(anyStep(), 10, 80).Draw(r, "steps")
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
	View     peyk.View
}

// grants are what viewers may see.
var grants = [][]peyk.Scope{
	{peyk.All},
	{team("a")},
	{team("a"), team("b"), {Kind: peyk.ScopeCourier, Name: "3"}},
	{{Kind: peyk.ScopeCourier, Name: "1"}},
	{},
}

func team(name string) peyk.Scope { return peyk.Scope{Kind: peyk.ScopeTeam, Name: name} }

// anyView is everything, a few couriers, or a box: of the world, over the
// antimeridian, or around the crowd.
func anyView() *rapid.Generator[peyk.View] {
	boxes := []peyk.Box{
		{South: -90, West: -180, North: 90, East: 180},
		{South: -10, West: 170, North: 40, East: -160},
		{South: 0.9, West: 1.9, North: 1.1, East: 2.1},
		{South: -1, West: -1, North: 3, East: 5},
	}
	return rapid.Custom(func(t *rapid.T) peyk.View {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return peyk.View{All: true}
		case 1:
			return peyk.View{Couriers: rapid.SliceOfN(rapid.SampledFrom([]string{"0", "1", "2", "3", "4", "150", "no"}), 1, 4).Draw(t, "couriers")}
		}
		b := rapid.SampledFrom(boxes).Draw(t, "box")
		b.Zoom, b.Limit = float64(rapid.IntRange(0, 18).Draw(t, "zoom")), rapid.SampledFrom(peyk.Limits[:]).Draw(t, "limit")
		return peyk.View{Box: &b}
	})
}

func anyStep() *rapid.Generator[step] {
	return rapid.Custom(func(t *rapid.T) step {
		return step{
			Do:    rapid.SampledFrom([]string{"take", "take", "send", "stray", "deliver", "crowd", "wait", "connect", "read", "resume", "rename", "list", "list", "list", "delete", "restore", "view", "view"}).Draw(t, "do"),
			Which: rapid.IntRange(0, 9).Draw(t, "which"),
			Lat:   rapid.IntRange(-90_000_000, 90_000_000).Draw(t, "lat"),
			Lon:   rapid.IntRange(-180_000_000, 180_000_000).Draw(t, "lon"),
			Skew:  time.Duration(rapid.IntRange(-20_000_000, 20_000_000).Draw(t, "skew")) * time.Microsecond,
			Wait: rapid.SampledFrom([]time.Duration{time.Millisecond, 30 * time.Millisecond, 100 * time.Millisecond,
				3 * time.Second, 70 * time.Second, 15 * time.Minute, 25 * time.Minute}).Draw(t, "wait"),
			Count: rapid.IntRange(1, 10).Draw(t, "count"),
			View:  anyView().Draw(t, "view"),
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
func runLife(viewers, steps []step) []string {
	ctx, cancel := context.WithCancel(context.Background())
	m := &model{
		now: func() peyk.Micros { return peyk.Micros(time.Now().UnixMicro()) }, forget: forget,
		couriers: map[string]peyk.Report{}, gone: map[string]peyk.Micros{}, listed: map[string]live.Listed{}, ever: map[string]map[string]bool{},
	}
	world := live.NewWorld(live.Options{Epoch: 7, Tick: 100 * time.Millisecond, MaxCouriers: 10_000, Forget: forget, Listed: m.said})
	hub := socket.NewHub(socket.Options{World: world, Who: socket.Granting(func(r *http.Request) (peyk.Grant, error) {
		i, _ := strconv.Atoi(r.Header.Get("Scopes"))
		return peyk.Grant{Actions: peyk.Watch, Scopes: grants[i]}, nil
	})})
	var running sync.WaitGroup
	running.Go(func() { _ = world.Run(ctx, hub.Tell) })
	l := &life{world: world, hub: hub, model: m}
	for _, s := range viewers {
		l.connect(s)
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
		close(s.saying)
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

func (l *life) connect(do step) {
	s := &spectator{fail: l.fail, hub: l.hub, model: l.model, scopes: grants[do.Count%len(grants)], bin: do.Which%2 == 0, slow: do.Skew < -10*time.Second}
	s.picture.View = do.View
	s.connect()
	do.Do = "read"
	s.act(do)
	l.viewers = append(l.viewers, s)
}

func (l *life) do(s step) {
	switch s.Do {
	case "take":
		l.take(s.report())
	case "rename":
		r := s.report()
		if s.Count%2 == 0 {
			r.Courier.Username = fmt.Sprintf("name%d", s.Count)
		} else {
			r.Courier.Name = fmt.Sprintf("phone%d", s.Count)
		}
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
			l.connect(s)
		}
	case "restore": // forgotten, known, or of a clock that is ahead
		r := s.report()
		r.Position.Stamp = l.model.now() + peyk.Micros((80*s.Skew - 9*time.Minute).Microseconds())
		if err := l.world.Restore(r); err != nil {
			l.fail("restore %+v: %v", r, err)
		}
		l.model.restore(r)
	case "list":
		said := live.Listed{Name: []string{"", "shop"}[s.Count%2], Team: []string{"", "a", "b"}[s.Count%3], OffDuty: s.Count%5 == 0}
		l.model.list(fmt.Sprint(s.Which), said)
		l.world.Set(fmt.Sprint(s.Which), said)
	case "delete":
		l.model.unlist(fmt.Sprint(s.Which))
		l.world.Remove(fmt.Sprint(s.Which))
	case "read", "resume", "view":
		if len(l.viewers) > 0 {
			l.viewers[s.Which%len(l.viewers)].act(s)
		}
	}
}

func (s *spectator) act(do step) {
	switch do.Do {
	case "resume":
		s.reconnect()
		return
	case "view":
		s.look(do.View)
		return
	}
	for range do.Count {
		if !s.slow {
			return
		}
		select {
		case s.reading <- struct{}{}:
		default: // it may read enough as it is
		}
	}
}

// look asks for another view, without reconnecting, if the connection is there.
func (s *spectator) look(v peyk.View) {
	s.mu.Lock()
	s.picture.View = v
	watch := maskedText(wire.AppendWatch(nil, peyk.Interest{View: v}))
	s.mu.Unlock()
	select {
	case s.saying <- watch:
	default: // it says too much already
	}
}

// reconnect breaks the connection off, wherever it is, and resumes.
func (s *spectator) reconnect() {
	s.conn.Close()
	if s.slow {
		close(s.reading)
	}
	<-s.ended
	close(s.saying)
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
		if s.slow {
			s.slow = false
			close(s.reading)
		}
	}
	l.wait(forget / 100) // a courier outstays its time by less than this
	for _, s := range l.viewers {
		select {
		case <-s.ended:
			s.reconnect()
		default:
		}
	}
	l.wait(time.Second)
}

func (l *life) check() {
	for i, s := range l.viewers {
		s.mu.Lock()
		l.checkPicture(i, s)
		if s.picture.InStep() == 0 {
			l.fail("viewer %d is not in step", i)
		}
		s.mu.Unlock()
	}
	if list, _ := l.world.Couriers(0, 10_000); len(list) != len(l.model.couriers) {
		l.fail("the world has %d couriers, want %d", len(list), len(l.model.couriers))
	}
}

// checkPicture compares what a viewer sees with the model.
func (l *life) checkPicture(i int, s *spectator) {
	counted := l.checkCounts(i, s)
	for id, shown := range s.picture.Couriers() {
		want, known := l.model.couriers[id]
		if !known || !l.model.inside(s.scopes, id, false) {
			l.fail("viewer %d of %v sees %s, which is not there for it", i, s.scopes, id)
			continue
		}
		p, w := shown.Position, want.Position
		if math.Abs(p.Lat-w.Lat)+math.Abs(p.Lon-w.Lon) > 2e-7 || p.Stamp != w.Stamp/1000*1000 ||
			shown.Courier.Username != want.Courier.Username ||
			shown.Courier.Name != want.Courier.Shown() || shown.Courier.Team != l.model.said(id).Team {
			l.fail("viewer %d sees %+v %+v, want %+v", i, shown.Courier, p, want)
		}
	}
	for id, r := range l.model.couriers {
		wanted := l.model.inside(s.scopes, id, false) && wants(s.picture.View, r)
		if wanted && s.picture.Couriers()[id] == nil && !counted[id] {
			l.fail("viewer %d of %v with view %+v does not see %s at %v, %v", i, s.scopes, s.picture.View, id, r.Position.Lat, r.Position.Lon)
		}
	}
}

// wants reports whether the courier is in the view.
func wants(v peyk.View, r peyk.Report) bool {
	if v.Couriers != nil {
		return slices.Contains(v.Couriers, r.Courier.ID)
	}
	if v.Box == nil {
		return true
	}
	b, p := v.Box, r.Position
	if p.Lat < b.South || p.Lat > b.North {
		return false
	}
	if b.West <= b.East {
		return p.Lon >= b.West && p.Lon <= b.East
	}
	return p.Lon >= b.West || p.Lon <= b.East
}

// checkCounts compares the tiles that are told as counts, and returns who is in them.
func (l *life) checkCounts(i int, s *spectator) map[string]bool {
	counted := map[string]bool{}
	for name, cells := range s.picture.Cells() {
		fields := strings.Split(string(name), "/") // scope/zoom/x/y/limit
		scope := peyk.All
		if name, found := strings.CutPrefix(fields[0], "team:"); found {
			scope = team(strings.Trim(name, `"`))
		}
		zoom, _ := strconv.Atoi(fields[1])
		side := math.Exp2(float64(zoom))
		counts := map[uint8]uint32{}
		for id, r := range l.model.couriers {
			x, y := tile(r.Position, side)
			if fmt.Sprint(int(x)) != fields[2] || fmt.Sprint(int(y)) != fields[3] || !l.model.inside([]peyk.Scope{scope}, id, false) {
				continue
			}
			counted[id] = true
			counts[uint8(int((y-math.Floor(y))*16)*16+int((x-math.Floor(x))*16))]++
			if s.picture.Couriers()[id] != nil && len(s.scopes) == 1 {
				l.fail("viewer %d sees %s, and has it counted in %s", i, id, name)
			}
		}
		for index := range 256 {
			if cells[uint8(index)].Count != counts[uint8(index)] {
				l.fail("viewer %d: cell %d of %s counts %d, want %d", i, index, name, cells[uint8(index)].Count, counts[uint8(index)])
			}
		}
	}
	return counted
}

// tile is where a position is on the map, in tiles, by the formula of the
// OpenStreetMap wiki ("Slippy map tilenames").
func tile(p peyk.Position, side float64) (x, y float64) {
	lat := max(min(p.Lat, 85.0511287), -85.0511287) * math.Pi / 180
	return (p.Lon + 180) / 360 * side, (1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * side
}
