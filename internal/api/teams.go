package api

import (
	"context"
	"net/http"
	"slices"

	"peyk"
	"peyk/internal/store"
)

// team is how the API shows one.
type team struct {
	ID       string `json:"id"`
	Name     string `json:"name"` // to show; may be empty
	Couriers int    `json:"couriers"`
}

// listTeams returns the teams that one may see as a whole.
func (s *Server) listTeams(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	teams, err := s.teams(r.Context(), func(id string) bool {
		return who.May(peyk.Watch, peyk.Subject{Team: id}, s.o.Now())
	})
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string][]team{"teams": teams})
	return nil
}

// putTeam makes a team or gives it another name.
func (s *Server) putTeam(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if !s.mayAll(who) {
		return peyk.ErrForbidden
	}
	o, err := readObject(w, r, MaxBody)
	if err != nil {
		return err
	}
	t := peyk.Team{ID: r.PathValue("id")}
	o.check("id", t.Validate())
	t.Name = o.text("name")
	o.check("name", peyk.Team{ID: "0", Name: t.Name}.Validate())
	if err := o.end(); err != nil {
		return err
	}
	made, err := s.o.Store.PutTeam(r.Context(), t)
	if err != nil {
		return err
	}
	s.changed(r.Context())
	is, err := s.teams(r.Context(), func(id string) bool { return id == t.ID })
	if err != nil {
		return err
	}
	writeJSON(w, putStatus(made), append(is, team{ID: t.ID, Name: t.Name})[0]) // somebody may have deleted it since
	return nil
}

// deleteTeam deletes a team that nobody is in.
func (s *Server) deleteTeam(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if !s.mayAll(who) {
		return peyk.ErrForbidden
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := s.o.Store.DeleteTeam(r.Context(), id); err != nil {
		return err
	}
	s.changed(r.Context())
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// teams returns those that are wanted, in the order of their ids.
func (s *Server) teams(ctx context.Context, wanted func(id string) bool) ([]team, error) {
	all, err := s.o.Store.Teams(ctx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(t store.TeamSize) bool { return !wanted(t.ID) })
	teams := make([]team, len(all))
	for i, t := range all {
		teams[i] = team{t.ID, t.Name, t.Couriers}
	}
	return teams, nil
}
