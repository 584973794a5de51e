// Package live is the world: the newest position of every courier this node
// knows, and what changed in it from tick to tick. It promises that the newer
// stamp wins whatever is lost, repeated or reordered on the way; that every
// picture made of its frames, in the order that package peyk describes, equals
// the world; and that it stays within its bounds. It does no input or output
// and knows no encoding.
//
// One mutex guards the world. It is held for a map look-up and a copy, never
// while something waits, so a position is applied where it is taken and the
// tick only collects what changed.
package live

import (
	"log/slog"
	"slices"
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
	Log         *slog.Logger     // nil: discard
}

// World is safe for concurrent use.
type World struct {
	o Options

	mu       sync.Mutex // guards the rest
	couriers map[string]*courier
	order    []*courier // ascending by number; a forgotten one stays as a gap until compact
	gaps     int
	last     uint32 // number that was given last

	version peyk.Version // of the last tick
	horizon peyk.Version // differences from an older version are full: what left before is forgotten
	swept   peyk.Micros  // when the forgotten were looked for
	pending pending
	left    []departure // ascending by version
	counts  Counts

	wake chan struct{} // capacity 1; holds one when there is something to tick for
}

// courier is one courier's place in the world.
type courier struct {
	peyk.Courier
	position peyk.Position
	number   uint32
	entered  peyk.Version // the tick that introduced it last; 0: none yet
	moved    peyk.Version // the tick that told its position last; 0: none yet
	fresh    bool         // moved since the last tick
	renamed  bool         // new or renamed since the last tick
	own      bool         // its position was taken on this node
	gone     bool         // forgotten
}

type departure struct {
	number  uint32
	version peyk.Version
}

// Counts are what happened since the start.
type Counts struct {
	Couriers  int    // known now
	Taken     uint64 // positions taken here that were the newest
	Repeats   uint64 // taken here, but known already
	Backlog   uint64 // taken here, but measured before the newest
	Heard     uint64 // from the bus, newer than what was known
	Stale     uint64 // from the bus, not newer: repeated, reordered or our own
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
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	w := &World{o: o, couriers: map[string]*courier{}, wake: make(chan struct{}, 1)}
	now := peyk.MicrosOf(o.Now())
	w.version = wholeMillisecond(now)
	w.horizon, w.swept = w.version, now
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

// Counts returns what happened since the start.
func (w *World) Counts() Counts {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.counts
	c.Couriers = len(w.couriers)
	return c
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
	c, err := w.lookup(r.Courier.ID)
	if err != nil {
		return r, peyk.Fresh, err
	}
	if verdict := r.Position.Against(c.position, now); c.known() && verdict != peyk.Fresh {
		w.count(verdict)
		return peyk.Report{Courier: c.Courier, Position: c.position}, verdict, nil
	}
	r.Position.Stamp = max(now, c.position.Stamp+1)
	w.counts.Taken++
	c.own = true
	return w.apply(c, r), peyk.Fresh, nil
}

// Hear applies a position from the bus if it is newer than what is known. The
// only error is peyk.ErrFull. The report must be valid.
func (w *World) Hear(r peyk.Report) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := peyk.MicrosOf(w.o.Now())
	c, err := w.lookup(r.Courier.ID)
	if err != nil {
		return err
	}
	switch {
	case r.Position.Stamp <= now.Add(-w.o.Forget): // none, or it means something else to its publisher
		r.Position.Stamp = max(now, c.position.Stamp+1)
	case r.Position.Stamp > now.Add(aheadLimit):
		w.counts.Ahead++
		r.Position.Stamp = now
	}
	r.Position.Time = min(r.Position.Time, now)
	if c.known() && !r.Position.Newer(c.position) {
		w.counts.Stale++
		return nil
	}
	w.counts.Heard++
	c.own = false
	w.apply(c, r)
	return nil
}

// Courier returns the courier with this id.
func (w *World) Courier(id string) (peyk.Entry, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, found := w.couriers[id]
	if !found {
		return peyk.Entry{}, false
	}
	return c.entry(), true
}

// Couriers returns at most limit couriers whose number is above after,
// ascending by number, and whether there are more.
func (w *World) Couriers(after uint32, limit int) (list []peyk.Entry, more bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.order[w.place(after):] {
		if c.gone {
			continue
		}
		if len(list) == limit {
			return list, true
		}
		list = append(list, c.entry())
	}
	return list, false
}

// TakenSince returns the newest position of every courier that was taken on
// this node and has a stamp after since: what a bus has to say again after it
// could not be reached. It looks at every courier.
func (w *World) TakenSince(since peyk.Micros) []peyk.Report {
	w.mu.Lock()
	defer w.mu.Unlock()
	var reports []peyk.Report
	for _, c := range w.order {
		if !c.gone && c.own && c.position.Stamp > since {
			reports = append(reports, peyk.Report{Courier: c.Courier, Position: c.position})
		}
	}
	slices.SortFunc(reports, func(a, b peyk.Report) int { return int(a.Position.Stamp - b.Position.Stamp) })
	return reports
}

// lookup returns the courier, which is new and not known yet if this is the
// first that is heard of it.
func (w *World) lookup(id string) (*courier, error) {
	if c, found := w.couriers[id]; found {
		return c, nil
	}
	if len(w.couriers) >= w.o.MaxCouriers {
		w.counts.Full++
		return nil, peyk.ErrFull
	}
	return &courier{}, nil
}

func (w *World) count(v peyk.Verdict) {
	if v == peyk.Repeat {
		w.counts.Repeats++
		return
	}
	w.counts.Backlog++
}

// apply makes r the courier's newest and returns it as it stands.
func (w *World) apply(c *courier, r peyk.Report) peyk.Report {
	if r.Position.Interval == 0 {
		r.Position.Interval = w.o.Interval
	}
	if !c.known() {
		w.admit(c, r.Courier.ID)
	}
	r.Courier = c.merge(r.Courier)
	if r.Courier != c.Courier {
		c.Courier, c.renamed = r.Courier, true
	}
	if !c.fresh {
		w.pending.changed = append(w.pending.changed, c)
	}
	c.position, c.fresh = r.Position, true
	w.pending.keep(r)
	select {
	case w.wake <- struct{}{}:
	default: // it is awake already
	}
	return r
}

func (w *World) admit(c *courier, id string) {
	w.last++
	c.number, c.renamed = w.last, true
	w.couriers[id] = c
	w.order = append(w.order, c)
}

// known reports whether the courier has been admitted.
func (c *courier) known() bool { return c.number != 0 }

// merge returns news, with what it does not say taken from what is known.
func (c *courier) merge(news peyk.Courier) peyk.Courier {
	if news.Username == "" {
		news.Username = c.Username
	}
	if news.Name == "" {
		news.Name = c.Name
	}
	if news.Team == "" {
		news.Team = c.Team
	}
	return news
}

func (c *courier) entry() peyk.Entry {
	return peyk.Entry{Number: c.number, Courier: c.Courier, Position: c.position}
}

func wholeMillisecond(m peyk.Micros) peyk.Version { return peyk.Version(m / 1000 * 1000) }
