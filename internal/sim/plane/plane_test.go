package plane_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"peyk/internal/sim/plane"
)

// points draws places on whole metres, so that no rounding decides.
func points(least int) *rapid.Generator[[]plane.Point] {
	metres := rapid.IntRange(-7000, 7000) // the index ends at 6016
	point := rapid.Custom(func(t *rapid.T) plane.Point {
		return plane.Pt(float64(metres.Draw(t, "x")), float64(metres.Draw(t, "y")))
	})
	return rapid.SliceOfN(point, least, 12)
}

// near reports whether the points are the same but for rounding.
func near(a, b plane.Point) bool { return a.Distance(b) < 1e-6 }

// distance returns how far p is from the line, by trying many of its points.
func distance(l plane.Line, p plane.Point) float64 {
	const tries = 2000
	least := math.Inf(1)
	for i := range tries + 1 {
		least = min(least, l.At(l.Length()*float64(i)/tries).Distance(p))
	}
	return least
}

func TestSegmentsNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, lines := plane.NewSegments(), rapid.SliceOfN(points(2), 1, 4).Draw(t, "lines")
		for owner, l := range lines {
			s.Add(plane.Line(l), owner)
		}
		p, reach := points(1).Draw(t, "place")[0], rapid.Float64Range(1, 3000).Draw(t, "reach")
		found := map[int]bool{}
		for i := range s.Near(p, reach) {
			found[s.Owners[i]] = true
		}
		for owner, l := range lines {
			way := distance(plane.Line(l), p)
			if slack := plane.Line(l).Length() / 2000; way < reach && !found[owner] || way > reach+slack && found[owner] {
				t.Errorf("line %d is %v m away: found %v within %v", owner, way, found[owner], reach)
			}
		}
	})
}

func TestIndexFindsWhatOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, sets := plane.NewIndex(), rapid.SliceOfN(points(1), 1, 20).Draw(t, "boxes")
		for i, set := range sets {
			x.Add(plane.BoxOf(set...), i)
		}
		asked := plane.BoxOf(points(1).Draw(t, "asked")...)
		found := slices.Collect(x.In(asked))
		for i, set := range sets {
			if asked.Overlaps(plane.BoxOf(set...)) && !slices.Contains(found, i) {
				t.Errorf("box %d of %v is not found in %v", i, set, asked)
			}
		}
	})
}

func TestAreaHoldsWhatItsRingHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := plane.Ring(points(3).Draw(t, "ring"))
		a := plane.AreaOf(r)
		for _, p := range points(1).Draw(t, "places") {
			if a.Holds(p) != r.Holds(p) {
				t.Errorf("the area holds %v: %v, its ring: %v", p, a.Holds(p), r.Holds(p))
			}
		}
	})
}

func TestRing(t *testing.T) {
	r := plane.Ring{plane.Pt(10, 10), plane.Pt(30, 10), plane.Pt(30, 20), plane.Pt(10, 20)}
	if r.Area() != 200 || !near(r.Centroid(), plane.Pt(20, 15)) {
		t.Errorf("area = %v, centroid = %v, want 200, {20 15}", r.Area(), r.Centroid())
	}
	if !r.Holds(plane.Pt(11, 19)) || r.Holds(plane.Pt(9, 19)) || r.Holds(plane.Pt(31, 19)) || r.Holds(plane.Pt(11, 21)) {
		t.Error("the rectangle does not hold what is in it")
	}
	if disc := plane.Disc(plane.Pt(5, 5), 10); disc.Area() < 300 || disc.Area() > 100*math.Pi || !near(disc.Centroid(), plane.Pt(5, 5)) {
		t.Errorf("disc: area = %v, centroid = %v, want almost 314, {5 5}", disc.Area(), disc.Centroid())
	}
	for _, tt := range []struct {
		name  string
		a, b  plane.Point
		reach float64
		want  bool
	}{
		{"beside", plane.Pt(0, 0), plane.Pt(0, 30), 9.9, false},
		{"near beside", plane.Pt(0, 0), plane.Pt(0, 30), 10.1, true},
		{"off a corner", plane.Pt(33, 24), plane.Pt(40, 30), 4.9, false},
		{"near a corner", plane.Pt(33, 24), plane.Pt(40, 30), 5.1, true},
		{"across", plane.Pt(0, 15), plane.Pt(40, 15), 0, true},
		{"inside", plane.Pt(19, 15), plane.Pt(21, 15), 0.1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := r.Near(plane.Segment{A: tt.a, B: tt.b}, tt.reach); got != tt.want {
				t.Errorf("Near = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRingsApart(t *testing.T) {
	square := plane.Ring{plane.Pt(0, 0), plane.Pt(10, 0), plane.Pt(10, 10), plane.Pt(0, 10)}
	diamond := plane.Ring{plane.Pt(16, 5), plane.Pt(20, 1), plane.Pt(24, 5), plane.Pt(20, 9)}
	if !square.Apart(diamond, 5.9) || !diamond.Apart(square, 5.9) {
		t.Error("a gap of 6 m is less than 5.9 m")
	}
	if square.Apart(diamond, 6.1) || square.Apart(square, 0.1) {
		t.Error("a gap of 6 m is more than 6.1 m, or one of 0 m more than 0.1 m")
	}
}

func TestCrossing(t *testing.T) {
	s := plane.Segment{A: plane.Pt(0, 0), B: plane.Pt(10, 0)}
	for _, tt := range []struct {
		name  string
		other plane.Segment
		t, u  float64
		meet  bool
	}{
		{"across", plane.Segment{A: plane.Pt(4, -1), B: plane.Pt(4, 3)}, 0.4, 0.25, true},
		{"touches", plane.Segment{A: plane.Pt(10, 0), B: plane.Pt(10, 3)}, 1, 0, true},
		{"misses", plane.Segment{A: plane.Pt(11, -1), B: plane.Pt(11, 3)}, 1, 0.25, false},
		{"parallel", plane.Segment{A: plane.Pt(0, 0), B: plane.Pt(10, 0)}, 0, 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at, of, meet := s.Crossing(tt.other)
			if at != tt.t || of != tt.u || meet != tt.meet {
				t.Errorf("Crossing = %v, %v, %v, want %v, %v, %v", at, of, meet, tt.t, tt.u, tt.meet)
			}
		})
	}
}

func TestSplitKeepsTheLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := plane.Line(points(2).Draw(t, "line"))
		s := l.Length() * rapid.Float64Range(0, 1).Draw(t, "share")
		head, tail := l.Split(s)
		if math.Abs(head.Length()-s) > 1e-6 || math.Abs(head.Length()+tail.Length()-l.Length()) > 1e-6 {
			t.Errorf("split at %v of %v: %v and %v", s, l.Length(), head.Length(), tail.Length())
		}
		if !near(head[len(head)-1], l.At(s)) || tail[0] != head[len(head)-1] {
			t.Errorf("split at %v and %v, want %v", head[len(head)-1], tail[0], l.At(s))
		}
	})
}

func TestSimplifiedStaysNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, tolerance := plane.Line(points(2).Draw(t, "line")), rapid.Float64Range(1, 5000).Draw(t, "tolerance")
		short := l.Simplified(tolerance)
		if short[0] != l[0] || short[len(short)-1] != l[len(l)-1] {
			t.Errorf("%v has other ends than %v", short, l)
		}
		for _, p := range l {
			if d, slack := distance(short, p), short.Length()/2000; d > tolerance+slack {
				t.Errorf("%v is %v m from the simplified line, want at most %v", p, d, tolerance)
			}
		}
	})
	bent := plane.Line{plane.Pt(0, 0), plane.Pt(50, 1), plane.Pt(100, 0)}
	if got := bent.Simplified(2); len(got) != 2 {
		t.Errorf("a bend of 1 m stays at a tolerance of 2 m: %v", got)
	}
}

func TestSmoothPassesThePoints(t *testing.T) {
	l := plane.Line{plane.Pt(0, 0), plane.Pt(100, 50), plane.Pt(200, 0), plane.Pt(250, -80)}
	const n = 8
	curve := l.Smooth(n)
	for i, p := range l {
		if !near(curve[i*n], p) {
			t.Errorf("point %d = %v, want %v", i*n, curve[i*n], p)
		}
	}
}

func TestClipped(t *testing.T) {
	l := plane.Straight(plane.Pt(-100, 7), plane.Pt(300, 7))
	pieces := l.Clipped(func(p, along plane.Point) bool {
		if !near(along, plane.Pt(1, 0)) {
			t.Fatalf("along = %v, want {1 0}", along)
		}
		return p.X < -40 || p.X > 33 && p.X < 101
	})
	var ends []float64
	for _, piece := range pieces {
		ends = append(ends, piece[0].X, piece[len(piece)-1].X)
	}
	want := []float64{-100, -40 + plane.Overshoot, 33 - plane.Overshoot, 101 + plane.Overshoot}
	if !slices.EqualFunc(ends, want, func(a, b float64) bool { return math.Abs(a-b) < 0.02 }) {
		t.Errorf("the pieces go from and to %v, want %v", ends, want)
	}
}

func TestOffsetIsToTheLeft(t *testing.T) {
	l := plane.Line{plane.Pt(0, 0), plane.Pt(10, 0), plane.Pt(20, 0)}
	got := l.Offset(func(i int) float64 { return float64(i) })
	if want := (plane.Line{plane.Pt(0, 0), plane.Pt(10, 1), plane.Pt(20, 2)}); !slices.EqualFunc(got, want, near) {
		t.Errorf("Offset = %v, want %v", got, want)
	}
}

func TestFlatAreaHoldsNothing(t *testing.T) {
	a := plane.AreaOf(plane.Ring{plane.Pt(0, 5), plane.Pt(10, 5), plane.Pt(20, 5)})
	if a.Holds(plane.Pt(10, 5)) {
		t.Error("an area without height holds a place")
	}
}
