package live

import (
	"slices"

	"peyk"
)

// Orders knows what the customers of orders may see. Its methods are called
// under the world's mutex and must only look up and compute.
type Orders interface {
	// Courier returns the courier whose moves change what Track says of an
	// order; empty: nobody's do.
	Courier(order string) string
	// Track returns what the customer of an order may know; e is the courier
	// that Courier names, if the world knows it. Seen says that the customer
	// was told last where this courier is.
	Track(order string, e peyk.Entry, known, seen bool, at peyk.Micros) peyk.Tracking
}

// orders are the orders that somebody watches, or did a minute ago. Each has
// one part, of which the newest is all there is to know.
type orders struct {
	parts map[string]*Part   // by order
	of    map[string][]*Part // by the courier by whose moves they change
}

// noOrders is what a world without orders says of them.
type noOrders struct{}

func (noOrders) Courier(string) string { return "" }
func (noOrders) Track(order string, _ peyk.Entry, _, _ bool, _ peyk.Micros) peyk.Tracking {
	return peyk.Tracking{Order: order, Stops: -1}
}

func newOrders() orders {
	return orders{parts: map[string]*Part{}, of: map[string][]*Part{}}
}

// orderPart is what a part of an order has besides.
type orderPart struct {
	courier string         // under which it is in orders.of; empty: under none
	told    *peyk.Tracking // never changed
}

// Retrack says that Options.Orders tells something else of these orders from
// now on. The next tick tells it to those who watch them.
func (w *World) Retrack(ids []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, id := range ids {
		if p := w.orders.parts[id]; p != nil {
			w.mark(p)
		}
	}
	w.rouse()
}

// Tracking returns what the customer of an order may know now.
func (w *World) Tracking(order string) peyk.Tracking {
	w.mu.Lock()
	defer w.mu.Unlock()
	courier := w.o.Orders.Courier(order)
	p := w.orders.parts[order]
	return *w.track(order, courier, p != nil && p.shows(courier))
}

func (w *World) track(order, courier string, seen bool) *peyk.Tracking {
	var e peyk.Entry
	i := uint32(0)
	if courier != "" {
		i = w.records.find(courier)
	}
	if i != 0 {
		e = w.entry(i)
	}
	t := w.o.Orders.Track(order, e, i != 0, seen, peyk.MicrosOf(w.o.Now()))
	return &t
}

// orderPart returns the part of an order, which begins if there is none.
func (w *World) orderPart(key Key) *Part {
	order := key.scope.Name
	if p := w.orders.parts[order]; p != nil {
		return p
	}
	p := w.newPart(&scope{Scope: key.scope}, key)
	p.members, p.order = 1, &orderPart{}
	w.orders.parts[order] = p
	w.tie(p)
	p.order.told = w.track(order, p.order.courier, false)
	return p
}

// tie makes the moves of the courier that brings the order mark its part.
func (w *World) tie(p *Part) (changed bool) {
	courier := w.o.Orders.Courier(p.key.scope.Name)
	if courier == p.order.courier {
		return false
	}
	w.untie(p)
	if p.order.courier = courier; courier != "" {
		w.orders.of[courier] = append(w.orders.of[courier], p)
	}
	return true
}

func (w *World) untie(p *Part) {
	courier := p.order.courier
	if courier == "" {
		return
	}
	rest := slices.DeleteFunc(w.orders.of[courier], func(other *Part) bool { return other == p })
	if w.orders.of[courier] = rest; len(rest) == 0 {
		delete(w.orders.of, courier)
	}
}

// moveOrders marks the parts of the orders that a courier brings which has
// moved, has another name, or goes.
func (w *World) moveOrders(i uint32) {
	if len(w.orders.of) == 0 {
		return
	}
	for _, p := range w.orders.of[string(w.records.texts.idBytes(w.records.at(i).text))] {
		w.mark(p)
	}
}

// tellOrder returns what is new for the customer of an order, if anything.
func (w *World) tellOrder(p *Part) (c Change) {
	changed := w.tie(p)
	last, next := p.order.told, w.track(p.key.scope.Name, p.order.courier, !changed && p.shows(p.order.courier))
	c.Part = p
	if next.Same(*last) {
		return c
	}
	c.Rights = follows(last) && (changed || !follows(next)) || last.Courier != nil && next.Courier == nil
	p.order.told, p.changed = next, w.version
	c.Frame = p.tracking(w.version)
	return c
}

// shows reports whether who watches the order was told last where this courier is.
func (p *Part) shows(courier string) bool {
	return p.order.courier == courier && p.order.told.Courier != nil
}

// follows reports whether something of it comes from where a courier is.
func follows(t *peyk.Tracking) bool { return t.Courier != nil || t.Eta != peyk.Window{} }

// tracking is all there is to know of the part.
func (p *Part) tracking(to peyk.Version) peyk.Frame {
	return peyk.Frame{Part: p.number, To: to, Full: true, Order: p.order.told}
}

// Claim returns the version of the part that a viewer has which says that it has
// v from an earlier connection. An order may have changed while nobody watched it,
// without a version.
func (p *Part) Claim(v peyk.Version) peyk.Version {
	if p.order != nil && v <= p.since { // which never changes, if it is an order's
		return 0
	}
	return v
}

// Lone reports whether hardly more than one viewer watches the part, so that
// what is made for one is worth nothing to others.
func (p *Part) Lone() bool { return p.order != nil }
