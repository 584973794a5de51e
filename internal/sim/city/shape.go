package city

import (
	"math"
	"math/rand/v2"

	"peyk/internal/sim/plane"
)

// blob is a rounded shape that is not quite an ellipse.
type blob struct {
	center plane.Point
	radii  []float64 // metres, from the east counterclockwise
}

// newBlob returns a blob with half axes a and b. A square of 2 makes an
// ellipse, more makes it squarer.
func newBlob(r *rand.Rand, center plane.Point, a, b, square, unevenness float64) blob {
	var harmonics [4]struct{ size, phase float64 }
	for i := range harmonics {
		harmonics[i].size = unevenness * (0.5 + r.Float64()) / float64(i+2)
		harmonics[i].phase = r.Float64() * 2 * math.Pi
	}
	s := blob{center, make([]float64, 720)}
	for i := range s.radii {
		angle := 2 * math.Pi * float64(i) / float64(len(s.radii))
		sin, cos := math.Sincos(angle)
		n := math.Pow(math.Abs(cos)/a, square) + math.Pow(math.Abs(sin)/b, square)
		uneven := 1.0
		for k, h := range harmonics {
			uneven += h.size * math.Sin(float64(k+2)*angle+h.phase)
		}
		s.radii[i] = math.Pow(n, -1/square) * uneven
	}
	return s
}

// reach returns the distance from the centre to the outline at an angle.
func (s blob) reach(angle float64) float64 {
	n := len(s.radii)
	whole, part := math.Modf(angle/(2*math.Pi)*float64(n) + float64(n))
	i := int(whole)
	return s.radii[i%n]*(1-part) + s.radii[(i+1)%n]*part
}

// ratio returns p's distance from the centre, where the outline's is 1.
func (s blob) ratio(p plane.Point) float64 {
	v := p.Sub(s.center)
	return v.Length() / s.reach(math.Atan2(v.Y, v.X))
}

// outline returns the blob's outline, of n points, scaled.
func (s blob) outline(n int, scale float64) plane.Ring {
	r := make(plane.Ring, n)
	for i := range r {
		angle := 2 * math.Pi * float64(i) / float64(n)
		r[i] = s.center.Add(plane.Polar(angle, scale*s.reach(angle)))
	}
	return r
}

// waves is a smooth field that is about nought on average.
type waves [3]struct {
	k     plane.Point // radians by metre
	phase float64
}

func newWaves(r *rand.Rand, length float64) (w waves) {
	for i := range w {
		w[i].k = plane.Polar(r.Float64()*2*math.Pi, 2*math.Pi/(length*(0.7+0.6*r.Float64())))
		w[i].phase = r.Float64() * 2 * math.Pi
	}
	return w
}

// at returns the field at p, from -1 to 1.
func (w *waves) at(p plane.Point) (sum float64) {
	for _, v := range w {
		sum += math.Sin(v.k.Dot(p) + v.phase)
	}
	return sum / float64(len(w))
}

// warp moves every point by a smooth field.
type warp struct {
	size float64 // metres
	x, y waves
}

func newWarp(r *rand.Rand, size, length float64) warp {
	return warp{size, newWaves(r, length), newWaves(r, length)}
}

func (w *warp) move(p plane.Point) plane.Point {
	return p.Add(plane.Pt(w.x.at(p), w.y.at(p)).Times(w.size))
}

// jitter returns a way of at most half the size to each side.
func jitter(r *rand.Rand, size float64) plane.Point {
	return plane.Pt(r.Float64()-0.5, r.Float64()-0.5).Times(size)
}
