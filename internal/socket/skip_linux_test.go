package socket

import (
	"strconv"
	"testing"
	"time"

	"peyk"
)

// tick moves so many couriers, all at one place, and hands the tick to the loop.
func (c *cranked) tick(couriers int) {
	c.t.Helper()
	for i := range couriers {
		r := peyk.Report{Courier: peyk.Courier{ID: strconv.Itoa(i)}, Position: peyk.Position{Lat: 35.7, Lon: 51.4}}
		if _, _, err := c.hub.o.World.Take(r); err != nil {
			c.t.Fatal(err)
		}
	}
	tick, changed := c.hub.o.World.Tick()
	if !changed {
		c.t.Fatal("a tick in which nothing changed")
	}
	c.hub.Tell(tick)
}

// TestSkipsAreCounted by their reasons, once for each tick and viewer.
func TestSkipsAreCounted(t *testing.T) {
	c := crank(t)
	v, far := c.viewer()
	var want Skips
	check := func(what string) {
		t.Helper()
		if got := c.hub.Stats().Skipped; got != want {
			t.Errorf("%s: skipped %+v, want %+v", what, got, want)
		}
	}
	inStep := func() {
		t.Helper()
		for began := time.Now(); v.late || len(v.out) > 0; c.turn() {
			if len(v.out) > 0 {
				c.heard(far)
			}
			if time.Since(began) > patience {
				t.Fatal("the viewer does not come into step")
			}
		}
	}
	c.send(far, frame(0x81, `{"type":"watch","view":{"box":[35.6,51.3,35.8,51.5],"zoom":11}}`))
	for _, e := range c.events() {
		c.handle(e, c.now)
	}
	c.tick(10)
	c.takeInbox(c.now)
	want.Late = 1
	check("the viewer is new")
	inStep()
	c.tick(10)
	c.turn()
	check("in step")

	for range maxMoments + 1 {
		c.tick(10)
	}
	c.turn()
	want.Missed, want.Late = maxMoments, 2
	check("the loop stood still")

	inStep()
	for !v.held {
		c.tick(1000)
		c.turn()
	}
	c.tick(1000)
	c.turn()
	want.Full = 1
	check("the client does not read")

	inStep()
	c.tick(1001)
	c.turn()
	want.Turned = 1
	check("couriers become counts")
}
