package live

import (
	"sync"
	"time"

	"peyk"
)

// aheadLimit is how far ahead of this node's clock a stamp from the bus may
// be: more than clocks of nodes that are kept in step ever differ.
const aheadLimit = 5 * time.Second

// Options are what a world needs from outside.
type Options struct {
	Now         func() time.Time // the clock; nil: time.Now
	Epoch       peyk.Epoch       // random
	Tick        time.Duration    // least time between two ticks, above 0
	MaxCouriers int              // above 0
	Forget      time.Duration    // a courier not heard for so long is forgotten, above 0
	Interval    time.Duration    // of a position that does not say when the next one is due
	// Listed returns what the directory says of a courier that the world does
	// not know; nil: there is no directory. It is called under the world's mutex
	// and must only look up. What a report says of a team is not believed.
	Listed func(id string) Listed
	Orders Orders // nil: there are none
}

// World is safe for concurrent use.
type World struct {
	o Options

	mu      sync.Mutex // guards the rest. Options.Listed and Options.Orders take their own under it
	records records
	grid    *grid
	all     *scope
	teams   []*scope          // by record.team; teams[0] is nil
	teamOf  map[string]uint32 // index into teams, by name
	singles map[string]*scope // scopes of one courier, by its id; kept while watched
	orders  orders
	idle    []idle // parts that nobody watches, in the order in which they were left; some are watched again

	takenOut map[string]peyk.Micros // when, of those of whom older news may come still

	version peyk.Version // of the last tick
	begun   uint64       // the number of the part that was begun last
	swept   peyk.Micros  // when the forgotten were looked for
	pending pending
	stats   Stats

	wake chan struct{} // capacity 1; holds one when there is something to tick for
}

// Stats are what happened since the start.
type Stats struct {
	Couriers  int    // known now
	Parts     int    // watched now, or a minute ago
	Taken     uint64 // positions taken here that were the newest
	Repeats   uint64 // taken here, but known already
	Backlog   uint64 // taken here, but measured before the newest
	Heard     uint64 // from the bus, newer than what was known
	Restored  uint64 // from before the restart
	Stale     uint64 // from the bus or the store, not newer: repeated, reordered or our own
	OffDuty   uint64 // taken, heard or restored, of couriers that are off duty
	Full      uint64 // refused since there are too many couriers
	Ahead     uint64 // stamps from the bus that were cut to their arrival
	Forgotten uint64 // couriers
	Ticks     uint64
	Overflow  uint64 // ticks in which the original stream got the newest of each courier alone
}

// NewWorld returns an empty world. Run makes its ticks.
func NewWorld(o Options) *World {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Orders == nil {
		o.Orders = noOrders{}
	}
	w := &World{
		o: o, records: newRecords(), grid: &grid{}, all: newScope(peyk.All),
		teams: []*scope{nil}, teamOf: map[string]uint32{"": 0}, singles: map[string]*scope{}, orders: newOrders(),
		takenOut: map[string]peyk.Micros{}, wake: make(chan struct{}, 1),
	}
	now := peyk.MicrosOf(o.Now())
	w.version, w.swept = peyk.VersionAt(now), now
	w.pending.teams = map[uint32]uint32{}
	return w
}

// Epoch names the life of this world.
func (w *World) Epoch() peyk.Epoch { return w.o.Epoch }

// Version is that of the last tick.
func (w *World) Version() peyk.Version {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.version
}

// Stats returns what happened since the start.
func (w *World) Stats() Stats {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.stats
	s.Couriers = w.records.len()
	s.Parts = len(w.orders.parts)
	for _, scope := range w.scopes() {
		s.Parts += len(scope.parts)
	}
	return s
}

// Take stamps a position that a phone sent to this node and applies it if it
// is the newest. The report comes back as it stands in the world: with its
// stamp, and with what was known of the courier where r is silent. The only
// error is peyk.ErrFull. The report must be valid.
func (w *World) Take(r peyk.Report) (peyk.Report, peyk.Verdict, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := peyk.MicrosOf(w.o.Now())
	r.Position.Time = min(r.Position.Time, now)
	c := w.meet(r.Courier.ID)
	if c.listed.OffDuty {
		w.stats.OffDuty++
		return r, peyk.OffDuty, nil
	}
	if verdict := r.Position.Against(c.last, now); verdict != peyk.Fresh {
		w.count(verdict)
		return peyk.Report{Courier: w.courier(c.index), Position: c.last}, verdict, nil
	}
	r.Position.Stamp = max(now, c.last.Stamp+1)
	r, err := w.apply(c, r, own)
	if err == nil {
		w.stats.Taken++
	}
	return r, peyk.Fresh, err
}

// Hear applies a position from the bus if it is newer than what is known. The
// only error is peyk.ErrFull. The report must be valid.
func (w *World) Hear(r peyk.Report) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	heard, err := w.hear(r, peyk.MicrosOf(w.o.Now()))
	if heard {
		w.stats.Heard++
	}
	return err
}

func (w *World) hear(r peyk.Report, now peyk.Micros) (newer bool, err error) {
	c := w.meet(r.Courier.ID)
	switch {
	case c.listed.OffDuty:
		w.stats.OffDuty++
		return false, nil
	case r.Position.Stamp <= now.Add(-w.o.Forget): // none, or it means something else to its publisher
		r.Position.Stamp = max(now, c.last.Stamp+1)
	case r.Position.Stamp > now.Add(aheadLimit):
		w.stats.Ahead++
		r.Position.Stamp = now
	}
	r.Position.Time = min(r.Position.Time, now)
	if r.Position.Stamp <= c.last.Stamp {
		w.stats.Stale++
		return false, nil
	}
	_, err = w.apply(c, r, 0)
	return err == nil, err
}

