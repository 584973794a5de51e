package api

import (
	"fmt"

	"github.com/VictoriaMetrics/metrics"

	"peyk"
)

// outcome is what became of a position that was posted.
type outcome uint8

const (
	accepted  outcome = iota // the newest of its courier
	repeat                   // known already: an answer was lost on its way to the phone
	backlog                  // measured before the newest
	offDuty                  // its courier is off duty: it is not kept
	refused                  // something is wrong with it
	forbidden                // the identity may not post for this courier
	full                     // there is no room for another courier
	outcomes
)

// String returns the outcome as metrics name it.
func (o outcome) String() string {
	return [...]string{"accepted", "repeat", "backlog", "off_duty", "refused", "forbidden", "full"}[o]
}

// answer returns what whoever posted is told. That a courier is off duty is for
// the shop to say.
func (o outcome) answer() string {
	if o == offDuty {
		return accepted.String()
	}
	return o.String()
}

// outcomeOf is that of a position that was taken.
func outcomeOf(v peyk.Verdict) outcome {
	return [...]outcome{peyk.Fresh: accepted, peyk.Repeat: repeat, peyk.Backlog: backlog, peyk.OffDuty: offDuty}[v]
}

// posts counts positions by outcome: those that were answered with success, and
// all of a batch. A single one that is refused is counted as an answer.
type posts [outcomes]*metrics.Counter

func newPosts(set *metrics.Set) (p posts) {
	for o := range outcomes {
		p[o] = set.NewCounter(fmt.Sprintf("peyk_posts_total{outcome=%q}", o))
	}
	return p
}

// refused counts an answer other than success. There are as many names as
// routes times statuses: neither comes from outside.
func (s *Server) refused(route string, status int) {
	s.set.GetOrCreateCounter(fmt.Sprintf(`peyk_refused_total{route=%q,status="%d"}`, route, status)).Inc()
}
