package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"peyk"
	"peyk/internal/ingest"
)

// Bounds of a list of couriers.
const (
	MaxCouriers     = 10_000
	MaxCouriersBody = 8 << 20 // bytes
	maxWrong        = 100     // of a list that an answer names: who sends a wrong table sees why, and not all of it
)

// putCouriers replaces what the shop says of many couriers: of all or, if
// anything is wrong with one of them, of none.
func (s *Server) putCouriers(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := readObject(w, r, MaxCouriersBody)
	if err != nil {
		return err
	}
	raws, err := o.list("couriers", MaxCouriers)
	if err != nil {
		return err
	}
	list, err := profilesOf(raws)
	if err != nil {
		return err
	}
	made, err := s.o.Store.PutCouriers(r.Context(), list, func(listed map[string]peyk.Courier) error {
		wrong := wrongItems{of: "couriers"}
		for i, p := range list {
			if wrong.add(i, s.mayPut(who, listed, p.Courier)) {
				break
			}
		}
		return wrong.err()
	})
	if err != nil {
		return err
	}
	s.changed(r.Context())
	writeJSON(w, http.StatusOK, put{made, len(list) - made})
	return nil
}

// list reads a list of at most so many, the only field, and none of what is in
// it.
func (o *object) list(name string, most int) (raws []json.RawMessage, err error) {
	if _, found := o.members[name]; !found {
		o.complain(name, required)
	}
	o.read(name, &raws, notAList)
	if len(raws) > most {
		o.complain(name, fmt.Sprintf("Ensure this field has no more than %d elements.", most))
	}
	return raws, o.end()
}

// profilesOf reads couriers. Its error names all that are wrong, up to maxWrong.
func profilesOf(raws []json.RawMessage) ([]peyk.Profile, error) {
	list := make([]peyk.Profile, 0, len(raws))
	seen := make(map[string]bool, len(raws))
	wrong := wrongItems{of: "couriers"}
	for i, raw := range raws {
		p, err := profileOf(raw)
		if err == nil && seen[p.Courier.ID] {
			err = ingest.FieldErrors{{Field: "id", Sentences: []string{"This courier is in the list twice."}}}
		}
		if wrong.add(i, err) {
			break
		}
		seen[p.Courier.ID] = true
		list = append(list, p)
	}
	return list, wrong.err()
}

func profileOf(raw json.RawMessage) (peyk.Profile, error) {
	o, err := objectOf(raw)
	if err != nil {
		return peyk.Profile{}, err
	}
	p := o.profile(o.text("id"))
	return p, o.end()
}

// put is how many of a list were new, and how many were there.
type put struct {
	Made    int `json:"made"`
	Changed int `json:"changed"`
}

// wrongItems are what is wrong with things of a list, by their place in it.
type wrongItems struct {
	of string // the list
	at map[int]ingest.FieldErrors
}

// add notes what is wrong with one, unless err is nil. It reports whether these
// are as many as an answer names.
func (w *wrongItems) add(at int, err error) (enough bool) {
	if err == nil {
		return false
	}
	fields, ok := errors.AsType[ingest.FieldErrors](err)
	if !ok { // peyk.ErrNotFound
		fields = ingest.FieldErrors{{Field: "id", Sentences: []string{"Not found."}}}
	}
	if w.at == nil {
		w.at = make(map[int]ingest.FieldErrors)
	}
	w.at[at] = fields
	return len(w.at) == maxWrong
}

// err returns nil if nothing is wrong.
func (w wrongItems) err() error {
	if len(w.at) == 0 {
		return nil
	}
	return w
}

// Error says how many there are.
func (w wrongItems) Error() string { return fmt.Sprintf("%d %s are wrong", len(w.at), w.of) }

// MarshalJSON writes the body of the answer.
func (w wrongItems) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]map[int]ingest.FieldErrors{w.of: w.at})
}
