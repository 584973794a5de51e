package bus

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"peyk"
)

// tableModel is a few nodes around a broker that remembers nothing. Every position
// is of a courier of its own, so each has to be heard by everyone.
type tableModel struct {
	nodes []*modelNode
	now   time.Time
	stamp peyk.Micros
	lives int
}

type modelNode struct {
	*peers
	up     bool
	told   peyk.Micros
	taken  []peyk.Micros
	unsent []peyk.Micros
	has    map[peyk.Micros]bool
}

func newTable(count int) *tableModel {
	m := &tableModel{now: time.Unix(1e9, 0)}
	for i := range count {
		m.nodes = append(m.nodes, &modelNode{peers: newPeers(fmt.Sprint("n", i)), has: map[peyk.Micros]bool{}})
	}
	return m
}

func (m *tableModel) back(n *modelNode) {
	m.lives++
	n.up = true
	n.begin(fmt.Sprint("l", m.lives))
	m.say(n, nil)
	m.publish(n.unsent)
	n.unsent = nil
}

func (m *tableModel) take(n *modelNode) {
	m.stamp++
	n.taken, n.has[m.stamp] = append(n.taken, m.stamp), true
	if !n.up {
		n.unsent = append(n.unsent, m.stamp)
		return
	}
	m.publish([]peyk.Micros{m.stamp})
}

// publish reaches who listens now, and nobody else ever.
func (m *tableModel) publish(stamps []peyk.Micros) {
	for _, n := range m.nodes {
		for _, s := range stamps {
			if n.up {
				n.has[s] = true
			}
		}
	}
}

func (m *tableModel) say(n *modelNode, heard []string) {
	said := note{Node: n.node, Life: n.life, To: n.told, Heard: heard, Want: n.want()}
	for _, other := range m.nodes {
		if other != n && other.up {
			other.hear(said)
		}
	}
}

// beat is a round of a sender.
func (m *tableModel) beat(n *modelNode) {
	m.now = m.now.Add(time.Second)
	m.say(n, nil)
	lives, since := n.answer(m.now)
	if len(lives) > 0 {
		m.publish(slices.DeleteFunc(slices.Clone(n.taken), func(s peyk.Micros) bool { return s <= since }))
	}
	n.told = m.stamp
	if len(lives) > 0 {
		m.say(n, lives)
		n.done(lives, 0)
	}
}

// Whoever was away when, and whatever was lost: once all are up and have said
// three notes, everybody has everything.
func TestNotesMendWhatWasLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newTable(rapid.IntRange(2, 4).Draw(t, "nodes"))
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			n := rapid.SampledFrom(m.nodes).Draw(t, "node")
			switch rapid.SampledFrom([]string{"take", "line", "beat"}).Draw(t, "step") {
			case "take":
				m.take(n)
			case "line":
				if n.up = !n.up; n.up {
					m.back(n)
				}
			case "beat":
				if n.up {
					m.beat(n)
				}
			}
		}
		for _, n := range m.nodes {
			if !n.up {
				m.back(n)
			}
		}
		for range 3 {
			for _, n := range m.nodes {
				m.beat(n)
			}
		}
		for _, n := range m.nodes {
			if len(n.has) != int(m.stamp) {
				t.Errorf("%s has %v of %d positions", n.node, slices.Sorted(maps.Keys(n.has)), m.stamp)
			}
			if n.want() != nil {
				t.Errorf("%s still asks", n.node)
			}
		}
	})
}

func TestAnswersAreBounded(t *testing.T) {
	const couriers = 90_000
	p := newPeers("me")
	p.begin("mine")
	now := time.Unix(1e9, 0)
	answers := 0
	for i := range 2000 { // others ask under new names every 10 ms
		p.hear(note{Node: "x", Life: fmt.Sprint("a", i), Want: map[string]peyk.Micros{"me": peyk.Micros(i)}})
		p.hear(note{Node: "y", Life: fmt.Sprint("b", i), Want: map[string]peyk.Micros{}})
		if lives, since := p.answer(now); len(lives) > 0 {
			answers++
			if since != 0 {
				t.Errorf("answer since %d, want 0: the earliest", since)
			}
			p.done(lives, couriers)
		}
		now = now.Add(10 * time.Millisecond)
	}
	const seconds = 20
	const most = 1 + (answerReserve+seconds*answerRefill)/(answerCost+couriers)
	if answers < most-1 || answers > most {
		t.Errorf("%d answers in %d s, want %d", answers, seconds, most)
	}
	if len(p.waiting) > maxPeers || len(p.answered) > maxPeers {
		t.Errorf("%d wait and %d are remembered, want at most %d", len(p.waiting), len(p.answered), maxPeers)
	}
}

func TestPeersAreBounded(t *testing.T) {
	p := newPeers("me")
	p.begin("mine")
	for i := range 10 * maxPeers {
		p.hear(note{Node: "friend", Life: "f", Heard: []string{"mine"}, To: peyk.Micros(i)})
		p.hear(note{Node: fmt.Sprint("x", i), Life: "x"})
	}
	want := p.want()
	if len(want) != maxPeers || want["friend"] == 0 {
		t.Errorf("%d peers are known, the friend to %d; want %d and the friend", len(want), want["friend"], maxPeers)
	}
}
