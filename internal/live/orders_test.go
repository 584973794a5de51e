package live_test

import (
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
)

// shelf is orders of which a test says who brings them. A customer is told where
// its courier is, and nothing else.
type shelf struct {
	courier map[string]string // by order
	asked   int
	seen    bool // as it was asked last
}

func (s *shelf) Courier(order string) string { return s.courier[order] }

func (s *shelf) Track(order string, e peyk.Entry, known, seen bool, at peyk.Micros) peyk.Tracking {
	s.asked++
	s.seen = seen
	t := peyk.Tracking{Order: order, State: peyk.OrderPickedUp, Stops: -1}
	if known {
		t.Courier = &peyk.TrackedCourier{Name: e.Courier.Name, Lat: e.Position.Lat, Stamp: e.Position.Stamp}
	}
	return t
}

// counter is a world with orders, at a moment that the test chooses.
type counter struct {
	*shelf
	*testing.T
	world *live.World
	now   time.Time
}

func newCounter(t *testing.T) *counter {
	c := &counter{shelf: &shelf{courier: map[string]string{}}, T: t, now: time.Unix(1_000_000, 0)}
	c.world = live.NewWorld(live.Options{
		Now: func() time.Time { return c.now }, Epoch: 1, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour, Orders: c.shelf,
	})
	return c
}

func (c *counter) give(order, courier string) {
	c.courier[order] = courier
	c.world.Retrack([]string{order})
}

func (c *counter) take(courier string, lat float64) {
	c.Helper()
	if _, _, err := c.world.Take(peyk.Report{Courier: peyk.Courier{ID: courier}, Position: peyk.Position{Lat: lat}}); err != nil {
		c.Fatal(err)
	}
}

func (c *counter) watch(order string) *live.Part {
	c.Helper()
	keys, err := live.Cover([]peyk.Scope{{Kind: peyk.ScopeOrder, Name: order}}, peyk.View{All: true})
	if err != nil || len(keys) != 1 {
		c.Fatalf("Cover = %v, %v", keys, err)
	}
	return c.world.Watch(keys)[0]
}

// tick lets time pass and returns what is told of an order, if anything.
func (c *counter) tick() (change live.Change, told bool) {
	c.Helper()
	c.now = c.now.Add(time.Second)
	t, _ := c.world.Tick()
	for _, each := range t.Changes {
		if each.Frame.Order != nil {
			if told || !each.Frame.Full || each.Frame.From != 0 {
				c.Fatalf("told %+v", t.Changes)
			}
			change, told = each, true
		}
	}
	return change, told
}

// wantTold ticks. Below 0: without a courier.
func (c *counter) wantTold(what string, lat float64, rights bool) {
	c.Helper()
	change, told := c.tick()
	if !told {
		c.Fatalf("%s: nothing is told", what)
	}
	if got := change.Frame.Order.Courier; (got == nil) != (lat < 0) || got != nil && got.Lat != lat {
		c.Errorf("%s: told %+v, want one at %v", what, got, lat)
	}
	if change.Rights != rights {
		c.Errorf("%s: Rights = %v, want %v", what, change.Rights, rights)
	}
}

func (c *counter) wantSilence(what string) {
	c.Helper()
	if change, told := c.tick(); told {
		c.Errorf("%s: told %+v", what, change.Frame.Order)
	}
}

func TestOrderIsToldAsItChanges(t *testing.T) {
	c := newCounter(t)
	c.take("1", 35)
	c.take("2", 36)
	c.give("a", "1")
	c.watch("a")
	c.wantSilence("as it was when it was begun")
	c.take("1", 35.5)
	c.wantTold("moved", 35.5, false)
	c.take("1", 35.5)
	c.take("2", 36.5)
	c.wantSilence("another moved, and it was heard again")
	c.world.Retrack([]string{"a", "unknown"})
	c.wantSilence("nothing new")
	c.give("a", "2")
	c.wantTold("somebody else brings it", 36.5, true)
	c.take("1", 35.7)
	c.wantSilence("who brought it moved")
	c.world.Set("2", live.Listed{Name: "Sara"})
	c.wantTold("renamed", 36.5, false)
	c.world.Set("2", live.Listed{OffDuty: true})
	c.wantTold("off duty", -1, true)
	c.take("2", 37)
	c.wantTold("here again", 37, false)
	c.give("a", "")
	c.wantTold("nobody brings it", -1, true)
	c.take("2", 38)
	c.wantSilence("who brings nothing moved")
}

