package sim

import (
	"container/heap"
	"math"
	"slices"
)

// route returns the edges of the fastest way from one node to another, in the
// order in which they are driven: A* by time at the speed limits.
func (g *graph) route(from, to int) []int {
	s := search{g: g, goal: g.nodes[to].at, cost: make([]float64, len(g.nodes)), by: make([]int32, len(g.nodes))}
	for i := range s.cost {
		s.cost[i] = math.Inf(1)
	}
	s.reach(from, 0, -1)
	for len(s.queue) > 0 {
		at := heap.Pop(&s.queue).(step)
		if at.node == to {
			return s.back(from, to)
		}
		if at.cost > s.cost[at.node] {
			continue
		}
		for _, i := range g.nodes[at.node].edges {
			e := &g.edges[i]
			s.reach(e.other(at.node), at.cost+e.length/e.class.limit(), i)
		}
	}
	panic("sim: the streets do not hang together")
}

type search struct {
	g     *graph
	goal  point
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
	left := s.g.nodes[node].at.distance(s.goal) / motorway.limit()
	heap.Push(&s.queue, step{node, cost, cost + left})
}

func (s *search) back(from, to int) (edges []int) {
	for to != from {
		i := int(s.by[to])
		edges = append(edges, i)
		to = s.g.edges[i].other(to)
	}
	slices.Reverse(edges)
	return edges
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
