package bus

import (
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/bus/redistest"
)

func equal(nodes ...*node) func() bool {
	return func() bool {
		for _, n := range nodes[1:] {
			if !maps.Equal(n.stamps(), nodes[0].stamps()) {
				return false
			}
		}
		return true
	}
}

func startNodes(t *testing.T, count int, url string) []*node {
	t.Helper()
	nodes := make([]*node, count)
	for i := range nodes {
		nodes[i] = startNode(t, url)
	}
	eventually(t, "all healthy", all(nodes, (*node).carries))
	return nodes
}

func all(nodes []*node, is func(*node) bool) func() bool {
	return func() bool {
		for _, n := range nodes {
			if !is(n) {
				return false
			}
		}
		return true
	}
}

func unhealthy(n *node) bool { return n.Health() != nil }

func TestRedisIsKilledAndComesBack(t *testing.T) {
	s := redistest.Start(t)
	book := &logBook{}
	nodes := append(startNodes(t, 2, s.URL), startNode(t, s.URL, book.into))
	slices.Reverse(nodes) // the first one writes the book
	eventually(t, "healthy", nodes[0].carries)
	for round := range 3 {
		s.Kill()
		eventually(t, "all say so", all(nodes, unhealthy))
		for i, n := range nodes {
			for c := range 200 {
				n.take(fmt.Sprintf("%d-%d", i, c), float64(round))
			}
		}
		s.Restart()
		nodes[0].take("live", float64(round)) // goes on while the rest catches up
		eventually(t, "all healthy, all equal", func() bool { return all(nodes, (*node).carries)() && equal(nodes...)() })
	}
	if got, lost := nodes[0].Stats().Outages, strings.Count(book.String(), "bus lost"); got < 3 || int(got) != lost {
		t.Errorf("Outages = %d and %d lines of the log, want one for each of three, and of those when this machine was slow", got, lost)
	}
}

// A Redis that is back is found within a second, however long it was away: there
// is an attempt in every 600 ms.
func TestAttemptsGoOn(t *testing.T) {
	var attempts atomic.Int64
	addr := accept(t, func(net.Conn) { attempts.Add(1) })
	synctest.Test(t, func(t *testing.T) { // its clock stands still during an attempt
		n := startNode(t, "redis://"+addr)
		time.Sleep(time.Minute)
		for range 20 {
			before := attempts.Load()
			if time.Sleep(lastWait); attempts.Load() == before {
				t.Errorf("no attempt in %v", lastWait)
			}
		}
		n.stop()
	})
}

// A long outage costs neither time nor memory, and only the newest is sent after it.
func TestPublishIntoAnOutage(t *testing.T) {
	s := redistest.Start(t)
	nodes := startNodes(t, 2, s.URL)
	s.Kill()
	eventually(t, "says so", all(nodes, unhealthy))
	const count = 200_000
	publishMany(t, nodes[0], count)
	if got := nodes[0].Stats().Dropped[Outage]; got < count {
		t.Errorf("dropped because of the outage: %d, want at least %d", got, count)
	}
	heard := len(nodes[1].heardAll())
	s.Restart()
	eventually(t, "equal", equal(nodes...))
	const couriers = 500
	if got := len(nodes[1].heardAll()) - heard; got > 3*couriers {
		t.Errorf("heard %d positions after the outage, want about one for each of %d couriers", got, couriers)
	}
	noSpan(t, nodes[0], s)
}

// noSpan checks that the bus works as ever: a position arrives in order, live.
func noSpan(t *testing.T, n *node, s *redistest.Server) {
	t.Helper()
	eventually(t, "healthy", n.carries)
	listener := s.Listen("dlchannel")
	r := n.take("after", 12)
	eventually(t, "live again", func() bool {
		return strings.Contains(listener.Next(soon), fmt.Sprintf(`"stamp": %d`, r.Position.Stamp))
	})
}

func TestRedisHangsAndGoesOn(t *testing.T) {
	s := redistest.Start(t)
	nodes := startNodes(t, 2, s.URL)
	s.Stop()
	nodes[0].take("10", 1)
	publishMany(t, nodes[0], 1000)
	eventually(t, "noticed", all(nodes, unhealthy))
	nodes[1].take("20", 2)
	s.Continue()
	eventually(t, "all healthy, all equal", func() bool { return all(nodes, (*node).carries)() && equal(nodes...)() })
}

// Nobody but the node that was away notices anything: what the other one
// published meanwhile, with success, reaches it nevertheless.
func TestOnlyOneNodeIsAway(t *testing.T) {
	s := redistest.Start(t)
	line := newProxy(t, s.Addr)
	a, b := startNode(t, s.URL), startNode(t, "redis://"+line.addr)
	eventually(t, "both healthy", all([]*node{a, b}, (*node).carries))
	a.take("old", 1)
	eventually(t, "heard", equal(a, b))
	for round := range 3 {
		for c := range 3000 { // some are under way when the line is cut
			b.take(fmt.Sprintf("%d-%d", round, c), 1)
			if c == 1500 {
				line.cut()
			}
		}
		eventually(t, "b says so", func() bool { return unhealthy(b) })
		a.take("missed", float64(round))
		b.take("unsent", float64(round))
		if err := a.Health(); err != nil && !isSlow(err.Error()) {
			t.Fatalf("a is disturbed by the outage of b: %v", err)
		}
		line.mend()
		eventually(t, "equal", equal(a, b))
	}
	if got := a.Stats().Dropped[Outage]; got != 0 && a.Stats().Outages == 0 {
		t.Errorf("a dropped %d positions, want none", got)
	}
}

