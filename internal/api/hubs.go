package api

import (
	"net/http"

	"peyk"
)

// Hub is a place of the shop's from which orders come.
type Hub struct {
	Latitude  float64 `json:"latitude"` // degrees, WGS 84
	Longitude float64 `json:"longitude"`
	Name      string  `json:"name"`
}

// listHubs returns the shop's hubs to those who work for it. Its customers need
// not know where their orders come from.
func (s *Server) listHubs(w http.ResponseWriter, _ *http.Request, who peyk.Identity) error {
	if who.Role == peyk.RoleCustomer {
		return peyk.ErrForbidden
	}
	writeJSON(w, http.StatusOK, map[string][]Hub{"hubs": append([]Hub{}, s.o.Hubs...)}) // [] and not null
	return nil
}
