package city

import (
	"math"

	"peyk/internal/sim/persian"
	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

func (p *plan) drawMotorways() {
	ring := p.found(street{class: road.Motorway, name: persian.Name{Fa: "بزرگراه کمربندی", En: "Ring Expressway"}})
	p.ink(ring, p.ring.outline(240, 1).Closed())
	for _, angle := range [...]float64{0.25, 2.2, 3.55, 4.55} {
		angle += p.rand.Float64() * 0.3
		l := plane.Straight(plane.Polar(angle-0.12, 1500), plane.Polar(angle, 6300)).Moved(p.warp.move)
		p.draw(p.found(newStreet(road.Motorway, p.names.streets.take())), l, func(at, _ plane.Point) bool {
			return p.ring.ratio(at) > 1 && p.limit.ratio(at) < 1.25 && !p.river.atLake(at)
		})
	}
}

// drawBanks draws the boulevards on both sides of the river.
func (p *plan) drawBanks() {
	for _, side := range [...]struct {
		offset float64
		name   persian.Name
	}{
		{bank, persian.Name{Fa: "بلوار ساحلی شمالی", En: "North Riverside Boulevard"}},
		{-bank, persian.Name{Fa: "بلوار ساحلی جنوبی", En: "South Riverside Boulevard"}},
	} {
		l := p.river.course.Offset(func(int) float64 { return side.offset })
		p.draw(p.found(street{class: road.Avenue, name: side.name}), l, func(at, _ plane.Point) bool {
			return p.limit.ratio(at) < 0.93 && !p.river.atLake(at)
		})
	}
}

// drawDiagonals draws the long boulevards that cut across everything.
func (p *plan) drawDiagonals() {
	for _, l := range [...]plane.Line{
		plane.Straight(plane.Pt(-3300, -2300), plane.Pt(-900, 150)),
		plane.Straight(plane.Pt(150, 1200), plane.Pt(2600, 3000)),
		plane.Straight(plane.Pt(200, 350), plane.Pt(3500, -350)),
		plane.Straight(plane.Pt(-2500, -2700), plane.Pt(1500, -300)),
	} {
		p.drawAvenue(l, func(at, along plane.Point) bool {
			return p.limit.ratio(at) < 0.96 && !p.crowded(at, along, 90, road.Avenue)
		})
	}
}

// drawAvenues draws a loose grid that bends; some avenues end at another one.
func (p *plan) drawAvenues() {
	columns, rows := p.spread(-3500, 3500, 820), p.spread(-2600, 2600, 780)
	lay := func(a, b plane.Point, crosses bool) {
		const turned = 0.1 // radians, the whole grid
		p.drawAvenue(plane.Straight(a.Rotated(turned), b.Rotated(turned)), func(at, along plane.Point) bool {
			return p.limit.ratio(at) < 0.97 && (crosses || !p.river.within(at, bank)) && !p.crowded(at, along, 110, road.Avenue)
		})
	}
	for _, x := range columns {
		from, to := p.stretch(rows)
		lay(plane.Pt(x, from), plane.Pt(x, to), true)
	}
	for _, y := range rows {
		from, to := p.stretch(columns)
		lay(plane.Pt(from, y), plane.Pt(to, y), false)
	}
}

// drawAvenue bends the line and draws it where keep holds, outside of the old
// town and the lake.
func (p *plan) drawAvenue(l plane.Line, keep keeps) {
	p.draw(p.found(newStreet(road.Avenue, p.names.streets.take())), l.Moved(p.warp.move), func(at, along plane.Point) bool {
		return p.core.ratio(at) > 1 && !p.river.atLake(at) && keep(at, along)
	})
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

// drawCore draws the old town's wall, now a boulevard, and the ways from it
// to the central square.
func (p *plan) drawCore() {
	wall := p.found(street{class: road.Avenue, name: persian.Name{Fa: "بلوار حصار", En: "Wall Boulevard"}})
	p.ink(wall, p.core.outline(120, 1).Closed())
	const ways = 7
	for i := range ways {
		angle := 2 * math.Pi * (float64(i) + 0.35*p.rand.Float64()) / ways
		l := plane.Straight(p.core.center, p.core.center.Add(plane.Polar(angle, 1500)))
		class := [...]road.Class{road.Avenue, road.Street}[i%2]
		p.draw(p.found(newStreet(class, p.names.streets.take())), l, func(at, _ plane.Point) bool { return p.core.ratio(at) < 1 })
	}
}
