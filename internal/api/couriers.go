package api

import (
	"math"
	"net/http"
	"net/url"
	"strconv"

	"peyk"
	"peyk/internal/ingest"
)

const (
	defaultLimit = 100
	maxLimit     = 1000
)

// listCouriers returns a page of the couriers that one may see, in the order in
// which they were first heard of.
func (s *Server) listCouriers(w http.ResponseWriter, r *http.Request, who peyk.Grant) error {
	after, limit, err := pageAsked(r.URL.Query())
	if err != nil {
		return err
	}
	var page struct {
		Couriers []courier `json:"couriers"`
		Next     string    `json:"next,omitempty"` // what to ask for after; absent at the end
	}
	page.Couriers, page.Next = s.page(who, after, limit)
	writeJSON(w, http.StatusOK, page)
	return nil
}

func (s *Server) page(who peyk.Grant, after uint32, limit int) (list []courier, next string) {
	list = []courier{} // [] and not null
	now := s.o.Now()
	for len(list) < limit {
		entries, more := s.o.World.Couriers(after, limit-len(list))
		for _, e := range entries {
			after = e.Number
			if maySee(who, e, now) {
				list = append(list, courierOfEntry(e))
			}
		}
		if !more {
			return list, ""
		}
	}
	return list, strconv.FormatUint(uint64(after), 10)
}

// pageAsked reads the query; all that is wrong is said at once.
func pageAsked(query url.Values) (after uint32, limit int, err error) {
	var wrong ingest.FieldErrors
	number := func(name string, least, most, otherwise uint64) uint64 {
		if !query.Has(name) {
			return otherwise
		}
		n, err := strconv.ParseUint(query.Get(name), 10, 64)
		if err != nil || n < least || n > most {
			wrong.Add(name, "A whole number from "+strconv.FormatUint(least, 10)+" to "+strconv.FormatUint(most, 10)+" is required.")
		}
		return n
	}
	limit = int(number("limit", 1, maxLimit, defaultLimit))
	after = uint32(number("after", 0, math.MaxUint32, 0))
	return after, limit, wrong.Err()
}

// showCourier answers for a courier that one may not see as for one that there
// is not.
func (s *Server) showCourier(w http.ResponseWriter, r *http.Request, who peyk.Grant) error {
	e, found := s.o.World.Courier(r.PathValue("id"))
	if !found || !maySee(who, e, s.o.Now()) {
		return peyk.ErrNotFound
	}
	writeJSON(w, http.StatusOK, courierOfEntry(e))
	return nil
}
