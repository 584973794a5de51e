package live

import (
	"slices"

	"peyk"
)

// Walk is a place in a difference that may be too long for one write. A walk
// ends before the next one of the same viewer and part begins; meanwhile the
// viewer gets nothing else of the part, and afterwards it has version To.
// Equal walks get the same frame until the next tick, so they share it.
type Walk struct {
	Part *Part
	From peyk.Version // 0: the whole part
	To   peyk.Version // that of its first frame
	// After is the number of the courier at which it stands.
	After   uint32
	Started bool // there was a frame
	Done    bool // there is no next frame
}

// Watch makes parts be told by the ticks to come, each until Unwatch. A part
// that was not watched begins with the version of the last tick.
func (w *World) Watch(keys []Key) []*Part {
	w.mu.Lock()
	defer w.mu.Unlock()
	parts := make([]*Part, len(keys))
	for i, key := range keys {
		parts[i] = w.part(key)
		parts[i].watchers++
	}
	return parts
}

// Unwatch is the other way round. A part is kept for a minute without watchers,
// unless there are too many of them.
func (w *World) Unwatch(parts []*Part) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := peyk.MicrosOf(w.o.Now())
	for _, p := range parts {
		if p.watchers--; p.watchers == 0 {
			w.leaveIdle(p, now)
		}
	}
}

// part returns the part, which begins if nobody watched it.
func (w *World) part(key Key) *Part {
	if key.scope.Kind == peyk.ScopeOrder {
		return w.orderPart(key)
	}
	s := w.scope(key.scope)
	if s.parts[key] == nil {
		w.begin(s, key)
	}
	return s.parts[key]
}

// scope returns the scope with this name, which is made if there is none.
func (w *World) scope(s peyk.Scope) *scope {
	switch s.Kind {
	case peyk.ScopeAll:
		return w.all
	case peyk.ScopeTeam:
		return w.teams[w.team(s.Name)]
	}
	if w.singles[s.Name] == nil {
		w.singles[s.Name] = newScope(s)
	}
	return w.singles[s.Name]
}

func (w *World) begin(s *scope, key Key) {
	p := w.newPart(s, key)
	s.add(p)
	w.each(p, func(uint32) { p.members++ })
	if key.limit > 0 && p.members > key.limit {
		w.beginCounts(p)
	}
}

func (w *World) newPart(s *scope, key Key) *Part {
	w.begun++
	return &Part{key: key, name: key.Name(), number: w.begun, in: s, since: w.version, changed: w.version}
}

// Next returns the next frame of the walk, with at most limit entries, and
// moves the walk on. Entries are as they stand now, so they may be newer than
// the walk's To. It must not be called once the walk is done.
//
// Original asks for what the original stream needs: the texts of everybody and
// not only of who is new, and nobody who reported since the last tick, whose
// reports the next tick tells one by one: a position must not come before an
// older one.
func (w *World) Next(walk *Walk, limit int, original bool) peyk.Frame {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := walk.Part
	if !walk.Started {
		walk.To = w.version
	}
	if p.order != nil {
		walk.Started, walk.Done = true, true
		return p.tracking(walk.To)
	}
	if walk.From > 0 && walk.From < p.since { // it has turned meanwhile, or forgotten what the walk needs
		*walk = Walk{Part: p, To: w.version}
	}
	f := peyk.Frame{Part: p.number, From: walk.From, To: walk.To, Full: walk.From == 0 && !walk.Started}
	if p.counts != nil {
		f.Full = walk.From == 0
		f.Cells = p.counts.after(walk.From)
		walk.Done, walk.Started = true, true
		return f
	}
	introduce := p.introduced(walk.From)
	if walk.From > 0 && !walk.Started {
		f.Left = p.goneAfter(walk.From)
	}
	next, more := w.nextMembers(p, walk, introduce, limit, original)
	for _, m := range next {
		e := w.entryIn(p.in, m.index, original)
		if e.Moved = w.records.at(m.index).moved > walk.From; walk.From == 0 || introduce[m.number] {
			e.New, e.Moved, e.Courier = true, true, w.courier(m.index)
		}
		f.Entries = append(f.Entries, e)
		walk.After = m.number
	}
	walk.Started, walk.Done, f.More = true, !more, more
	return f
}

// introduced is who entered or was renamed after the version.
func (p *Part) introduced(v peyk.Version) map[uint32]bool {
	numbers := map[uint32]bool{}
	if v == 0 {
		return numbers
	}
	for _, e := range p.after(v) {
		if !e.gone {
			numbers[e.number] = true
		}
	}
	return numbers
}

func (p *Part) goneAfter(v peyk.Version) (numbers []uint32) {
	for _, e := range p.after(v) {
		if e.gone {
			numbers = append(numbers, e.number)
		}
	}
	return numbers
}

// nextMembers returns the members that are next on the walk, ascending by
// number, and whether there are more.
func (w *World) nextMembers(p *Part, walk *Walk, introduce map[uint32]bool, limit int, original bool) (next []member, more bool) {
	wanted := func(m member) bool {
		if original && w.records.at(m.index).is(fresh) {
			return false
		}
		return m.number > walk.After && (walk.From == 0 || w.records.at(m.index).moved > walk.From || introduce[m.number])
	}
	if p.key.courier == "" && p.key.tile.zoom == 0 { // ordered by number already
		for _, m := range p.in.order[p.in.from(walk.After):] {
			if !w.current(p.in, m) || !w.records.at(m.index).is(placed) || !wanted(m) {
				continue
			}
			if len(next) == limit {
				return next, true
			}
			next = append(next, m)
		}
		return next, false
	}
	w.each(p, func(i uint32) {
		if m := (member{w.number(p.in, i), i}); wanted(m) {
			next = append(next, m)
		}
	})
	slices.SortFunc(next, func(a, b member) int { return int(int64(a.number) - int64(b.number)) })
	if len(next) > limit {
		return next[:limit], true
	}
	return next, false
}

// Have is a part that a viewer watches, and the version that it has of it.
type Have struct {
	Part    *Part
	Version peyk.Version // 0: nothing
}

// Behind returns a walk for every part of which the viewer has not the newest,
// each with its index in have, and the version at which the viewer is in step
// with all parts if there is none. Of a part that is empty, who has nothing of
// it has the newest.
func (w *World) Behind(have []Have) (walks []Walk, indexes []int, version peyk.Version) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, h := range have {
		p := h.Part
		if h.Version == 0 && p.members == 0 {
			continue
		}
		if h.Version < max(p.changed, p.since) || h.Version > w.version {
			walks = append(walks, Walk{Part: p, From: p.base(h.Version, w.version), To: w.version})
			indexes = append(indexes, i)
		}
	}
	return walks, indexes, w.version
}
