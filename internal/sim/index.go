package sim

import "iter"

// The index covers a square around the centre; what lies outside of it is
// found in its outermost cells.
const (
	indexReach = 8000 // metres to each side
	indexCell  = 64   // metres
	indexSide  = 2 * indexReach / indexCell
)

// index finds what is near by: numbers of things, by the boxes they lie in.
type index struct {
	cells [][]int32
}

func newIndex() *index { return &index{make([][]int32, indexSide*indexSide)} }

func (x *index) add(b box, id int) {
	for cell := range cellsOf(b) {
		x.cells[cell] = append(x.cells[cell], int32(id))
	}
}

// near yields what may lie in the box, some of it more than once.
func (x *index) near(b box) iter.Seq[int] {
	return func(yield func(int) bool) {
		for cell := range cellsOf(b) {
			for _, id := range x.cells[cell] {
				if !yield(int(id)) {
					return
				}
			}
		}
	}
}

func cellsOf(b box) iter.Seq[int] {
	return func(yield func(int) bool) {
		west, east := cellOf(b.low.x), cellOf(b.high.x)
		for row := cellOf(b.low.y); row <= cellOf(b.high.y); row++ {
			for column := west; column <= east; column++ {
				if !yield(row*indexSide + column) {
					return
				}
			}
		}
	}
}

func cellOf(metres float64) int {
	return min(max(int((metres+indexReach)/indexCell), 0), indexSide-1)
}

// segment is a straight piece of a street or of a border.
type segment struct {
	a, b  point
	owner int // who it is a piece of
}

// segments are segments that are found by place.
type segments struct {
	all   []segment
	index *index
}

func newSegments() *segments { return &segments{index: newIndex()} }

func (s *segments) add(l line, owner int) {
	for i := 1; i < len(l); i++ {
		s.index.add(boxOf(l[i-1], l[i]), len(s.all))
		s.all = append(s.all, segment{l[i-1], l[i], owner})
	}
}

// near yields the segments within reach of p.
func (s *segments) near(p point, reach float64) iter.Seq[segment] {
	return func(yield func(segment) bool) {
		for i := range s.index.near(boxOf(p).grown(reach)) {
			if g := s.all[i]; apart(p, g.a, g.b) <= reach && !yield(g) {
				return
			}
		}
	}
}
