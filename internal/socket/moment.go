package socket

import (
	"sync"

	"peyk"
	"peyk/internal/live"
)

// pieceEntries is how many couriers a piece of a walk holds: about one message
// of wire.MaxFrame.
const pieceEntries = 500

// sharedPieces bounds how many pieces of walks one moment keeps for others.
// Who comes back after a restart or opens the page shares them all; beyond
// that a piece is made for one viewer alone.
const sharedPieces = 256

// moment is the world from one tick to the next: how it came to be, as bytes
// that are made when the first viewer asks for them and shared by all, and the
// pieces of walks that viewers took meanwhile.
type moment struct {
	tick live.Tick
	next chan struct{} // closed by the hub when the next moment has come

	mu     sync.Mutex // guards the rest
	bytes  map[language][][]byte
	pieces map[place]piece
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
	return &moment{tick: t, next: make(chan struct{}), bytes: map[language][][]byte{}, pieces: map[place]piece{}}
}

func (m *moment) version() peyk.Version { return m.tick.Frame.To }

// told returns the tick in the language.
func (m *moment) told(l language) [][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	b, found := m.bytes[l]
	if !found {
		b = l.tick(m.tick)
		m.bytes[l] = b
	}
	return b
}

// step returns the next piece of the walk.
func (m *moment) step(w *live.World, p place) piece {
	m.mu.Lock()
	defer m.mu.Unlock()
	if shared, found := m.pieces[p]; found {
		return shared
	}
	walk := p.walk
	f := w.Next(&walk, pieceEntries)
	made := piece{walk: walk}
	if f.From < f.To || len(f.Left)+len(f.Entries) > 0 { // else the viewer is in step, and there is nothing to tell
		made.bytes = p.language.piece(f, p.opening)
	}
	if len(m.pieces) < sharedPieces {
		m.pieces[p] = made
	}
	return made
}
