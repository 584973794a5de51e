package city

import (
	"math/rand/v2"

	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// builder puts houses along the streets.
type builder struct {
	rand     *rand.Rand
	plan     *plan
	borders  *plane.Segments // what a house must keep away from
	away     []float64       // metres, by a border's owner
	houses   []plane.Ring
	standing []plane.Ring // the rectangles that the houses fill or are cut from
	index    *plane.Index // of standing
}

// build returns the outlines of the city's houses.
func (c *City) build(seed uint64, p *plan) []plane.Ring {
	b := &builder{rand: rand.New(rand.NewPCG(seed, 1)), plan: p, borders: plane.NewSegments(), index: plane.NewIndex()}
	for i, lines := range c.lines {
		for _, l := range lines {
			b.border(l, c.streets[i].class.Half()-1)
		}
	}
	for _, r := range c.water {
		b.border(r.Closed(), 12)
	}
	for _, park := range p.parks {
		b.border(park.Closed(), 2)
	}
	for i := range c.Roads.Edges {
		if e := &c.Roads.Edges[i]; e.Class < road.Motorway {
			b.line(e.Shape, e.Class.Half())
			b.line(e.Shape.Reversed(), e.Class.Half())
		}
	}
	return b.houses
}

func (b *builder) border(l plane.Line, away float64) {
	b.borders.Add(l, len(b.away))
	b.away = append(b.away, away)
}

// line puts houses along the left side of a street, half as wide as it is.
func (b *builder) line(street plane.Line, half float64) {
	length, out := street.Length(), b.plan.limit.ratio(street[0])
	for s := half + 2; s < length-12; {
		wide := min(b.front(out), length-s-half)
		if wide < 10 || b.rand.Float64() < 0.05+0.3*max(out-0.75, 0)/0.25 {
			s += 14
			continue
		}
		if !b.house(street.At(s), street.At(s+wide), half+b.rand.Float64()*2, 13+10*b.rand.Float64()) {
			s += 10
			continue
		}
		s += wide + 4 + 9*out*b.rand.Float64()
	}
}

// front returns how wide the next house is, in metres: rows in the middle of
// the city, houses outside.
func (b *builder) front(out float64) float64 {
	if b.rand.Float64() < 0.2 {
		return 20 + 15*b.rand.Float64()
	}
	return 44 + 57*b.rand.Float64()*(1.2-0.5*out)
}

// house builds a house that faces the street from a to z, if there is room.
func (b *builder) house(a, z plane.Point, setback, deep float64) bool {
	along := z.Sub(a).Unit()
	back := along.Left()
	front := a.Add(back.Times(setback))
	wide := a.Distance(z)
	for ; deep > 8; deep *= 0.75 {
		corner := func(s, t float64) plane.Point { return front.Add(along.Times(s * wide)).Add(back.Times(t * deep)) }
		r := plane.Ring{corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)}
		if !b.free(r) {
			continue
		}
		b.index.Add(plane.BoxOf(r...), len(b.standing))
		b.standing = append(b.standing, r)
		b.houses = append(b.houses, b.shaped(r, corner, wide))
		return true
	}
	return false
}

// shaped returns the rectangle, or an L or a U cut from it.
func (b *builder) shaped(r plane.Ring, corner func(s, t float64) plane.Point, wide float64) plane.Ring {
	s, t := 0.3+0.2*b.rand.Float64(), 0.45+0.2*b.rand.Float64()
	switch kind := b.rand.IntN(10); {
	case kind < 2 && wide > 18:
		return plane.Ring{r[0], r[1], r[2], corner(s, 1), corner(s, t), corner(0, t)}
	case kind < 3 && wide > 18:
		return plane.Ring{r[0], r[1], corner(1, t), corner(1-s, t), corner(1-s, 1), r[3]}
	case kind < 4 && wide > 34:
		return plane.Ring{r[0], r[1], r[2], corner(1-s/2, 1), corner(1-s/2, t), corner(s/2, t), corner(s/2, 1), r[3]}
	}
	return r
}

// free reports whether the rectangle keeps away from everything.
func (b *builder) free(r plane.Ring) bool {
	const farthest, gap = 30, 1.2 // metres
	middle := r.Centroid()
	if b.plan.green(middle) || b.plan.river.within(middle, bank-10) || b.plan.river.lake.Holds(middle) {
		return false
	}
	room := plane.BoxOf(r...)
	for i := range b.index.In(room.Grown(gap)) {
		if !r.Apart(b.standing[i], gap) {
			return false
		}
	}
	for i := range b.borders.In(room.Grown(farthest)) {
		s, away := b.borders.All[i], b.away[b.borders.Owners[i]]
		if room.Grown(away).Overlaps(s.Box()) && r.Near(s, away) {
			return false
		}
	}
	return true
}
