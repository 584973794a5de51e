package api

import (
	"fmt"
	"net/http"

	"peyk/internal/auth"
)

// Guard goes around everything that is mounted, the pages and the WebSocket as
// well: it lets nobody in past the Door, and puts on every answer what browsers
// must know of it. It leaves the ResponseWriter as it is, so that one can
// hijack through it.
func (s *Server) Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Add("Vary", "Origin")
		listed, err := s.o.Door.Check(r)
		if err == nil && listed == "" {
			err = forged(r)
		}
		if err != nil {
			s.refuse(w, "door", err)
			return
		}
		if listed != "" {
			header.Set("Access-Control-Allow-Origin", listed)
			header.Set("Access-Control-Expose-Headers", "ETag, Retry-After")
		}
		if listed != "" && s.o.Cookies {
			header.Set("Access-Control-Allow-Credentials", "true")
		}
		if listed != "" && preflight(r) {
			header.Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
			header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, If-Match")
			header.Set("Access-Control-Max-Age", "600") // seconds: the most that every browser keeps
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// forged returns auth.ErrOrigin for a change that another site's page had a
// browser ask for, maybe with our cookie, although it says no Origin.
func forged(r *http.Request) error {
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		return fmt.Errorf("%w: %w", auth.ErrOrigin, err)
	}
	return nil
}

// preflight reports whether a browser asks if it may ask. It does so without
// credentials.
func preflight(r *http.Request) bool {
	return r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
}
