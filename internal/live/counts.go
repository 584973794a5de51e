package live

import (
	"time"

	"peyk"
)

// countsEvery is how often the counts of a part are told at most.
const countsEvery = time.Second

// counts is a tile with more couriers than can be looked at: GridSide times
// GridSide cells with how many are in each, and where their centre is.
type counts struct {
	tile  tileID
	cells [peyk.GridSide * peyk.GridSide]cell
	told  peyk.Micros // when
}

// cell is one cell. Sums are of places on the grid.
type cell struct {
	count   uint32
	sumX    uint64
	sumY    uint64
	changed peyk.Version // the tick that told it last
	was     uint32       // what it told
	wasX    float64
	wasY    float64
}

func (c *counts) at(x, y uint32) *cell {
	zoom := c.tile.zoom + 4 // GridSide is 2^4
	t := tileAt(zoom, x, y)
	return &c.cells[t.y%peyk.GridSide*peyk.GridSide+t.x%peyk.GridSide]
}

func (c *counts) add(x, y uint32) {
	cell := c.at(x, y)
	cell.count++
	cell.sumX += uint64(x)
	cell.sumY += uint64(y)
}

func (c *counts) take(x, y uint32) {
	cell := c.at(x, y)
	cell.count--
	cell.sumX -= uint64(x)
	cell.sumY -= uint64(y)
}

// tell marks the cells that are to be told with the version, and reports
// whether there are any: whose count changed, or whose centre moved by a pixel
// of a tile of 512.
func (c *counts) tell(v peyk.Version) bool {
	pixel := float64(uint64(1)<<(32-c.tile.zoom)) / 512
	told := false
	for i := range c.cells {
		cell := &c.cells[i]
		x, y := cell.centre()
		if cell.count == cell.was && abs(x-cell.wasX) < pixel && abs(y-cell.wasY) < pixel {
			continue
		}
		cell.was, cell.wasX, cell.wasY, cell.changed = cell.count, x, y, v
		told = true
	}
	return told
}

func (c *cell) centre() (x, y float64) {
	if c.count == 0 {
		return 0, 0
	}
	return float64(c.sumX) / float64(c.count), float64(c.sumY) / float64(c.count)
}

// after returns what was told after the version; from 0 on, who is empty is left out.
func (c *counts) after(v peyk.Version) []peyk.Cell {
	cells := []peyk.Cell{}
	for i := range c.cells {
		cell := &c.cells[i]
		if cell.changed <= v || v == 0 && cell.was == 0 {
			continue
		}
		told := peyk.Cell{Index: uint8(i), Count: cell.was}
		if cell.was > 0 {
			told.Lat, told.Lon = unproject(cell.wasX, cell.wasY)
		}
		cells = append(cells, told)
	}
	return cells
}

func abs(v float64) float64 { return max(v, -v) }
