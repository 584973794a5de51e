package plane

// Box is an upright rectangle with its border.
type Box struct{ Low, High Point }

// BoxOf returns the smallest box around the points, of which there is one at least.
func BoxOf(points ...Point) Box {
	b := Box{points[0], points[0]}
	for _, p := range points[1:] {
		b.Low = Point{min(b.Low.X, p.X), min(b.Low.Y, p.Y)}
		b.High = Point{max(b.High.X, p.X), max(b.High.Y, p.Y)}
	}
	return b
}

// Grown returns the box with its sides moved outwards.
func (b Box) Grown(by float64) Box {
	return Box{b.Low.Sub(Point{by, by}), b.High.Add(Point{by, by})}
}

// Holds reports whether p is in the box.
func (b Box) Holds(p Point) bool {
	return p.X >= b.Low.X && p.X <= b.High.X && p.Y >= b.Low.Y && p.Y <= b.High.Y
}

// Overlaps reports whether a place is in both boxes.
func (b Box) Overlaps(other Box) bool {
	return b.Low.X <= other.High.X && other.Low.X <= b.High.X && b.Low.Y <= other.High.Y && other.Low.Y <= b.High.Y
}
