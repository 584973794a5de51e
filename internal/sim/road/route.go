package road

import (
	"container/heap"
	"math"
	"slices"

	"peyk/internal/sim/plane"
)

// Leg is the drive along one edge.
type Leg struct {
	Class  Class
	Shape  plane.Line // in the direction of the drive
	Yields bool       // at its end to another road of no lower class
}

// Route returns the fastest way from one node to another: A* by time at the
// limits. It panics if there is none, which Prune sees to.
func (g *Graph) Route(from, to int) (legs []Leg) {
	s := search{g: g, goal: g.Nodes[to].At, cost: make([]float64, len(g.Nodes)), by: make([]int32, len(g.Nodes))}
	for i := range s.cost {
		s.cost[i] = math.Inf(1)
	}
	s.reach(from, 0, -1)
	for {
		at := heap.Pop(&s.queue).(step)
		if at.node == to {
			return s.back(from, to)
		}
		if at.cost > s.cost[at.node] {
			continue
		}
		for _, i := range g.Nodes[at.node].edges {
			e := &g.Edges[i]
			s.reach(e.other(at.node), at.cost+e.length/e.Class.Limit(), i)
		}
	}
}

type search struct {
	g     *Graph
	goal  plane.Point
	cost  []float64 // seconds, the least known for each node
	by    []int32   // the edge by which it is reached
	queue queue
}

// reach notes a way to a node if there is no better one.
func (s *search) reach(node int, cost float64, by int) {
	if cost >= s.cost[node] {
		return
	}
	s.cost[node], s.by[node] = cost, int32(by)
	left := s.g.Nodes[node].At.Distance(s.goal) / Motorway.Limit()
	heap.Push(&s.queue, step{node, cost, cost + left})
}

func (s *search) back(from, to int) (legs []Leg) {
	for to != from {
		e := &s.g.Edges[s.by[to]]
		leg := Leg{e.Class, e.Shape, s.g.yields(e, to)}
		if e.a == to {
			leg.Shape = e.Shape.Reversed()
		}
		legs, to = append(legs, leg), e.other(to)
	}
	slices.Reverse(legs)
	return legs
}

// yields reports whether at the node another road of no lower class crosses e.
func (g *Graph) yields(e *Edge, node int) bool {
	return e.Class < Motorway && slices.ContainsFunc(g.Nodes[node].edges, func(i int) bool {
		return g.Edges[i].road != e.road && g.Edges[i].Class >= e.Class
	})
}

type step struct {
	node  int
	cost  float64 // seconds from the start
	guess float64 // of the whole way
}

type queue []step

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].guess < q[j].guess }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(s any)        { *q = append(*q, s.(step)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
