package city

import (
	"slices"

	"peyk/internal/sim/persian"
	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// open reports whether small streets may run at a point of the district.
func (p *plan) open(d *district, at, along plane.Point) bool {
	return d.face(at) >= 0 && p.limit.ratio(at) < 0.95+0.05*p.fringe.at(at) && !p.river.wet(at) && !p.green(at) &&
		!p.touches(at, 48, road.Motorway) && !p.crowded(at, along, 36, road.Street)
}

// pieces returns what is open of the line, without what is too short, in metres.
func (p *plan) pieces(d *district, l plane.Line, shortest float64) []plane.Line {
	pieces := l.Clipped(func(at, along plane.Point) bool { return p.open(d, at, along) })
	return slices.DeleteFunc(pieces, func(piece plane.Line) bool { return piece.Length() < shortest })
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
func (p *plan) drawStreet(d *district, l plane.Line) {
	pieces := p.pieces(d, l, 90)
	if len(pieces) == 0 {
		return
	}
	street := p.found(newStreet(road.Street, p.names.streets.take()))
	for _, piece := range pieces {
		p.ink(street, piece)
	}
}

// drawAlleys divides the grid's blocks.
func (p *plan) drawAlleys(d *district) {
	for i := range len(d.columns) - 1 {
		for j := range len(d.rows) - 1 {
			u0, u1, v0, v1 := d.columns[i], d.columns[i+1], d.rows[j], d.rows[j+1]
			if d.face(d.at(plane.Pt((u0+u1)/2, (v0+v1)/2))) < 0 || p.rand.Float64() < 0.08 {
				continue
			}
			if u1-u0 > v1-v0 {
				p.divide(d, u0, u1, func(u, s, t float64) plane.Line { return d.line(u, v0+s*(v1-v0), u, v0+t*(v1-v0)) })
				continue
			}
			p.divide(d, v0, v1, func(v, s, t float64) plane.Line { return d.line(u0+s*(u1-u0), v, u0+t*(u1-u0), v) })
		}
	}
}

// divide draws alleys across a block, from one side to the other or not quite.
func (p *plan) divide(d *district, low, high float64, across func(at, from, to float64) plane.Line) {
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

func (p *plan) drawAlley(d *district, l plane.Line) {
	for _, piece := range p.pieces(d, l, 40) {
		if parent := p.parent(piece); parent >= 0 {
			p.ink(p.found(p.streets[parent].nextAlley()), piece)
		}
	}
}

// parent returns the street that a line begins or ends at, or -1.
func (p *plan) parent(l plane.Line) int {
	for _, end := range [...]plane.Point{l[0], l[len(l)-1]} {
		for i := range p.drawn.Near(end, plane.Overshoot+1) {
			owner := p.drawn.Owners[i]
			if s := &p.streets[owner]; s.class > road.Alley && s.base != (persian.Name{}) {
				return owner
			}
		}
	}
	return -1
}
