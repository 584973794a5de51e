package sim

import (
	"math"
	"math/rand/v2"
)

// blob is a rounded shape that is not quite an ellipse.
type blob struct {
	center point
	radii  []float64 // metres, from the east counterclockwise
}

// newBlob returns a blob with half axes a and b. A square of 2 makes an
// ellipse, more makes it squarer.
func newBlob(r *rand.Rand, center point, a, b, square, unevenness float64) blob {
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
func (s blob) ratio(p point) float64 {
	v := p.sub(s.center)
	return v.length() / s.reach(math.Atan2(v.y, v.x))
}

// outline returns the blob's outline, of n points, scaled.
func (s blob) outline(n int, scale float64) ring {
	r := make(ring, n)
	for i := range r {
		angle := 2 * math.Pi * float64(i) / float64(n)
		r[i] = s.center.add(polar(angle, scale*s.reach(angle)))
	}
	return r
}

// waves is a smooth field that is about nought on average.
type waves [3]struct{ kx, ky, phase float64 }

func newWaves(r *rand.Rand, length float64) (w waves) {
	for i := range w {
		k := polar(r.Float64()*2*math.Pi, 2*math.Pi/(length*(0.7+0.6*r.Float64())))
		w[i].kx, w[i].ky, w[i].phase = k.x, k.y, r.Float64()*2*math.Pi
	}
	return w
}

// at returns the field at p, from -1 to 1.
func (w waves) at(p point) (sum float64) {
	for _, v := range w {
		sum += math.Sin(v.kx*p.x + v.ky*p.y + v.phase)
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

func (w warp) move(p point) point {
	return p.add(point{w.x.at(p), w.y.at(p)}.times(w.size))
}

// straight returns a line from a to b with a point about every 25 m.
func straight(a, b point) line {
	n := int(a.distance(b)/25) + 1
	l := make(line, n+1)
	for i := range l {
		l[i] = a.toward(b, float64(i)/float64(n))
	}
	return l
}

func (w warp) bend(l line) line {
	bent := make(line, len(l))
	for i, p := range l {
		bent[i] = w.move(p)
	}
	return bent
}