// Courier returns the courier with this id.
func (w *World) Courier(id string) (peyk.Entry, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.records.find(id)
	if i == 0 {
		return peyk.Entry{}, false
	}
	return w.entry(i), true
}

// Couriers returns at most limit couriers whose number is above after,
// ascending by number, and whether there are more.
func (w *World) Couriers(after uint32, limit int) (list []peyk.Entry, more bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range w.all.order[w.all.from(after):] {
		if !w.there(m) {
			continue
		}
		if len(list) == limit {
			return list, true
		}
		list = append(list, w.entry(m.index))
	}
	return list, false
}

// met is a courier as a report finds it.
type met struct {
	index  uint32        // 0: it is not known
	last   peyk.Position // the newest; of one that was taken out, the stamp alone
	listed Listed        // of one that is not known
}

func (w *World) meet(id string) (c met) {
	if c.index = w.records.find(id); c.index != 0 {
		c.last = w.records.at(c.index).position()
		return c
	}
	c.last.Stamp = w.takenOut[id]
	if w.o.Listed != nil {
		c.listed = w.o.Listed(id)
	}
	return c
}

func (w *World) count(v peyk.Verdict) {
	if v == peyk.Repeat {
		w.stats.Repeats++
		return
	}
	w.stats.Backlog++
}

// apply makes r the courier's newest and returns it as it stands. The only
// error is peyk.ErrFull.
func (w *World) apply(c met, r peyk.Report, from flags) (peyk.Report, error) {
	if r.Position.Interval == 0 {
		r.Position.Interval = w.o.Interval
	}
	i := c.index
	if i == 0 {
		if w.records.len() >= w.o.MaxCouriers {
			w.stats.Full++
			return r, peyk.ErrFull
		}
		i = w.admit(r.Courier, c.listed)
	}
	rec := w.records.at(i)
	r.Courier = w.learn(i, r.Courier)
	rec.set(r.Position)
	rec.flags = rec.flags&^own | from
	w.change(i)
	w.pending.keep(i, r)
	return r, nil
}

// change puts the courier on the list of what changed, and wakes the tick.
func (w *World) change(i uint32) {
	if r := w.records.at(i); !r.is(fresh) {
		r.flags |= fresh
		w.pending.changed = append(w.pending.changed, i)
	}
	w.rouse()
}

// rouse makes the next tick come as soon as it may.
func (w *World) rouse() {
	select {
	case w.wake <- struct{}{}:
	default: // it is awake already
	}
}

func (w *World) admit(c peyk.Courier, l Listed) uint32 {
	delete(w.takenOut, c.ID)
	if l.Name != "" {
		c.Name = l.Name
	}
	i := w.records.add(c)
	r := w.records.at(i)
	r.number = w.all.admit(i)
	if l.Name != "" {
		r.flags = named
	}
	w.join(i, w.team(l.Team))
	return i
}

// join gives the courier its team and its number there.
func (w *World) join(i, team uint32) {
	r := w.records.at(i)
	if old := w.teams[r.team]; old != nil {
		old.stale++
	}
	r.team, r.teamNumber = team, 0
	if team != 0 {
		r.teamNumber = w.teams[team].admit(i)
	}
}

// team returns the index of a team.
func (w *World) team(name string) uint32 {
	index, found := w.teamOf[name]
	if !found {
		index = uint32(len(w.teams))
		w.teamOf[name] = index
		w.teams = append(w.teams, newScope(peyk.Scope{Kind: peyk.ScopeTeam, Name: name}))
	}
	return index
}

// learn takes what is new about the courier from a report, and returns all
// that is known of it.
func (w *World) learn(i uint32, news peyk.Courier) peyk.Courier {
	r, texts := w.records.at(i), &w.records.texts
	if r.is(named) {
		news.Name = ""
	}
	changed := complete(&news.Username, texts.username(r.text))
	changed = complete(&news.Name, texts.name(r.text)) || changed
	if news.Team = ""; r.team != 0 {
		news.Team = w.teams[r.team].Name
	}
	if changed {
		w.records.rename(i, news)
		r.flags |= renamed
	}
	return news
}

// complete fills in what the news do not say, and reports whether they say
// something else than is known. It allocates only where it fills in.
func complete(news *string, known []byte) (changed bool) {
	if *news == "" {
		*news = string(known)
		return false
	}
	return *news != string(known)
}

// courier returns the courier's texts and team.
func (w *World) courier(i uint32) peyk.Courier {
	r := w.records.at(i)
	c := w.records.texts.courier(r.text)
	if r.team != 0 {
		c.Team = w.teams[r.team].Name
	}
	return c
}

func (w *World) entry(i uint32) peyk.Entry {
	r := w.records.at(i)
	return peyk.Entry{Number: r.number, Courier: w.courier(i), Position: r.position()}
}

// current reports whether the member is in the scope still, under this number.
func (w *World) current(s *scope, m member) bool { return w.number(s, m.index) == m.number }

// there reports whether the member of all can be found by others.
func (w *World) there(m member) bool {
	return w.current(w.all, m) && !w.records.at(m.index).is(leaving)
}

// number is the courier's in the scope, 0 if it is not in it.
func (w *World) number(s *scope, i uint32) uint32 {
	r := w.records.at(i)
	switch {
	case s == w.all:
		return r.number
	case s.Kind == peyk.ScopeTeam:
		if w.teams[r.team] == s {
			return r.teamNumber
		}
	case w.records.texts.same(r.text, s.Name):
		return 1 // the only one of its scope
	}
	return 0
}

// scopes returns every scope that may have parts.
func (w *World) scopes() []*scope {
	list := append([]*scope{w.all}, w.teams[1:]...)
	for _, s := range w.singles {
		list = append(list, s)
	}
	return list
}
