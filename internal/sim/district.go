package sim

import "math"

// district is a part of the city with a grid of its own, turned and bent.
type district struct {
	center  point
	angle   float64 // radians
	warp    warp
	faces   []area // what the large roads enclose of it
	columns []float64
	rows    []float64
	name    name
}

// at returns the place of the grid's coordinates u and v, in metres.
func (d *district) at(u, v float64) point {
	return d.center.add(rotated(d.warp.move(point{u, v}), d.angle))
}

// line returns the grid's line from (u0, v0) to (u1, v1).
func (d *district) line(u0, v0, u1, v1 float64) line {
	l := straight(point{u0, v0}, point{u1, v1})
	for i, p := range l {
		l[i] = d.at(p.x, p.y)
	}
	return l
}

func (d *district) holds(p point) bool { return d.face(p) >= 0 }

func (d *district) face(p point) int {
	for i, f := range d.faces {
		if f.holds(p) {
			return i
		}
	}
	return -1
}

// block returns the outline of the grid from (u0, v0) to (u1, v1).
func (d *district) block(u0, v0, u1, v1 float64) ring {
	var r ring
	for _, side := range [...]line{d.line(u0, v0, u1, v0), d.line(u1, v0, u1, v1), d.line(u1, v1, u0, v1), d.line(u0, v1, u0, v0)} {
		side = side.simplified(0.4)
		r = append(r, side[:len(side)-1]...)
	}
	return r
}

func (p *plan) drawDistricts() {
	districts := p.seats()
	border := append(p.strokes[:len(p.strokes):len(p.strokes)], stroke{-1, p.limit.outline(200, 1).closed()})
	for _, f := range arrange(border).faces() {
		middle := f.centroid()
		if f.area() < 15000 || p.river.within(middle, bank) || p.limit.ratio(middle) > 1 {
			continue
		}
		d := nearest(districts, middle)
		d.faces = append(d.faces, areaOf(f))
	}
	for _, d := range districts {
		if len(d.faces) == 0 {
			continue
		}
		p.lay(d)
		p.drawParks(d)
		p.drawGrid(d)
		p.drawAlleys(d)
	}
}

// seats returns the districts, the old town first, without their faces.
func (p *plan) seats() []*district {
	seats := []*district{{center: p.core.center}}
	for row := range 4 {
		for column := range 5 {
			at := point{float64(column-2) * 1500, (float64(row) - 1.5) * 1350}
			at = at.add(point{p.rand.Float64() - 0.5, p.rand.Float64() - 0.5}.times(600))
			if p.limit.ratio(at) < 0.95 && at.distance(p.core.center) > 1000 {
				seats = append(seats, &district{center: at})
			}
		}
	}
	return seats
}

func nearest(districts []*district, to point) (found *district) {
	for _, d := range districts {
		if found == nil || d.center.distance(to) < found.center.distance(to) {
			found = d
		}
	}
	return found
}

// lay chooses the district's grid and name.
func (p *plan) lay(d *district) {
	d.name = take(&p.names.districts)
	wide := 120 + 110*p.limit.ratio(d.center)
	d.angle = p.rand.Float64() * math.Pi / 2
	d.warp = newWarp(p.rand, 30+50*p.rand.Float64(), 1500)
	reach := d.reach()
	d.columns = p.spread(reach.low.x, reach.high.x, wide)
	d.rows = p.spread(reach.low.y, reach.high.y, wide*(1+0.5*p.rand.Float64()))
	p.places = append(p.places, place{d.middle(), "district", d.name, 2})
}

// reach returns from where to where the grid has to go, in its coordinates.
func (d *district) reach() box {
	var corners []point
	for _, f := range d.faces {
		for _, corner := range f.ring {
			corners = append(corners, rotated(corner.sub(d.center), -d.angle))
		}
	}
	const block = 150 // metres, so that the outermost lines lie outside
	return boxOf(corners...).grown(d.warp.size + block)
}

