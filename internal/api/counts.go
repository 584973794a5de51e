package api

import (
	"fmt"

	"github.com/VictoriaMetrics/metrics"

	"peyk"
)

// posts counts the positions that were answered with success, by what they were
// beside the newest; the others are among the refused.
type posts struct {
	accepted *metrics.Counter // the newest of its courier
	repeat   *metrics.Counter // known already: an answer was lost on its way to the phone
	backlog  *metrics.Counter // measured before the newest
}

func newPosts(set *metrics.Set) posts {
	return posts{
		accepted: set.NewCounter(`peyk_posts_total{outcome="accepted"}`),
		repeat:   set.NewCounter(`peyk_posts_total{outcome="repeat"}`),
		backlog:  set.NewCounter(`peyk_posts_total{outcome="backlog"}`),
	}
}

func (p posts) count(v peyk.Verdict) {
	switch v {
	case peyk.Fresh:
		p.accepted.Inc()
	case peyk.Repeat:
		p.repeat.Inc()
	case peyk.Backlog:
		p.backlog.Inc()
	}
}

// refused counts an answer other than success. There are as many names as
// routes times statuses: neither comes from outside.
func (s *Server) refused(route string, status int) {
	s.set.GetOrCreateCounter(fmt.Sprintf(`peyk_refused_total{route=%q,status="%d"}`, route, status)).Inc()
}
