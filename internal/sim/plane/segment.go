package plane

import (
	"iter"
	"math"
)

// Segment is a straight piece of a line.
type Segment struct{ A, B Point }

func (s Segment) way() Point { return s.B.Sub(s.A) }

// Along returns the unit direction from A to B.
func (s Segment) Along() Point { return s.way().Unit() }

// Box returns the smallest box that holds the segment.
func (s Segment) Box() Box { return BoxOf(s.A, s.B) }

// distance returns how far p is from the segment.
func (s Segment) distance(p Point) float64 {
	ab := s.way()
	n := ab.Dot(ab)
	if n == 0 {
		return p.Distance(s.A)
	}
	t := min(max(p.Sub(s.A).Dot(ab)/n, 0), 1)
	return p.Distance(s.A.Add(ab.Times(t)))
}

// Crossing returns where the segments meet, as fractions of both. A touch
// counts; parallel ones do not meet.
func (s Segment) Crossing(other Segment) (t, u float64, meet bool) {
	const slack = 1e-9
	ab, cd := s.way(), other.way()
	n := ab.Cross(cd)
	if math.Abs(n) < slack {
		return 0, 0, false
	}
	ac := other.A.Sub(s.A)
	t, u = ac.Cross(cd)/n, ac.Cross(ab)/n
	meet = t >= -slack && t <= 1+slack && u >= -slack && u <= 1+slack
	return min(max(t, 0), 1), min(max(u, 0), 1), meet
}

// near reports whether the segments cross or come nearer than reach.
func (s Segment) near(other Segment, reach float64) bool {
	_, _, meet := s.Crossing(other)
	return meet || other.distance(s.A) < reach || s.distance(other.A) < reach || s.distance(other.B) < reach
}

// eastOf reports whether the segment crosses the ray from p to the east.
func (s Segment) eastOf(p Point) bool {
	return (s.A.Y > p.Y) != (s.B.Y > p.Y) && p.X < s.A.X+(p.Y-s.A.Y)/(s.B.Y-s.A.Y)*(s.B.X-s.A.X)
}

// Segments are numbered segments that are found by place. They are made by
// NewSegments.
type Segments struct {
	All    []Segment
	Owners []int // whose piece each is
	index  *Index
}

// NewSegments returns no segments.
func NewSegments() *Segments { return &Segments{index: NewIndex()} }

// Add adds the line's segments.
func (s *Segments) Add(l Line, owner int) {
	for i := 1; i < len(l); i++ {
		g := Segment{l[i-1], l[i]}
		s.index.Add(g.Box(), len(s.All))
		s.All, s.Owners = append(s.All, g), append(s.Owners, owner)
	}
}

// In yields the numbers of the segments that may lie in the box, some more than once.
func (s *Segments) In(b Box) iter.Seq[int] { return s.index.In(b) }

// Near yields the numbers of the segments within reach of p, some more than once.
func (s *Segments) Near(p Point, reach float64) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range s.index.In(BoxOf(p).Grown(reach)) {
			if s.All[i].distance(p) <= reach && !yield(i) {
				return
			}
		}
	}
}
