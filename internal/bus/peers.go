package bus

import (
	"slices"
	"sync"
	"time"

	"peyk"
)

// What others ask for may cost this much: an answer costs one for each position
// that is published again and answerCost for looking them up. So a node spends
// a fifth of what it can send at most, whoever asks how often. Who asks
// meanwhile gets the next answer together with all others. When a broker comes
// back, nodes ask one after the other: that is what the reserve is for.
const (
	answerCost    = 10_000
	answerReserve = 200_000
	answerRefill  = 20_000 // a second
)

// peers is what this node knows of the others: how far it has heard each of
// them, and who waits for its answer. It is safe for concurrent use.
type peers struct {
	node string // this one's name; set once

	mu      sync.Mutex // guards the rest
	life    string     // of this node's subscription
	greeted bool       // in this life others were asked
	news    bool       // somebody was found who has to be asked at once
	known   map[string]*peer
	heard   uint64 // notes of others

	waiting  map[string]peyk.Micros // by life: publish again what is after
	answered []string               // the latest lives that were, up to maxPeers
	budget   float64                // what answers may cost now; below zero: none yet
	refilled time.Time              // when it last grew
}

// peer is another node.
type peer struct {
	have   peyk.Micros // everything it took up to this stamp was heard, or newer
	whole  string      // the life in which it said that it answered: since then nothing was missed
	seen   string      // the life in which it was heard last
	latest uint64      // peers.heard at that time
}

func newPeers(node string) *peers {
	return &peers{node: node, known: map[string]*peer{}, waiting: map[string]peyk.Micros{}, budget: answerReserve}
}

// begin starts a life: what was carried before it may have been missed, and
// those who wait ask again.
func (p *peers) begin(life string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.life, p.greeted, p.news = life, false, false
	clear(p.waiting)
}

// hear takes the note of another node and reports whether the sender has
// something to do about it.
func (p *peers) hear(n note) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := p.find(n.Node)
	if slices.Contains(n.Heard, p.life) {
		from.whole = p.life
	}
	if from.whole == p.life {
		from.have = n.To
	}
	if from.seen != p.life {
		from.seen = p.life
		p.news = p.news || from.whole != p.life
	}
	return p.wait(n) || p.news
}

// find returns the peer of that name. Where there are too many, the one that
// has been silent for longest is forgotten: should it come back, it is asked
// for everything.
func (p *peers) find(name string) *peer {
	p.heard++
	from := p.known[name]
	if from == nil {
		p.forget()
		from = &peer{}
		p.known[name] = from
	}
	from.latest = p.heard
	return from
}

func (p *peers) forget() {
	if len(p.known) < maxPeers {
		return
	}
	var oldest string
	for name, it := range p.known {
		if oldest == "" || it.latest < p.known[oldest].latest {
			oldest = name
		}
	}
	delete(p.known, oldest)
}

// wait notes what n asks for, unless it was answered a moment ago.
func (p *peers) wait(n note) bool {
	if n.Want == nil || slices.Contains(p.answered, n.Life) {
		return false
	}
	since := n.Want[p.node]
	earlier, known := p.waiting[n.Life]
	if !known && len(p.waiting) == maxPeers {
		return false // it asks again
	}
	if !known || since < earlier {
		p.waiting[n.Life] = since
	}
	return true
}

// want returns what the next note asks for: nil once everyone who was heard in
// this life has answered in it.
func (p *peers) want() map[string]peyk.Micros {
	p.mu.Lock()
	defer p.mu.Unlock()
	lacking := !p.greeted
	have := make(map[string]peyk.Micros, len(p.known))
	for name, it := range p.known {
		lacking = lacking || it.seen == p.life && it.whole != p.life
		have[name] = it.have
	}
	p.greeted, p.news = true, false
	if !lacking {
		return nil
	}
	return have
}

// asking reports whether somebody has to be asked before the next beat.
func (p *peers) asking() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.news
}

// answer returns the lives to which an answer is due, and from when on
// positions have to be published again for them. They are taken off the list.
func (p *peers) answer(now time.Time) (lives []string, since peyk.Micros) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.waiting) == 0 || !p.allow(now) {
		return nil, 0
	}
	for life, at := range p.waiting {
		if len(lives) == 0 || at < since {
			since = at
		}
		lives = append(lives, life)
	}
	clear(p.waiting)
	return lives, since
}

// allow reports whether the budget is good for one more answer.
func (p *peers) allow(now time.Time) bool {
	grown := now.Sub(p.refilled).Seconds() * answerRefill
	p.budget, p.refilled = min(answerReserve, p.budget+max(0, grown)), now
	return p.budget > 0
}

// done notes that these lives were answered, and told so, by publishing that
// many positions again.
func (p *peers) done(lives []string, published int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.budget -= float64(answerCost + published)
	p.answered = append(p.answered, lives...)
	p.answered = slices.Delete(p.answered, 0, max(0, len(p.answered)-maxPeers))
}
