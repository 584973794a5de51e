package socket

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"peyk"
	"peyk/internal/live"
)

// cranked is a loop that a test turns by hand, at the times it likes.
type cranked struct {
	*loop
	t   *testing.T
	now time.Time
}

func crank(t *testing.T) *cranked {
	t.Helper()
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Second, MaxCouriers: 2000, Forget: time.Hour})
	hub := NewHub(Options{World: world, Who: Granting(func(*http.Request) (peyk.Grant, error) { return peyk.Grant{}, nil })})
	l, err := newLoop(hub, 0)
	if err != nil {
		t.Fatal(err)
	}
	hub.loops.Store(&[]*loop{l})
	c := &cranked{l, t, time.Now()}
	t.Cleanup(func() {
		l.end(&closeError{code: codeGoingAway}, true)
		c.turn()
		l.close()
	})
	return c
}

// viewer is the client's end of a connection that the loop serves.
func (c *cranked) viewer() (*viewer, *os.File) {
	c.t.Helper()
	v, fd, far := c.pair()
	if !c.hub.admit(v, nil) || !c.join(v, fd) {
		c.t.Fatal("the loop takes nobody")
	}
	c.turn()
	return v, far
}

func (c *cranked) pair() (*viewer, int, *os.File) {
	c.t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		c.t.Fatal(err)
	}
	far := os.NewFile(uintptr(fds[1]), "client")
	c.t.Cleanup(func() { far.Close() })
	v := newViewer(c.hub, c.hub.languages["peyk.v1.json"], ofEverything())
	v.heard, v.spoke, v.pinged, v.wrote, v.budget.since = c.now, c.now, c.now, c.now, c.now // by our clock, which stands still
	return v, fds[0], far
}

// events returns what epoll says now.
func (c *cranked) events() []unix.EpollEvent {
	c.t.Helper()
	events, err := c.loop.now()
	if err != nil {
		c.t.Fatal(err)
	}
	return slices.Clone(events)
}

// turn is what run does again and again.
func (c *cranked) turn() {
	c.t.Helper()
	events := c.events()
	c.takeInbox(c.now)
	for _, e := range events {
		c.handle(e, c.now)
	}
	c.helpLate(c.now)
	c.wheel.advance(c.now, func(p *peer) { c.check(p, c.now) })
}

func (c *cranked) send(far *os.File, b []byte) {
	c.t.Helper()
	if _, err := far.Write(b); err != nil {
		c.t.Fatal(err)
	}
}

// heard returns what the client can read now.
func (c *cranked) heard(far *os.File) string {
	c.t.Helper()
	b := make([]byte, 1<<20)
	if err := far.SetReadDeadline(time.Now().Add(patience)); err != nil {
		c.t.Fatal(err)
	}
	n, err := far.Read(b)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(b[:n])
}

// TestNewsWhileNewsAreTaken must not wait for the next turn of the wheel.
func TestNewsWhileNewsAreTaken(t *testing.T) {
	c := crank(t)
	c.tell(newMoment(live.Tick{}, nil))
	events := c.events()
	c.takeInbox(c.now)
	c.tell(newMoment(live.Tick{}, nil))
	for _, e := range events {
		c.handle(e, c.now)
	}
	if len(c.events()) == 0 {
		t.Error("epoll says nothing, but a moment waits in the inbox")
	}
	c.takeInbox(c.now)
	if len(c.events()) != 0 {
		t.Error("epoll says something, but the inbox is empty")
	}
}

// TestWhoEndsCostsNothing: neither what it sends still, nor what it was late
// with, keeps the loop busy in the second that it has to leave.
func TestWhoEndsCostsNothing(t *testing.T) {
	c := crank(t)
	v, far := c.viewer()
	watch := frame(0x81, `{"type":"watch","view":{"all":true}}`)
	c.send(far, join(watch, []byte{0x81, 0x01}))
	c.turn()
	if !v.last || !strings.Contains(c.heard(far), "a client must mask its frames") {
		t.Fatalf("ending = %v, want 1002", v.ending)
	}
	for range 3 {
		c.send(far, join(watch, watch))
		c.turn()
	}
	c.missed = 1
	c.turn()
	if len(c.late) != 0 {
		t.Error("the loop helps somebody to whom nothing is said any more")
	}
	if len(c.events()) != 0 {
		t.Error("epoll wakes the loop for what will not be read")
	}
	far.Close()
	if c.turn(); len(c.peers) != 0 {
		t.Error("the client has gone, and its viewer is there")
	}
}

