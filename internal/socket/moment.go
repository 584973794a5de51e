package socket

import (
	"sync"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// pieceEntries is how many couriers a piece of a walk holds: about one message
// of wire.MaxFrame.
const pieceEntries = 500

// sharedBytes bounds the pieces of walks that one moment keeps for others. Who
// comes back after a restart or opens the page shares them; beyond that a piece
// is made for one viewer alone.
const sharedBytes = 32 << 20

// moment is the world from one tick to the next: what changed in each part, as
// bytes that are made when the first viewer needs them and shared by all, and
// the pieces of walks that viewers took meanwhile.
type moment struct {
	tick live.Tick
	next chan struct{} // closed by the hub when the next moment has come
	of   map[*live.Part]live.Change

	mu     sync.Mutex // guards the rest
	told   map[told]*encoded
	pieces map[place]piece
	kept   int // bytes of pieces
}

// encoded is what is made once, by who needs it first.
type encoded struct {
	once  sync.Once
	bytes [][]byte
}

type told struct {
	language language
	part     *live.Part
}

// place is what walks must share in order to share a piece.
type place struct {
	language language
	walk     live.Walk
	opening  bool
}

// piece is a step of a walk.
type piece struct {
	bytes [][]byte
	walk  live.Walk // where it leads
}

func newMoment(t live.Tick) *moment {
	m := &moment{tick: t, next: make(chan struct{}), told: map[told]*encoded{}, pieces: map[place]piece{}}
	m.of = make(map[*live.Part]live.Change, len(t.Changes))
	for _, c := range t.Changes {
		m.of[c.Part] = c
	}
	return m
}

// change returns what changed in a part in the language.
func (m *moment) change(l language, c live.Change) [][]byte {
	return m.make(told{l, c.Part}, func() [][]byte { return l.change(c, c.Reports(m.tick)) })
}

// upto returns the end of a tick's write in the language.
func (m *moment) upto(l language) [][]byte {
	return m.make(told{language: l}, func() [][]byte {
		if frame := l.say(wire.Message{Type: "upto", Version: m.tick.To}); frame != nil {
			return [][]byte{frame}
		}
		return nil
	})
}

// make encodes once. Loops encode different parts at the same time.
func (m *moment) make(what told, encode func() [][]byte) [][]byte {
	m.mu.Lock()
	e := m.told[what]
	if e == nil {
		e = new(encoded)
		m.told[what] = e
	}
	m.mu.Unlock()
	e.once.Do(func() { e.bytes = encode() })
	return e.bytes
}

// step returns the next piece of the walk.
func (m *moment) step(w *live.World, p place) piece {
	m.mu.Lock()
	defer m.mu.Unlock()
	if shared, found := m.pieces[p]; found {
		return shared
	}
	_, texts := p.language.(*original)
	walk := p.walk
	f := w.Next(&walk, pieceEntries, texts)
	made := piece{walk: walk, bytes: p.language.piece(f, p.opening)}
	if m.kept < sharedBytes {
		m.pieces[p] = made
		m.kept += size(made.bytes)
	}
	return made
}

func size(chunks [][]byte) (n int) {
	for _, c := range chunks {
		n += len(c)
	}
	return n
}

func (m *moment) version() peyk.Version { return m.tick.To }
