package api

import (
	"net/http"

	"peyk"
)

const locations = "/api/v1/locations"

// routes is the API. A slash at the end of a path makes no difference: Django's
// URLs have it, and a POST must not be redirected.
func (s *Server) routes() []route {
	return []route{
		{"POST", locations, peyk.Publish, s.postLocation},
		{"POST", s.o.LocationPath, peyk.Publish, s.postLocation},
		{"POST", "/api/v1/positions", peyk.Publish, s.postPositions},
		{"GET", "/api/v1/couriers", peyk.Watch, s.listCouriers},
		{"GET", "/api/v1/couriers/{id}", peyk.Watch, s.showCourier},
		{"GET", "/api/v1/me", 0, s.showMe},
	}
}

type route struct {
	method, path string
	needs        peyk.Action // without it nobody gets as far as the handler; 0: a good credential is enough
	handle       handler
}

// handler answers one route. Who asks is an argument, so that no handler can
// forget to ask; whether it may is for Grant.May to say, once the handler knows
// of which courier it is.
type handler func(w http.ResponseWriter, r *http.Request, who peyk.Grant) error
