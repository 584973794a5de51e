package city

import (
	"slices"
	"strconv"

	"peyk/internal/sim/persian"
	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
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
	b := append(make([]byte, 0, 3<<20), `{"type":"FeatureCollection","features":[`...)
	b = appendAreas(b, "ground", c.ground)
	b = appendAreas(b, "park", c.parks...)
	b = appendAreas(b, "water", c.water...)
	for _, group := range neighbourhoods(c.buildings) {
		b = endFeature(appendArray(beginFeature(b, "building", "", "MultiPolygon"), group, appendPolygon))
	}
	for class := road.Alley; class <= road.Motorway; class++ { // what is drawn later lies above
		for i, s := range c.streets {
			if s.class == class && len(c.lines[i]) > 0 {
				b = beginFeature(b, "street", named(class.String(), s.name), "MultiLineString")
				b = endFeature(appendArray(b, c.lines[i], appendLine))
			}
		}
	}
	for _, p := range c.places {
		b = beginFeature(b, "place", named(p.kind, p.name)+`,"rank":`+strconv.Itoa(p.rank), "Point")
		b = endFeature(appendPoint(b, p.at))
	}
	return append(b[:len(b)-1], "]}\n"...) // without the last comma
}

// neighbourhoods groups buildings by cells of 400 m, so that a map can leave
// out those that it does not show, without the cost of a feature for each.
func neighbourhoods(buildings []plane.Ring) (groups [][]plane.Ring) {
	const cell, reach = 400, 8000 // metres; no building is farther away
	number := map[[2]int]int{}
	for _, b := range buildings {
		at := [2]int{int(b[0].X+reach) / cell, int(b[0].Y+reach) / cell}
		i, known := number[at]
		if !known {
			i = len(groups)
			number[at] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], b)
	}
	return groups
}

// named returns the properties that streets and places share. No name in the
// lists needs to be escaped.
func named(class string, n persian.Name) string {
	return `,"class":"` + class + `","name":"` + n.Fa + `","name_en":"` + n.En + `"`
}

// beginFeature writes a feature up to its coordinates. Its properties are the
// kind and more.
func beginFeature(b []byte, kind, more, geometry string) []byte {
	b = append(b, `{"type":"Feature","properties":{"kind":"`+kind+`"`+more...)
	return append(b, `},"geometry":{"type":"`+geometry+`","coordinates":`...)
}

func endFeature(b []byte) []byte { return append(b, "}},"...) }

func appendAreas(b []byte, kind string, rings ...plane.Ring) []byte {
	for _, r := range rings {
		b = endFeature(appendPolygon(beginFeature(b, kind, "", "Polygon"), r))
	}
	return b
}

// appendPolygon writes a polygon of one outline, closed and counterclockwise.
func appendPolygon(b []byte, r plane.Ring) []byte {
	outline := r.Closed()
	if r.Area() < 0 {
		slices.Reverse(outline)
	}
	return appendArray(b, []plane.Line{outline}, appendLine)
}

func appendLine(b []byte, l plane.Line) []byte { return appendArray(b, l, appendPoint) }

func appendPoint(b []byte, p plane.Point) []byte {
	lat, lon := Degrees(p)
	b = strconv.AppendFloat(append(b, '['), lon, 'f', 6, 64)
	b = strconv.AppendFloat(append(b, ','), lat, 'f', 6, 64)
	return append(b, ']')
}

// appendArray writes one item or more.
func appendArray[T any](b []byte, items []T, item func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for _, it := range items {
		b = append(item(b, it), ',')
	}
	b[len(b)-1] = ']'
	return b
}

// Where the city lies, so that it is drawn as it is.
const (
	centerLat   = 35.70
	centerLon   = 51.40
	metresByLat = 110_953 // of one degree, at 35.7 degrees north
	metresByLon = 90_504
)

// Degrees returns where on the earth a place of the city is (WGS 84). On eight
// kilometres the plane errs by less than a metre.
func Degrees(p plane.Point) (lat, lon float64) {
	return centerLat + p.Y/metresByLat, centerLon + p.X/metresByLon
}

// Point is the other way round.
func Point(lat, lon float64) plane.Point {
	return plane.Pt((lon-centerLon)*metresByLon, (lat-centerLat)*metresByLat)
}
