// Package plane is geometry on a plane, in metres: points, lines, rings, and
// segments that are found by where they are. It draws; it knows nothing of
// what the drawing shows, and nothing of the round earth.
//
// Its values are changed by nobody but who holds them, and may be read by many
// at once.
package plane

import "math"

// Point is a place, or the way from one place to another, in metres to the
// east (X) and north (Y).
type Point struct{ X, Y float64 }

// Pt returns the point x metres east and y metres north of the origin.
func Pt(x, y float64) Point { return Point{x, y} }

// Polar returns the point at the angle (radians, counterclockwise from east)
// and distance from the origin.
func Polar(angle, distance float64) Point {
	sin, cos := math.Sincos(angle)
	return Point{distance * cos, distance * sin}
}

// Add returns p moved by q.
func (p Point) Add(q Point) Point { return Point{p.X + q.X, p.Y + q.Y} }

// Sub returns the way from q to p.
func (p Point) Sub(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// Times returns p, k times as far from the origin.
func (p Point) Times(k float64) Point { return Point{p.X * k, p.Y * k} }

// Toward returns the point on the way from p (at 0) to q (at 1).
func (p Point) Toward(q Point, t float64) Point { return p.Add(q.Sub(p).Times(t)) }

// Dot returns the inner product.
func (p Point) Dot(q Point) float64 { return p.X*q.X + p.Y*q.Y }

// Cross returns the outer product: positive if q points to the left of p.
func (p Point) Cross(q Point) float64 { return p.X*q.Y - p.Y*q.X }

// Length returns the distance from the origin.
func (p Point) Length() float64 { return math.Sqrt(p.X*p.X + p.Y*p.Y) }

// Distance returns how far apart p and q are.
func (p Point) Distance(q Point) float64 { return p.Sub(q).Length() }

// Left returns p turned by a right angle, counterclockwise.
func (p Point) Left() Point { return Point{-p.Y, p.X} }

// Rotated returns p turned around the origin by radians, counterclockwise.
func (p Point) Rotated(angle float64) Point {
	sin, cos := math.Sincos(angle)
	return Point{p.X*cos - p.Y*sin, p.X*sin + p.Y*cos}
}

// Unit returns p at length 1; the origin stays where it is.
func (p Point) Unit() Point {
	if n := p.Length(); n > 0 {
		return p.Times(1 / n)
	}
	return Point{}
}