// middle returns the faces' common centroid.
func (d *district) middle() (sum point) {
	size := 0.0
	for _, f := range d.faces {
		sum, size = sum.add(f.centroid().times(f.area())), size+f.area()
	}
	return sum.times(1 / size)
}

// open reports whether small streets may run at a point of the district.
func (p *plan) open(d *district, at, along point) bool {
	return d.holds(at) && p.limit.ratio(at) < 0.95+0.05*p.fringe.at(at) && !p.river.wet(at) && !p.green(at) &&
		!p.touches(at, 48, motorway) && !p.crowded(at, along, 36, street)
}

func (p *plan) green(at point) bool {
	for i := range p.parks {
		if p.parks[i].holds(at) {
			return true
		}
	}
	return false
}

func (p *plan) drawGrid(d *district) {
	low, high := d.columns[0], d.columns[len(d.columns)-1]
	for _, v := range d.rows {
		p.drawStreet(d, d.line(low, v, high, v))
	}
	low, high = d.rows[0], d.rows[len(d.rows)-1]
	for _, u := range d.columns {
		p.drawStreet(d, d.line(u, low, u, high))
	}
}

// drawStreet draws what is open of the line, if it is long enough for a street.
func (p *plan) drawStreet(d *district, l line) {
	const shortest = 90
	keep := func(at, along point) bool { return p.open(d, at, along) }
	var pieces []line
	for _, piece := range l.clipped(keep) {
		if piece.length() > shortest {
			pieces = append(pieces, piece)
		}
	}
	if len(pieces) == 0 {
		return
	}
	road := p.found(newRoad(street, take(&p.names.streets)))
	for _, piece := range pieces {
		p.ink(road, piece)
	}
}

// drawAlleys divides the grid's blocks.
func (p *plan) drawAlleys(d *district) {
	for i := range len(d.columns) - 1 {
		for j := range len(d.rows) - 1 {
			u0, u1, v0, v1 := d.columns[i], d.columns[i+1], d.rows[j], d.rows[j+1]
			if !d.holds(d.at((u0+u1)/2, (v0+v1)/2)) || p.rand.Float64() < 0.08 {
				continue
			}
			if u1-u0 > v1-v0 {
				p.divide(d, u0, u1, func(u, s, t float64) line { return d.line(u, v0+s*(v1-v0), u, v0+t*(v1-v0)) })
				continue
			}
			p.divide(d, v0, v1, func(v, s, t float64) line { return d.line(u0+s*(u1-u0), v, u0+t*(u1-u0), v) })
		}
	}
}

// divide draws alleys across a block, from one side to the other or not quite.
func (p *plan) divide(d *district, low, high float64, across func(at, from, to float64) line) {
	n := int((high - low) / (66 + 30*p.rand.Float64()))
	for k := 1; k < n; k++ {
		from, to := 0.0, 1.0
		switch p.rand.IntN(5) {
		case 0:
			from = 0.4 * p.rand.Float64()
		case 1:
			to = 1 - 0.4*p.rand.Float64()
		}
		at := low + (high-low)*float64(k)/float64(n)
		p.drawAlley(d, across(at, from-0.002, to+0.002))
	}
}

func (p *plan) drawAlley(d *district, l line) {
	for _, piece := range l.clipped(func(at, along point) bool { return p.open(d, at, along) }) {
		if piece.length() < 40 {
			continue
		}
		if parent := p.parent(piece); parent >= 0 {
			p.ink(p.found(p.roads[parent].nextAlley()), piece)
		}
	}
}

// parent returns the street that a line begins or ends at, or -1.
func (p *plan) parent(l line) int {
	for _, end := range [...]point{l[0], l[len(l)-1]} {
		for s := range p.drawn.near(end, overshoot+1) {
			if r := p.roads[s.owner]; r.class > alley && r.base != (name{}) {
				return s.owner
			}
		}
	}
	return -1
}
