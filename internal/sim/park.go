package sim

// drawParks turns some of the district's blocks into parks. The outskirts get
// larger ones; a park that is large enough gets a lake.
func (p *plan) drawParks(d *district) {
	wanted := 1 + p.rand.IntN(3)
	for try := 0; try < 60 && wanted > 0; try++ {
		i, j := p.rand.IntN(len(d.columns)-1), p.rand.IntN(len(d.rows)-1)
		wide, high := 1, 1
		if try < 30 {
			wide, high = 2+p.rand.IntN(3), 1+p.rand.IntN(3)
		}
		if i+wide >= len(d.columns) || j+high >= len(d.rows) {
			continue
		}
		if p.drawPark(d, d.columns[i], d.rows[j], d.columns[i+wide], d.rows[j+high]) {
			wanted--
		}
	}
}

func (p *plan) drawPark(d *district, u0, v0, u1, v1 float64) bool {
	const edge = 9 // metres from the middle of the streets around it
	r := d.block(u0+edge, v0+edge, u1-edge, v1-edge)
	face := d.face(r[0])
	inside := func(at point) bool {
		return d.face(at) == face && p.limit.ratio(at) < 0.93 && !p.river.wet(at) && !p.green(at) && !p.touches(at, 22, street)
	}
	if face < 0 || !all(r, inside) || !inside(r.centroid()) {
		return false
	}
	n := take(&p.names.parks)
	n = name{"بوستان " + n.fa, n.en + " Park"}
	p.parks = append(p.parks, park{areaOf(r), n})
	p.places = append(p.places, place{r.centroid(), "park", n, 3})
	if r.area() > 45000 {
		p.lakes = append(p.lakes, p.lakeIn(d, (u0+u1)/2, (v0+v1)/2, u1-u0, v1-v0))
	}
	return true
}

func (p *plan) lakeIn(d *district, u, v, wide, high float64) ring {
	shore := newBlob(p.rand, point{u, v}, wide*0.27, high*0.27, 2, 0.25).outline(40, 1)
	for i, q := range shore {
		shore[i] = d.at(q.x, q.y)
	}
	return shore
}
