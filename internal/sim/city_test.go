package sim_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"peyk/internal/sim"
)

func TestSameSeedSameBytes(t *testing.T) {
	if !bytes.Equal(demo().GeoJSON(), sim.NewCity(sim.Demo).GeoJSON()) {
		t.Error("two cities of one seed differ")
	}
	if bytes.Equal(demo().GeoJSON(), sim.NewCity(sim.Demo+1).GeoJSON()) {
		t.Error("cities of two seeds are the same")
	}
}

func TestSizeOfGeoJSON(t *testing.T) {
	raw := demo().GeoJSON()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if len(raw) > 3_000_000 || packed.Len() > 600_000 {
		t.Errorf("GeoJSON has %d bytes, %d packed, want at most 3,000,000 and 600,000", len(raw), packed.Len())
	}
}

func TestWhatACityHas(t *testing.T) {
	d := demoDrawing()
	has := map[string]int{"building": len(d.buildings)}
	names := map[string]bool{}
	for _, f := range d.features {
		p := f.Properties
		if p.Kind != "building" {
			has[p.Kind]++
		}
		has[p.Kind+" "+p.Class]++
		if p.Kind == "street" && p.Class != "alley" {
			names[p.Name] = true
		}
		if (p.Kind == "street" || p.Kind == "place") && (p.Name == "" || p.NameEn == "") {
			t.Errorf("%s %s has no name", p.Kind, p.Class)
		}
		if strings.Contains(p.Name, "خیابان کوی") || strings.Contains(p.NameEn, "Gozar-e") && strings.Contains(p.NameEn, "Street") {
			t.Errorf("%s, %s says twice that it is a street", p.Name, p.NameEn)
		}
		if p.Kind == "place" && (p.Rank < 1 || p.Rank > 3) {
			t.Errorf("rank of %s = %d, want 1 to 3", p.NameEn, p.Rank)
		}
	}
	has["name"] = len(names)
	for what, want := range map[string][2]int{
		"ground": {1, 1}, "water": {3, 20}, "park": {10, 60}, "building": {8000, 12000}, "name": {250, 400},
		"street motorway": {3, 10}, "street avenue": {20, 60}, "street street": {200, 350}, "street alley": {400, 1500},
		"place city": {1, 1}, "place district": {10, 25}, "place square": {4, 12}, "place park": {10, 50},
	} {
		if has[what] < want[0] || has[what] > want[1] {
			t.Errorf("%s: %d, want %d to %d", what, has[what], want[0], want[1])
		}
	}
}

func TestPolygonsAreValid(t *testing.T) {
	for _, f := range demoDrawing().features {
		if f.Geometry.Type != "Polygon" && f.Geometry.Type != "MultiPolygon" {
			continue
		}
		for _, ring := range f.outlines() {
			if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
				t.Fatalf("a %s of %d points is not closed", f.Properties.Kind, len(ring))
			}
			if doubleArea(ring) <= 0 {
				t.Errorf("a %s at %v is not counterclockwise", f.Properties.Kind, ring[0])
			}
			if crossesItself(ring) {
				t.Errorf("a %s at %v crosses itself", f.Properties.Kind, ring[0])
			}
		}
	}
}

func crossesItself(ring []spot) bool {
	n := len(ring) - 1
	for i := range n {
		for j := i + 2; j < n; j++ {
			if (j+1)%n != i && crossed(ring[i], ring[i+1], ring[j], ring[j+1]) {
				return true
			}
		}
	}
	return false
}

func TestStreetsHangTogether(t *testing.T) {
	next := map[spot][]spot{}
	var start spot
	for _, s := range demoDrawing().streets {
		for _, l := range s.lines {
			for i := 1; i < len(l); i++ {
				next[l[i-1]] = append(next[l[i-1]], l[i])
				next[l[i]] = append(next[l[i]], l[i-1])
				start = l[i]
			}
		}
	}
	reached := map[spot]bool{start: true}
	for queue := []spot{start}; len(queue) > 0; queue = queue[1:] {
		for _, to := range next[queue[0]] {
			if !reached[to] {
				reached[to] = true
				queue = append(queue, to)
			}
		}
	}
	if len(reached) != len(next) {
		t.Errorf("from one junction %d points of streets are reached, want all %d", len(reached), len(next))
	}
}

func TestBuildingsStandFree(t *testing.T) {
	d := demoDrawing()
	for _, b := range d.buildings {
		for i := 1; i < len(b); i++ {
			if d.streetBetween(b[i-1], b[i]) {
				t.Errorf("a building at %v stands on a street", b[0])
			}
			for _, w := range d.water {
				if inside(w, b[i]) {
					t.Errorf("a building at %v stands in the water", b[0])
				}
			}
		}
	}
}

func (d *drawing) streetBetween(a, b spot) bool {
	for c := range cells(a, b, 0) {
		for _, i := range d.near[c] {
			if s := d.segments[i]; crossed(a, b, s.a, s.b) {
				return true
			}
		}
	}
	return false
}

// Other seeds are nobody's demo, but they must not fail.
func TestOtherSeeds(t *testing.T) {
	for seed := range uint64(2) {
		c := sim.NewCity(seed)
		for number := range 5 {
			if err := sim.NewCourier(c, number).Advance(0).Validate(); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
		}
	}
}

func BenchmarkNewCity(b *testing.B) {
	for b.Loop() {
		sim.NewCity(sim.Demo).GeoJSON()
	}
}
