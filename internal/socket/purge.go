package socket

import "time"

// goneWithin is how long what was encoded before rights changed may still leave
// this node. Who has not got it by then is cut off: it may name a courier that
// is not for this viewer any more.
const goneWithin = time.Second

// purge is a place in what a viewer is sent, and when all before it must have
// gone.
type purge struct {
	place uint64 // bytes, as viewer.taken counts them
	by    time.Time
}

// seal notes that rights changed. What is made from here on is told by the new
// ones.
func (v *viewer) seal(now time.Time) {
	place := v.taken + uint64(size(v.out))
	if n := len(v.purges); n > 0 && now.Add(goneWithin).Sub(v.purges[n-1].by) < goneWithin/16 {
		v.purges[n-1].place = place
		return
	}
	v.purges = append(v.purges, purge{place, now.Add(goneWithin)})
}

// purged reports whether all has gone that must have by now. unsent is what the
// kernel holds of what it has taken.
func (v *viewer) purged(unsent int, now time.Time) bool {
	for len(v.purges) > 0 && !now.Before(v.purges[0].by) {
		if gone := int64(v.taken) - int64(unsent); gone < int64(v.purges[0].place) {
			return false
		}
		if v.purges = v.purges[1:]; len(v.purges) == 0 {
			v.purges = nil
		}
	}
	return true
}
