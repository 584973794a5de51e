package api

import (
	"net/http"

	"peyk"
)

const locations = "/api/v1/locations"

// routes is the API. A slash at the end of a path makes no difference: Django's
// URLs have it, and a POST must not be redirected. What they take and answer is
// written down in openapi.yaml.
func (s *Server) routes() []route {
	return []route{
		{"POST", locations, peyk.Publish, s.postLocation},
		{"POST", s.o.LocationPath, peyk.Publish, s.postOldLocation},
		{"POST", "/api/v1/positions", peyk.Publish, s.postPositions},

		{"GET", "/api/v1/couriers", peyk.Watch, s.listCouriers},
		{"PUT", "/api/v1/couriers", peyk.Manage, s.putCouriers},
		{"GET", "/api/v1/couriers/{id}", peyk.Watch, s.showCourier},
		{"PUT", "/api/v1/couriers/{id}", peyk.Manage, s.putCourier},
		{"DELETE", "/api/v1/couriers/{id}", peyk.Manage, s.deleteCourier},

		{"GET", "/api/v1/teams", peyk.Watch, s.listTeams},
		{"PUT", "/api/v1/teams/{id}", peyk.Manage, s.putTeam},
		{"DELETE", "/api/v1/teams/{id}", peyk.Manage, s.deleteTeam},

		{"GET", "/api/v1/keys", peyk.Manage, s.listKeys},
		{"POST", "/api/v1/keys", peyk.Manage, s.makeKey},
		{"PUT", "/api/v1/keys/{id}", peyk.Manage, s.putKey},
		{"DELETE", "/api/v1/keys/{id}", peyk.Manage, s.revokeKey},

		{"GET", "/api/v1/orders", peyk.Watch, s.listOrders},
		{"POST", "/api/v1/orders", peyk.Manage, s.postOrders},
		{"GET", "/api/v1/orders/{id}", peyk.Watch, s.showOrder},
		{"PUT", "/api/v1/orders/{id}", peyk.Manage, s.putOrder},
		{"DELETE", "/api/v1/orders/{id}", peyk.Manage, s.deleteOrder},
		{"GET", "/api/v1/orders/{id}/shares", peyk.Manage, s.listShares},
		{"POST", "/api/v1/orders/{id}/shares", peyk.Manage, s.makeShare},
		{"DELETE", "/api/v1/orders/{id}/shares/{share}", peyk.Manage, s.revokeShare},

		{"GET", "/api/v1/me/orders", peyk.Publish, s.listOwnOrders},
		{"POST", "/api/v1/me/orders/{id}", peyk.Publish, s.reportOrder},
		{"GET", "/api/v1/track", peyk.Watch, s.showTrack},
		{"GET", "/api/v1/hubs", peyk.Watch, s.listHubs},

		{"GET", "/api/v1/me", 0, s.showMe},
		{"GET", "/api/openapi.yaml", public, s.showOpenAPI},
	}
}

// public is no action: whoever asks is answered, with a credential or without.
const public peyk.Action = 1 << 7

type route struct {
	method, path string
	needs        peyk.Action // without it nobody gets as far as the handler; 0: a good credential is enough
	handle       handler
}

// handler answers one route. Who asks is an argument, so that no handler can
// forget to ask; whether it may is for Grant.May to say, once the handler knows
// of which courier it is.
type handler func(w http.ResponseWriter, r *http.Request, who peyk.Identity) error
