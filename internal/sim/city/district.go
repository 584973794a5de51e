package city

import (
	"cmp"
	"math"
	"slices"

	"peyk/internal/sim/persian"
	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// district is a part of the city with a grid of its own, turned and bent.
type district struct {
	center  plane.Point
	angle   float64 // radians
	warp    warp
	faces   []plane.Area // what the large roads enclose of it
	columns []float64
	rows    []float64
	name    persian.Name
}

// at returns the place of the grid's coordinates.
func (d *district) at(grid plane.Point) plane.Point {
	return d.center.Add(d.warp.move(grid).Rotated(d.angle))
}

// line returns the grid's line from (u0, v0) to (u1, v1).
func (d *district) line(u0, v0, u1, v1 float64) plane.Line {
	return plane.Straight(plane.Pt(u0, v0), plane.Pt(u1, v1)).Moved(d.at)
}

// face returns the number of the face that p is in, or -1.
func (d *district) face(p plane.Point) int {
	for i := range d.faces {
		if d.faces[i].Holds(p) {
			return i
		}
	}
	return -1
}

// drawDistricts gives what the large roads enclose to the nearest district,
// and then fills each.
func (p *plan) drawDistricts() {
	districts := p.seats()
	border := road.Stroke{Road: -1, Line: p.limit.outline(200, 1).Closed()}
	for _, f := range road.NewNetwork(append(slices.Clip(p.strokes), border)).Faces() {
		middle := f.Centroid()
		if f.Area() < 15000 || p.river.within(middle, bank) || p.limit.ratio(middle) > 1 {
			continue
		}
		d := slices.MinFunc(districts, func(a, b *district) int {
			return cmp.Compare(a.center.Distance(middle), b.center.Distance(middle))
		})
		d.faces = append(d.faces, plane.AreaOf(f))
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
			at := plane.Pt(float64(column-2)*1500, (float64(row)-1.5)*1350).Add(jitter(p.rand, 600))
			if p.limit.ratio(at) < 0.95 && at.Distance(p.core.center) > 1000 {
				seats = append(seats, &district{center: at})
			}
		}
	}
	return seats
}

// lay chooses the district's grid and name.
func (p *plan) lay(d *district) {
	d.name = p.names.districts.take()
	wide := 120 + 110*p.limit.ratio(d.center)
	d.angle = p.rand.Float64() * math.Pi / 2
	d.warp = newWarp(p.rand, 30+50*p.rand.Float64(), 1500)
	reach := d.reach()
	d.columns = p.spread(reach.Low.X, reach.High.X, wide)
	d.rows = p.spread(reach.Low.Y, reach.High.Y, wide*(1+0.5*p.rand.Float64()))
	p.places = append(p.places, place{d.middle(), "district", d.name, 2})
}

// reach returns from where to where the grid has to go, in its coordinates.
func (d *district) reach() plane.Box {
	var corners []plane.Point
	for _, f := range d.faces {
		for _, corner := range f.Ring {
			corners = append(corners, corner.Sub(d.center).Rotated(-d.angle))
		}
	}
	const block = 150 // metres, so that the outermost lines lie outside
	return plane.BoxOf(corners...).Grown(d.warp.size + block)
}

// middle returns the faces' common centroid.
func (d *district) middle() (sum plane.Point) {
	size := 0.0
	for _, f := range d.faces {
		sum, size = sum.Add(f.Centroid().Times(f.Area())), size+f.Area()
	}
	return sum.Times(1 / size)
}
