package sim

// overshoot is how far a clipped line goes past the border where it was cut,
// in metres: far enough to cross the street that runs there for sure. What
// stands out is pruned with the other short dead ends.
const overshoot = 2

// clipped returns the pieces of the line along which keep holds. keep is given
// a point and the unit direction of the line there; borders narrower than the
// step of 16 m may be missed.
func (l line) clipped(keep func(p, along point) bool) []line {
	const step = 16
	c := clipper{keep: keep}
	if keep(l[0], l[1].sub(l[0]).unit()) {
		c.run = line{l[0]}
	}
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		n := int(a.distance(b)/step) + 1
		for k := range n {
			c.walk(a.toward(b, float64(k)/float64(n)), a.toward(b, float64(k+1)/float64(n)))
		}
		if len(c.run) > 0 {
			c.run = append(c.run, b)
		}
	}
	c.end()
	return c.pieces
}

type clipper struct {
	keep   func(p, along point) bool
	run    line // the piece under way; empty: none is
	pieces []line
}

// walk goes straight from a to b.
func (c *clipper) walk(a, b point) {
	along := b.sub(a).unit()
	keep := c.keep(b, along)
	if keep == (len(c.run) > 0) {
		return
	}
	if keep {
		c.run = line{c.border(b, a, along).sub(along.times(overshoot))}
		return
	}
	c.run = append(c.run, c.border(a, b, along).add(along.times(overshoot)))
	c.end()
}

func (c *clipper) end() {
	if len(c.run) > 1 {
		c.pieces = append(c.pieces, c.run)
	}
	c.run = nil
}

// border returns the last point that is kept on the way from in to out.
func (c *clipper) border(in, out, along point) point {
	for range 12 {
		if mid := in.toward(out, 0.5); c.keep(mid, along) {
			in = mid
		} else {
			out = mid
		}
	}
	return in
}
