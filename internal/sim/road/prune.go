package road

import (
	"slices"

	"peyk/internal/sim/plane"
)

// Prune takes away the dead ends that are unwanted, again and again until none
// is left, and then all but the largest part that hangs together. unwanted is
// asked about a dead end of a road: its place, and the metres to where
// something else begins.
func (n *Network) Prune(unwanted func(road int, end plane.Point, length float64) bool) {
	for n.pruneEnds(unwanted) {
	}
	at, part, sizes := n.around(), make([]int, len(n.nodes)), []int{0}
	var visit func(node int)
	visit = func(node int) {
		if part[node] != 0 {
			return
		}
		part[node] = len(sizes) - 1
		sizes[part[node]] += len(at[node])
		for _, i := range at[node] {
			visit(n.links[i].other(node))
		}
	}
	for node := range n.nodes {
		sizes = append(sizes, 0)
		visit(node)
	}
	largest := slices.Index(sizes, slices.Max(sizes))
	n.links = slices.DeleteFunc(n.links, func(l link) bool { return part[l.a] != largest })
}

func (n *Network) pruneEnds(unwanted func(road int, end plane.Point, length float64) bool) bool {
	at, gone := n.around(), map[link]bool{}
	for node := range n.nodes {
		if len(at[node]) != 1 {
			continue
		}
		chain, length := n.chain(at, node, at[node][0])
		if unwanted(n.links[chain[0]].road, n.nodes[node], length) {
			for _, i := range chain {
				gone[n.links[i]] = true
			}
		}
	}
	n.links = slices.DeleteFunc(n.links, func(l link) bool { return gone[l] })
	return len(gone) > 0
}

// chain follows the network from a node along a link, up to the next node
// that is a junction, an end, or where the road changes.
func (n *Network) chain(at [][]int, node, along int) (links []int, length float64) {
	start := node
	for {
		l := n.links[along]
		links, length = append(links, along), length+n.nodes[l.a].Distance(n.nodes[l.b])
		node = l.other(node)
		if n.junction(at, node) || node == start {
			return links, length
		}
		along = at[node][0] + at[node][1] - along
	}
}

// junction reports whether more happens at the node than that one road goes on.
func (n *Network) junction(at [][]int, node int) bool {
	l := at[node]
	return len(l) != 2 || n.links[l[0]].road != n.links[l[1]].road
}
