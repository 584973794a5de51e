package api

import (
	"errors"
	"net/http"
	"time"

	"peyk"
	"peyk/internal/ingest"
	"peyk/internal/ingest/original"
)

// postLocation takes one position of one courier. A repeat or a backlog is
// answered like what is new: a phone that is refused sends it again for ever.
func (s *Server) postLocation(w http.ResponseWriter, r *http.Request, who peyk.Grant) error {
	body, err := readBody(w, r)
	if err != nil {
		return err
	}
	post, err := original.Parse(r.Header.Get("Content-Type"), body)
	if err != nil {
		return err
	}
	became, err := s.take(post, who, s.o.Now())
	if err != nil {
		return err
	}
	s.posts[became].Inc()
	writeBytes(w, http.StatusOK, s.accepted)
	return nil
}

// take gives a position to the world, and to every other node if it is the
// newest. What who may is what it may at the given moment. With an error it was
// not taken.
func (s *Server) take(post original.Post, who peyk.Grant, at time.Time) (outcome, error) {
	courier, err := courierOf(post, who, at)
	if errors.Is(err, peyk.ErrForbidden) {
		return forbidden, err
	}
	if err != nil {
		return refused, err
	}
	post.Position.Interval = s.o.Interval.Interval()
	report, verdict, err := s.o.World.Take(peyk.Report{Courier: courier, Position: post.Position})
	if err != nil {
		return full, err
	}
	if verdict == peyk.Fresh {
		s.o.Publish(report)
	}
	return outcomeOf(verdict), nil
}

// courierOf returns whose position it is. An identity that is no courier itself
// has to name one.
func courierOf(post original.Post, who peyk.Grant, at time.Time) (peyk.Courier, error) {
	if post.Courier == nil {
		return peyk.Courier{}, ingest.FieldErrors{{Field: "user", Sentences: []string{"This field is required."}}}
	}
	if !who.May(peyk.Publish, peyk.Subject{Courier: post.Courier.ID}, at) {
		return peyk.Courier{}, peyk.ErrForbidden
	}
	return *post.Courier, nil
}
