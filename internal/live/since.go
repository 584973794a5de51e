package live

import (
	"cmp"
	"iter"
	"slices"

	"peyk"
)

// atOnce is how many couriers are looked at before others may have the mutex.
const atOnce = 1024

// Changed returns everybody who has changed since the tick of this version,
// with what phones say of them: the name is left out where it is the
// directory's. Who changes meanwhile may be among them or not, and has changed
// after the version at which this began. The mutex is held for short.
func (w *World) Changed(since peyk.Version) iter.Seq[peyk.Report] {
	return w.scan(func(i uint32) (r peyk.Report, wanted bool) {
		rec := w.records.at(i)
		if rec.moved <= since && !rec.is(fresh) {
			return r, false
		}
		r = w.report(i)
		if rec.is(named) {
			r.Courier.Name = ""
		}
		return r, true
	})
}

// TakenSince returns the newest position of every courier that was taken on
// this node and has a stamp after since, in the order of their stamps: what a
// bus has to say again after it could not be reached. It looks at every
// courier, and holds the mutex for short.
func (w *World) TakenSince(since peyk.Micros) []peyk.Report {
	reports := slices.Collect(w.scan(func(i uint32) (r peyk.Report, wanted bool) {
		if rec := w.records.at(i); !rec.is(own) || rec.stamp <= since {
			return r, false
		}
		return w.report(i), true
	}))
	slices.SortFunc(reports, func(a, b peyk.Report) int { return cmp.Compare(a.Position.Stamp, b.Position.Stamp) })
	return reports
}

// scan returns what pick wants of every courier. Pick is called under the mutex.
func (w *World) scan(pick func(i uint32) (r peyk.Report, wanted bool)) iter.Seq[peyk.Report] {
	return func(yield func(peyk.Report) bool) {
		var page []peyk.Report
		for after, more := uint32(0), true; more; {
			page, after, more = w.scanSome(page[:0], after, pick)
			for _, r := range page {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// scanSome goes on after the number, and returns that of who came last.
func (w *World) scanSome(page []peyk.Report, after uint32, pick func(uint32) (peyk.Report, bool)) (_ []peyk.Report, last uint32, more bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n, m := range w.all.order[w.all.from(after):] {
		if n == atOnce {
			return page, after, true
		}
		after = m.number
		if !w.there(m) {
			continue
		}
		if r, wanted := pick(m.index); wanted {
			page = append(page, r)
		}
	}
	return page, after, false
}

func (w *World) report(i uint32) peyk.Report {
	return peyk.Report{Courier: w.courier(i), Position: w.records.at(i).position()}
}