// TestEventOfWhoIsEnding comes in one batch with the news that all end.
func TestEventOfWhoIsEnding(t *testing.T) {
	c := crank(t)
	_, far := c.viewer()
	c.heard(far)
	c.send(far, frame(0x8a, "a pong"))
	c.end(&closeError{code: codeGoingAway, reason: "the server stops"}, false)
	if c.turn(); len(c.peers) != 1 {
		t.Error("somebody who sent a pong is cut off instead of told")
	}
	if got := c.heard(far); !strings.Contains(got, `"bye"`) {
		t.Errorf("heard %q, want a bye", got)
	}
}

// TestJoinAfterTheEnd is a handshake that was under way when the server stopped.
func TestJoinAfterTheEnd(t *testing.T) {
	c := crank(t)
	v, fd, far := c.pair()
	if !c.hub.admit(v, nil) {
		t.Fatal("not admitted")
	}
	c.end(&closeError{code: codeGoingAway, reason: "the server stops"}, false)
	c.turn()
	if !c.join(v, fd) {
		t.Fatal("the loop takes nobody")
	}
	c.turn()
	if got := c.heard(far); !strings.Contains(got, `"bye"`) {
		t.Errorf("heard %q, want a bye", got)
	}
	c.end(&closeError{code: codeGoingAway}, true)
	c.end(&closeError{code: codeGoingAway}, false)
	if c.turn(); len(c.peers) != 0 {
		t.Error("who was to be cut off is there")
	}
}

