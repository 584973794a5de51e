package sim_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"peyk/internal/sim"
)

// TestCouriersGoWhereTheyAreSent: to the very door, once they have been at the one
// to which they were bound.
func TestCouriersGoWhereTheyAreSent(t *testing.T) {
	c, r := sim.NewCourier(demo(), 7), rand.New(rand.NewPCG(1, 2))
	for range 20 {
		before, left := c.Bound()
		to := demo().AnyDoor(r)
		if to == before {
			continue
		}
		c.Send(to)
		c.Advance(max(left, 0))
		if is, left := c.Bound(); is != before || left > 0 {
			t.Fatalf("bound to %+v, %v away, want to be at %+v first", is, left, before)
		}
		c.Advance(31 * time.Second)
		is, left := c.Bound()
		if is != to || left <= 0 {
			t.Fatalf("half a minute later it is bound to %+v, %v away, want %+v", is, left, to)
		}
		p := c.Advance(left)
		if far := spotOf(p.Lat, p.Lon).distance(spotOf(to.Lat, to.Lon)); far > 5 {
			t.Fatalf("it arrived %v m from the door", far)
		}
	}
}

func TestDoorAt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		door := demo().AnyDoor(r)
		if got := demo().DoorAt(door.Lat, door.Lon); got != door {
			t.Errorf("DoorAt = %+v, want %+v", got, door)
		}
		if door.Address == "" {
			t.Errorf("%+v has no address", door)
		}
	}
}
