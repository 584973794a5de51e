package sim

import (
	"slices"
	"strconv"
)

// Where the plane of points lies on the earth (WGS 84).
const (
	centerLat   = 35.70
	centerLon   = 51.40
	metresByLat = 110_953 // of one degree, at 35.7 degrees north
	metresByLon = 90_504
)

// GeoJSON returns the city as one FeatureCollection (RFC 7946; longitude before
// latitude, six decimals). Each feature has a property kind:
//
//   - ground, water, park: polygons
//   - building: multipolygons, each of one neighbourhood
//   - street: lines with class (motorway, avenue, street, alley), name
//     (Persian) and name_en
//   - place: points with class (city, district, square, park), name, name_en
//     and rank (1 is seen from farthest away, 3 from near by only)
func (c *City) GeoJSON() []byte {
	w := &geoJSON{make([]byte, 0, 3<<20)}
	w.text(`{"type":"FeatureCollection","features":[`)
	w.polygon("ground", c.ground)
	for _, r := range c.parks {
		w.polygon("park", r)
	}
	for _, r := range c.water {
		w.polygon("water", r)
	}
	for _, group := range neighbourhoods(c.buildings) {
		w.buildings(group)
	}
	for cl := alley; cl <= motorway; cl++ { // what is drawn later lies above
		for _, s := range c.lines {
			if s.road.class == cl {
				w.street(s)
			}
		}
	}
	for _, p := range c.places {
		w.place(p)
	}
	w.buf[len(w.buf)-1] = ']' // the last comma
	w.text("}\n")
	return w.buf
}

// neighbourhoods groups buildings by cells of 400 m, so that a map can leave
// out those that it does not show, without the cost of a feature for each.
func neighbourhoods(buildings []ring) (groups [][]ring) {
	const cell = 400
	number := map[[2]int]int{}
	for _, b := range buildings {
		at := [2]int{int(b[0].x+indexReach) / cell, int(b[0].y+indexReach) / cell}
		i, ok := number[at]
		if !ok {
			i = len(groups)
			number[at] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], b)
	}
	return groups
}

type geoJSON struct{ buf []byte }

func (w *geoJSON) text(s string) { w.buf = append(w.buf, s...) }

func (w *geoJSON) begin(kind string) {
	w.text(`{"type":"Feature","properties":{"kind":"` + kind + `"`)
}

func (w *geoJSON) geometry(kind string) {
	w.text(`},"geometry":{"type":"` + kind + `","coordinates":`)
}

func (w *geoJSON) end() { w.text("}},") }

// named writes the members that streets and places share. No name in the
// lists needs to be escaped.
func (w *geoJSON) named(class string, n name) {
	w.text(`,"class":"` + class + `","name":"` + n.fa + `","name_en":"` + n.en + `"`)
}

func (w *geoJSON) polygon(kind string, r ring) {
	w.begin(kind)
	w.geometry("Polygon")
	w.rings(r)
	w.end()
}

func (w *geoJSON) buildings(group []ring) {
	w.begin("building")
	w.geometry("MultiPolygon")
	w.buf = append(w.buf, '[')
	for i, r := range group {
		w.comma(i)
		w.rings(r)
	}
	w.buf = append(w.buf, ']')
	w.end()
}

func (w *geoJSON) street(s streetLines) {
	w.begin("street")
	w.named(s.road.class.String(), s.road.name)
	w.geometry("MultiLineString")
	w.buf = append(w.buf, '[')
	for i, l := range s.lines {
		w.comma(i)
		w.points(l)
	}
	w.buf = append(w.buf, ']')
	w.end()
}

func (w *geoJSON) place(p place) {
	w.begin("place")
	w.named(p.kind, p.name)
	w.text(`,"rank":` + strconv.Itoa(p.rank))
	w.geometry("Point")
	w.point(p.at)
	w.end()
}

// rings writes a polygon's outline, closed and counterclockwise.
func (w *geoJSON) rings(r ring) {
	outline := r.closed()
	if r.area() < 0 {
		slices.Reverse(outline)
	}
	w.buf = append(w.buf, '[')
	w.points(outline)
	w.buf = append(w.buf, ']')
}

func (w *geoJSON) points(l line) {
	w.buf = append(w.buf, '[')
	for i, p := range l {
		w.comma(i)
		w.point(p)
	}
	w.buf = append(w.buf, ']')
}

func (w *geoJSON) point(p point) {
	lat, lon := p.degrees()
	w.buf = append(w.buf, '[')
	w.buf = strconv.AppendFloat(w.buf, lon, 'f', 6, 64)
	w.buf = append(w.buf, ',')
	w.buf = strconv.AppendFloat(w.buf, lat, 'f', 6, 64)
	w.buf = append(w.buf, ']')
}

func (w *geoJSON) comma(i int) {
	if i > 0 {
		w.buf = append(w.buf, ',')
	}
}

// degrees returns where on the earth the point is.
func (p point) degrees() (lat, lon float64) {
	return centerLat + p.y/metresByLat, centerLon + p.x/metresByLon
}
