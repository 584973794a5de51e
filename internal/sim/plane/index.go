package plane

import "iter"

// The index covers a square around the origin; what lies outside of it is
// found in its outermost cells.
const (
	cell    = 64  // metres
	columns = 188 // and as many rows: 12 km
)

// Index finds what is near by: numbers of things, by the boxes they lie in.
// It is made by NewIndex.
type Index struct{ cells [][]int32 }

// NewIndex returns an index of nothing.
func NewIndex() *Index { return &Index{make([][]int32, columns*columns)} }

// Add adds the thing with that number, which lies in the box.
func (x *Index) Add(b Box, id int) {
	for c := range cellsOf(b) {
		x.cells[c] = append(x.cells[c], int32(id))
	}
}

// In yields what may lie in the box, some of it more than once: cell by cell,
// and in the order in which it was added.
func (x *Index) In(b Box) iter.Seq[int] {
	return func(yield func(int) bool) {
		for c := range cellsOf(b) {
			for _, id := range x.cells[c] {
				if !yield(int(id)) {
					return
				}
			}
		}
	}
}

func cellsOf(b Box) iter.Seq[int] {
	return func(yield func(int) bool) {
		west, east := column(b.Low.X), column(b.High.X)
		for row := column(b.Low.Y); row <= column(b.High.Y); row++ {
			for c := west; c <= east; c++ {
				if !yield(row*columns + c) {
					return
				}
			}
		}
	}
}

// column returns the number of the column, or the row, of cells.
func column(metres float64) int { return min(max(int(metres/cell+columns/2), 0), columns-1) }
