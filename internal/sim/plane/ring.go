package plane

import (
	"math"
	"slices"
)

// Ring is the outline of an area, counterclockwise; its last point is joined
// to its first one.
type Ring []Point

// Disc returns a circle of 32 points.
func Disc(center Point, radius float64) Ring {
	const n = 32
	r := make(Ring, n)
	for i := range r {
		r[i] = center.Add(Polar(2*math.Pi*float64(i)/n, radius))
	}
	return r
}

// side returns the way from point i to the next one.
func (r Ring) side(i int) Segment { return Segment{A: r[i], B: r[(i+1)%len(r)]} }

// Area returns the area in square metres, negative if the ring is clockwise.
func (r Ring) Area() (sum float64) {
	for i, p := range r {
		sum += p.Cross(r.side(i).B)
	}
	return sum / 2
}

// Centroid returns the area's centre of gravity.
func (r Ring) Centroid() Point {
	var sum Point
	var weight float64
	for i, p := range r {
		q := r.side(i).B
		w := p.Cross(q)
		sum, weight = sum.Add(p.Add(q).Times(w)), weight+w
	}
	return sum.Times(1 / (3 * weight))
}

// Holds reports whether p is inside, by the even-odd rule.
func (r Ring) Holds(p Point) bool {
	odd := false
	for i := range r {
		if r.side(i).eastOf(p) {
			odd = !odd
		}
	}
	return odd
}

// Closed returns the outline as a line that ends where it begins.
func (r Ring) Closed() Line { return Line(slices.Concat(r, r[:1])) }

// Apart reports whether one side of one of the two rings has the other ring
// beyond it, a gap away. Where both are convex, that is whether they are apart.
func (r Ring) Apart(other Ring, gap float64) bool {
	return r.beside(other, gap) || other.beside(r, gap)
}

func (r Ring) beside(other Ring, gap float64) bool {
	for i, a := range r {
		in := r.side(i).Along().Left()
		if !slices.ContainsFunc(other, func(p Point) bool { return p.Sub(a).Dot(in) > -gap }) {
			return true
		}
	}
	return false
}

// Near reports whether the segment comes nearer to the ring than reach, or into it.
func (r Ring) Near(s Segment, reach float64) bool {
	for i := range r {
		if r.side(i).near(s, reach) {
			return true
		}
	}
	return r.Holds(s.A)
}
