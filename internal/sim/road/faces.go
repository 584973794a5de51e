package road

import (
	"cmp"
	"math"
	"slices"

	"peyk/internal/sim/plane"
)

// Faces returns the areas that the network's links enclose, those without a
// link inside.
func (n *Network) Faces() []plane.Ring {
	turn := n.turns()
	seen := make([]bool, len(turn))
	var faces []plane.Ring
	for start := range seen {
		var face plane.Ring
		for h := start; !seen[h]; h = turn[h] {
			seen[h] = true
			face = append(face, n.nodes[n.tail(h)])
		}
		if len(face) > 2 && face.Area() > 0 { // the outside is walked clockwise
			faces = append(faces, face)
		}
	}
	return faces
}

// A half link is 2i for link i from a to b, and 2i+1 from b to a.

func (n *Network) tail(half int) int {
	l := n.links[half/2]
	if half%2 == 0 {
		return l.a
	}
	return l.b
}

// turns returns for each half link the one that follows it along the face on
// its left: at its end, the next one clockwise from the way back.
func (n *Network) turns() []int {
	leaving := make([][]int, len(n.nodes))
	for h := range 2 * len(n.links) {
		leaving[n.tail(h)] = append(leaving[n.tail(h)], h)
	}
	turn := make([]int, 2*len(n.links))
	for _, halves := range leaving {
		slices.SortFunc(halves, func(g, h int) int { return cmp.Compare(n.bearing(g), n.bearing(h)) })
		for i, h := range halves {
			turn[h^1] = halves[(i+len(halves)-1)%len(halves)]
		}
	}
	return turn
}

func (n *Network) bearing(half int) float64 {
	way := n.nodes[n.tail(half^1)].Sub(n.nodes[n.tail(half)])
	return math.Atan2(way.Y, way.X)
}
