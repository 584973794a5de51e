package live

import (
	"context"
	"slices"
	"time"

	"peyk"
)

// memory is how long a part remembers who left it. Who comes back later gets
// a full frame.
const memory = time.Minute

// Bounds of what is kept for the original stream between two ticks.
const (
	maxReports     = 1 << 16
	maxReportBytes = 16 << 20
	// maxLeft bounds the memory of who left; a full frame says the same.
	maxLeft = 10_000
)

// Tick is what changed between two versions.
type Tick struct {
	Frame peyk.Frame // the difference of peyk.Everything; it may be long
	// Reports are all positions in the order they were applied. It is nil when
	// nobody wanted them or when there were too many: then the newest of each
	// courier, as in Frame, must do.
	Reports []peyk.Report
}

// pending is what happened since the last tick. The world's mutex guards it.
type pending struct {
	changed []*courier
	reports []peyk.Report
	bytes   int  // of the reports' raw messages
	keeping bool // somebody reads the original stream
	gap     bool // reports lacks something
}

func (p *pending) keep(r peyk.Report) {
	if !p.keeping || p.gap {
		return
	}
	if len(p.reports) == maxReports || p.bytes > maxReportBytes {
		p.reports, p.gap = nil, true
		return
	}
	p.reports = append(p.reports, r)
	p.bytes += len(r.Raw)
}

// KeepReports says whether somebody reads Tick.Reports. What was applied since
// the last tick is missing from it when it is turned on.
func (w *World) KeepReports(on bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p := &w.pending; on != p.keeping {
		p.reports, p.bytes = nil, 0
		p.keeping, p.gap = on, len(p.changed) > 0
	}
}

// Run makes ticks until ctx ends, and hands each that changed something to
// out, which must not block. After a quiet time the first change goes out at
// once; then there is at most one tick per Options.Tick.
func (w *World) Run(ctx context.Context, out func(Tick)) error {
	sweep := time.NewTicker(w.sweepEvery())
	defer sweep.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-w.wake:
		case <-sweep.C:
		}
		if tick, changed := w.Tick(); changed {
			out(tick)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(w.o.Tick):
		}
	}
}

// sweepEvery is how often the forgotten are looked for: often enough that a
// courier outstays its time by a hundredth, seldom enough to cost nothing.
func (w *World) sweepEvery() time.Duration {
	return max(min(w.o.Forget/100, time.Minute), 10*time.Millisecond)
}

// Tick ends the version and returns what changed in it. Without a change there
// is no new version, and changed is false.
func (w *World) Tick() (t Tick, changed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := peyk.MicrosOf(w.o.Now())
	gone := w.forget(now)
	if len(w.pending.changed) == 0 && len(gone) == 0 {
		return Tick{}, false
	}
	w.counts.Ticks++
	if w.pending.gap {
		w.counts.Overflow++
	}
	from := w.version
	w.version = max(wholeMillisecond(now), from+1000)
	t.Frame = peyk.Frame{Part: peyk.Everything, From: from, To: w.version, Left: gone, Entries: w.collect()}
	t.Reports = w.pending.take()
	w.remember(gone)
	return t, true
}

// collect marks what changed with the new version and returns it.
func (w *World) collect() []peyk.Entry {
	slices.SortFunc(w.pending.changed, func(a, b *courier) int { return int(int64(a.number) - int64(b.number)) })
	entries := make([]peyk.Entry, 0, len(w.pending.changed))
	for _, c := range w.pending.changed {
		if c.gone {
			continue
		}
		e := c.entry()
		e.New, e.Moved = c.renamed, true
		entries = append(entries, e)
		c.moved = w.version
		if c.renamed {
			c.entered = w.version
		}
		c.fresh, c.renamed = false, false
	}
	clear(w.pending.changed)
	w.pending.changed = w.pending.changed[:0]
	return entries
}

func (p *pending) take() []peyk.Report {
	reports := p.reports
	p.reports, p.bytes, p.gap = nil, 0, false
	return reports
}

// remember notes who left, and forgets who left long ago.
func (w *World) remember(gone []uint32) {
	for _, number := range gone {
		w.left = append(w.left, departure{number, w.version})
	}
	old := 0
	for old < len(w.left) && (len(w.left)-old > maxLeft || w.left[old].version < w.version-peyk.Version(memory.Microseconds())) {
		w.horizon = w.left[old].version
		old++
	}
	w.left = slices.Delete(w.left, 0, old)
}

// forget removes couriers that were not heard for long and returns their
// numbers, if it is time to look for them.
func (w *World) forget(now peyk.Micros) []uint32 {
	if now.Sub(w.swept) < w.sweepEvery() {
		return nil
	}
	w.swept = now
	var gone []uint32
	for _, c := range w.order {
		if c.gone || now.Sub(c.position.Stamp) < w.o.Forget {
			continue
		}
		c.gone = true
		w.gaps++
		w.counts.Forgotten++
		delete(w.couriers, c.ID)
		if c.entered != 0 {
			gone = append(gone, c.number)
		}
	}
	w.compact()
	return gone
}

// compact closes the gaps once they are half of the order.
func (w *World) compact() {
	if w.gaps <= len(w.order)/2 {
		return
	}
	w.order = slices.DeleteFunc(w.order, func(c *courier) bool { return c.gone })
	w.gaps = 0
}
