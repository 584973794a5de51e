package live

import (
	"sort"

	"peyk"
)

// Walk is a place in a difference that may be too long for one write. A walk
// ends before the next one of the same viewer begins; meanwhile the viewer
// gets nothing else of the part, and afterwards it has version To.
type Walk struct {
	From peyk.Version // 0: the whole part
	To   peyk.Version // the version at which it began
	// After is the number of the courier at which it stands. Together with
	// From and To it says which frame is next, so equal walks share it.
	After   uint32
	started bool
	Done    bool // there is no next frame
}

// Begin starts a walk from the version that a viewer has to the newest one. A
// version that is too old or cannot be leads to a walk through the whole part.
func (w *World) Begin(have peyk.Version) Walk {
	w.mu.Lock()
	defer w.mu.Unlock()
	if have < w.horizon || have > w.version {
		have = 0
	}
	return Walk{From: have, To: w.version}
}

// Next returns the next frame of the walk, with at most limit entries, and
// moves the walk on. Entries are as they stand now, so they may be newer than
// the walk's To. It must not be called once the walk is done.
func (w *World) Next(walk *Walk, limit int) peyk.Frame {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := peyk.Frame{Part: peyk.Everything, From: walk.From, To: walk.To, Full: walk.From == 0 && !walk.started}
	if walk.From > 0 && !walk.started {
		f.Left = w.leftAfter(walk.From)
	}
	walk.started = true
	walk.Done = true
	for _, c := range w.order[w.place(walk.After):] {
		isNew, moved := c.entered > walk.From, c.moved > walk.From
		if c.gone || c.entered == 0 || !isNew && !moved {
			continue
		}
		if len(f.Entries) == limit {
			walk.Done = false
			break
		}
		e := c.entry()
		e.New, e.Moved = isNew, moved
		f.Entries = append(f.Entries, e)
	}
	if n := len(f.Entries); n > 0 {
		walk.After = f.Entries[n-1].Number
	}
	f.More = !walk.Done
	return f
}

// leftAfter returns the numbers of who left after the version.
func (w *World) leftAfter(v peyk.Version) []uint32 {
	first := sort.Search(len(w.left), func(i int) bool { return w.left[i].version > v })
	var numbers []uint32
	for _, d := range w.left[first:] {
		numbers = append(numbers, d.number)
	}
	return numbers
}

// place returns the index in order of the first courier whose number is above n.
func (w *World) place(n uint32) int {
	return sort.Search(len(w.order), func(i int) bool { return w.order[i].number > n })
}
