package socket

import "sync/atomic"

// stats are the hub's counters.
type stats struct {
	refused, closed, bytes, ticks, walks, stuck atomic.Uint64
	breaches                                    [4]atomic.Uint64 // by reason
	lost                                        [3]atomic.Uint64 // by reason
	skips                                       [4]atomic.Uint64 // by reason
}

// Reasons for which a viewer is closed by the server.
const (
	breachProtocol = iota // not WebSocket, or not UTF-8
	breachPolicy          // too many messages, fragments or answers to wait
	breachTooBig          // a message longer than 64 KiB
	breachSilent          // nothing was heard from it
)

// Reasons for which a viewer is closed because of its right.
const (
	lostExpired = iota // it has ended
	lostRevoked        // it was taken away
	lostPurged         // the viewer had not taken in time what was made under another right
)

// Stats are what happened to viewers since the start.
type Stats struct {
	Viewers  int    // now
	Refused  uint64 // handshakes
	Closed   uint64 // viewers that went, for whatever reason
	Bytes    uint64 // that sockets have taken
	Ticks    uint64 // ticks written to viewers in step, each counted for each viewer
	Skipped  Skips  // ticks not written to viewers, each counted for each viewer
	Walks    uint64 // differences for viewers who were not in step: new, back, or slow
	Stuck    uint64 // closed since they took no byte for 120 s
	Protocol uint64 // closed with 1002 or 1007
	Policy   uint64 // closed with 1008
	TooBig   uint64 // closed with 1009
	Silent   uint64 // closed since nothing was heard from them
	Expired  uint64 // closed with 4401
	Revoked  uint64 // closed with 4403
	Purged   uint64 // cut off since they had not taken within a second what was made before rights changed
}

// Stats returns what happened so far.
func (h *Hub) Stats() Stats {
	h.mu.Lock()
	viewers := h.viewers
	h.mu.Unlock()
	s := &h.stats
	return Stats{
		Viewers: viewers, Refused: s.refused.Load(), Closed: s.closed.Load(), Bytes: s.bytes.Load(),
		Ticks: s.ticks.Load(), Walks: s.walks.Load(), Stuck: s.stuck.Load(),
		Protocol: s.breaches[breachProtocol].Load(), Policy: s.breaches[breachPolicy].Load(),
		TooBig: s.breaches[breachTooBig].Load(), Silent: s.breaches[breachSilent].Load(),
		Skipped: s.skipped(),
		Expired: s.lost[lostExpired].Load(), Revoked: s.lost[lostRevoked].Load(), Purged: s.lost[lostPurged].Load(),
	}
}
