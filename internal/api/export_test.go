package api

import "strings"

// Routes are all that a server offers: "GET /api/v1/me". What is offered under
// the shop's own path is offered under ours as well.
func (s *Server) Routes() (names []string) {
	for _, r := range s.routes() {
		if r.path != s.o.LocationPath {
			names = append(names, r.method+" "+strings.TrimSuffix(r.path, "/"))
		}
	}
	return names
}
