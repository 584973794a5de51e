package city

import (
	"slices"

	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// drawParks turns some of the district's blocks into parks. The outskirts get
// larger ones; a park that is large enough gets a lake.
func (p *plan) drawParks(d *district) {
	wanted := 1 + p.rand.IntN(3)
	for try := 0; try < 60 && wanted > 0; try++ {
		i, j := p.rand.IntN(len(d.columns)-1), p.rand.IntN(len(d.rows)-1)
		wide, high := 1, 1
		if try < 30 {
			wide, high = 2+p.rand.IntN(3), 1+p.rand.IntN(3)
		}
		if i+wide >= len(d.columns) || j+high >= len(d.rows) {
			continue
		}
		if p.drawPark(d, d.columns[i], d.rows[j], d.columns[i+wide], d.rows[j+high]) {
			wanted--
		}
	}
}

// drawPark turns the blocks from (u0, v0) to (u1, v1) into a park, if they are
// in one piece and nothing else is there.
func (p *plan) drawPark(d *district, u0, v0, u1, v1 float64) bool {
	const edge = 9 // metres from the middle of the streets around it
	r := d.blocks(u0+edge, v0+edge, u1-edge, v1-edge)
	middle, face := r.Centroid(), d.face(r[0])
	taken := func(at plane.Point) bool {
		return d.face(at) != face || p.limit.ratio(at) >= 0.93 || p.river.wet(at) || p.green(at) || p.touches(at, 22, road.Street)
	}
	if face < 0 || taken(middle) || slices.ContainsFunc(r, taken) {
		return false
	}
	p.parks = append(p.parks, plane.AreaOf(r))
	p.places = append(p.places, place{middle, "park", p.names.parks.take().Kind("بوستان", "Park"), 3})
	if r.Area() > 45000 {
		wide, high := u1-u0, v1-v0
		shore := newBlob(p.rand, plane.Pt((u0+u1)/2, (v0+v1)/2), wide*0.27, high*0.27, 2, 0.25).outline(40, 1)
		p.lakes = append(p.lakes, plane.Ring(plane.Line(shore).Moved(d.at)))
	}
	return true
}

// blocks returns the outline of the grid from (u0, v0) to (u1, v1).
func (d *district) blocks(u0, v0, u1, v1 float64) (r plane.Ring) {
	for _, side := range [...]plane.Line{d.line(u0, v0, u1, v0), d.line(u1, v0, u1, v1), d.line(u1, v1, u0, v1), d.line(u0, v1, u0, v0)} {
		side = side.Simplified(0.4)
		r = append(r, side[:len(side)-1]...)
	}
	return r
}
