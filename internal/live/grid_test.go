package live

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"peyk"
)

// TestTilesOfTheGrid compares the couriers that the grid finds in a tile with
// those whose place is in it, while they move about.
func TestTilesOfTheGrid(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		records, grid := newRecords(), &grid{}
		places := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) spot {
			lat, lon := rapid.Float64Range(-90, 90).Draw(r, "lat"), rapid.Float64Range(-180, 180).Draw(r, "lon")
			if rapid.Bool().Draw(r, "crowded") {
				lat, lon = 35+lat/1e4, 51+lon/1e4
			}
			x, y := project(lat, lon)
			return spot{x, y}
		}), 1, 40).Draw(r, "places")
		var who []uint32
		for _, p := range places {
			i := records.add(peyk.Courier{ID: string(rune('a' + len(who)))})
			records.at(i).x, records.at(i).y = p.x, p.y
			grid.put(&records, i)
			who = append(who, i)
		}
		for n := range rapid.IntRange(0, 20).Draw(r, "moves") {
			i, to := who[n%len(who)], places[(n*7)%len(places)]
			grid.take(&records, i)
			records.at(i).x, records.at(i).y = to.x, to.y
			grid.put(&records, i)
		}
		zoom := uint8(rapid.IntRange(0, bucketZoom).Draw(r, "zoom"))
		tile := tileAt(zoom, places[0].x, places[0].y)
		found := map[uint32]bool{}
		grid.each(&records, tile, func(i uint32) {
			if found[i] {
				r.Errorf("found %d twice", i)
			}
			found[i] = true
		})
		for _, i := range who {
			if inside := tileAt(zoom, records.at(i).x, records.at(i).y) == tile; inside != found[i] {
				r.Errorf("courier %d: found %v, want %v", i, found[i], inside)
			}
		}
	})
}

// TestCover looks that a box and a margin are covered by few tiles, and that
// moving the box does not change their size.
func TestCover(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		b := peyk.Box{
			South: rapid.Float64Range(-90, 90).Draw(r, "south"), West: rapid.Float64Range(-180, 180).Draw(r, "west"),
			Zoom: rapid.Float64Range(0, 24).Draw(r, "zoom"), Limit: 1000,
		}
		b.North = math.Min(b.South+rapid.Float64Range(0, 180).Draw(r, "height"), 90)
		width := rapid.Float64Range(0, 359).Draw(r, "width")
		b.East = around(b.West + width)
		a := cover(b)
		tiles := map[tileID]bool{}
		a.each(func(tile tileID) { tiles[tile] = true })
		if len(tiles) != int(a.wide*a.high) || len(tiles) > mostTiles {
			r.Errorf("%d tiles of zoom %d, %d times %d", len(tiles), a.zoom, a.wide, a.high)
		}
		for range 5 {
			down, along := rapid.Float64Range(-1./margin, 1+1./margin).Draw(r, "down"), rapid.Float64Range(-1./margin, 1+1./margin).Draw(r, "along")
			west, north := project(b.North, b.West)
			_, south := project(b.South, b.West)
			x, _ := project(0, around(b.West+width*along))
			y := uint32(max(min(float64(north)+float64(south-north)*down, 1<<32-1), 0))
			const rounding = 16
			if at := tileAt(a.zoom, x, y); !tiles[at] && !tiles[tileAt(a.zoom, x+rounding, y)] && !tiles[tileAt(a.zoom, x-rounding, y)] {
				r.Errorf("box %+v from %d at zoom %d does not hold %+v, %v down and %v along", b, west, a.zoom, at, down, along)
			}
		}
		moved := b
		moved.West, moved.East = around(b.West+width/3), around(b.East+width/3)
		if to := cover(moved); to.zoom != a.zoom {
			r.Errorf("%+v has tiles of zoom %d, moved to the side of zoom %d", b, a.zoom, to.zoom)
		}
	})
}

// around brings a longitude back into the world.
func around(lon float64) float64 {
	return math.Mod(lon+540, 360) - 180
}

// TestCoverOfScreens: a viewer gets not much more than it looks at.
func TestCoverOfScreens(t *testing.T) {
	for _, c := range []struct {
		wide, high float64 // pixels
		zoom       float64
		most       float64 // areas of the screen
	}{
		{1920, 1080, 12, 3.5}, {1920, 1080, 11.7, 3.5}, {1440, 700, 15, 4}, {3840, 2160, 11, 3.5}, {400, 800, 12, 6}, {400, 800, 12.9, 6},
	} {
		wide, high := c.wide/512/math.Exp2(c.zoom), c.high/512/math.Exp2(c.zoom)
		const world = 1 << 32
		north, west := unproject(0.64*world, 0.39*world)
		south, east := unproject((0.64+wide)*world, (0.39+high)*world)
		a := cover(peyk.Box{South: south, West: west, North: north, East: east, Zoom: c.zoom})
		tile := math.Exp2(-float64(a.zoom))
		if areas := float64(a.wide*a.high) * tile * tile / (wide * high); areas > c.most {
			t.Errorf("%v × %v at zoom %v: %d × %d tiles of zoom %d are %.1f times the screen, want at most %v", c.wide, c.high, c.zoom, a.wide, a.high, a.zoom, areas, c.most)
		}
	}
}

// TestProjection compares with places known from maps of the web.
func TestProjection(t *testing.T) {
	for _, c := range []struct {
		lat, lon float64
		zoom     uint8
		x, y     uint32
	}{
		{35.7, 51.4, 12, 2632, 1612}, // Tehran
		{0, 0, 1, 1, 1},
		{85.06, -180, 4, 0, 0},
		{-90, 180, 4, 15, 15},
	} {
		x, y := project(c.lat, c.lon)
		if got := tileAt(c.zoom, x, y); got.x != c.x || got.y != c.y {
			t.Errorf("%v, %v at zoom %d is in %d/%d, want %d/%d", c.lat, c.lon, c.zoom, got.x, got.y, c.x, c.y)
		}
		if lat, lon := unproject(float64(x), float64(y)); math.Abs(c.lat) < maxLat && math.Abs(lat-c.lat)+math.Abs(lon-c.lon) > 1e-6 {
			t.Errorf("unproject = %v, %v, want %v, %v", lat, lon, c.lat, c.lon)
		}
	}
}

// TestTextsArePacked renames couriers until their texts are packed anew.
func TestTextsArePacked(t *testing.T) {
	records := newRecords()
	for i := range 100 {
		records.add(peyk.Courier{ID: string(rune('A' + i)), Username: "u"})
	}
	name := make([]byte, peyk.MaxName)
	for i := range name {
		name[i] = 'a'
	}
	for n := range 10_000 {
		i := uint32(n%100) + 1
		name[0] = byte('a' + n%26)
		records.rename(i, peyk.Courier{ID: string(rune('A' + i - 1)), Username: "u", Name: string(name)})
	}
	if n := len(records.texts.blocks); n > 4 {
		t.Errorf("%d blocks for 50 KB of texts", n)
	}
	for i := range 100 {
		found := records.find(string(rune('A' + i)))
		if c := records.texts.courier(records.at(found).text); c.Username != "u" || len(c.Name) != peyk.MaxName {
			t.Fatalf("courier %d is %+v", i, c)
		}
	}
}
