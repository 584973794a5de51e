package sim

// graph is the streets as couriers drive them: in both directions, everywhere.
type graph struct {
	nodes []node
	edges []edge
	doors []int // nodes in the middle of small streets, where people live
}

type node struct {
	at    point
	edges []int
}

// edge is a street from one node to the next.
type edge struct {
	a, b   int
	road   int
	class  class
	shape  line // from a to b
	length float64
}

func (e *edge) other(node int) int { return e.a + e.b - node }

// newGraph joins the network's links to edges and puts doors into small ones.
func newGraph(n *network, roads []road) *graph {
	g, number := &graph{}, make([]int, len(n.nodes))
	at, used := n.around(), make([]bool, len(n.links))
	for i := range n.nodes {
		if len(at[i]) > 0 && n.junction(at, i) {
			number[i] = g.node(n.nodes[i])
		}
	}
	for i := range n.nodes {
		if len(at[i]) == 0 || !n.junction(at, i) {
			continue
		}
		for _, first := range at[i] {
			if used[first] {
				continue
			}
			chain, _ := n.chain(at, i, first)
			end, shape := i, line{n.nodes[i]}
			for _, k := range chain {
				used[k] = true
				end = n.links[k].other(end)
				shape = append(shape, n.nodes[end])
			}
			road := n.links[first].road
			g.street(edge{a: number[i], b: number[end], road: road, class: roads[road].class, shape: shape})
		}
	}
	return g
}

func (g *graph) node(at point) int {
	g.nodes = append(g.nodes, node{at: at})
	return len(g.nodes) - 1
}

// street adds an edge, or two with a door in between.
func (g *graph) street(e edge) {
	const shortest = 50 // metres
	length := e.shape.length()
	if e.class > street || length < shortest {
		g.join(e)
		return
	}
	door := g.node(e.shape.at(length / 2))
	g.doors = append(g.doors, door)
	head, tail := e, e
	head.b, tail.a = door, door
	head.shape, tail.shape = e.shape.split(length / 2)
	g.join(head)
	g.join(tail)
}

func (g *graph) join(e edge) {
	e.length = e.shape.length()
	g.edges = append(g.edges, e)
	g.nodes[e.a].edges = append(g.nodes[e.a].edges, len(g.edges)-1)
	g.nodes[e.b].edges = append(g.nodes[e.b].edges, len(g.edges)-1)
}

// split cuts the line s metres along it.
func (l line) split(s float64) (head, tail line) {
	for i := 1; i < len(l); i++ {
		n := l[i].distance(l[i-1])
		if s < n {
			middle := l[i-1].toward(l[i], s/n)
			return append(l[:i:i], middle), append(line{middle}, l[i:]...)
		}
		s -= n
	}
	return l, l[len(l)-1:]
}
