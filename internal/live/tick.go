package live

import (
	"context"
	"maps"
	"slices"
	"time"

	"peyk"
)

// Bounds of what is kept for the original stream between two ticks.
const (
	maxReports     = 1 << 16
	maxReportBytes = 16 << 20
)

// Tick is what changed between two versions.
type Tick struct {
	From, To peyk.Version
	Changes  []Change // of parts that somebody watches
	// Reports are all positions in the order they were applied. It is nil when
	// nobody wanted them or when there were too many: then the newest of each
	// courier, as in Changes, must do, and those have their couriers' texts.
	Reports []peyk.Report
	// Rights says that a courier changed its team, or was taken out: what was told before, of any
	// part, may say what somebody may not know any more.
	Rights bool
}

// Change is what changed in one part. It may be long.
type Change struct {
	Part  *Part
	Frame peyk.Frame
	// Reset says that the part is told in another way from now on, so that
	// there is no difference: everybody walks through the whole of it.
	Reset bool
	// Rights says that what was told of the part before may say what its viewers
	// may not know any more.
	Rights bool
}

// pending is what happened since the last tick. The world's mutex guards it.
type pending struct {
	changed []uint32          // indexes
	teams   map[uint32]uint32 // by index: the team it goes to
	leaving []uint32          // indexes of who is taken out
	parts   []*Part           // that are dirty
	reports []peyk.Report
	whose   []uint32     // the reports' couriers
	bytes   int          // of the reports' raw messages
	entries []peyk.Entry // room for those of the parts to come
	keeping bool         // somebody reads the original stream
	gap     bool         // reports lacks something
}

func (p *pending) keep(i uint32, r peyk.Report) {
	if !p.keeping || p.gap {
		return
	}
	if len(p.reports) == maxReports || p.bytes > maxReportBytes {
		p.reports, p.whose, p.gap = nil, nil, true
		return
	}
	p.reports, p.whose = append(p.reports, r), append(p.whose, i)
	p.bytes += len(r.Raw)
}

// room returns an empty slice for so many entries. Most parts have a few, so
// that many share one allocation.
func (p *pending) room(n int) []peyk.Entry {
	const together = 256
	if len(p.entries) < n {
		p.entries = make([]peyk.Entry, max(n, together))
	}
	room := p.entries[:0:n]
	p.entries = p.entries[n:]
	return room
}

// KeepReports says whether somebody reads Tick.Reports. What was applied since
// the last tick is missing from it when it is turned on.
func (w *World) KeepReports(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := &w.pending; on != p.keeping {
		p.reports, p.whose, p.bytes = nil, nil, 0
		p.keeping, p.gap = on, len(p.changed) > 0
	}
}

// Run makes ticks until ctx ends, and hands each that changed something to
// out, which must not block. After a quiet time the first change goes out at
// once; then there is at most one tick per Options.Tick.
func (w *World) Run(ctx context.Context, out func(Tick)) error {
	idle := time.NewTicker(countsEvery) // for what is due without a change: counts, and forgetting
	defer idle.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.wake:
		case <-idle.C:
		}
		tick, changed := w.Tick()
		if !changed {
			continue
		}
		out(tick)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(w.o.Tick):
		}
	}
}

// Tick ends the version and returns what changed in it. Without a change there
// is no new version, and changed is false.
func (w *World) Tick() (t Tick, changed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := peyk.MicrosOf(w.o.Now())
	gone := append(w.expired(now), w.pending.leaving...)
	if len(w.pending.changed)+len(w.pending.parts)+len(gone) == 0 {
		return Tick{}, false
	}
	w.stats.Ticks++
	t.From, t.To = w.version, max(peyk.VersionAt(now), w.version+1)
	w.version = t.To
	t.Rights = len(w.pending.teams)+len(w.pending.leaving) > 0
	w.settle(gone)
	t.Changes = w.tell(now)
	if w.pending.gap {
		w.stats.Overflow++
	}
	t.Reports = w.takeReports()
	return t, true
}

// takeReports returns the reports, each with the team that its courier is in
// now, and none of who was taken out: rights change before positions are told.
func (w *World) takeReports() []peyk.Report {
	p := &w.pending
	reports := p.reports[:0]
	for n, i := range p.whose {
		rec := w.records.at(i)
		if rec.number == 0 {
			continue
		}
		r := p.reports[n]
		r.Courier.Team = ""
		if team := w.teams[rec.team]; team != nil {
			r.Courier.Team = team.Name
		}
		reports = append(reports, r)
	}
	p.reports, p.whose, p.bytes, p.gap = nil, p.whose[:0], 0, false
	return reports
}

