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
	maxWrong        = 100     // couriers that an answer names: who sends a wrong table sees why, and not all of it
)

// putCouriers replaces what the shop says of many couriers: of all or, if
// anything is wrong with one of them, of none.
func (s *Server) putCouriers(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	o, err := readObject(w, r, MaxCouriersBody)
	if err != nil {
		return err
	}
	raws, err := o.couriers()
	if err != nil {
		return err
	}
	if err := s.o.Directory.Refresh(r.Context()); err != nil {
		return err
	}
	list, err := s.profiles(raws, who)
	if err != nil {
		return err
	}
	var answer struct {
		Made    int `json:"made"`
		Changed int `json:"changed"`
	}
	if answer.Made, err = s.o.Store.PutCouriers(r.Context(), list); err != nil {
		return err
	}
	s.changed(r.Context())
	answer.Changed = len(list) - answer.Made
	writeJSON(w, http.StatusOK, answer)
	return nil
}

// couriers reads the list, the only field, and none of what is in it.
func (o *object) couriers() (raws []json.RawMessage, err error) {
	if _, found := o.members["couriers"]; !found {
		o.complain("couriers", required)
	}
	o.read("couriers", &raws, notAList)
	if len(raws) > MaxCouriers {
		o.complain("couriers", fmt.Sprintf("Ensure this field has no more than %d elements.", MaxCouriers))
	}
	return raws, o.end()
}

// profiles reads couriers that somebody may put. Its error names all that are
// wrong, up to maxWrong.
func (s *Server) profiles(raws []json.RawMessage, who peyk.Identity) ([]peyk.Profile, error) {
	list := make([]peyk.Profile, 0, len(raws))
	seen := make(map[string]bool, len(raws))
	wrong := make(wrongCouriers)
	for i, raw := range raws {
		p, err := profileOf(raw)
		switch {
		case err == nil && seen[p.Courier.ID]:
			err = ingest.FieldErrors{{Field: "id", Sentences: []string{"This courier is in the list twice."}}}
		case err == nil:
			err = s.mayPut(who, p.Courier)
		}
		if err != nil {
			wrong.add(i, err)
		}
		if len(wrong) == maxWrong {
			break
		}
		seen[p.Courier.ID] = true
		list = append(list, p)
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return list, nil
}

func profileOf(raw json.RawMessage) (peyk.Profile, error) {
	o, err := objectOf(raw)
	if err != nil {
		return peyk.Profile{}, err
	}
	p := o.profile(o.text("id"))
	return p, o.end()
}

// wrongCouriers are what is wrong with couriers of a list, by their place in it.
type wrongCouriers map[int]ingest.FieldErrors

func (w wrongCouriers) add(at int, err error) {
	fields, ok := errors.AsType[ingest.FieldErrors](err)
	if !ok { // peyk.ErrNotFound
		fields = ingest.FieldErrors{{Field: "id", Sentences: []string{"Not found."}}}
	}
	w[at] = fields
}

// Error says how many there are.
func (w wrongCouriers) Error() string { return fmt.Sprintf("%d couriers are wrong", len(w)) }

// MarshalJSON writes the body of the answer.
func (w wrongCouriers) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]map[int]ingest.FieldErrors{"couriers": w})
}
