package socket

import "time"

// goneWithin is how long what was encoded before rights changed may still leave
// this node. Who has not got it by then is cut off: it may name a courier that
// is not for this viewer any more.
const goneWithin = time.Second

// purge is a place in what a viewer is sent, and when all before it must have
// gone.
type purge struct {
	place uint64 // bytes, as output.taken counts them
	by    time.Time
}

// seal notes that rights changed. What is made from here on is told by the new
// ones.
func (o *output) seal(now time.Time) {
	place := o.taken + uint64(size(o.out))
	if n := len(o.purges); n > 0 && now.Add(goneWithin).Sub(o.purges[n-1].by) < goneWithin/16 {
		o.purges[n-1].place = place
		return
	}
	o.purges = append(o.purges, purge{place, now.Add(goneWithin)})
}

// purged reports whether all has gone that must have by now. unsent is what the
// kernel holds of what it has taken.
func (o *output) purged(unsent int, now time.Time) bool {
	for len(o.purges) > 0 && !now.Before(o.purges[0].by) {
		if gone := int64(o.taken) - int64(unsent); gone < int64(o.purges[0].place) {
			return false
		}
		if o.purges = o.purges[1:]; len(o.purges) == 0 {
			o.purges = nil
		}
	}
	return true
}
