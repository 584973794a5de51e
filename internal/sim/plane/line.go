package plane

import "slices"

// Line is an open polyline, or a closed one that repeats its first point. It
// has two points or more.
type Line []Point

// Straight returns a line from a to b with a point about every 25 m, so that
// it can be bent.
func Straight(a, b Point) Line {
	n := int(a.Distance(b)/25) + 1
	l := make(Line, n+1)
	for i := range l {
		l[i] = a.Toward(b, float64(i)/float64(n))
	}
	return l
}

// Length returns how long the line is.
func (l Line) Length() (sum float64) {
	for i := 1; i < len(l); i++ {
		sum += l[i].Distance(l[i-1])
	}
	return sum
}

// At returns the point s metres along the line, and its ends beyond them.
func (l Line) At(s float64) Point {
	_, at := l.locate(s)
	return at
}

// Split cuts the line s metres along it, which is between its ends.
func (l Line) Split(s float64) (head, tail Line) {
	next, at := l.locate(s)
	return append(l[:next:next], at), append(Line{at}, l[next:]...)
}

// locate returns the place s metres along the line and which point comes next.
func (l Line) locate(s float64) (next int, at Point) {
	for i := 1; i < len(l); i++ {
		n := l[i].Distance(l[i-1])
		if s <= n && n > 0 {
			return i, l[i-1].Toward(l[i], max(s, 0)/n)
		}
		s -= n
	}
	return len(l), l[len(l)-1]
}

// Reversed returns the line from its end to its beginning.
func (l Line) Reversed() Line {
	r := slices.Clone(l)
	slices.Reverse(r)
	return r
}

// Offset returns the line moved to its left by by(i) metres at point i.
func (l Line) Offset(by func(i int) float64) Line {
	moved := make(Line, len(l))
	for i, p := range l {
		along := l[min(i+1, len(l)-1)].Sub(l[max(i-1, 0)]).Unit()
		moved[i] = p.Add(along.Left().Times(by(i)))
	}
	return moved
}

// Simplified drops points that are within tolerance of the line without them
// (Douglas and Peucker 1973).
func (l Line) Simplified(tolerance float64) Line {
	if len(l) < 3 {
		return l
	}
	far, where := tolerance, 0
	whole := Segment{A: l[0], B: l[len(l)-1]}
	for i := 1; i < len(l)-1; i++ {
		if d := whole.distance(l[i]); d > far {
			far, where = d, i
		}
	}
	if where == 0 {
		return Line{l[0], l[len(l)-1]}
	}
	head := l[:where+1].Simplified(tolerance)
	return append(head[:len(head)-1:len(head)-1], l[where:].Simplified(tolerance)...)
}

// Smooth returns a curve through the points, of n pieces between each two
// (Catmull and Rom 1974).
func (l Line) Smooth(n int) Line {
	curve := Line{l[0]}
	for i := 1; i < len(l); i++ {
		a, b, c, d := l[max(i-2, 0)], l[i-1], l[i], l[min(i+1, len(l)-1)]
		for k := 1; k <= n; k++ {
			t := float64(k) / float64(n)
			p := b.Times(2).Add(c.Sub(a).Times(t))
			p = p.Add(a.Times(2).Sub(b.Times(5)).Add(c.Times(4)).Sub(d).Times(t * t))
			p = p.Add(b.Times(3).Sub(a).Sub(c.Times(3)).Add(d).Times(t * t * t))
			curve = append(curve, p.Times(0.5))
		}
	}
	return curve
}

// Moved returns the line with each point moved.
func (l Line) Moved(move func(Point) Point) Line {
	moved := make(Line, len(l))
	for i, p := range l {
		moved[i] = move(p)
	}
	return moved
}
