package api

import (
	"fmt"
	"net/http"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/ingest"
	"peyk/internal/store"
)

// key is how the API shows one. What it consists of is shown once, to who made
// it.
type key struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Prefix   string    `json:"prefix"`
	Role     peyk.Role `json:"role"`
	All      bool      `json:"all"`
	Teams    []string  `json:"teams"`
	Couriers []string  `json:"couriers"`
	Courier  string    `json:"courier"` // that its holder is; empty: none
	Made     moment    `json:"made"`
	Until    moment    `json:"until"`
	Used     moment    `json:"used"`
	Revoked  moment    `json:"revoked"`
	Key      string    `json:"key,omitempty"`
}

func keyOf(k store.Key) key {
	return key{
		ID:       k.ID,
		Name:     k.Name,
		Prefix:   k.Prefix,
		Role:     k.Claims.Role,
		All:      k.Claims.All,
		Teams:    append([]string{}, k.Claims.Teams...), // [] and not null
		Couriers: append([]string{}, k.Claims.Couriers...),
		Courier:  k.Claims.Self,
		Made:     moment(k.Made),
		Until:    moment(k.Until),
		Used:     moment(k.Used),
		Revoked:  moment(k.Revoked),
	}
}

// listKeys returns all keys, revoked ones too.
func (s *Server) listKeys(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if !s.mayAll(who) {
		return peyk.ErrForbidden
	}
	all, err := s.o.Store.Keys(r.Context())
	if err != nil {
		return err
	}
	keys := make([]key, len(all))
	for i, k := range all {
		keys[i] = keyOf(k)
	}
	writeJSON(w, http.StatusOK, map[string][]key{"keys": keys})
	return nil
}

// makeKey makes a key. Only who has every right gets here, so that no key has
// more than who made it.
func (s *Server) makeKey(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	asked, err := s.askedKey(w, r, who)
	if err != nil {
		return err
	}
	k, text, err := auth.NewKey(s.o.Random, s.o.Now(), asked.Name, asked.Claims, asked.Until)
	if err != nil {
		return err
	}
	if err := s.o.Store.MakeKey(r.Context(), k); err != nil {
		return err
	}
	s.changed(r.Context())
	made := keyOf(k)
	made.Key = text
	writeJSON(w, http.StatusCreated, made)
	return nil
}

// putKey replaces what a key allows. A revoked one stays so.
func (s *Server) putKey(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	asked, err := s.askedKey(w, r, who)
	if err != nil {
		return err
	}
	if asked.ID, err = pathID(r); err != nil {
		return err
	}
	if err := s.o.Store.ReplaceKey(r.Context(), asked); err != nil {
		return err
	}
	s.changed(r.Context())
	all, err := s.o.Store.Keys(r.Context())
	if err != nil {
		return err
	}
	for _, k := range all {
		if k.ID == asked.ID {
			writeJSON(w, http.StatusOK, keyOf(k))
			return nil
		}
	}
	return peyk.ErrNotFound
}

// revokeKey takes a key back, for ever. It may be the one that asks.
func (s *Server) revokeKey(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if !s.mayAll(who) {
		return peyk.ErrForbidden
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	if err := s.o.Store.RevokeKey(r.Context(), id); err != nil {
		return err
	}
	s.changed(r.Context())
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// askedKey reads what a key shall be.
func (s *Server) askedKey(w http.ResponseWriter, r *http.Request, who peyk.Identity) (k store.Key, err error) {
	if !s.mayAll(who) {
		return k, peyk.ErrForbidden
	}
	o, err := readObject(w, r, MaxBody)
	if err != nil {
		return k, err
	}
	k.Name, k.Claims = o.text("name"), o.claims()
	o.check("name", peyk.Team{ID: "0", Name: k.Name}.Validate())
	k.Until = o.future("until", s.o.Now())
	return k, o.end()
}

// claims reads what a credential shall allow.
func (o *object) claims() peyk.Claims {
	c := peyk.Claims{Role: peyk.Role(o.text("role")), Self: o.text("courier")}
	o.read("all", &c.All, notABoolean)
	o.read("teams", &c.Teams, notAList)
	o.read("couriers", &c.Couriers, notAList)
	if c.Role.Actions() == 0 {
		o.complain("role", fmt.Sprintf("%q is not a valid choice.", c.Role))
	}
	for _, id := range c.Teams {
		o.check("teams", peyk.Team{ID: id}.Validate())
	}
	for _, id := range c.Couriers {
		o.check("couriers", peyk.Courier{ID: id}.Validate())
	}
	if c.Self != "" || c.Role == peyk.RoleCourier {
		o.check("courier", peyk.Courier{ID: c.Self}.Validate())
	}
	if len(o.wrong) == 0 {
		_, err := c.Grant(time.Time{})
		o.check(ingest.WholeBody, err)
	}
	return c
}
