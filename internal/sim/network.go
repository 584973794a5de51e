package sim

import "slices"

// stroke is one line drawn on the plan, of the road with that number.
type stroke struct {
	road int // -1: a border that is no road
	line line
}

// network is the strokes cut at every crossing: nodes, and straight links
// between them in the order of the strokes.
type network struct {
	nodes []point
	links []link
}

type link struct {
	a, b int
	road int
}

// snap is how near two points are one node, in metres.
const snap = 0.6

// arrange cuts the strokes at every crossing. Of two links between the same
// nodes the one of the earlier stroke stays.
func arrange(strokes []stroke) *network {
	all := newSegments()
	for _, s := range strokes {
		all.add(s.line, s.road)
	}
	cuts := crossings(all)
	n, nodes, known := &network{}, nodesByPlace{}, map[[2]int]bool{}
	for i, s := range all.all {
		slices.Sort(cuts[i])
		from := n.node(nodes, s.a)
		for _, t := range append(cuts[i], 1) {
			to := n.node(nodes, s.a.toward(s.b, t))
			pair := [2]int{min(from, to), max(from, to)}
			if from != to && !known[pair] {
				known[pair] = true
				n.links = append(n.links, link{from, to, s.owner})
			}
			from = to
		}
	}
	return n
}

// crossings returns for each segment the fractions at which others meet it.
func crossings(s *segments) [][]float64 {
	cuts := make([][]float64, len(s.all))
	for i, g := range s.all {
		for j := range s.index.near(boxOf(g.a, g.b)) {
			if j <= i {
				continue
			}
			if t, u, meet := crossing(g.a, g.b, s.all[j].a, s.all[j].b); meet {
				cuts[i] = append(cuts[i], t)
				cuts[j] = append(cuts[j], u)
			}
		}
	}
	return cuts
}

type nodesByPlace map[[2]int32]int

func (n *network) node(known nodesByPlace, p point) int {
	x, y := int32((p.x+indexReach)/snap), int32((p.y+indexReach)/snap)
	for dx := x - 1; dx <= x+1; dx++ {
		for dy := y - 1; dy <= y+1; dy++ {
			if i, ok := known[[2]int32{dx, dy}]; ok && n.nodes[i].distance(p) < snap {
				return i
			}
		}
	}
	n.nodes = append(n.nodes, p)
	known[[2]int32{x, y}] = len(n.nodes) - 1
	return len(n.nodes) - 1
}

// around returns for each node the numbers of its links.
func (n *network) around() [][]int {
	at := make([][]int, len(n.nodes))
	for i, l := range n.links {
		at[l.a] = append(at[l.a], i)
		at[l.b] = append(at[l.b], i)
	}
	return at
}

func (l link) other(node int) int { return l.a + l.b - node }

// prune takes away the dead ends that are unwanted, and what hangs together
// with the largest part of the network nowhere.
func (n *network) prune(unwanted func(road int, end point, length float64) bool) {
	for n.pruneEnds(unwanted) {
	}
	at, piece, sizes := n.around(), make([]int, len(n.nodes)), []int{0}
	for start := range n.nodes {
		if piece[start] != 0 {
			continue
		}
		sizes = append(sizes, 0)
		for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
			node := queue[0]
			if piece[node] != 0 {
				continue
			}
			piece[node] = len(sizes) - 1
			for _, i := range at[node] {
				sizes[len(sizes)-1]++
				queue = append(queue, n.links[i].other(node))
			}
		}
	}
	main := slices.Index(sizes, slices.Max(sizes))
	n.links = slices.DeleteFunc(n.links, func(l link) bool { return piece[l.a] != main })
}

func (n *network) pruneEnds(unwanted func(road int, end point, length float64) bool) (changed bool) {
	at, gone := n.around(), make([]bool, len(n.links))
	for node := range n.nodes {
		if len(at[node]) != 1 {
			continue
		}
		chain, length := n.chain(at, node, at[node][0])
		if unwanted(n.links[chain[0]].road, n.nodes[node], length) {
			for _, i := range chain {
				gone[i], changed = true, true
			}
		}
	}
	kept := n.links[:0]
	for i, l := range n.links {
		if !gone[i] {
			kept = append(kept, l)
		}
	}
	n.links = kept
	return changed
}

// chain follows the network from a node along a link, up to the next node
// that is a junction, an end, or where the road changes.
func (n *network) chain(at [][]int, node, along int) (links []int, length float64) {
	start := node
	for {
		l := n.links[along]
		links, length = append(links, along), length+n.nodes[l.a].distance(n.nodes[l.b])
		node = l.other(node)
		if n.junction(at, node) || node == start {
			return links, length
		}
		along = at[node][0] + at[node][1] - along
	}
}

// junction reports whether more happens at the node than that one road goes on.
func (n *network) junction(at [][]int, node int) bool {
	l := at[node]
	return len(l) != 2 || n.links[l[0]].road != n.links[l[1]].road
}

// lines returns the lines of each road, as long as they go: what a map draws
// and writes a name along.
func (n *network) lines(roads int) [][]line {
	lines := make([][]line, roads)
	last := link{road: -1}
	for _, l := range n.links {
		of := lines[l.road]
		if l.road == last.road && l.a == last.b {
			of[len(of)-1] = append(of[len(of)-1], n.nodes[l.b])
		} else {
			lines[l.road] = append(of, line{n.nodes[l.a], n.nodes[l.b]})
		}
		last = l
	}
	return lines
}
