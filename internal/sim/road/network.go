// Package road knows how lines become roads: it cuts them where they cross,
// takes away what leads nowhere, finds the areas in between, and finds the
// fastest way through what is left.
//
// It knows roads by number only: their names and places in a city are for who
// drew them. There is no traffic, and every road is open in both directions.
package road

import (
	"iter"
	"slices"

	"peyk/internal/sim/plane"
)

// Stroke is one line drawn of the road with that number.
type Stroke struct {
	Road int
	Line plane.Line
}

// Network is the strokes cut at every crossing: nodes, and straight links
// between them in the order of the strokes.
type Network struct {
	nodes []plane.Point
	links []link
}

type link struct {
	a, b int
	road int
}

func (l link) other(node int) int { return l.a + l.b - node }

// snap is how near two points are one node, in metres.
const snap = 0.6

// NewNetwork cuts the strokes at every crossing. Of two links between the same
// nodes the one of the earlier stroke stays.
func NewNetwork(strokes []Stroke) *Network {
	all := plane.NewSegments()
	for _, s := range strokes {
		all.Add(s.Line, s.Road)
	}
	cuts := crossings(all)
	n, nodes := &Network{}, make(nodesByPlace, len(all.All))
	known, from := make(map[[2]int]bool, len(all.All)), 0
	for i, s := range all.All {
		if i == 0 || s.A != all.All[i-1].B {
			from = n.node(nodes, s.A)
		}
		slices.Sort(cuts[i])
		for _, t := range append(cuts[i], 1) {
			to := n.node(nodes, s.A.Toward(s.B, t))
			pair := [2]int{min(from, to), max(from, to)}
			if from != to && !known[pair] {
				known[pair] = true
				n.links = append(n.links, link{from, to, all.Owners[i]})
			}
			from = to
		}
	}
	return n
}

// crossings returns for each segment the fractions at which others meet it.
func crossings(s *plane.Segments) [][]float64 {
	cuts := make([][]float64, len(s.All))
	for i, g := range s.All {
		for j := range s.In(g.Box()) {
			if j <= i {
				continue
			}
			if t, u, meet := g.Crossing(s.All[j]); meet {
				cuts[i] = append(cuts[i], t)
				cuts[j] = append(cuts[j], u)
			}
		}
	}
	return cuts
}

// nodesByPlace has nodes by squares with sides of snap.
type nodesByPlace map[[2]int32]int

// node returns the number of the node at p, which may be a new one.
func (n *Network) node(known nodesByPlace, p plane.Point) int {
	const reach = 8000 // metres, so that no coordinate is below 0
	x, y := int32((p.X+reach)/snap), int32((p.Y+reach)/snap)
	for dx := x - 1; dx <= x+1; dx++ {
		for dy := y - 1; dy <= y+1; dy++ {
			if i, ok := known[[2]int32{dx, dy}]; ok && n.nodes[i].Distance(p) < snap {
				return i
			}
		}
	}
	n.nodes = append(n.nodes, p)
	known[[2]int32{x, y}] = len(n.nodes) - 1
	return len(n.nodes) - 1
}

// around returns for each node the numbers of its links.
func (n *Network) around() [][]int {
	at := make([][]int, len(n.nodes))
	for i, l := range n.links {
		at[l.a] = append(at[l.a], i)
		at[l.b] = append(at[l.b], i)
	}
	return at
}

// Crossings yields where four links or more meet.
func (n *Network) Crossings() iter.Seq[plane.Point] {
	return func(yield func(plane.Point) bool) {
		for node, links := range n.around() {
			if len(links) >= 4 && !yield(n.nodes[node]) {
				return
			}
		}
	}
}

// Lines returns the lines of each road, of which there are so many, as long as
// they go: what a map draws and writes a name along.
func (n *Network) Lines(roads int) [][]plane.Line {
	lines := make([][]plane.Line, roads)
	last := link{road: -1}
	for _, l := range n.links {
		of := lines[l.road]
		if l.road == last.road && l.a == last.b {
			of[len(of)-1] = append(of[len(of)-1], n.nodes[l.b])
		} else {
			lines[l.road] = append(of, plane.Line{n.nodes[l.a], n.nodes[l.b]})
		}
		last = l
	}
	return lines
}
