package live

import (
	"slices"

	"peyk"
)

// spot is a place on the grid.
type spot struct{ x, y uint32 }

// step is one courier's step within a scope, from one tick to the next.
type step struct {
	index, number uint32
	was, is       spot // where before and now
	before, now   bool // whether it was in the scope, and is
	renamed       bool
}

// move takes a step to every part of the scope that it touches.
func (w *World) move(s *scope, m step) {
	if len(s.parts) == 0 {
		return
	}
	for zoom, watched := range s.zooms {
		if watched == 0 {
			continue
		}
		from, to := tileAt(uint8(zoom), m.was.x, m.was.y), tileAt(uint8(zoom), m.is.x, m.is.y)
		if m.before && m.now && from == to {
			for p := s.tiles[to.code()]; p != nil; p = p.beside {
				w.stay(p, m)
			}
			continue
		}
		if m.before {
			for p := s.tiles[from.code()]; p != nil; p = p.beside {
				w.leave(p, m)
			}
		}
		if m.now {
			for p := s.tiles[to.code()]; p != nil; p = p.beside {
				w.enter(p, m)
			}
		}
	}
	if len(s.pinned) > 0 {
		w.movePinned(s, m)
	}
}

func (w *World) movePinned(s *scope, m step) {
	p := s.pinned[string(w.records.texts.idBytes(w.records.at(m.index).text))]
	switch {
	case p == nil:
	case m.before && m.now:
		w.stay(p, m)
	case m.before:
		w.leave(p, m)
	default:
		w.enter(p, m)
	}
}

// mark puts the part on the list of what the tick tells.
func (w *World) mark(p *Part) {
	if !p.dirty {
		p.dirty = true
		w.pending.parts = append(w.pending.parts, p)
	}
}

func (w *World) stay(p *Part, m step) {
	w.mark(p)
	switch {
	case p.counts != nil:
		p.counts.take(m.was.x, m.was.y)
		p.counts.add(m.is.x, m.is.y)
	case m.renamed:
		p.entered = append(p.entered, m.index)
		p.note(m.number, false, w.version)
	default:
		p.moved = append(p.moved, m.index)
	}
}

func (w *World) enter(p *Part, m step) {
	w.mark(p)
	p.members++
	if p.counts != nil {
		p.counts.add(m.is.x, m.is.y)
		return
	}
	p.entered = append(p.entered, m.index)
	p.note(m.number, false, w.version)
}

func (w *World) leave(p *Part, m step) {
	w.mark(p)
	p.members--
	if p.counts != nil {
		p.counts.take(m.was.x, m.was.y)
		return
	}
	p.gone = append(p.gone, m.number)
	p.note(m.number, true, w.version)
}

// tell returns what changed in every part, and marks it as told.
func (w *World) tell(now peyk.Micros) []Change {
	changes := make([]Change, 0, len(w.pending.parts))
	waiting := w.pending.parts[:0]
	for n, p := range w.pending.parts {
		if n%touchBatch == 0 {
			for _, p := range w.pending.parts[n:min(n+touchBatch, len(w.pending.parts))] {
				w.records.touch(p.moved)
			}
		}
		switch change, told := w.tellPart(p, now); {
		case !told:
			waiting = append(waiting, p) // counts that were told less than a second ago
			continue
		case change.Reset || change.Frame.To != 0:
			changes = append(changes, change)
		}
		p.dirty = false
		p.prune(w.version)
	}
	clear(w.pending.parts[len(waiting):])
	w.pending.parts = waiting
	return changes
}

func (w *World) tellPart(p *Part, now peyk.Micros) (c Change, told bool) {
	if p.order != nil {
		return w.tellOrder(p), true
	}
	c.Part = p
	if w.turn(p) {
		c.Reset = true
		return c, true
	}
	f := peyk.Frame{Part: p.number, From: p.changed, To: w.version}
	if p.counts == nil {
		f.Left, f.Entries = p.gone, w.changedEntries(p)
		p.gone, p.entered, p.moved = nil, p.entered[:0], p.moved[:0]
		p.changed = w.version
		return Change{Part: p, Frame: f}, true
	}
	if now.Sub(p.counts.told) < countsEvery {
		return c, false
	}
	p.counts.told = now
	if p.counts.tell(w.version) {
		f.Cells = p.counts.after(p.changed)
		p.changed = w.version
		c.Frame = f
	}
	return c, true
}

// turn makes a part that has become too full be told as counts, and one that
// has emptied to four fifths of that as couriers. It reports whether it did.
func (w *World) turn(p *Part) bool {
	switch limit := p.key.limit; {
	case limit == 0, p.counts == nil && p.members <= limit, p.counts != nil && p.members >= limit*4/5:
		return false
	case p.counts == nil:
		w.beginCounts(p)
	default:
		p.counts = nil
	}
	p.gone, p.entered, p.moved, p.events = nil, nil, nil, nil
	p.since, p.changed = w.version, w.version
	return true
}

// beginCounts begins to tell a part as counts.
func (w *World) beginCounts(p *Part) {
	p.counts = &counts{tile: p.key.tile}
	w.each(p, func(i uint32) {
		r := w.records.at(i)
		p.counts.add(r.x, r.y)
	})
	p.counts.tell(w.version)
	p.counts.told = w.version.Micros()
}

// changedEntries are who entered and who moved, ascending by number.
func (w *World) changedEntries(p *Part) []peyk.Entry {
	texts := w.pending.gap // then these entries are told in place of reports: see Tick.Reports
	entries := w.pending.room(len(p.entered) + len(p.moved))
	for _, i := range p.entered {
		e := w.entryIn(p.in, i, true)
		e.New, e.Moved = true, true
		entries = append(entries, e)
	}
	for _, i := range p.moved {
		e := w.entryIn(p.in, i, texts)
		e.Moved = true
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b peyk.Entry) int { return int(int64(a.Number) - int64(b.Number)) })
	return entries
}

// entryIn is the courier as a scope knows it.
func (w *World) entryIn(s *scope, i uint32, texts bool) peyk.Entry {
	e := peyk.Entry{Number: w.number(s, i), Position: w.records.at(i).position()}
	if texts {
		e.Courier = w.courier(i)
	}
	return e
}

// each calls visit with the index of every courier in the part, as of the last tick.
func (w *World) each(p *Part, visit func(i uint32)) {
	switch {
	case p.key.courier != "":
		if i := w.records.find(p.key.courier); i != 0 && w.records.at(i).is(placed) && w.number(p.in, i) != 0 {
			visit(i)
		}
	case p.key.tile.zoom == 0:
		for _, m := range p.in.order {
			if w.current(p.in, m) && w.records.at(m.index).is(placed) {
				visit(m.index)
			}
		}
	default:
		w.grid.each(&w.records, p.key.tile, func(i uint32) {
			if w.number(p.in, i) != 0 {
				visit(i)
			}
		})
	}
}