// settle moves everybody to where they are now. Who left comes first.
func (w *World) settle(gone []uint32) {
	for _, i := range gone {
		w.remove(i)
	}
	for batch := range slices.Chunk(w.pending.changed, touchBatch) {
		w.records.touch(batch)
		for _, i := range batch {
			if w.records.at(i).is(fresh) { // else it has gone
				w.moveAll(i)
			}
		}
	}
	clear(w.pending.teams)
	w.pending.changed, w.pending.leaving = w.pending.changed[:0], w.pending.leaving[:0]
}

// moveAll takes a courier to where it is now, on the grid and in all scopes.
func (w *World) moveAll(i uint32) {
	r := w.records.at(i)
	s := step{index: i, number: r.number, was: spot{r.x, r.y}, before: r.is(placed), now: true, renamed: r.is(renamed)}
	s.is.x, s.is.y = project(float64(r.lat)/1e7, float64(r.lon)/1e7)
	stays := s.before && bucketOf(s.was.x, s.was.y) == bucketOf(s.is.x, s.is.y)
	if s.before && !stays {
		w.grid.take(&w.records, i)
	}
	r.x, r.y = s.is.x, s.is.y
	if !stays {
		w.grid.put(&w.records, i)
	}
	r.moved = w.version
	r.flags = r.flags&^(fresh|renamed) | placed
	inTeam := s
	if team, changes := w.pending.teams[i]; changes && team != r.team {
		w.moveTeam(step{index: i, was: s.was, before: s.before})
		w.join(i, team)
		inTeam.before, s.renamed = false, true // the team is part of the introduction
	}
	w.move(w.all, s)
	w.moveSingle(s)
	w.moveTeam(inTeam)
	w.moveOrders(i)
}

// moveTeam takes a step within the courier's team.
func (w *World) moveTeam(s step) {
	r := w.records.at(s.index)
	if r.team == 0 || !s.before && !s.now {
		return
	}
	s.number = r.teamNumber
	w.move(w.teams[r.team], s)
}

// remove takes a courier out of everything.
func (w *World) remove(i uint32) {
	r := w.records.at(i)
	w.moveOrders(i)
	if s := (step{index: i, number: r.number, was: spot{r.x, r.y}, before: true}); r.is(placed) {
		w.move(w.all, s)
		w.moveSingle(s)
		w.moveTeam(s)
		w.grid.take(&w.records, i)
	}
	delete(w.pending.teams, i)
	w.all.stale++
	if team := w.teams[r.team]; team != nil {
		team.stale++
	}
	w.records.remove(i)
}

func (w *World) moveSingle(s step) {
	if len(w.singles) == 0 {
		return
	}
	if single := w.singles[string(w.records.texts.idBytes(w.records.at(s.index).text))]; single != nil {
		s.number = 1
		w.move(single, s)
	}
}

// expired returns who was not heard for long, if it is time to look for them,
// and lets go of parts that nobody needs any more.
func (w *World) expired(now peyk.Micros) (gone []uint32) {
	if now.Sub(w.swept) < w.sweepEvery() {
		return nil
	}
	w.swept = now
	for _, m := range w.all.order {
		if w.there(m) && now.Sub(w.records.at(m.index).stamp) >= w.o.Forget {
			gone = append(gone, m.index)
		}
	}
	w.stats.Forgotten += uint64(len(gone))
	maps.DeleteFunc(w.takenOut, func(_ string, at peyk.Micros) bool { return now.Sub(at) >= w.o.Forget })
	for _, s := range w.scopes() {
		w.compact(s)
	}
	w.tidyIdle(now)
	return gone
}

// sweepEvery is how often the forgotten are looked for: often enough that a
// courier outstays its time by a hundredth, seldom enough to cost nothing.
func (w *World) sweepEvery() time.Duration {
	return max(min(w.o.Forget/100, memory/4), 10*time.Millisecond)
}

// compact lets go of the numbers of who has left a scope, once they are half of all.
func (w *World) compact(s *scope) {
	if s.stale > len(s.order)/2 {
		s.order = slices.DeleteFunc(s.order, func(m member) bool { return !w.current(s, m) })
		s.stale = 0
	}
}

// Reports returns the tick's reports of the couriers that are in the scope of
// the part; nil if the tick has none at all. The part must be everything of
// its scope.
func (c Change) Reports(t Tick) []peyk.Report {
	s := c.Part.in
	if t.Reports == nil || s.Kind == peyk.ScopeAll {
		return t.Reports
	}
	reports := []peyk.Report{}
	for _, r := range t.Reports {
		if s.Holds(peyk.Subject{Courier: r.Courier.ID, Team: r.Courier.Team}) {
			reports = append(reports, r)
		}
	}
	return reports
}
