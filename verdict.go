package peyk

// Verdict is what became of a position that was taken.
type Verdict uint8

// The verdicts. All of them are answered with success: a phone that is told
// otherwise sends the same position again for ever.
const (
	Fresh   Verdict = iota // it is the newest now
	Repeat                 // the same measurement again: it changes nothing
	Backlog                // measured before the newest one: the marker does not step back
	OffDuty                // the courier is off duty: nothing of it is kept
)

// Silence is after how many of its own intervals a courier counts as silent.
const Silence = 3

// Against judges p, which arrives now, beside last, the newest position of the
// same courier. Only the phone's own times are compared with each other, never
// two clocks. A courier that would be silent otherwise is always believed, so a
// phone whose clock was set back is not unseen for longer than that.
func (p Position) Against(last Position, now Micros) Verdict {
	if p.Time == 0 || last.Time == 0 || p.Time > last.Time {
		return Fresh
	}
	if p.Time == last.Time && p.Lat == last.Lat && p.Lon == last.Lon {
		return Repeat
	}
	if p.Time == last.Time || last.Silent(now) {
		return Fresh
	}
	return Backlog
}

// Silent reports whether at the given moment the courier was not heard for
// Silence of its intervals; without a known interval it never is.
func (p Position) Silent(at Micros) bool {
	return p.Interval > 0 && at.Sub(p.Stamp) > Silence*p.Interval
}
