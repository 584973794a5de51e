package socket

import (
	"peyk"
	"peyk/internal/live"
)

// Reasons for which a viewer is skipped by a tick. It gets a difference later.
const (
	skipFull   = iota // its socket has not taken yet what came before
	skipLate          // it is still told what came before: it is new, back, or was skipped
	skipTurned        // a part is told in another way from now on, as counts or as couriers
	skipMissed        // its loop did not come round in time
)

// Skips are ticks that viewers were not told as they came, by reason.
type Skips struct {
	Full   uint64 // the socket had not taken what came before
	Late   uint64 // the viewer was new, back or skipped, and not in step yet
	Turned uint64 // a part was told in another way from then on
	Missed uint64 // the loop was too far behind
}

func (s *stats) skipped() Skips {
	return Skips{s.skips[skipFull].Load(), s.skips[skipLate].Load(), s.skips[skipTurned].Load(), s.skips[skipMissed].Load()}
}

// skips reports whether the viewer cannot take what changed in a part, and why.
func (v *viewer) skips(c *live.Change, has peyk.Version) (why int, skipped bool) {
	switch {
	case v.held:
		return skipFull, true
	case v.late || !c.Reset && has < c.Frame.From:
		return skipLate, true
	}
	return skipTurned, c.Reset
}

// skip makes the viewer late, and counts it once for each moment.
func (v *viewer) skip(moment peyk.Version, why int) {
	if v.late = true; v.skipped != moment {
		v.skipped = moment
		v.hub.stats.skips[why].Add(1)
	}
}

// miss makes a viewer late that was not given so many moments.
func (v *viewer) miss(moments int) {
	if len(v.have) > 0 {
		v.late = true
		v.hub.stats.skips[skipMissed].Add(uint64(moments))
	}
}
