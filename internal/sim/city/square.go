package city

import (
	"peyk/internal/sim/persian"
	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// square is a roundabout: the street around it, and a green inside.
type square struct {
	at     plane.Point
	radius float64 // metres
}

func (s square) outline() plane.Ring { return plane.Disc(s.at, s.radius) }

// drawSquares puts roundabouts into the old town's middle and where avenues cross.
func (p *plan) drawSquares() {
	const most = 9
	squares := []square{{p.core.center, 78}}
	for at := range road.NewNetwork(p.strokes).Crossings() {
		if len(squares) < most && p.suits(at, squares) {
			squares = append(squares, square{at, 46 + 16*p.rand.Float64()})
		}
	}
	p.clear(squares)
	for i, s := range squares {
		name := p.names.parks.take().Kind("میدان", "Square")
		if i == 0 {
			name = persian.Name{Fa: "میدان مرکزی", En: "Central Square"}
		}
		p.ink(p.found(street{class: road.Avenue, name: name}), s.outline().Closed())
		p.parks = append(p.parks, plane.AreaOf(plane.Disc(s.at, s.radius-13)))
		p.places = append(p.places, place{s.at, "square", name, 3})
	}
}

// suits reports whether there is room for one more square.
func (p *plan) suits(at plane.Point, squares []square) bool {
	for _, s := range squares {
		if s.at.Distance(at) <= 1050 {
			return false
		}
	}
	return p.limit.ratio(at) <= 0.85 && !p.river.within(at, 300) && !p.river.atLake(at) && !p.touches(at, 130, road.Motorway)
}

// clear takes away what was drawn where the squares come.
func (p *plan) clear(squares []square) {
	areas := make([]plane.Area, len(squares))
	for i, s := range squares {
		areas[i] = plane.AreaOf(s.outline())
	}
	for _, s := range p.erase() {
		p.draw(s.Road, s.Line, func(at, _ plane.Point) bool { return !holds(areas, at) })
	}
}
