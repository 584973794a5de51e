package api

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"peyk"
	"peyk/internal/ingest"
	"peyk/internal/ingest/original"
)

// postLocation takes one position of one courier. A repeat or a backlog is
// answered like what is new: a phone that is refused sends it again for ever.
func (s *Server) postLocation(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	body, err := readBody(w, r, MaxBody)
	if err != nil {
		return err
	}
	post, err := original.Parse(r.Header.Get("Content-Type"), body)
	if err != nil {
		return err
	}
	became, carries, err := s.take(post, who, s.o.Now())
	if err != nil {
		return err
	}
	s.posts[became].Inc()
	writeBytes(w, http.StatusOK, s.answerTo(carries))
	return nil
}

// take gives a position to the world, and to every other node if it is the
// newest. What who may is what it may at the given moment. It reports whether the
// courier carries an order. With an error it was not taken.
func (s *Server) take(post original.Post, who peyk.Identity, at time.Time) (became outcome, carries bool, err error) {
	courier, err := s.courierOf(post, who, at)
	if errors.Is(err, peyk.ErrForbidden) {
		return forbidden, false, err
	}
	if err != nil {
		return refused, false, err
	}
	post.Position.Interval = s.o.Interval.Interval()
	if carries = s.o.Orders.Carrying(courier.ID); carries {
		post.Position.Interval = s.o.Carrying.Interval()
	}
	report, verdict, err := s.o.World.Take(peyk.Report{Courier: courier, Position: post.Position})
	if err != nil {
		return full, carries, err
	}
	if verdict == peyk.Fresh {
		s.o.Publish(report)
	}
	return outcomeOf(verdict), carries, nil
}

// answerTo returns what a phone is answered.
func (s *Server) answerTo(carries bool) []byte {
	if carries {
		return s.accepted[1]
	}
	return s.accepted[0]
}

// courierOf returns whose position it is. A courier posts its own, whomever the
// post names; everybody else has to name one. The name and the team that the shop
// has for it the world knows.
func (s *Server) courierOf(post original.Post, who peyk.Identity, at time.Time) (peyk.Courier, error) {
	c := who.Self
	if who.Role != peyk.RoleCourier {
		if post.Courier == nil {
			return c, ingest.FieldErrors{{Field: "user", Sentences: []string{required}}}
		}
		c = *post.Courier
	}
	listed, _, _ := s.o.Directory.Lookup(c.ID)
	if !who.May(peyk.Publish, peyk.Subject{Courier: c.ID, Team: listed.Team}, at) {
		return c, peyk.ErrForbidden
	}
	c.Username = cmp.Or(c.Username, listed.Username)
	return c, nil
}
