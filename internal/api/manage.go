package api

import (
	"context"
	"net/http"

	"peyk"
	"peyk/internal/ingest"
	"peyk/internal/store"
)

// putCourier replaces what the shop says of one courier.
func (s *Server) putCourier(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := readObject(w, r, MaxBody)
	if err != nil {
		return err
	}
	p := o.profile(r.PathValue("id"))
	if err := o.end(); err != nil {
		return err
	}
	made, err := s.o.Store.PutCouriers(r.Context(), []peyk.Profile{p}, func(listed map[string]peyk.Courier) error {
		return s.mayPut(who, listed, p.Courier)
	})
	if err != nil {
		return err
	}
	s.changed(r.Context())
	writeJSON(w, putStatus(made > 0), s.shown(store.Known{Profile: p, Listed: true}))
	return nil
}

// deleteCourier deletes one, whatever is known of it.
func (s *Server) deleteCourier(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := s.o.Directory.Keep(r.Context()); err != nil { // it may have been heard just now
		return err
	}
	err = s.o.Store.DeleteCourier(r.Context(), id, func(listed map[string]peyk.Courier) error {
		if !s.mayAll(who) && !s.mayManage(who, listed, id) {
			return peyk.ErrNotFound
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.changed(r.Context())
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// mayAll reports whether somebody may manage everything: a courier that there
// is not yet, teams, and who may do what.
func (s *Server) mayAll(who peyk.Identity) bool {
	return who.May(peyk.Manage, peyk.Subject{}, s.o.Now())
}

// mayManage reports whether somebody may manage the courier with that id: one
// that the shop has listed.
func (s *Server) mayManage(who peyk.Identity, listed map[string]peyk.Courier, id string) bool {
	is, found := listed[id]
	return found && s.may(who, peyk.Manage, is)
}

// mayPut returns why somebody may not make of a courier what c says, or nil.
// Who may not manage all keeps couriers within its own teams, and is told of a
// courier that is another's what it is told of one that there is not.
func (s *Server) mayPut(who peyk.Identity, listed map[string]peyk.Courier, c peyk.Courier) error {
	if s.mayAll(who) {
		return nil
	}
	if !s.mayManage(who, listed, c.ID) {
		return peyk.ErrNotFound
	}
	is := listed[c.ID]
	for _, team := range [...]string{is.Team, c.Team} {
		if is.Team != c.Team && !who.May(peyk.Manage, peyk.Subject{Team: team}, s.o.Now()) {
			return ingest.FieldErrors{{Field: "team", Sentences: []string{"You may not move couriers into or out of this team."}}}
		}
	}
	return nil
}

// changed makes what was written take effect on this node before it is
// answered. If that fails the directory learns of it when it asks by itself.
func (s *Server) changed(ctx context.Context) { s.late(s.o.Directory.Refresh(ctx)) }

// reached is changed for who knows the revision of the change; 0: there was none.
func (s *Server) reached(ctx context.Context, revision int64) {
	s.late(s.o.Directory.RefreshTo(ctx, revision))
}

func (s *Server) late(err error) {
	if err != nil {
		s.o.Log.Warn("a change takes effect late", "err", err)
	}
}

func putStatus(made bool) int {
	if made {
		return http.StatusCreated
	}
	return http.StatusOK
}

// profile reads what the shop says of the courier with this id.
func (o *object) profile(id string) peyk.Profile {
	p := peyk.Profile{
		Courier:  peyk.Courier{ID: id, Username: o.text("username"), Name: o.text("name"), Team: o.text("team")},
		Phone:    o.text("phone"),
		Vehicle:  o.text("vehicle"),
		Active:   true,
		Metadata: o.dictionary("metadata"),
	}
	o.read("active", &p.Active, notABoolean)
	const someone = "0" // an id that is valid
	for _, alone := range [...]struct {
		field string
		is    peyk.Profile
	}{
		{"id", peyk.Profile{Courier: peyk.Courier{ID: id}}},
		{"username", peyk.Profile{Courier: peyk.Courier{ID: someone, Username: p.Courier.Username}}},
		{"name", peyk.Profile{Courier: peyk.Courier{ID: someone, Name: p.Courier.Name}}},
		{"team", peyk.Profile{Courier: peyk.Courier{ID: someone, Team: p.Courier.Team}}},
		{"phone", peyk.Profile{Courier: peyk.Courier{ID: someone}, Phone: p.Phone}},
		{"vehicle", peyk.Profile{Courier: peyk.Courier{ID: someone}, Vehicle: p.Vehicle}},
		{"metadata", peyk.Profile{Courier: peyk.Courier{ID: someone}, Metadata: p.Metadata}},
	} {
		o.check(alone.field, alone.is.Validate())
	}
	return p
}
