package road

import "peyk/internal/sim/plane"

// Graph is the roads as one drives them. It does not change once it is made
// and is safe for concurrent use.
type Graph struct {
	Nodes []Node
	Edges []Edge
	Doors []int // nodes in the middle of small roads, where people live
}

// Node is where roads meet or end, or a door.
type Node struct {
	At    plane.Point
	edges []int
}

// Edge is a road from one node to the next.
type Edge struct {
	Class  Class
	Shape  plane.Line // from a to b
	a, b   int        // nodes
	road   int
	length float64
}

func (e *Edge) other(node int) int { return e.a + e.b - node }

// Road returns the number of a road that leads to a node.
func (g *Graph) Road(node int) int { return g.Edges[g.Nodes[node].edges[0]].road }

// NewGraph joins the network's links to edges and puts doors into small ones.
// class knows each road's.
func NewGraph(n *Network, class func(road int) Class) *Graph {
	g, number := &Graph{}, map[int]int{} // the network's junctions in the graph
	at, used := n.around(), make([]bool, len(n.links))
	for i, links := range at {
		if len(links) > 0 && n.junction(at, i) {
			number[i] = g.node(n.nodes[i])
		}
	}
	for i, links := range at {
		if !n.junction(at, i) {
			continue
		}
		for _, first := range links {
			if used[first] {
				continue
			}
			chain, _ := n.chain(at, i, first)
			end, shape := i, plane.Line{n.nodes[i]}
			for _, k := range chain {
				used[k] = true
				end = n.links[k].other(end)
				shape = append(shape, n.nodes[end])
			}
			road := n.links[first].road
			g.build(Edge{a: number[i], b: number[end], road: road, Class: class(road), Shape: shape})
		}
	}
	return g
}

func (g *Graph) node(at plane.Point) int {
	g.Nodes = append(g.Nodes, Node{At: at})
	return len(g.Nodes) - 1
}

// build adds an edge, or two with a door in between.
func (g *Graph) build(e Edge) {
	const shortest = 50 // metres
	length := e.Shape.Length()
	if e.Class > Street || length < shortest {
		g.join(e)
		return
	}
	head, tail := e, e
	head.Shape, tail.Shape = e.Shape.Split(length / 2)
	door := g.node(tail.Shape[0])
	g.Doors = append(g.Doors, door)
	head.b, tail.a = door, door
	g.join(head)
	g.join(tail)
}

func (g *Graph) join(e Edge) {
	e.length = e.Shape.Length()
	g.Edges = append(g.Edges, e)
	for _, node := range [...]int{e.a, e.b} {
		g.Nodes[node].edges = append(g.Nodes[node].edges, len(g.Edges)-1)
	}
}
