package order

import (
	"slices"
	"sync"
	"time"

	"peyk"
)

// Options are what a book needs.
type Options struct {
	Rule      Rule
	Afterlife time.Duration // how long an order that has ended is shown as such

	// Changed is told of which orders customers may have to be told something
	// else. It is called by who calls Update, once look-ups know; nil: nobody asks.
	Changed func(orders []string)
	Now     func() time.Time // nil: time.Now
}

// Book has the orders that are open, or ended a short while ago. It is safe for
// concurrent use, and never waits: it may be asked under the world's mutex.
type Book struct {
	o Options

	mu     sync.Mutex             // guards the rest. Nothing is called under it
	orders map[string]*peyk.Order // never changed but for another one in its place; without metadata
	rounds map[string]*round      // of couriers that have open orders
	ended  []string               // about in the order in which they did
}

// round is what one courier still brings.
type round struct {
	orders []*peyk.Order      // in sequence
	pace   Pace               // as those who watch were told
	told   map[string]float64 // seconds until it comes, as they were told, by order
}

// NewBook returns an empty book.
func NewBook(o Options) *Book {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Book{o: o, orders: make(map[string]*peyk.Order), rounds: make(map[string]*round)}
}

// Update takes in what changed; an order with State 0 was deleted. If it is the
// whole, there are no others any more.
func (b *Book) Update(changed []peyk.Order, whole bool) {
	touched := b.update(changed, whole)
	if len(touched) > 0 && b.o.Changed != nil {
		b.o.Changed(touched)
	}
}

func (b *Book) update(changed []peyk.Order, whole bool) (touched []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if whole {
		changed = append(b.goneLocked(changed), changed...)
	}
	now := b.o.Now()
	couriers := make(map[string]bool)
	for _, o := range changed {
		touched = append(touched, o.ID)
		if old := b.orders[o.ID]; old != nil {
			couriers[old.Courier] = true
		}
		couriers[o.Courier] = true
		b.putLocked(o, now)
	}
	delete(couriers, "")
	for courier := range couriers {
		touched = append(touched, b.sortLocked(courier)...)
	}
	b.sweepLocked(now)
	slices.Sort(touched)
	return slices.Compact(touched)
}

// goneLocked returns, as deleted, the orders that are not among those that are
// there.
func (b *Book) goneLocked(there []peyk.Order) (gone []peyk.Order) {
	ids := make(map[string]bool, len(there))
	for _, o := range there {
		ids[o.ID] = true
	}
	for id := range b.orders {
		if !ids[id] {
			gone = append(gone, peyk.Order{ID: id})
		}
	}
	return gone
}

// putLocked puts an order in place of what was known of it.
func (b *Book) putLocked(o peyk.Order, now time.Time) {
	if old := b.orders[o.ID]; old != nil {
		if r := b.rounds[old.Courier]; r != nil {
			r.orders = slices.DeleteFunc(r.orders, func(other *peyk.Order) bool { return other == old })
		}
		delete(b.orders, o.ID)
	}
	if o.State == 0 || b.over(&o, now) {
		return
	}
	o.Metadata = nil
	b.orders[o.ID] = &o
	switch {
	case o.State.Ended():
		b.ended = append(b.ended, o.ID)
	case o.Courier != "":
		if b.rounds[o.Courier] == nil {
			b.rounds[o.Courier] = &round{}
		}
		b.rounds[o.Courier].orders = append(b.rounds[o.Courier].orders, &o)
	}
}

// sortLocked puts a round in sequence, and returns what is in it.
func (b *Book) sortLocked(courier string) (ids []string) {
	r := b.rounds[courier]
	if r == nil {
		return nil
	}
	if r.orders = Round(r.orders); len(r.orders) == 0 {
		delete(b.rounds, courier)
	}
	for _, o := range r.orders {
		ids = append(ids, o.ID)
	}
	return ids
}

// over reports whether an order ended so long ago that it is not shown any more.
func (b *Book) over(o *peyk.Order, now time.Time) bool {
	return o.State.Ended() && now.Sub(o.At[o.State]) >= b.o.Afterlife
}

func (b *Book) sweepLocked(now time.Time) {
	for len(b.ended) > 0 {
		o := b.orders[b.ended[0]]
		if o != nil && o.State.Ended() && !b.over(o, now) {
			return
		}
		if o != nil && o.State.Ended() {
			delete(b.orders, o.ID)
		}
		b.ended = b.ended[1:]
	}
}

// Ended returns when an order ended; zero: it is open. It knows the orders that
// are shown.
func (b *Book) Ended(order string) (at time.Time, found bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	o := b.findLocked(order, b.o.Now())
	if o == nil {
		return time.Time{}, false
	}
	if o.State.Ended() {
		at = o.At[o.State]
	}
	return at, true
}

func (b *Book) findLocked(order string, now time.Time) *peyk.Order {
	o := b.orders[order]
	if o == nil || b.over(o, now) {
		return nil
	}
	return o
}

// Carrying reports whether an order of the courier's is on its way.
func (b *Book) Carrying(courier string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.rounds[courier]
	return r != nil && slices.ContainsFunc(r.orders, func(o *peyk.Order) bool { return o.State == peyk.OrderPickedUp })
}

// Len returns how many orders there are, and how many couriers bring them.
func (b *Book) Len() (orders, couriers int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.orders), len(b.rounds)
}
