package socket

import "time"

// wheelStep is how exactly deadlines are kept.
const wheelStep = 125 * time.Millisecond

// wheelSlots reach past the longest deadline, silentAfter.
const wheelSlots = 2048

// wheel is a timing wheel: when to look at which viewer again. Each stands in
// it once, or more often after its deadline came nearer; only the nearest counts.
type wheel struct {
	slots [wheelSlots][]*peer
	now   int64 // in steps since began
	began time.Time
}

func newWheel(now time.Time) *wheel { return &wheel{began: now} }

// add sees to it that the peer is looked at by its deadline.
func (w *wheel) add(p *peer) {
	due := max(int64(p.v.deadline().Sub(w.began)/wheelStep)+1, w.now+1)
	if p.due > w.now && p.due <= due {
		return
	}
	p.due = due
	slot := &w.slots[due%wheelSlots]
	*slot = append(*slot, p)
}

// ahead returns the time until somebody's time comes, at most most: in steps, and
// at least one.
func (w *wheel) ahead(most time.Duration) time.Duration {
	steps := int64(1)
	for steps < int64(most/wheelStep) && len(w.slots[(w.now+steps)%wheelSlots]) == 0 {
		steps++
	}
	return time.Duration(steps) * wheelStep
}

// advance calls visit for everybody whose time has come.
func (w *wheel) advance(now time.Time, visit func(*peer)) {
	for target := int64(now.Sub(w.began) / wheelStep); w.now < target; {
		w.now++
		slot := &w.slots[w.now%wheelSlots]
		due := *slot
		*slot = nil
		for _, p := range due {
			switch {
			case p.due == w.now:
				visit(p)
			case p.due > w.now && p.due%wheelSlots == w.now%wheelSlots: // in a later turn: the loop stood still when it was added
				*slot = append(*slot, p)
			}
		}
	}
}
