package api

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"

	"peyk"
	"peyk/internal/ingest"
	"peyk/internal/store"
)

const (
	defaultLimit = 100
	maxLimit     = 1000
)

// listCouriers returns a page of the couriers that one may see, in the order of
// their ids. What to ask for next is the last of them, so that a page tells
// nothing of those between.
func (s *Server) listCouriers(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	query, err := queryOf(r.URL.Query())
	if err != nil {
		return err
	}
	query.Scopes = who.Scopes
	known, more, err := s.known(r.Context(), query)
	if err != nil {
		return err
	}
	var page struct {
		Couriers []courier `json:"couriers"`
		Next     string    `json:"next,omitempty"` // what to ask for after; absent at the end
	}
	page.Couriers = []courier{} // [] and not null
	for _, k := range known {
		if s.may(who, peyk.Watch, k.Courier) {
			page.Couriers = append(page.Couriers, s.shown(k))
		}
	}
	if n := len(page.Couriers); more && n > 0 {
		page.Next = page.Couriers[n-1].ID
	}
	writeJSON(w, http.StatusOK, page)
	return nil
}

// showCourier answers for a courier that one may not see as for one that there
// is not.
func (s *Server) showCourier(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	known, _, err := s.known(r.Context(), store.Query{Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: id}}, Limit: 1})
	if err != nil {
		return err
	}
	if len(known) == 0 || !s.may(who, peyk.Watch, known[0].Courier) {
		return peyk.ErrNotFound
	}
	writeJSON(w, http.StatusOK, s.shown(known[0]))
	return nil
}

// known asks the store for couriers; who was heard a moment ago is among them.
func (s *Server) known(ctx context.Context, q store.Query) (list []store.Known, more bool, err error) {
	if err := s.o.Directory.Keep(ctx); err != nil {
		return nil, false, err
	}
	return s.o.Store.Couriers(ctx, q)
}

// may reports whether somebody may do this, now, to a courier that is in the
// team which c names.
func (s *Server) may(who peyk.Identity, action peyk.Action, c peyk.Courier) bool {
	return who.May(action, peyk.Subject{Courier: c.ID, Team: c.Team}, s.o.Now())
}

// queryOf reads the query; all that is wrong is said at once.
func queryOf(asked url.Values) (store.Query, error) {
	var wrong ingest.FieldErrors
	q := store.Query{Team: asked.Get("team"), Search: asked.Get("q"), After: asked.Get("after"), Limit: defaultLimit}
	if asked.Has("limit") {
		n, err := strconv.ParseUint(asked.Get("limit"), 10, 64)
		if err != nil || n < 1 || n > maxLimit {
			wrong.Add("limit", "A whole number from 1 to "+strconv.Itoa(maxLimit)+" is required.")
		}
		q.Limit = int(n)
	}
	for _, f := range [...]struct {
		name string
		in   peyk.Courier
	}{{"after", peyk.Courier{ID: cmp.Or(q.After, "0")}}, {"q", peyk.Courier{ID: "0", Name: q.Search}}, {"team", peyk.Courier{ID: "0", Team: q.Team}}} {
		if err := f.in.Validate(); err != nil {
			wrong.Add(f.name, sentence(err))
		}
	}
	return q, wrong.Err()
}
