package api

import (
	"net/http"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/ingest"
	"peyk/internal/store"
)

// share is how the API shows one. Its link is shown once, to who made it.
type share struct {
	ID      string `json:"id"`
	Made    moment `json:"made"`
	Until   moment `json:"until"` // null: an hour after the end of the order, as all of them at the latest
	Revoked moment `json:"revoked"`
	Link    string `json:"link,omitempty"`
}

func shareOf(s store.Share) share {
	return share{ID: s.ID, Made: moment(s.Made), Until: moment(s.Until), Revoked: moment(s.Revoked)}
}

// makeShare makes a link by which whoever has it watches one order.
func (s *Server) makeShare(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	until, err := s.shareUntil(w, r)
	if err != nil {
		return err
	}
	o, err := s.orderOf(r, who, peyk.Manage)
	if err != nil {
		return err
	}
	if o.State.Ended() {
		return ingest.Detail{Status: http.StatusConflict, Text: "The order has ended."}
	}
	made, text, err := auth.NewShare(s.o.Random, s.o.Now(), o.ID, until)
	if err != nil {
		return err
	}
	if err := s.o.Store.MakeShare(r.Context(), made); err != nil {
		return err
	}
	s.changed(r.Context())
	answer := shareOf(made)
	answer.Link = s.o.PublicURL + "/t/#" + text
	writeJSON(w, http.StatusCreated, answer)
	return nil
}

// shareUntil reads how long a share shall hold; without a body as long as it may.
func (s *Server) shareUntil(w http.ResponseWriter, r *http.Request) (time.Time, error) {
	if r.ContentLength == 0 {
		return time.Time{}, nil
	}
	o, err := readObject(w, r, MaxBody)
	if err != nil {
		return time.Time{}, err
	}
	until := o.future("until", s.o.Now())
	return until, o.end()
}

// future reads a moment to come; zero where it is null or not said.
func (o *object) future(name string, now time.Time) time.Time {
	said := o.moment(name)
	if !said.IsZero() && !said.After(now) {
		o.complain(name, "A moment in the future is required.")
	}
	return said
}

// listShares returns the shares of an order, revoked ones too.
func (s *Server) listShares(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := s.orderOf(r, who, peyk.Manage)
	if err != nil {
		return err
	}
	list, err := s.o.Store.Shares(r.Context(), o.ID)
	if err != nil {
		return err
	}
	shares := make([]share, len(list))
	for i, one := range list {
		shares[i] = shareOf(one)
	}
	writeJSON(w, http.StatusOK, map[string][]share{"shares": shares})
	return nil
}

// revokeShare takes a share back, for ever.
func (s *Server) revokeShare(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := s.orderOf(r, who, peyk.Manage)
	if err != nil {
		return err
	}
	if err := s.o.Store.RevokeShare(r.Context(), o.ID, r.PathValue("share")); err != nil {
		return err
	}
	s.changed(r.Context())
	w.WriteHeader(http.StatusNoContent)
	return nil
}
