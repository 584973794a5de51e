package tile

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"peyk"
)

// guard lets in who may watch couriers: what the map costs is for them.
func (s *Server) guard(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox") // none of it is a page
		h.Set("X-Content-Type-Options", "nosniff")
		grant, err := s.o.Grant(r)
		later, isLater := errors.AsType[*peyk.Later](err)
		switch {
		case isLater:
			h.Set("Retry-After", strconv.Itoa(later.Seconds()))
			s.refuse(w, http.StatusTooManyRequests, "Too many attempts without a good credential.")
		case errors.Is(err, peyk.ErrUnauthorized):
			h.Set("WWW-Authenticate", "Bearer")
			s.refuse(w, http.StatusUnauthorized, "Authentication credentials were not provided, or are not good.")
		case errors.Is(err, peyk.ErrForbidden):
			s.refuse(w, http.StatusForbidden, "You do not have permission to perform this action.")
		case errors.Is(err, peyk.ErrUnavailable):
			s.refuse(w, http.StatusServiceUnavailable, "Who you are cannot be found out now.")
		case err != nil:
			s.o.Log.Error("ask who is there", "err", err)
			s.refuse(w, http.StatusInternalServerError, "Who you are could not be found out.")
		case grant.Actions&peyk.Watch == 0 || grant.Ended(s.o.Now()):
			s.refuse(w, http.StatusForbidden, "You do not have permission to perform this action.")
		default:
			next(w, r)
		}
	})
}

func (s *Server) refuse(w http.ResponseWriter, status int, detail string) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"detail": detail}) // who is gone needs no answer
}
