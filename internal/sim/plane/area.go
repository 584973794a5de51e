package plane

// Area is a ring that is asked often what it holds. It is made by AreaOf.
type Area struct {
	Ring
	Box
	rows [][]Segment // the sides that reach into each of the box's rows
}

// AreaOf returns the area in a ring.
func AreaOf(r Ring) Area {
	const rows = 32
	a := Area{r, BoxOf(r...), make([][]Segment, rows)}
	for i := range r {
		s := r.side(i)
		for row := a.row(min(s.A.Y, s.B.Y)); row <= a.row(max(s.A.Y, s.B.Y)); row++ {
			a.rows[row] = append(a.rows[row], s)
		}
	}
	return a
}

// row returns the number of the row at a height; a flat box has the first one only.
func (a *Area) row(y float64) int {
	n := len(a.rows)
	return min(max(int((y-a.Low.Y)/(a.High.Y-a.Low.Y)*float64(n)), 0), n-1)
}

// Holds reports whether p is inside, by the even-odd rule.
func (a *Area) Holds(p Point) bool { return a.Box.Holds(p) && a.holds(p) }

func (a *Area) holds(p Point) bool {
	odd := false
	for _, s := range a.rows[a.row(p.Y)] {
		if s.eastOf(p) {
			odd = !odd
		}
	}
	return odd
}
