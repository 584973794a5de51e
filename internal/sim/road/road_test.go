package road_test

import (
	"slices"
	"testing"

	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

func stroke(number int, points ...plane.Point) road.Stroke {
	return road.Stroke{Road: number, Line: plane.Line(points)}
}

// across is two roads from west to east (0, 1) that cross two from south to
// north (2, 3), 100 m apart; each goes on for 50 m.
func across() []road.Stroke {
	return []road.Stroke{
		stroke(0, plane.Pt(-50, 0), plane.Pt(150, 0)), stroke(1, plane.Pt(-50, 100), plane.Pt(150, 100)),
		stroke(2, plane.Pt(0, -50), plane.Pt(0, 150)), stroke(3, plane.Pt(100, -50), plane.Pt(100, 150)),
	}
}

func ends(int, plane.Point, float64) bool { return true }

func TestCrossings(t *testing.T) {
	want := []plane.Point{plane.Pt(0, 0), plane.Pt(100, 0), plane.Pt(0, 100), plane.Pt(100, 100)}
	if got := slices.Collect(road.NewNetwork(across()).Crossings()); !slices.Equal(got, want) {
		t.Errorf("Crossings = %v, want %v", got, want)
	}
}

func TestFaces(t *testing.T) {
	faces := road.NewNetwork(across()).Faces()
	if len(faces) != 1 || faces[0].Area() != 10000 {
		t.Errorf("Faces = %v, want one of 10,000 m²", faces)
	}
	halved := road.NewNetwork(append(across(), stroke(4, plane.Pt(50, 0), plane.Pt(50, 100)))).Faces()
	if len(halved) != 2 || halved[0].Area() != 5000 || halved[1].Area() != 5000 {
		t.Errorf("Faces = %v, want two of 5,000 m²", halved)
	}
}

func TestLinesGoOnOverCrossings(t *testing.T) {
	for number, lines := range road.NewNetwork(across()).Lines(4) {
		if len(lines) != 1 || lines[0].Length() != 200 {
			t.Errorf("lines of road %d = %v, want one of 200 m", number, lines)
		}
	}
}

func TestPrune(t *testing.T) {
	far := stroke(4, plane.Pt(1000, 0), plane.Pt(1100, 0), plane.Pt(1100, 80), plane.Pt(1000, 0)) // no dead end
	n := road.NewNetwork(append(across(), far))
	n.Prune(func(number int, end plane.Point, length float64) bool {
		if length != 50 {
			t.Errorf("a dead end of road %d at %v has %v m, want 50", number, end, length)
		}
		return number != 3
	})
	got := make([]float64, 5)
	for number, lines := range n.Lines(5) {
		for _, l := range lines {
			got[number] += l.Length()
		}
	}
	if want := []float64{100, 100, 100, 200, 0}; !slices.Equal(got, want) {
		t.Errorf("lengths = %v, want %v", got, want)
	}
}

func TestPruneGoesOn(t *testing.T) {
	strokes := append(across(), stroke(4, plane.Pt(0, 50), plane.Pt(-40, 50)), stroke(5, plane.Pt(-40, 50), plane.Pt(-40, 80)))
	n := road.NewNetwork(strokes)
	n.Prune(ends)
	lines := n.Lines(6)
	if len(lines[4]) != 0 || len(lines[5]) != 0 {
		t.Errorf("a dead end of two roads leaves %v and %v, want nothing", lines[4], lines[5])
	}
}

// detour is a street (0) of 1 km straight on, which avenue 2 crosses, and a
// motorway (1) of 2.2 km beside it.
func detour() *road.Graph {
	classes := []road.Class{road.Street, road.Motorway, road.Avenue}
	n := road.NewNetwork([]road.Stroke{
		stroke(0, plane.Pt(0, 0), plane.Pt(1000, 0)),
		stroke(1, plane.Pt(0, 0), plane.Pt(0, 600), plane.Pt(1000, 600), plane.Pt(1000, 0)),
		stroke(2, plane.Pt(500, 600), plane.Pt(500, -10)),
	})
	return road.NewGraph(n, func(number int) road.Class { return classes[number] })
}

func nodeAt(t *testing.T, g *road.Graph, at plane.Point) int {
	t.Helper()
	i := slices.IndexFunc(g.Nodes, func(n road.Node) bool { return n.At.Distance(at) < 1 })
	if i < 0 {
		t.Fatalf("no node is at %v", at)
	}
	return i
}

func TestRouteIsTheFastest(t *testing.T) {
	g := detour()
	from, to := nodeAt(t, g, plane.Pt(0, 0)), nodeAt(t, g, plane.Pt(1000, 0))
	legs := g.Route(from, to)
	length, at := 0.0, plane.Pt(0, 0)
	for _, leg := range legs {
		if leg.Class != road.Motorway || leg.Shape[0] != at {
			t.Errorf("a leg on a %v from %v, want a motorway from %v", leg.Class, leg.Shape[0], at)
		}
		length, at = length+leg.Shape.Length(), leg.Shape[len(leg.Shape)-1]
	}
	if length != 2200 || at != plane.Pt(1000, 0) { // 99 s, where the street takes 120 s
		t.Errorf("the way has %v m and ends at %v, want 2200 and {1000 0}", length, at)
	}
}

func TestRouteYieldsToLargerRoads(t *testing.T) {
	g := detour()
	for _, tt := range []struct {
		name     string
		from, to plane.Point
		want     []bool
	}{
		{"a street to an avenue", plane.Pt(250, 0), plane.Pt(500, 0), []bool{true}},
		{"back, to a door", plane.Pt(500, 0), plane.Pt(250, 0), []bool{false}},
		{"an avenue not to a street", plane.Pt(500, -10), plane.Pt(500, 0), []bool{false}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []bool
			for _, leg := range g.Route(nodeAt(t, g, tt.from), nodeAt(t, g, tt.to)) {
				got = append(got, leg.Yields)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("Yields = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestDoorsAreInTheMiddleOfSmallRoads(t *testing.T) {
	g := detour()
	var got []plane.Point
	for _, door := range g.Doors {
		got = append(got, g.Nodes[door].At)
	}
	if want := []plane.Point{plane.Pt(250, 0), plane.Pt(750, 0)}; !slices.Equal(got, want) {
		t.Errorf("doors at %v, want %v", got, want)
	}
}
