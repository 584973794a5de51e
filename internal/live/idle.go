package live

import "peyk"

// maxIdle is how many parts are kept that nobody watches. A hundred megabytes
// are enough for them, however many different views are asked for in a minute.
const maxIdle = 1 << 16

// idle is a part that nobody has watched since then.
type idle struct {
	part *Part
	left peyk.Micros
}

// still reports whether nobody has watched it since.
func (i idle) still() bool { return i.part.watchers == 0 && i.part.left == i.left }

// leaveIdle notes that nobody watches the part any more. Where there are too
// many of them, those that were left first go before their minute is over.
func (w *World) leaveIdle(p *Part, now peyk.Micros) {
	p.left = now
	w.idle = append(w.idle, idle{p, now})
	for n := len(w.idle) - maxIdle; n > 0; n-- {
		w.letGo()
	}
}

// tidyIdle lets go of the parts that nobody has watched for a while.
func (w *World) tidyIdle(now peyk.Micros) {
	for n := len(w.idle); n > 0 && now.Sub(w.idle[0].left) > memory; n-- {
		w.letGo()
	}
}

// letGo lets go of the part that was left first, unless somebody has watched it
// since; one that the next tick has to tell waits for that.
func (w *World) letGo() {
	first := w.idle[0]
	w.idle[0], w.idle = idle{}, w.idle[1:]
	switch {
	case !first.still():
	case first.part.dirty:
		w.idle = append(w.idle, first)
	default:
		first.part.left = 0 // it may be in the list twice
		w.drop(first.part)
	}
}

// drop makes the world forget a part.
func (w *World) drop(p *Part) {
	if p.order != nil {
		w.untie(p)
		delete(w.orders.parts, p.key.scope.Name)
		return
	}
	p.in.drop(p)
	if p.in.Kind == peyk.ScopeCourier && len(p.in.parts) == 0 {
		delete(w.singles, p.in.Name)
	}
}
