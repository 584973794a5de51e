package socket

import (
	"sync"
	"time"

	"peyk"
	"peyk/internal/live"
)

// pieceEntries is how many couriers a piece of a walk holds: about one message
// of wire.MaxFrame.
const pieceEntries = 500

// Bounds of what is kept for others who are behind; beyond them a piece is made
// for one viewer alone.
const (
	sharedBytes = 32 << 20
	sharedFor   = time.Second
	sharedTicks = 32
)

// differences are the pieces of walks that viewers took in the last second, and
// the ticks since the first of them: who comes later takes the same pieces, and
// then the ticks that came after them. After a restart, or when a page is opened
// by many, a difference is made once a second and not once a tick.
type differences struct {
	began peyk.Version

	mu     sync.Mutex // guards the rest
	pieces map[place]piece
	kept   int // bytes of pieces
	ticks  []*moment
}

// place is what walks must share in order to share a piece. The first piece of
// a walk leads from From to whatever it says.
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

func newDifferences(began peyk.Version) *differences {
	return &differences{began: began, pieces: map[place]piece{}}
}

// follow adds a moment to those that the pieces go on with. It reports whether
// they do: not for long, and never past a change of rights, since who comes
// after it must not be told what was made before.
func (d *differences) follow(m *moment) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	age := m.version().Micros().Sub(d.began.Micros())
	if len(d.pieces) == 0 || m.tick.Rights || age >= sharedFor || len(d.ticks) == sharedTicks {
		return false
	}
	d.ticks = append(d.ticks, m)
	return true
}

// since returns the moments after the version.
func (d *differences) since(v peyk.Version) []*moment {
	d.mu.Lock()
	defer d.mu.Unlock()
	first := len(d.ticks)
	for first > 0 && d.ticks[first-1].version() > v {
		first--
	}
	return d.ticks[first:]
}

// step returns the next piece of the walk for a viewer that has the version. Two
// loops that need it at the same moment both make it: neither they nor the tick
// wait while one does.
func (d *differences) step(w *live.World, p place, have peyk.Version) piece {
	if p.walk.Part.Lone() {
		return p.step(w)
	}
	key := p
	if !p.walk.Started {
		key.walk.To = 0
	}
	if shared, found := d.find(key); found && shared.walk.To > have {
		return shared
	}
	made := p.step(w)
	d.keep(key, made)
	return made
}

func (d *differences) find(key place) (p piece, found bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p, found = d.pieces[key]
	return p, found
}

// keep keeps a piece for others, if there is room.
func (d *differences) keep(key place, p piece) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := size(p.bytes); d.kept+n <= sharedBytes {
		d.kept += n - size(d.pieces[key].bytes)
		d.pieces[key] = p
	}
}

func (p place) step(w *live.World) piece {
	_, texts := p.language.(*original)
	f := w.Next(&p.walk, pieceEntries, texts)
	return piece{walk: p.walk, bytes: p.language.piece(f, p.opening)}
}

// replay gives a viewer that was told the whole of a part in one piece the ticks
// that came after that piece. A walk of many pieces cannot go on like this: who
// left before the last piece was made may not have been introduced.
func (v *viewer) replay(d *differences, have *live.Have) {
	for _, m := range d.since(have.Version) {
		n, changed := m.index(have.Part)
		if !changed {
			continue
		}
		c := &m.tick.Changes[n]
		if c.Reset || c.Frame.From > have.Version {
			return
		}
		if c.Frame.To > have.Version {
			v.out = append(v.out, m.in(v.lang).change(n)...)
			have.Version = c.Frame.To
		}
	}
}
