package sim

import (
	"math"
	"math/rand/v2"
)

// plan is the city while it is drawn: first the roads that everything else
// hangs on, from the largest to the smaller, then the districts in between.
type plan struct {
	rand    *rand.Rand
	names   *nameList
	limit   blob  // where the city ends
	ring    blob  // the motorway around its middle
	core    blob  // the old town
	warp    warp  // bends the avenues
	fringe  waves // makes the city end here and there
	river   *river
	roads   []road
	strokes []stroke
	drawn   *segments // of the strokes
	squares []square
	parks   []park
	lakes   []ring // in parks
	places  []place
}

// square is a roundabout: the street around it, and a green inside.
type square struct {
	at     point
	radius float64 // metres
	area
}

func newSquare(at point, radius float64) square { return square{at, radius, areaOf(disc(at, radius))} }

// park is a green area of streets' blocks.
type park struct {
	area
	name name
}

// place is a name on the map that belongs to no street.
type place struct {
	at   point
	kind string
	name name
	rank int // 1 is seen from farthest away
}

func newPlan(seed uint64) *plan {
	r := rand.New(rand.NewPCG(seed, 0))
	p := &plan{rand: r, names: newNameList(r), drawn: newSegments()}
	p.limit = newBlob(r, point{0, 0}, 3850, 2850, 2.5, 0.09)
	p.ring = newBlob(r, point{-60, 40}, 2850, 2080, 2.5, 0.07)
	p.core = newBlob(r, point{-350, 720}, 800, 720, 2, 0.12)
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

// draw adds the pieces of a line along which keep holds to a road.
func (p *plan) draw(road int, l line, keep func(at, along point) bool) {
	for _, piece := range l.clipped(keep) {
		p.ink(road, piece)
	}
}

// ink adds the whole line to a road.
func (p *plan) ink(road int, l line) {
	l = l.simplified(0.4)
	p.strokes = append(p.strokes, stroke{road, l})
	p.drawn.add(l, road)
}

func (p *plan) found(r road) int {
	p.roads = append(p.roads, r)
	return len(p.roads) - 1
}

// crowded reports whether a road of at least the class runs along at p, within
// reach: two would look like one drawn twice.
func (p *plan) crowded(at, along point, reach float64, least class) bool {
	for s := range p.drawn.near(at, reach) {
		if p.roads[s.owner].class >= least && math.Abs(s.b.sub(s.a).unit().dot(along)) > 0.87 {
			return true
		}
	}
	return false
}

func (p *plan) drawMotorways() {
	ring := p.found(road{class: motorway, name: name{"بزرگراه کمربندی", "Ring Expressway"}})
	p.ink(ring, p.ring.outline(240, 1).closed())
	for _, angle := range [...]float64{0.25, 2.2, 3.55, 4.55} {
		angle += p.rand.Float64() * 0.3
		out := p.found(newRoad(motorway, take(&p.names.streets)))
		far := polar(angle, 6300)
		l := p.warp.bend(straight(polar(angle-0.12, 1500), far))
		p.draw(out, l, func(at, _ point) bool { return p.ring.ratio(at) > 1 && p.limit.ratio(at) < 1.25 && !p.river.atLake(at) })
	}
}

// drawBanks draws the boulevards on both sides of the river.
func (p *plan) drawBanks() {
	sides := [...]struct {
		offset float64
		name   name
	}{{bank, name{"بلوار ساحلی شمالی", "North Riverside Boulevard"}}, {-bank, name{"بلوار ساحلی جنوبی", "South Riverside Boulevard"}}}
	for _, side := range sides {
		l := p.river.course.offset(func(int) float64 { return side.offset })
		p.draw(p.found(road{class: avenue, name: side.name}), l, func(at, _ point) bool {
			return p.limit.ratio(at) < 0.93 && !p.river.atLake(at)
		})
	}
}

// drawDiagonals draws the long boulevards that cut across everything.
func (p *plan) drawDiagonals() {
	ends := [...][2]point{
		{{-3300, -2300}, {-900, 150}},
		{{150, 1200}, {2600, 3000}},
		{{200, 350}, {3500, -350}},
		{{-2500, -2700}, {1500, -300}},
	}
	for _, e := range ends {
		l := p.warp.bend(straight(e[0], e[1]))
		p.draw(p.found(newRoad(avenue, take(&p.names.streets))), l, func(at, along point) bool {
			return p.limit.ratio(at) < 0.96 && p.core.ratio(at) > 1 && !p.river.atLake(at) && !p.crowded(at, along, 90, avenue)
		})
	}
}

// drawAvenues draws a loose grid that bends; some avenues end at another one.
func (p *plan) drawAvenues() {
	columns, rows := p.spread(-3500, 3500, 820), p.spread(-2600, 2600, 780)
	const turned = 0.1 // radians, the whole grid
	lay := func(a, b point, crosses bool) {
		l := p.warp.bend(straight(rotated(a, turned), rotated(b, turned)))
		p.draw(p.found(newRoad(avenue, take(&p.names.streets))), l, func(at, along point) bool {
			return p.limit.ratio(at) < 0.97 && p.core.ratio(at) > 1 && !p.river.atLake(at) &&
				(crosses || !p.river.within(at, bank)) && !p.crowded(at, along, 110, avenue)
		})
	}
	for _, x := range columns {
		from, to := p.stretch(rows)
		lay(point{x, from}, point{x, to}, true)
	}
	for _, y := range rows {
		from, to := p.stretch(columns)
		lay(point{from, y}, point{to, y}, false)
	}
}

// spread returns places from low to high, about step apart.
func (p *plan) spread(low, high, step float64) (at []float64) {
	for x := low + p.rand.Float64()*step/2; x < high; x += step * (0.72 + 0.56*p.rand.Float64()) {
		at = append(at, x)
	}
	return at
}

// stretch returns from where to where an avenue goes: all the way, or from or
// to one of those that cross it.
func (p *plan) stretch(crossed []float64) (from, to float64) {
	const end, past = 4500, 1
	switch n := len(crossed); p.rand.IntN(5) {
	case 0:
		return crossed[1+p.rand.IntN(n/2)] - past, end
	case 1:
		return -end, crossed[n/2+p.rand.IntN(n/2)] + past
	}
	return -end, end
}

func rotated(p point, angle float64) point {
	sin, cos := math.Sincos(angle)
	return point{p.x*cos - p.y*sin, p.x*sin + p.y*cos}
}

// drawCore draws the old town's wall, now a boulevard, and the ways from it
// to the central square.
func (p *plan) drawCore() {
	wall := p.found(road{class: avenue, name: name{"بلوار حصار", "Wall Boulevard"}})
	p.ink(wall, p.core.outline(120, 1).closed())
	const ways = 7
	for i := range ways {
		angle := 2 * math.Pi * (float64(i) + 0.35*p.rand.Float64()) / ways
		l := straight(p.core.center, p.core.center.add(polar(angle, 1500)))
		kind := []class{avenue, street}[i%2]
		p.draw(p.found(newRoad(kind, take(&p.names.streets))), l, func(at, _ point) bool { return p.core.ratio(at) < 1 })
	}
}

// drawSquares puts roundabouts where avenues cross.
func (p *plan) drawSquares() {
	p.squares = []square{newSquare(p.core.center, 78)}
	n := arrange(p.strokes)
	for node, links := range n.around() {
		at := n.nodes[node]
		if len(links) < 4 || p.river.within(at, 300) || p.river.atLake(at) || p.touches(at, 130, motorway) || p.limit.ratio(at) > 0.85 {
			continue
		}
		far := func(s square) bool { return s.at.distance(at) > 1050 }
		if all(p.squares, far) && len(p.squares) < 9 {
			p.squares = append(p.squares, newSquare(at, 46+16*p.rand.Float64()))
		}
	}
	strokes := p.strokes
	p.strokes, p.drawn = nil, newSegments()
	for _, s := range strokes {
		p.draw(s.road, s.line, func(at, _ point) bool { return !p.inSquare(at) })
	}
	for i, s := range p.squares {
		n := take(&p.names.parks)
		if i == 0 {
			n = name{"میدان مرکزی", "Central Square"}
		} else {
			n = name{"میدان " + n.fa, n.en + " Square"}
		}
		p.ink(p.found(road{class: avenue, name: n}), s.closed())
		p.parks = append(p.parks, park{areaOf(disc(s.at, s.radius-13)), n})
		p.places = append(p.places, place{s.at, "square", n, 3})
	}
}

// trim takes away avenues that end in the middle of nowhere.
func (p *plan) trim() {
	n := arrange(p.strokes)
	n.prune(func(road int, end point, length float64) bool {
		return p.roads[road].class < motorway && p.limit.ratio(end) < 0.9
	})
	p.strokes, p.drawn = nil, newSegments()
	for road, lines := range n.lines(len(p.roads)) {
		for _, l := range lines {
			p.ink(road, l)
		}
	}
}

func all[T any](list []T, holds func(T) bool) bool {
	for _, v := range list {
		if !holds(v) {
			return false
		}
	}
	return true
}

func disc(center point, radius float64) ring {
	r := make(ring, 32)
	for i := range r {
		r[i] = center.add(polar(2*math.Pi*float64(i)/float64(len(r)), radius))
	}
	return r
}

func (p *plan) inSquare(at point) bool {
	return !all(p.squares, func(s square) bool { return !s.holds(at) })
}

// touches reports whether a road of at least the class is within reach.
func (p *plan) touches(at point, reach float64, least class) bool {
	for s := range p.drawn.near(at, reach) {
		if p.roads[s.owner].class >= least {
			return true
		}
	}
	return false
}
