// Package sim knows an invented city and couriers who drive around in it: what
// the demo shows, and what makes couriers for a load test. The same seed makes
// the same city, byte for byte, and the same couriers, whatever the steps in
// which their time advances. That holds on one kind of processor: another one
// may round otherwise, so take map and couriers from one process.
//
// It has no clock, no network and no disk: who asks a courier for its position
// says how much time went by, and sets the position's time. It knows of no
// traffic, no one-way streets and no other courier.
package sim

// Demo is the seed of the city that the map's builtin style shows.
const Demo = 1404

// City is an invented city of about 8 by 6 km. It does not change once it is
// made and is safe for concurrent use.
type City struct {
	seed      uint64
	graph     *graph
	lines     []streetLines
	ground    ring
	water     []ring
	parks     []ring
	buildings []ring
	places    []place
}

// streetLines are the lines of one street on the map.
type streetLines struct {
	road  road
	lines []line
}

// NewCity makes the city of a seed.
func NewCity(seed uint64) *City {
	p := newPlan(seed)
	n := arrange(p.strokes)
	n.prune(func(r int, _ point, length float64) bool {
		return length < 25 || length < 70 && p.roads[r].class != alley
	})
	c := &City{seed: seed, graph: newGraph(n, p.roads), ground: p.limit.outline(180, 0.99)}
	for i, lines := range n.lines(len(p.roads)) {
		if len(lines) > 0 {
			c.lines = append(c.lines, streetLines{p.roads[i], lines})
		}
	}
	c.water = append([]ring{p.river.water(), p.river.lake.ring}, p.lakes...)
	c.parks = []ring{p.river.banks()}
	for _, k := range p.parks {
		c.parks = append(c.parks, k.ring)
	}
	c.places = append([]place{{point{0, 0}, "city", name{"شهر نمایشی", "Demo City"}, 1}}, p.places...)
	c.build(p)
	return c
}
