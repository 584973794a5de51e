// Package city invents a city: a river, motorways around it and avenues
// through it, districts with a grid of streets each, parks, houses and their
// names. It draws it as GeoJSON, and knows the roads in it.
//
// The same seed makes the same city, byte for byte, on one kind of processor;
// another one may round otherwise.
package city

import (
	"peyk/internal/sim/persian"
	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// City is an invented city of about 8 by 6 km. It does not change once it is
// made and is safe for concurrent use.
type City struct {
	Roads     *road.Graph
	streets   []street
	lines     [][]plane.Line // of each street; none: it has gone
	ground    plane.Ring
	water     []plane.Ring
	parks     []plane.Ring
	buildings []plane.Ring
	places    []place
}

// place is a name on the map that belongs to no street.
type place struct {
	at   plane.Point
	kind string
	name persian.Name
	rank int // 1 is seen from farthest away
}

// New makes the city of a seed.
func New(seed uint64) *City {
	p := newPlan(seed)
	n := road.NewNetwork(p.strokes)
	n.Prune(func(street int, _ plane.Point, length float64) bool {
		return length < 25 || length < 70 && p.streets[street].class > road.Alley
	})
	c := &City{
		Roads:   road.NewGraph(n, func(street int) road.Class { return p.streets[street].class }),
		streets: p.streets,
		lines:   n.Lines(len(p.streets)),
		ground:  p.limit.outline(180, 0.99),
		water:   append([]plane.Ring{p.river.water(), p.river.lake.Ring}, p.lakes...),
		parks:   []plane.Ring{p.river.banks()},
	}
	for _, park := range p.parks {
		c.parks = append(c.parks, park.Ring)
	}
	name := persian.Name{Fa: "شهر نمایشی", En: "Demo City"}
	c.places = append([]place{{plane.Point{}, "city", name, 1}}, p.places...)
	c.buildings = c.build(seed, p)
	return c
}

// Street returns the name of a street that leads to a node of the roads.
func (c *City) Street(node int) persian.Name { return c.streets[c.Roads.Road(node)].name }
