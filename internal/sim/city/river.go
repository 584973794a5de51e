package city

import (
	"math/rand/v2"

	"peyk/internal/sim/plane"
)

// river runs from the west through the city into a lake in the south-east.
type river struct {
	course plane.Line // its middle, downstream
	half   []float64  // metres, half its width at each point of the course
	lake   plane.Area
	shores *plane.Segments // the course and the lake's outline
}

// Whose the shores' segments are.
const (
	ofCourse = iota
	ofLake
)

// bank is how far from the river's middle its boulevards run, in metres.
const bank = 95

func newRiver(r *rand.Rand) *river {
	course := plane.Line{
		plane.Pt(-5400, 700), plane.Pt(-4300, 950), plane.Pt(-3200, 420), plane.Pt(-2300, 160), plane.Pt(-1350, -420),
		plane.Pt(-300, -640), plane.Pt(700, -420), plane.Pt(1700, -640), plane.Pt(2300, -1150), plane.Pt(3050, -1500),
	}
	for i := range course[:len(course)-1] {
		course[i] = course[i].Add(jitter(r, 180))
	}
	w := &river{course: course.Smooth(24), shores: plane.NewSegments()}
	width := newWaves(r, 2200)
	w.half = make([]float64, len(w.course))
	for i, p := range w.course {
		from := float64(i) / float64(len(w.course))
		w.half[i] = (24 + 26*min(2*from, 1)) * (1 + 0.3*width.at(p)) * min(1, 0.03+6*from)
	}
	mouth := w.course[len(w.course)-1]
	w.lake = plane.AreaOf(newBlob(r, mouth.Add(plane.Pt(420, -180)), 760, 480, 2, 0.16).outline(120, 1))
	w.shores.Add(w.course, ofCourse)
	w.shores.Add(w.lake.Closed(), ofLake)
	return w
}

// water returns the river's outline.
func (w *river) water() plane.Ring {
	return w.strip(func(half float64) float64 { return half })
}

// banks returns the green strip that holds the river, up to its boulevards.
func (w *river) banks() plane.Ring {
	return w.strip(func(half float64) float64 { return min(bank-14, half*2.2) })
}

// strip returns the area along the course, so wide to each side.
func (w *river) strip(wide func(half float64) float64) plane.Ring {
	left := w.course.Offset(func(i int) float64 { return wide(w.half[i]) })
	right := w.course.Offset(func(i int) float64 { return -wide(w.half[i]) })
	return append(plane.Ring(right), left.Reversed()...)
}

// within reports whether the river's middle is within reach of p.
func (w *river) within(p plane.Point, reach float64) bool {
	for i := range w.shores.Near(p, reach) {
		if w.shores.Owners[i] == ofCourse {
			return true
		}
	}
	return false
}

// wet reports whether p is so near to the water that nothing is built there.
func (w *river) wet(p plane.Point) bool { return w.within(p, bank-2) || w.atLake(p) }

// atLake reports whether p is in the lake or on its shore.
func (w *river) atLake(p plane.Point) bool {
	const shore = 60 // metres
	if !w.lake.Grown(shore).Holds(p) {
		return false
	}
	for range w.shores.Near(p, shore) {
		return true
	}
	return w.lake.Holds(p)
}