// Two lines fail so that one node is away when the other asks.
func TestNodesAwayInTurns(t *testing.T) {
	for _, again := range []bool{false, true} {
		t.Run(fmt.Sprintf("asker away again=%v", again), func(t *testing.T) { awayInTurns(t, again) })
	}
}

func awayInTurns(t *testing.T, again bool) {
	s := redistest.Start(t)
	lines := []*proxy{newProxy(t, s.Addr), newProxy(t, s.Addr)}
	var passed atomic.Int64 // an outage that is longer than any margin, for a's clock
	a := startNode(t, "redis://"+lines[0].addr, func(o *Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }
	})
	b := startNode(t, "redis://"+lines[1].addr)
	eventually(t, "both healthy", all([]*node{a, b}, (*node).carries))
	lines[1].cut()
	eventually(t, "b is away", func() bool { return unhealthy(b) })
	published := a.Stats().Published
	a.take("published while b is away", 1)
	eventually(t, "published", func() bool { return a.Stats().Published > published })
	lines[0].cut()
	eventually(t, "a is away", func() bool { return unhealthy(a) })
	passed.Store(int64(time.Hour))
	lines[1].mend()
	eventually(t, "b is back", b.carries)
	if again {
		lines[1].cut()
		eventually(t, "b is away again", func() bool { return unhealthy(b) })
	}
	lines[0].mend()
	eventually(t, "a is back", a.carries)
	lines[1].mend()
	eventually(t, "equal", equal(a, b))
}

// A node that starts learns what the others took long ago. Their clocks may
// be far apart.
func TestNewNodeLearnsEverything(t *testing.T) {
	s := redistest.Start(t)
	late := startNode(t, s.URL, func(o *Options) {
		o.Now = func() time.Time { return time.Now().Add(-time.Hour) }
	})
	eventually(t, "healthy", late.carries)
	for c := range 2000 {
		late.take(fmt.Sprint(c), 3)
	}
	early := startNode(t, s.URL, func(o *Options) {
		o.Now = func() time.Time { return time.Now().Add(time.Hour) }
	})
	eventually(t, "equal", equal(late, early))
	s.Kill()
	eventually(t, "away", all([]*node{late, early}, unhealthy))
	late.take("x", 1)
	early.take("y", 1)
	s.Restart()
	eventually(t, "equal", equal(late, early))
}

// What was taken before Run began is sent by it, and what was taken last
// before it ends too.
func TestFirstAndLastPosition(t *testing.T) {
	s := redistest.Start(t)
	b := startNode(t, s.URL)
	s.Stop()
	a := startNode(t, s.URL)
	first := a.take("first", 1)
	s.Continue()
	has := func(r peyk.Report) func() bool {
		return func() bool { return b.stamps()[r.Courier.ID] == r.Position.Stamp }
	}
	eventually(t, "the first is heard", has(first))
	eventually(t, "healthy", a.carries)
	var last peyk.Report
	for i := range 2 * batch { // the sender is busy with others when the last one comes
		last = a.take("last", float64(i)/1000)
	}
	a.stop()
	eventually(t, "the last is heard", has(last))
	if a.Health() == nil {
		t.Error("Health = nil after Run returned")
	}
	noneButB := a.Stats()
	a.take("nobody sends", 3)
	if got := a.Stats().Dropped[Outage] - noneButB.Dropped[Outage]; got != 1 {
		t.Errorf("dropped after Run returned: %d, want 1", got)
	}
}

// Redis cuts off a listener that is too far behind. Who has much to publish
// goes no faster than it hears, as the others do, so that nobody is.
func TestNobodyIsFlooded(t *testing.T) {
	s := redistest.Start(t)
	n, other := startNode(t, s.URL), startNode(t, s.URL)
	eventually(t, "both healthy", all([]*node{n, other}, (*node).carries))
	n.slowness.Store(int64(time.Hour))
	const ahead = noteWindow * (noteStride + batch)
	for c := range 2 * ahead {
		n.take(fmt.Sprint(c), 1)
	}
	if redistest.Eventually(time.Second, func() bool { return n.Stats().Published > ahead }) {
		t.Errorf("published %d positions without hearing, want at most %d", n.Stats().Published, ahead)
	}
	n.slowness.Store(0)
	if !redistest.Eventually(3*soon, equal(n, other)) { // they are many
		t.Errorf("not equal: %v and %v", n, other)
	}
}
