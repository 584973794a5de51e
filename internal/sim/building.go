package sim

import "math/rand/v2"

// builder puts houses along the streets.
type builder struct {
	rand     *rand.Rand
	plan     *plan
	borders  *segments // what a house must keep away from
	away     []float64 // metres, by a border's owner
	houses   []ring
	standing []ring // the rectangles that the houses fill or are cut from
	index    *index // of standing
}

func (c *City) build(p *plan) {
	b := &builder{rand: rand.New(rand.NewPCG(c.seed, 1)), plan: p, borders: newSegments(), index: newIndex()}
	for _, l := range c.lines {
		for _, piece := range l.lines {
			b.border(piece, l.road.class.half()-1)
		}
	}
	for _, r := range c.water {
		b.border(r.closed(), 12)
	}
	for i := range p.parks {
		b.border(p.parks[i].closed(), 2)
	}
	for i := range c.graph.edges {
		e := &c.graph.edges[i]
		if e.class == motorway {
			continue
		}
		b.line(e.shape, e.class)
		b.line(e.shape.reversed(), e.class)
	}
	c.buildings = b.houses
}

func (l line) reversed() line {
	r := make(line, len(l))
	for i, p := range l {
		r[len(l)-1-i] = p
	}
	return r
}

func (b *builder) border(l line, away float64) {
	b.borders.add(l, len(b.away))
	b.away = append(b.away, away)
}

// line puts houses along the left side of a street.
func (b *builder) line(street line, c class) {
	length, out := street.length(), b.plan.limit.ratio(street[0])
	for s := c.half() + 2; s < length-12; {
		wide := min(b.front(out), length-s-c.half())
		if wide < 10 || b.rand.Float64() < 0.05+0.3*max(out-0.75, 0)/0.25 {
			s += 14
			continue
		}
		if !b.house(street.at(s), street.at(s+wide), c.half()+b.rand.Float64()*2, 13+10*b.rand.Float64()) {
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

// house builds a house that faces the street from a to b, if there is room.
func (b *builder) house(a, z point, setback, deep float64) bool {
	along := z.sub(a).unit()
	back := along.left()
	front := a.add(back.times(setback))
	wide := a.distance(z)
	for ; deep > 8; deep *= 0.75 {
		corner := func(s, t float64) point { return front.add(along.times(s * wide)).add(back.times(t * deep)) }
		r := ring{corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)}
		if !b.free(r) {
			continue
		}
		b.index.add(boxOf(r...), len(b.standing))
		b.standing = append(b.standing, r)
		b.houses = append(b.houses, b.shaped(r, corner, wide))
		return true
	}
	return false
}

// shaped returns the rectangle, or an L or a U cut from it.
func (b *builder) shaped(r ring, corner func(s, t float64) point, wide float64) ring {
	s, t := 0.3+0.2*b.rand.Float64(), 0.45+0.2*b.rand.Float64()
	switch kind := b.rand.IntN(10); {
	case kind < 2 && wide > 18:
		return ring{corner(0, 0), corner(1, 0), corner(1, 1), corner(s, 1), corner(s, t), corner(0, t)}
	case kind < 3 && wide > 18:
		return ring{corner(0, 0), corner(1, 0), corner(1, t), corner(1-s, t), corner(1-s, 1), corner(0, 1)}
	case kind < 4 && wide > 34:
		return ring{corner(0, 0), corner(1, 0), corner(1, 1), corner(1-s/2, 1), corner(1-s/2, t), corner(s/2, t), corner(s/2, 1), corner(0, 1)}
	}
	return r
}

// free reports whether the rectangle keeps away from everything.
func (b *builder) free(r ring) bool {
	const farthest, gap = 30, 1.2 // metres
	middle := r.centroid()
	if b.plan.green(middle) || b.plan.river.within(middle, bank-10) || b.plan.river.lake.holds(middle) {
		return false
	}
	room := boxOf(r...)
	for i := range b.index.near(room.grown(gap)) {
		if !disjoint(r, b.standing[i], gap) {
			return false
		}
	}
	for i := range b.borders.index.near(room.grown(farthest)) {
		if s := b.borders.all[i]; touches(r, s, b.away[s.owner]) {
			return false
		}
	}
	return true
}

// disjoint reports whether one side of one of the two rectangles has the other
// one beyond it, a gap away.
func disjoint(r, other ring, gap float64) bool {
	return beyond(r, other, gap) || beyond(other, r, gap)
}

func beyond(r, other ring, gap float64) bool {
	for i, a := range r {
		out := r[(i+1)%len(r)].sub(a).unit().left().times(-1)
		if all(other, func(p point) bool { return p.sub(a).dot(out) >= gap }) {
			return true
		}
	}
	return false
}

// touches reports whether the segment comes nearer to the ring than away, or
// into it.
func touches(r ring, s segment, away float64) bool {
	if !overlap(boxOf(r...).grown(away), boxOf(s.a, s.b)) {
		return false
	}
	for i, a := range r {
		z := r[(i+1)%len(r)]
		if _, _, meet := crossing(a, z, s.a, s.b); meet || apart(a, s.a, s.b) < away || apart(s.a, a, z) < away || apart(s.b, a, z) < away {
			return true
		}
	}
	return r.holds(s.a)
}

func overlap(a, b box) bool {
	return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y && b.low.y <= a.high.y
}
