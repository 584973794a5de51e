package sim

import (
	"math"
	"math/rand/v2"
	"time"

	"peyk/internal/sim/city"
	"peyk/internal/sim/persian"
)

// Door is where somebody lives in a city.
type Door struct {
	Lat, Lon float64 // degrees, WGS 84
	Address  string  // in Persian

	node int // of the roads
}

// AnyDoor returns one by chance.
func (c *City) AnyDoor(r *rand.Rand) Door { return c.door(c.roads.Doors[r.IntN(len(c.roads.Doors))]) }

// DoorAt returns the one that is nearest to a place.
func (c *City) DoorAt(lat, lon float64) Door {
	at, nearest, least := city.Point(lat, lon), 0, math.Inf(1)
	for _, node := range c.roads.Doors {
		if d := c.roads.Nodes[node].At.Distance(at); d < least {
			nearest, least = node, d
		}
	}
	return c.door(nearest)
}

func (c *City) door(node int) Door {
	const houses = 90 // at most in a street
	d := Door{node: node, Address: c.city.Street(node).Fa + "، پلاک " + persian.Digits(1+node%houses)}
	d.Lat, d.Lon = city.Degrees(c.roads.Nodes[node].At)
	d.Lat, d.Lon = math.Round(d.Lat*1e6)/1e6, math.Round(d.Lon*1e6)/1e6
	return d
}

// Bound returns to which door the courier drives, and how long until it is there;
// below 0: for how long it has stood there.
func (c *Courier) Bound() (to Door, left time.Duration) {
	return c.city.door(c.door), seconds(c.trip.time) - c.elapsed
}

// Send makes a door the one to which the courier drives next. It drives off soon
// after it has come to the one to which it is bound now.
func (c *Courier) Send(to Door) {
	const handover = 30 * time.Second
	c.next = &to.node
	c.stay = min(c.stay, max(handover, c.elapsed-seconds(c.trip.time)))
}
