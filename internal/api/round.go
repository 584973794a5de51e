package api

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"peyk"
	rules "peyk/internal/order"
	"peyk/internal/store"
)

// day is how long a courier sees what it has done.
const day = 24 * time.Hour

// listOwnOrders returns what a courier brings, in its sequence, and after that
// what ended within a day, the last first.
func (s *Server) listOwnOrders(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if who.Self.ID == "" {
		return peyk.ErrForbidden
	}
	list, _, err := s.o.Store.Orders(r.Context(), store.OrderQuery{
		Scopes: who.Scopes, Courier: who.Self.ID, Since: s.o.Now().Add(-day), Limit: maxLimit,
	})
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string][]order{"orders": s.shownOrders(who, inSequence(list))})
	return nil
}

func inSequence(list []peyk.Order) (sequence []peyk.Order) {
	var all []*peyk.Order
	var ended []peyk.Order
	for _, o := range list {
		if o.State.Ended() {
			ended = append(ended, o)
		}
		all = append(all, &o)
	}
	for _, o := range rules.Round(all) {
		sequence = append(sequence, *o)
	}
	slices.SortStableFunc(ended, func(a, b peyk.Order) int { return b.At[b.State].Compare(a.At[a.State]) })
	return append(sequence, ended...)
}

// tooOften is a code that was wrong too often, and when it may be tried again.
type tooOften time.Duration

func (t tooOften) Error() string { return "the code was wrong too often" }

// seconds returns how many there are to wait, at least one.
func (t tooOften) seconds() string { return strconv.Itoa(int(time.Duration(t)/time.Second) + 1) }

// reportOrder takes what a courier says of its own order. A phone that was
// without a network may say it late, and twice.
func (s *Server) reportOrder(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if who.Self.ID == "" {
		return peyk.ErrForbidden
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	o, err := readObject(w, r, MaxBody)
	if err != nil {
		return err
	}
	said := o.said(who.Self.ID)
	if err := o.end(); err != nil {
		return err
	}
	return s.report(w, r, edit{who: who, body: o.body, ids: []string{id}}, said)
}

// said reads what a courier says of an order.
func (o *object) said(courier string) rules.Said {
	if _, found := o.members["state"]; !found {
		o.complain("state", required)
	}
	said := rules.Said{Courier: courier, State: o.state(), Code: o.text("code"), Reason: o.text("reason"), At: o.moment("time")}
	if len(said.Reason) > peyk.MaxReason {
		o.complain("reason", fmt.Sprintf("Ensure this field has no more than %d bytes.", peyk.MaxReason))
	}
	return said
}

// report makes the change. Each guess of a code is taken before it is looked at,
// so that many at once are no more than one after the other.
func (s *Server) report(w http.ResponseWriter, r *http.Request, e edit, said rules.Said) error {
	guesses := said.State == peyk.OrderDelivered
	if guesses {
		if wait := s.tries.Take(e.ids[0], s.o.Now()); wait > 0 {
			return tooOften(wait)
		}
	}
	var wrong error
	e.make = func(was []peyk.Order) ([]peyk.Order, error) {
		var is peyk.Order
		if is, wrong = rules.Report(was[0], said, s.o.Now()); wrong != nil {
			return nil, wrong
		}
		return []peyk.Order{is}, matches(r, was[0])
	}
	e.answer = func(are []peyk.Order) answered {
		return answered{http.StatusOK, etag(are[0]), encode(s.shownOrder(e.who, are[0]))}
	}
	err := s.edit(w, r, e)
	if guesses && !errors.Is(wrong, rules.ErrCode) {
		s.tries.Return(e.ids[0])
	}
	return err
}
