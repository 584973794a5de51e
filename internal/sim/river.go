package sim

import "math/rand/v2"

// river runs from the west through the city into a lake in the south-east.
type river struct {
	course line      // its middle, downstream
	half   []float64 // metres, half its width at each point of the course
	lake   area
	shores *segments // the course and the lake's outline
}

// bank is how far from the river's middle its boulevards run, in metres.
const bank = 95

func newRiver(r *rand.Rand) *river {
	course := line{{-5400, 700}, {-4300, 950}, {-3200, 420}, {-2300, 160}, {-1350, -420}, {-300, -640}, {700, -420}, {1700, -640}, {2300, -1150}, {3050, -1500}}
	for i := range course[:len(course)-1] {
		course[i] = course[i].add(point{r.Float64() - 0.5, r.Float64() - 0.5}.times(180))
	}
	w := &river{course: course.smooth(24)}
	width := newWaves(r, 2200)
	w.half = make([]float64, len(w.course))
	for i, p := range w.course {
		from := float64(i) / float64(len(w.course))
		w.half[i] = (24 + 26*min(2*from, 1)) * (1 + 0.3*width.at(p)) * min(1, 0.03+6*from)
	}
	mouth := w.course[len(w.course)-1]
	w.lake = areaOf(newBlob(r, mouth.add(point{420, -180}), 760, 480, 2, 0.16).outline(120, 1))
	w.shores = newSegments()
	w.shores.add(w.course, 0)
	w.shores.add(w.lake.closed(), 1)
	return w
}

// water returns the river's outline.
func (w *river) water() ring {
	left := w.course.offset(func(i int) float64 { return w.half[i] })
	right := w.course.offset(func(i int) float64 { return -w.half[i] })
	return between(right, left)
}

// banks returns the green strip that holds the river, up to its boulevards.
func (w *river) banks() ring {
	left := w.course.offset(func(i int) float64 { return min(bank-14, w.half[i]*2.2) })
	right := w.course.offset(func(i int) float64 { return max(14-bank, -w.half[i]*2.2) })
	return between(right, left)
}

// between returns the area from the line on its right to the one on its left.
func between(right, left line) ring {
	r := append(ring(nil), right...)
	for i := len(left) - 1; i >= 0; i-- {
		r = append(r, left[i])
	}
	return r
}

// within reports whether the river's middle is within reach of p.
func (w *river) within(p point, reach float64) bool {
	for s := range w.shores.near(p, reach) {
		if s.owner == 0 {
			return true
		}
	}
	return false
}

// wet reports whether p is so near to the water that nothing is built there.
func (w *river) wet(p point) bool { return w.within(p, bank-2) || w.atLake(p) }

func (w *river) atLake(p point) bool {
	if !w.lake.box.grown(60).holds(p) {
		return false
	}
	for range w.shores.near(p, 60) {
		return true
	}
	return w.lake.holds(p)
}
