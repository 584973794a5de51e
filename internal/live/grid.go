package live

import (
	"math"
	"slices"
	"sort"

	"peyk"
)

// The grid is web mercator, as of every map on the web: x from the antimeridian
// to the east, y from the north, 32 bits each. Couriers lie in buckets, which
// are its cells of bucketZoom, ordered along the Morton curve: so the couriers
// of any tile above are one range of buckets.
const bucketZoom = 16

// maxLat is where web mercator ends; beyond it couriers lie in its last row.
const maxLat = 85.05112877980659 // degrees: atan(sinh(π))

// project returns a place on the grid.
func project(lat, lon float64) (x, y uint32) {
	lat = max(min(lat, maxLat), -maxLat) * math.Pi / 180
	return whole(lon/360 + 0.5), whole(0.5 - math.Log(math.Tan(lat)+1/math.Cos(lat))/(2*math.Pi))
}

// whole scales 0 to 1 to 32 bits; the eastern edge of the world is its western one.
func whole(v float64) uint32 {
	const world = 1 << 32
	return uint32(max(min(v*world, world-1), 0))
}

// unproject is the other way round; x and y may have fractions.
func unproject(x, y float64) (lat, lon float64) {
	const world = 1 << 32
	return math.Atan(math.Sinh(math.Pi*(1-2*y/world))) * 180 / math.Pi, x/world*360 - 180
}

// tileID is a tile of the map: its zoom, and its column and row there.
type tileID struct {
	zoom uint8
	x, y uint32
}

// code is the tile as a number.
func (t tileID) code() uint64 { return uint64(t.zoom)<<32 | uint64(t.x)<<bucketZoom | uint64(t.y) }

func tileAt(zoom uint8, x, y uint32) tileID {
	return tileID{zoom, uint32(uint64(x) >> (32 - zoom)), uint32(uint64(y) >> (32 - zoom))}
}

// buckets returns the range of bucket codes in the tile: from first, to before end.
func (t tileID) buckets() (first, end uint64) {
	shift := 2 * (bucketZoom - uint(t.zoom))
	code := uint64(morton(t.x, t.y))
	return code << shift, (code + 1) << shift
}

// morton interleaves the low 16 bits of x and y.
func morton(x, y uint32) uint32 { return spread(x) | spread(y)<<1 }

func spread(v uint32) uint32 {
	v &= 0xFFFF
	v = (v | v<<8) & 0x00FF00FF
	v = (v | v<<4) & 0x0F0F0F0F
	v = (v | v<<2) & 0x33333333
	return (v | v<<1) & 0x55555555
}

func bucketOf(x, y uint32) uint32 { return morton(x>>(32-bucketZoom), y>>(32-bucketZoom)) }

// bucket is one cell with couriers in it, who are linked through their records.
type bucket struct {
	code  uint32
	head  uint32 // index of a record
	count uint32
}

// grid is all buckets with somebody in them. A page holds those of one tile of
// zoom 8, ordered, so that coming and going moves little.
type grid struct {
	pages [1 << pageBits][]bucket
}

const pageBits = 16 // of a bucket's code

// inPage is how many bits of a bucket's code say which it is within its page.
const inPage = 2*bucketZoom - pageBits

func pageOf(code uint32) uint32 { return code >> inPage }

// put links the courier into the bucket of its x and y.
func (g *grid) put(t *records, i uint32) {
	r := t.at(i)
	code := bucketOf(r.x, r.y)
	page := &g.pages[pageOf(code)]
	at, found := place(*page, code)
	if !found {
		*page = slices.Insert(*page, at, bucket{code: code})
	}
	b := &(*page)[at]
	r.prev, r.next = 0, b.head
	if b.head != 0 {
		t.at(b.head).prev = i
	}
	b.head = i
	b.count++
}

// take unlinks the courier.
func (g *grid) take(t *records, i uint32) {
	r := t.at(i)
	code := bucketOf(r.x, r.y)
	page := &g.pages[pageOf(code)]
	at, _ := place(*page, code)
	b := &(*page)[at]
	if r.prev != 0 {
		t.at(r.prev).next = r.next
	} else {
		b.head = r.next
	}
	if r.next != 0 {
		t.at(r.next).prev = r.prev
	}
	if b.count--; b.count == 0 {
		*page = slices.Delete(*page, at, at+1)
	}
}

func place(page []bucket, code uint32) (at int, found bool) {
	at = sort.Search(len(page), func(i int) bool { return page[i].code >= code })
	return at, at < len(page) && page[at].code == code
}

// each calls visit with the index of every courier in the tile.
func (g *grid) each(t *records, tile tileID, visit func(i uint32)) {
	first, end := tile.buckets()
	for p := first >> inPage; p <= (end-1)>>inPage; p++ {
		page := g.pages[p]
		at, _ := place(page, uint32(max(first, p<<inPage)))
		for _, b := range page[at:] {
			if uint64(b.code) >= end {
				return
			}
			for i := b.head; i != 0; i = t.at(i).next {
				visit(i)
			}
		}
	}
}

// tilesAround are the columns and rows that cover a box and a margin around it.
type tilesAround struct {
	zoom        uint8
	west, north uint32 // the first column and row
	wide, high  uint32
}

const (
	// mostTiles is how many tiles one box may be covered by: a frame of each
	// goes out in every tick, so fewer cost less, and show more beside the box.
	mostTiles = 36
	// margin is the part of a box that is covered beyond each of its sides, so
	// that a small pan shows nothing that is not there yet.
	margin = 8
	// coarsest is the zoom of tiles for the whole world.
	coarsest = 2
)

// cover returns the tiles of the finest zoom, about that of the map at most,
// of which mostTiles are always enough for a box of that size: it does not
// depend on where the box is, so that a pan keeps the tiles that it can.
func cover(b peyk.Box) tilesAround {
	west, north := project(b.North, b.West)
	east, south := project(b.South, b.East)
	wide, high := uint64(east-west), uint64(south-north) // also over the antimeridian
	aside, above := wide/margin, high/margin
	wide, high = wide+2*aside, high+2*above
	zoom := min(max(uint8(b.Zoom+0.5), coarsest), bucketZoom)
	const rounded = 1 << 8 // more than a box's size changes by rounding when it is moved
	for zoom > coarsest && ((wide+rounded)>>(32-zoom)+2)*((high+rounded)>>(32-zoom)+2) > mostTiles {
		zoom--
	}
	const world = 1<<32 - 1
	west -= uint32(aside)
	north = uint32(max(int64(north)-int64(above), 0))
	south = uint32(min(uint64(south)+above, world))
	first, last := tileAt(zoom, west, north), tileAt(zoom, 0, south)
	within := uint64(west) & (1<<(32-zoom) - 1) // of the first column
	columns := min((within+wide)>>(32-zoom)+1, 1<<zoom)
	return tilesAround{zoom, first.x, first.y, uint32(columns), last.y - first.y + 1}
}

// each calls visit with every tile.
func (a tilesAround) each(visit func(tileID)) {
	side := uint32(1) << a.zoom
	for row := range a.high {
		for column := range a.wide {
			visit(tileID{a.zoom, (a.west + column) & (side - 1), a.north + row})
		}
	}
}