// TestLoopThatEnded must not write to descriptors that belong to somebody else by now.
func TestLoopThatEnded(t *testing.T) {
	hub := NewHub(Options{Who: Granting(nil), World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})})
	l, err := newLoop(hub, 0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.run(ctx); err != nil {
		t.Fatal(err)
	}
	heir, err := unix.Eventfd(0, unix.EFD_NONBLOCK|unix.EFD_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(heir)
	if heir != l.signal { // the lowest number that is free is not it: make it so
		if err := unix.Dup3(heir, l.signal, unix.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
		defer unix.Close(l.signal)
	}
	l.tell(newMoment(live.Tick{}, nil))
	l.end(&closeError{}, true)
	var count [8]byte
	if n, err := unix.Read(heir, count[:]); err != unix.EAGAIN {
		t.Errorf("read %d bytes that the loop wrote, %v", n, err)
	}
}

// TestHalfAHeader on a descriptor, and frames that never end where a read does.
func TestHalfAHeader(t *testing.T) {
	c := crank(t)
	_, slow := c.viewer()
	steady, far := c.viewer()
	c.send(slow, []byte{0x81})
	message := frame(0x81, `{"type":"of no interest"}`)
	c.send(far, message[:5])
	for range 15 {
		c.now = c.now.Add(time.Second)
		c.send(far, join(message[5:], message[:5]))
		c.turn()
	}
	if len(c.peers) != 1 || c.hub.Stats().Silent != 1 {
		t.Errorf("%d viewers are there, %d were cut off, want one each", len(c.peers), c.hub.Stats().Silent)
	}
	if steady.ending != nil || steady.hub.Stats().Closed != 1 {
		t.Errorf("whose frames were whole in time: %v", steady.ending)
	}
}

// TestLoopThatStoodStill for longer than the wheel reaches, as a stopped process
// does, forgets nobody who came then.
func TestLoopThatStoodStill(t *testing.T) {
	c := crank(t)
	c.now = c.now.Add(wheelSlots * wheelStep)
	v, fd, _ := c.pair()
	if !c.hub.admit(v, nil) || !c.join(v, fd) {
		t.Fatal("the loop takes nobody")
	}
	for range 200 {
		c.turn()
		c.now = c.now.Add(time.Second)
	}
	if len(c.peers) != 0 {
		t.Error("a silent viewer is there after 200 s")
	}
}

// TestAPingGoesOutWithABeat, so that who is quiet costs two writes in 25 s.
func TestAPingGoesOutWithABeat(t *testing.T) {
	c := crank(t)
	v, far := c.viewer()
	v.spoke = c.now.Add(400 * time.Millisecond) // it is told something: the beats would be later than the pings
	writes := 0
	for range 51 * time.Second / wheelStep {
		c.now = c.now.Add(wheelStep)
		if c.turn(); v.spoke.Equal(c.now) {
			writes++
		}
	}
	heard := c.heard(far)
	if beats, pings := strings.Count(heard, `"beat"`), strings.Count(heard, "\x89\x00"); writes != 4 || beats != 4 || pings != 2 {
		t.Errorf("%d writes with %d beats and %d pings in 51 s, want 4, 4 and 2", writes, beats, pings)
	}
}

// TestWhoPings all the time hears the beats as well: a pong is no message.
func TestWhoPings(t *testing.T) {
	c := crank(t)
	_, far := c.viewer()
	c.heard(far)
	for second := range 30 {
		if c.now = c.now.Add(time.Second); second%5 == 0 {
			c.send(far, frame(0x89, ""))
		}
		c.turn()
	}
	heard := c.heard(far)
	if beats, pongs := strings.Count(heard, `"beat"`), strings.Count(heard, "\x8a\x00"); beats != 2 || pongs != 6 {
		t.Errorf("%d beats and %d pongs in 30 s, want 2 and 6", beats, pongs)
	}
}

// TestSleepUntilSomebodyIsDue: a loop among quiet viewers does not wake for nothing.
func TestSleepUntilSomebodyIsDue(t *testing.T) {
	c := crank(t)
	if got := c.wheel.ahead(beatAfter); got != beatAfter {
		t.Errorf("with nobody there the loop sleeps %v, want %v", got, beatAfter)
	}
	v, _ := c.viewer()
	for range 200 {
		at := v.deadline().Sub(c.now)
		slept := c.wheel.ahead(beatAfter)
		if slept < wheelStep || slept > at+2*wheelStep {
			t.Fatalf("the loop sleeps %v, and somebody is due in %v", slept, at)
		}
		c.now = c.now.Add(slept)
		c.turn()
		v.heard = c.now
	}
}

// TestEpollFails on one loop: its viewers are closed, and Run ends with the error.
func TestEpollFails(t *testing.T) {
	hub := NewHub(Options{Who: Granting(nil), World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})})
	ended := make(chan error, 1) // one value, of the goroutine below
	go func() { ended <- hub.Run(t.Context()) }()
	for began := time.Now(); len(*hub.loops.Load()) == 0; <-time.After(time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatal("no loop runs")
		}
	}
	c := &cranked{loop: (*hub.loops.Load())[0], t: t, now: time.Now()}
	v, fd, far := c.pair()
	if !hub.admit(v, nil) || !c.join(v, fd) {
		t.Fatal("the loop takes nobody")
	}
	c.heard(far)
	if err := unix.Dup3(c.signal, c.epoll, unix.O_CLOEXEC); err != nil { // no epoll any more
		t.Fatal(err)
	}
	_ = c.file.SetReadDeadline(time.Now()) // it wakes the loop
	select {
	case err := <-ended:
		if !errors.Is(err, unix.EINVAL) {
			t.Errorf("Run = %v, want what epoll said", err)
		}
	case <-time.After(patience):
		t.Fatal("Run goes on")
	}
	if n, err := far.Read(make([]byte, 100)); err != io.EOF || hub.Stats().Viewers != 0 {
		t.Errorf("read %d bytes, %v, and %d viewers are there, want none", n, err, hub.Stats().Viewers)
	}
}

// TestWhoReadsSlowly but never stops is there for ever: it has no time for pings,
// and the room that it makes says that it is alive. Who then stops is stuck.
func TestWhoReadsSlowly(t *testing.T) {
	c := crank(t)
	v, far := c.viewer()
	c.send(far, frame(0x81, `{"type":"watch","view":{"all":true}}`))
	c.turn()
	second := func() {
		c.now = c.now.Add(time.Second)
		c.tick(1000)
		c.turn()
	}
	for !v.held {
		second()
	}
	some := make([]byte, 10_000)
	for range 400 {
		if _, err := far.Read(some); err != nil {
			t.Fatal(err)
		}
		second()
	}
	if stats := c.hub.Stats(); len(c.peers) != 1 || stats.Closed != 0 {
		t.Fatalf("after 400 s it is gone: %+v", stats)
	}
	for range 130 {
		second()
	}
	if stats := c.hub.Stats(); len(c.peers) != 0 || stats.Stuck != 1 || stats.Silent != 0 {
		t.Errorf("130 s after the last byte: %+v, want that it was stuck", stats)
	}
}
