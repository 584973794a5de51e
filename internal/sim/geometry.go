package sim

import "math"

// point is a place in metres east and north of the city's centre. On eight
// kilometres the plane errs by less than a metre.
type point struct{ x, y float64 }

func (p point) add(q point) point               { return point{p.x + q.x, p.y + q.y} }
func (p point) sub(q point) point               { return point{p.x - q.x, p.y - q.y} }
func (p point) times(k float64) point           { return point{p.x * k, p.y * k} }
func (p point) toward(q point, t float64) point { return p.add(q.sub(p).times(t)) }
func (p point) dot(q point) float64             { return p.x*q.x + p.y*q.y }
func (p point) cross(q point) float64           { return p.x*q.y - p.y*q.x }
func (p point) length() float64                 { return math.Sqrt(p.x*p.x + p.y*p.y) }
func (p point) distance(q point) float64        { return p.sub(q).length() }
func (p point) left() point                     { return point{-p.y, p.x} }

func (p point) unit() point {
	if n := p.length(); n > 0 {
		return p.times(1 / n)
	}
	return point{}
}

// polar returns the point at the angle (radians, counterclockwise from east)
// and distance from the origin.
func polar(angle, distance float64) point {
	sin, cos := math.Sincos(angle)
	return point{distance * cos, distance * sin}
}

// line is an open polyline, or a closed one that repeats its first point.
type line []point

func (l line) length() (sum float64) {
	for i := 1; i < len(l); i++ {
		sum += l[i].distance(l[i-1])
	}
	return sum
}

// at returns the point s metres along the line, and its ends beyond them.
func (l line) at(s float64) point {
	for i := 1; i < len(l); i++ {
		n := l[i].distance(l[i-1])
		if s <= n && n > 0 {
			return l[i-1].toward(l[i], max(s, 0)/n)
		}
		s -= n
	}
	return l[len(l)-1]
}

// offset returns the line moved to its left by by(i) metres at point i.
func (l line) offset(by func(i int) float64) line {
	moved := make(line, len(l))
	for i, p := range l {
		along := l[min(i+1, len(l)-1)].sub(l[max(i-1, 0)]).unit()
		moved[i] = p.add(along.left().times(by(i)))
	}
	return moved
}

// distance returns how far p is from the line.
func (l line) distance(p point) float64 {
	nearest := math.Inf(1)
	for i := 1; i < len(l); i++ {
		nearest = min(nearest, apart(p, l[i-1], l[i]))
	}
	return nearest
}

// simplified drops points that are within tolerance of the line without them
// (Douglas and Peucker 1973).
func (l line) simplified(tolerance float64) line {
	if len(l) < 3 {
		return l
	}
	far, where := tolerance, 0
	for i := 1; i < len(l)-1; i++ {
		if d := apart(l[i], l[0], l[len(l)-1]); d > far {
			far, where = d, i
		}
	}
	if where == 0 {
		return line{l[0], l[len(l)-1]}
	}
	head := l[:where+1].simplified(tolerance)
	return append(head[:len(head)-1:len(head)-1], l[where:].simplified(tolerance)...)
}

// smooth returns a curve through the points, of n pieces between each two
// (Catmull and Rom 1974).
func (l line) smooth(n int) line {
	curve := line{l[0]}
	for i := 1; i < len(l); i++ {
		a, b, c, d := l[max(i-2, 0)], l[i-1], l[i], l[min(i+1, len(l)-1)]
		for k := 1; k <= n; k++ {
			t := float64(k) / float64(n)
			p := b.times(2).add(c.sub(a).times(t))
			p = p.add(a.times(2).sub(b.times(5)).add(c.times(4)).sub(d).times(t * t))
			p = p.add(b.times(3).sub(a).sub(c.times(3)).add(d).times(t * t * t))
			curve = append(curve, p.times(0.5))
		}
	}
	return curve
}

// apart returns the distance of p from the segment ab.
func apart(p, a, b point) float64 {
	ab := b.sub(a)
	n := ab.dot(ab)
	if n == 0 {
		return p.distance(a)
	}
	t := min(max(p.sub(a).dot(ab)/n, 0), 1)
	return p.distance(a.add(ab.times(t)))
}

// crossing returns where the segments ab and cd meet, as fractions of both.
func crossing(a, b, c, d point) (t, u float64, meet bool) {
	const slack = 1e-9 // a touch counts
	ab, cd := b.sub(a), d.sub(c)
	n := ab.cross(cd)
	if math.Abs(n) < 1e-9 {
		return 0, 0, false
	}
	ac := c.sub(a)
	t, u = ac.cross(cd)/n, ac.cross(ab)/n
	meet = t >= -slack && t <= 1+slack && u >= -slack && u <= 1+slack
	return min(max(t, 0), 1), min(max(u, 0), 1), meet
}

// ring is the outline of an area, counterclockwise; its last point is joined
// to its first one.
type ring []point

func (r ring) area() (sum float64) {
	for i, p := range r {
		sum += p.cross(r[(i+1)%len(r)])
	}
	return sum / 2
}

func (r ring) centroid() point {
	var sum point
	var weight float64
	for i, p := range r {
		q := r[(i+1)%len(r)]
		w := p.cross(q)
		sum, weight = sum.add(p.add(q).times(w)), weight+w
	}
	return sum.times(1 / (3 * weight))
}

// holds reports whether p is inside, by the even-odd rule.
func (r ring) holds(p point) bool {
	odd := false
	for i, a := range r {
		b := r[(i+1)%len(r)]
		if (a.y > p.y) != (b.y > p.y) && p.x < a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) {
			odd = !odd
		}
	}
	return odd
}

// closed returns the outline as a line that ends where it begins.
func (r ring) closed() line { return append(append(line(nil), r...), r[0]) }

// box is an upright rectangle.
type box struct{ low, high point }

func boxOf(points ...point) box {
	b := box{points[0], points[0]}
	for _, p := range points {
		b.low = point{min(b.low.x, p.x), min(b.low.y, p.y)}
		b.high = point{max(b.high.x, p.x), max(b.high.y, p.y)}
	}
	return b
}

func (b box) grown(by float64) box {
	return box{b.low.sub(point{by, by}), b.high.add(point{by, by})}
}

func (b box) holds(p point) bool {
	return p.x >= b.low.x && p.x <= b.high.x && p.y >= b.low.y && p.y <= b.high.y
}

// area is a ring that is asked often what it holds.
type area struct {
	ring
	box
}

func areaOf(r ring) area { return area{r, boxOf(r...)} }

func (a area) holds(p point) bool { return a.box.holds(p) && a.ring.holds(p) }
