package sim_test

import (
	"encoding/json"
	"math"
	"sync"
	"testing"

	"peyk/internal/sim"
)

// demo is the demo's city; it does not change, so the tests share it.
var demo = sync.OnceValue(func() *sim.City { return sim.NewCity(sim.Demo) })

// drawing is the city as a reader of its GeoJSON sees it, in metres.
type drawing struct {
	features  []feature
	streets   []street
	buildings [][]spot
	water     [][]spot
	near      map[[2]int][]int // streets' segments by cell
	segments  []piece
}

type feature struct {
	Properties struct {
		Kind, Class, Name string
		NameEn            string `json:"name_en"`
		Rank              int
	}
	Geometry struct {
		Type        string
		Coordinates json.RawMessage
	}
}

type street struct {
	class string
	lines [][]spot
}

// spot is a place in metres east and north of 35.7 N, 51.4 E.
type spot struct{ x, y float64 }

// piece is a straight piece of a street.
type piece struct {
	a, b  spot
	limit float64 // metres per second
}

var limits = map[string]float64{"alley": 20 / 3.6, "street": 30 / 3.6, "avenue": 50 / 3.6, "motorway": 80 / 3.6}

func spotOf(lat, lon float64) spot {
	return spot{(lon - 51.4) * 90_504, (lat - 35.7) * 110_953}
}

func (a spot) distance(b spot) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

var demoDrawing = sync.OnceValue(func() *drawing {
	d := &drawing{near: map[[2]int][]int{}}
	var collection struct{ Features []feature }
	if err := json.Unmarshal(demo().GeoJSON(), &collection); err != nil {
		panic(err)
	}
	d.features = collection.Features
	for _, f := range d.features {
		switch f.Properties.Kind {
		case "street":
			lines := f.lines()
			d.streets = append(d.streets, street{f.Properties.Class, lines})
			for _, l := range lines {
				d.index(l, limits[f.Properties.Class])
			}
		case "building":
			d.buildings = append(d.buildings, f.outlines()...)
		case "water":
			d.water = append(d.water, f.outlines()...)
		}
	}
	return d
})

// lines returns the coordinates of a MultiLineString or of a Polygon.
func (f feature) lines() [][]spot {
	var raw [][][2]float64
	if err := json.Unmarshal(f.Geometry.Coordinates, &raw); err != nil {
		panic(err)
	}
	lines := make([][]spot, len(raw))
	for i, l := range raw {
		for _, c := range l {
			lines[i] = append(lines[i], spotOf(c[1], c[0]))
		}
	}
	return lines
}

// outlines returns the outer rings of a Polygon or MultiPolygon.
func (f feature) outlines() (rings [][]spot) {
	if f.Geometry.Type == "Polygon" {
		return f.lines()
	}
	var polygons []json.RawMessage
	if err := json.Unmarshal(f.Geometry.Coordinates, &polygons); err != nil {
		panic(err)
	}
	for _, p := range polygons {
		single := f
		single.Geometry.Type, single.Geometry.Coordinates = "Polygon", p
		rings = append(rings, single.outlines()...)
	}
	return rings
}

const cell = 100 // metres

func (d *drawing) index(l []spot, limit float64) {
	for i := 1; i < len(l); i++ {
		d.segments = append(d.segments, piece{l[i-1], l[i], limit})
		for c := range cells(l[i-1], l[i], 0) {
			d.near[c] = append(d.near[c], len(d.segments)-1)
		}
	}
}

func cells(a, b spot, reach float64) func(yield func([2]int) bool) {
	number := func(m float64) int { return int(math.Floor(m / cell)) }
	return func(yield func([2]int) bool) {
		for x := number(min(a.x, b.x) - reach); x <= number(max(a.x, b.x)+reach); x++ {
			for y := number(min(a.y, b.y) - reach); y <= number(max(a.y, b.y)+reach); y++ {
				if !yield([2]int{x, y}) {
					return
				}
			}
		}
	}
}

// limitAt returns the highest limit of the streets within reach of a place, or
// 0 if there is none.
func (d *drawing) limitAt(at spot, reach float64) (limit float64) {
	for c := range cells(at, at, reach) {
		for _, i := range d.near[c] {
			if s := d.segments[i]; fromSegment(at, s.a, s.b) <= reach {
				limit = max(limit, s.limit)
			}
		}
	}
	return limit
}

func fromSegment(p, a, b spot) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := ((p.x-a.x)*dx + (p.y-a.y)*dy) / (dx*dx + dy*dy)
	t = min(max(t, 0), 1)
	return p.distance(spot{a.x + t*dx, a.y + t*dy})
}

// crossed reports whether the segments ab and cd cross.
func crossed(a, b, c, d spot) bool {
	side := func(p, q, r spot) bool { return (q.x-p.x)*(r.y-p.y)-(q.y-p.y)*(r.x-p.x) > 0 }
	return side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

func inside(ring []spot, p spot) bool {
	odd := false
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a.y > p.y) != (b.y > p.y) && p.x < a.x+(p.y-a.y)/(b.y-a.y)*(b.x-a.x) {
			odd = !odd
		}
	}
	return odd
}

func doubleArea(ring []spot) (sum float64) {
	for i := 1; i < len(ring); i++ {
		sum += ring[i-1].x*ring[i].y - ring[i-1].y*ring[i].x
	}
	return sum
}

func TestDrawingKnowsEveryLimit(t *testing.T) {
	for _, s := range demoDrawing().streets {
		if limits[s.class] == 0 {
			t.Fatalf("street class = %q, want one of %v", s.class, limits)
		}
	}
}