// TestCourierGoesBeforeItsFirstTick: it may have been told to who began to watch.
func TestCourierGoesBeforeItsFirstTick(t *testing.T) {
	c := newCounter(t)
	c.give("a", "1")
	c.take("1", 35)
	c.watch("a")
	c.world.Remove("1")
	c.wantTold("gone", -1, true)
}

// TestOrderThatNobodyWatchedChanges: who comes back with its version, of which
// there was no other since, is told what it is now.
func TestOrderThatNobodyWatchedChanges(t *testing.T) {
	c := newCounter(t)
	c.take("1", 35)
	c.give("a", "1")
	c.tick()
	part := c.watch("a")
	walks, _, version := c.world.Behind([]live.Have{{Part: part}})
	if len(walks) != 1 || c.world.Next(&walks[0], 1, false).Order.Courier == nil || !walks[0].Done {
		t.Fatalf("who is new gets %+v", walks)
	}
	if walks, _, _ := c.world.Behind([]live.Have{{Part: part, Version: part.Claim(version)}}); len(walks) != 1 {
		t.Error("who comes back to the version in which it was begun is believed")
	}
	c.take("1", 36)
	c.tick()
	version = c.world.Version()
	if walks, _, _ := c.world.Behind([]live.Have{{Part: part, Version: part.Claim(version)}}); len(walks) != 0 {
		t.Errorf("who has the newest gets %+v", walks)
	}
	c.world.Unwatch([]*live.Part{part})
	for range 100 {
		c.wantSilence("nobody is there")
	}
	c.give("a", "")
	c.wantSilence("nobody is there still")
	if c.world.Version() != version {
		t.Fatal("this test wants a version that stands")
	}
	again := c.watch("a")
	walks, _, _ = c.world.Behind([]live.Have{{Part: again, Version: again.Claim(version)}})
	if again == part || len(walks) != 1 || c.world.Next(&walks[0], 1, false).Order.Courier != nil {
		t.Errorf("who comes back gets %+v, want the order without a courier", walks)
	}
}

// TestOrderIsLetGo a minute after its last viewer, and nothing is computed for it.
func TestOrderIsLetGo(t *testing.T) {
	c := newCounter(t)
	c.take("1", 35)
	c.give("a", "1")
	c.world.Unwatch([]*live.Part{c.watch("a")})
	if got := c.world.Stats().Parts; got != 1 {
		t.Errorf("%d parts, want 1", got)
	}
	for range 100 {
		c.tick()
	}
	c.asked = 0
	c.take("1", 36)
	c.give("a", "1")
	c.wantSilence("nobody watches")
	if got := c.world.Stats().Parts; got != 0 || c.asked != 0 {
		t.Errorf("%d parts are left, and it was asked %d times", got, c.asked)
	}
}

func TestTracking(t *testing.T) {
	c := newCounter(t)
	c.take("1", 35)
	c.give("a", "1")
	if got := c.world.Tracking("a"); got.Order != "a" || got.Courier == nil || got.Courier.Lat != 35 {
		t.Errorf("Tracking = %+v", got)
	}
	without := live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})
	if got := without.Tracking("a"); got.Order != "a" || got.State != 0 || got.Courier != nil {
		t.Errorf("of a world without orders Tracking = %+v", got)
	}
}

// TestSeenIsWhatWasToldLast: of this courier, to who watches.
func TestSeenIsWhatWasToldLast(t *testing.T) {
	c := newCounter(t)
	c.take("c", 1)
	c.take("d", 1)
	want := func(what string, seen bool) {
		t.Helper()
		if c.seen != seen {
			t.Errorf("%s: seen is %v, want %v", what, c.seen, seen)
		}
	}
	c.give("o", "c")
	c.world.Tracking("o")
	want("asked for once, which nobody watches", false)
	c.watch("o")
	want("watched from now on", false)
	c.take("c", 2)
	c.tick()
	want("moved", true)
	c.world.Tracking("o")
	want("asked for once, while it is watched", true)
	c.give("o", "d")
	c.world.Tracking("o")
	want("another courier, before the tick", false)
	c.tick()
	want("another courier", false)
	c.take("d", 2)
	c.tick()
	want("the other moved", true)
}
