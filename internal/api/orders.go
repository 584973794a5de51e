package api

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"peyk"
	"peyk/internal/ingest"
	rules "peyk/internal/order"
	"peyk/internal/store"
)

// listOrders returns a page of the orders that one may see, in the order of their
// ids.
func (s *Server) listOrders(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	query, err := orderQueryOf(r.URL.Query())
	if err != nil {
		return err
	}
	query.Scopes = who.Scopes
	list, more, err := s.o.Store.Orders(r.Context(), query)
	if err != nil {
		return err
	}
	var page struct {
		Orders []order `json:"orders"`
		Next   string  `json:"next,omitempty"` // what to ask for after; absent at the end
	}
	page.Orders = []order{}
	for _, o := range list {
		if s.mayOrder(who, peyk.Watch, o) {
			page.Orders = append(page.Orders, s.shownOrder(who, o))
		}
	}
	if n := len(page.Orders); more && n > 0 {
		page.Next = page.Orders[n-1].ID
	}
	writeJSON(w, http.StatusOK, page)
	return nil
}

// orderQueryOf reads the query; all that is wrong is said at once.
func orderQueryOf(asked url.Values) (store.OrderQuery, error) {
	general, err := queryOf(asked)
	wrong, _ := err.(ingest.FieldErrors)
	q := store.OrderQuery{Courier: asked.Get("courier"), Search: general.Search, After: general.After, Limit: general.Limit}
	for name := range strings.SplitSeq(asked.Get("state"), ",") {
		if name == "" {
			continue
		}
		state, err := peyk.ParseOrderState(name)
		if err != nil {
			wrong.Add("state", sentence(err))
			break
		}
		q.States = append(q.States, state)
	}
	if err := (peyk.Courier{ID: cmp.Or(q.Courier, "0")}).Validate(); err != nil {
		wrong.Add("courier", sentence(err))
	}
	return q, wrong.Err()
}

// showOrder answers for an order that one may not see as for one that there is
// not.
func (s *Server) showOrder(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := s.orderOf(r, who, peyk.Watch)
	if err != nil {
		return err
	}
	w.Header().Set("ETag", etag(o))
	writeJSON(w, http.StatusOK, s.shownOrder(who, o))
	return nil
}

// putOrder replaces what the shop says of one order.
func (s *Server) putOrder(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := readObject(w, r, MaxBody)
	if err != nil {
		return err
	}
	says := o.order(r.PathValue("id"))
	if err := o.end(); err != nil {
		return err
	}
	if err := s.knowTeams(r, who); err != nil {
		return err
	}
	made := false
	return s.edit(w, r, edit{
		who: who, body: o.body, ids: []string{says.ID},
		make: func(was []peyk.Order) ([]peyk.Order, error) {
			made = was[0].State == 0
			if err := s.mayPutOrder(who, was[0], says.Courier); err != nil {
				return nil, err
			}
			if err := matches(r, was[0]); err != nil {
				return nil, err
			}
			is, err := rules.Put(was[0], says, s.o.Now())
			return []peyk.Order{is}, err
		},
		answer: func(are []peyk.Order) answered {
			return answered{putStatus(made), etag(are[0]), encode(s.shownOrder(who, are[0]))}
		},
	})
}

// deleteOrder deletes one, with its shares.
func (s *Server) deleteOrder(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := s.knowTeams(r, who); err != nil {
		return err
	}
	return s.edit(w, r, edit{
		who: who, ids: []string{id},
		make: func(was []peyk.Order) ([]peyk.Order, error) {
			if was[0].State == 0 || !s.mayOrder(who, peyk.Manage, was[0]) {
				return nil, peyk.ErrNotFound
			}
			return []peyk.Order{{ID: id}}, matches(r, was[0])
		},
		answer: func([]peyk.Order) answered { return answered{Status: http.StatusNoContent} },
	})
}

// orderOf returns the order that the path names, if somebody may do this to it.
func (s *Server) orderOf(r *http.Request, who peyk.Identity, action peyk.Action) (o peyk.Order, err error) {
	id, err := pathID(r)
	if err != nil {
		return o, err
	}
	if err := s.knowTeams(r, who); err != nil {
		return o, err
	}
	if o, err = s.o.Store.Order(r.Context(), id); err != nil {
		return o, err
	}
	if !s.mayOrder(who, action, o) {
		return o, peyk.ErrNotFound
	}
	return o, nil
}

// mayOrder reports whether somebody may do this, now, to an order: who may do it
// to its courier; where it has none, who may do it to all. That an order is one's
// own as a customer is no right to what the shop keeps of it.
func (s *Server) mayOrder(who peyk.Identity, action peyk.Action, o peyk.Order) bool {
	return who.May(action, s.bringer(o.Courier), s.o.Now())
}

// bringer is a courier that brings orders, and its team.
func (s *Server) bringer(courier string) peyk.Subject {
	if courier == "" {
		return peyk.Subject{}
	}
	is, _, _ := s.o.Directory.Lookup(courier)
	return peyk.Subject{Courier: courier, Team: is.Team}
}

// mayPutOrder returns why somebody may not give an order to a courier, or nil.
// Who may not manage all keeps orders within its own couriers, and is told of an
// order of others what it is told of one that there is not.
func (s *Server) mayPutOrder(who peyk.Identity, was peyk.Order, courier string) error {
	if s.mayAll(who) {
		return nil
	}
	if was.State == 0 || !s.mayOrder(who, peyk.Manage, was) {
		return peyk.ErrNotFound
	}
	if courier != was.Courier && !who.May(peyk.Manage, s.bringer(courier), s.o.Now()) {
		return ingest.FieldErrors{{Field: "courier", Sentences: []string{"You may not give orders to this courier."}}}
	}
	return nil
}

// knowTeams sees to it that somebody's right is held against the teams as they
// are in the store; for who may do everything they are of no account.
func (s *Server) knowTeams(r *http.Request, who peyk.Identity) error {
	if who.May(peyk.Watch, peyk.Subject{}, s.o.Now()) || s.mayAll(who) {
		return nil
	}
	return s.o.Directory.Refresh(r.Context())
}
