package bus

import "sync/atomic"

// Stats is what a bus has counted since it was opened.
type Stats struct {
	Published uint64          // positions that the broker confirmed; what is published again counts again
	Heard     uint64          // positions that were handed to hear, our own among them
	Outages   uint64          // times that the bus stopped carrying, or could not begin to
	Dropped   [reasons]uint64 // index it with a Reason
}

// Reason says why something was dropped.
type Reason uint8

// The reasons.
const (
	Malformed Reason = iota // heard: neither of the original form nor short enough
	BadNote                 // heard on the nodes' own channel: not a note
	InboxFull               // taken here: more came in than went out; the courier's newest goes out when there is room
	Outage                  // taken here: the bus did not carry; the courier's newest goes out when it does
	reasons
)

// String returns the reason as metrics name it.
func (r Reason) String() string {
	return [...]string{"malformed", "bad_note", "inbox_full", "outage"}[r]
}

type counters struct {
	published, heard, outages atomic.Uint64
	dropped                   [reasons]atomic.Uint64
}

func (c *counters) drop(r Reason, n int) { c.dropped[r].Add(uint64(n)) }

func (c *counters) stats() Stats {
	s := Stats{Published: c.published.Load(), Heard: c.heard.Load(), Outages: c.outages.Load()}
	for r := range c.dropped {
		s.Dropped[r] = c.dropped[r].Load()
	}
	return s
}
