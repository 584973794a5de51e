package city

import (
	"math"
	"math/rand/v2"

	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// plan is the city while it is drawn: first the roads that everything else
// hangs on, from the largest to the smaller, then the districts in between.
type plan struct {
	rand    *rand.Rand
	names   *names
	limit   blob  // where the city ends
	ring    blob  // the motorway around its middle
	core    blob  // the old town
	warp    warp  // bends the avenues
	fringe  waves // makes the city end here and there
	river   *river
	streets []street
	strokes []road.Stroke
	drawn   *plane.Segments // of the strokes
	parks   []plane.Area
	lakes   []plane.Ring // in parks
	places  []place
}

func newPlan(seed uint64) *plan {
	r := rand.New(rand.NewPCG(seed, 0))
	p := &plan{rand: r, names: newNames(r), drawn: plane.NewSegments()}
	p.limit = newBlob(r, plane.Pt(0, 0), 3850, 2850, 2.5, 0.09)
	p.ring = newBlob(r, plane.Pt(-60, 40), 2850, 2080, 2.5, 0.07)
	p.core = newBlob(r, plane.Pt(-350, 720), 800, 720, 2, 0.12)
	p.warp = newWarp(r, 190, 3600)
	p.fringe = newWaves(r, 700)
	p.river = newRiver(r)
	p.drawMotorways()
	p.drawBanks()
	p.drawDiagonals()
	p.drawAvenues()
	p.drawCore()
	p.trim()
	p.drawSquares()
	p.trim()
	p.drawDistricts()
	return p
}

// keeps reports whether something is drawn at a place, on a line that goes in
// the unit direction along.
type keeps func(at, along plane.Point) bool

// draw adds the pieces of a line along which keep holds to a street.
func (p *plan) draw(street int, l plane.Line, keep keeps) {
	for _, piece := range l.Clipped(keep) {
		p.ink(street, piece)
	}
}

// ink adds the whole line to a street.
func (p *plan) ink(street int, l plane.Line) {
	l = l.Simplified(0.4)
	p.strokes = append(p.strokes, road.Stroke{Road: street, Line: l})
	p.drawn.Add(l, street)
}

// erase takes the strokes off the plan, for who draws them again.
func (p *plan) erase() []road.Stroke {
	strokes := p.strokes
	p.strokes, p.drawn = nil, plane.NewSegments()
	return strokes
}

// trim takes away avenues that end in the middle of nowhere.
func (p *plan) trim() {
	n := road.NewNetwork(p.erase())
	n.Prune(func(street int, end plane.Point, _ float64) bool {
		return p.streets[street].class < road.Motorway && p.limit.ratio(end) < 0.9
	})
	for street, lines := range n.Lines(len(p.streets)) {
		for _, l := range lines {
			p.ink(street, l)
		}
	}
}

// found adds a street and returns its number.
func (p *plan) found(s street) int {
	p.streets = append(p.streets, s)
	return len(p.streets) - 1
}

// crowded reports whether a street of at least the class runs along at p,
// within reach: two would look like one drawn twice.
func (p *plan) crowded(at, along plane.Point, reach float64, least road.Class) bool {
	for i := range p.drawn.Near(at, reach) {
		if p.streets[p.drawn.Owners[i]].class >= least && math.Abs(p.drawn.All[i].Along().Dot(along)) > 0.87 {
			return true
		}
	}
	return false
}

// touches reports whether a street of at least the class is within reach.
func (p *plan) touches(at plane.Point, reach float64, least road.Class) bool {
	for i := range p.drawn.Near(at, reach) {
		if p.streets[p.drawn.Owners[i]].class >= least {
			return true
		}
	}
	return false
}

// spread returns places from low to high, about step apart.
func (p *plan) spread(low, high, step float64) (at []float64) {
	for x := low + p.rand.Float64()*step/2; x < high; x += step * (0.72 + 0.56*p.rand.Float64()) {
		at = append(at, x)
	}
	return at
}

func (p *plan) green(at plane.Point) bool { return holds(p.parks, at) }

// holds reports whether one of the areas holds the place.
func holds(areas []plane.Area, at plane.Point) bool {
	for i := range areas {
		if areas[i].Holds(at) {
			return true
		}
	}
	return false
}
