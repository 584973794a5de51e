package live

import "peyk"

// Listed is what the directory says of a courier. The zero Listed is what it
// says of one that is not in it.
type Listed struct {
	Name    string // to show; it goes before what phones say; empty: what they say
	Team    string // empty: none
	OffDuty bool   // it is shown to nobody, and what is taken or heard of it is dropped
}

// Set tells the world what the directory says of a courier from now on;
// Options.Listed must say the same already, for one that is not here. The next
// tick takes the courier out of the parts that it leaves before it tells any
// position. The name is the phone's again with its next report after an empty one.
func (w *World) Set(id string, l Listed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := w.records.find(id)
	switch {
	case i == 0: // it is looked up when it comes
	case l.OffDuty:
		w.takeOut(i)
	default:
		w.call(i, l.Name)
		w.transfer(i, w.team(l.Team))
	}
}

// Remove makes the world forget a courier. With a report that was stamped after
// this it is a courier that was not known.
func (w *World) Remove(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if i := w.records.find(id); i != 0 {
		w.takeOut(i)
	}
}

// takeOut makes that nobody finds the courier, that the next tick takes it out
// of all parts, and that nothing stamped before brings it back. Should it come
// again before the tick, it is another record.
func (w *World) takeOut(i uint32) {
	r := w.records.at(i)
	w.takenOut[w.records.texts.id(r.text)] = max(peyk.MicrosOf(w.o.Now()), r.stamp)
	w.records.unlink(i)
	r.flags |= leaving
	w.pending.leaving = append(w.pending.leaving, i)
	w.change(i)
}

// call gives the courier the name that the directory has for it. Without one
// the phone's stays, or comes back.
func (w *World) call(i uint32, name string) {
	r := w.records.at(i)
	if name == "" && !r.is(named) {
		return
	}
	if r.flags &^= named; name != "" {
		r.flags |= named
	}
	if string(w.records.texts.name(r.text)) == name {
		return
	}
	c := w.records.texts.courier(r.text)
	c.Name = name
	w.records.rename(i, c)
	r.flags |= renamed
	w.change(i)
}

// transfer makes the next tick put the courier into the team.
func (w *World) transfer(i, team uint32) {
	if _, under := w.pending.teams[i]; under || team != w.records.at(i).team {
		w.pending.teams[i] = team
		w.change(i)
	}
}

// Restore applies a position of before a restart, unless it is older than what
// is known, or so old that it would be forgotten. It keeps its own stamp, and is
// none that was taken here. The only error is peyk.ErrFull.
func (w *World) Restore(r peyk.Report) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := peyk.MicrosOf(w.o.Now())
	if r.Position.Stamp <= now.Add(-w.o.Forget) {
		w.stats.Stale++
		return nil
	}
	newer, err := w.hear(r, now)
	if newer {
		w.stats.Restored++
	}
	return err
}
