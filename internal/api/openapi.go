package api

import (
	_ "embed" // for the description
	"net/http"

	"peyk"
)

// description is what this package offers, and what is mounted beside it under
// the same identities, in OpenAPI 3.1. A test holds every route against it.
//
//go:embed openapi.yaml
var description []byte

func (s *Server) showOpenAPI(w http.ResponseWriter, _ *http.Request, _ peyk.Identity) error {
	w.Header().Set("Content-Type", "application/yaml") // RFC 9512
	_, _ = w.Write(description)                        // who is gone needs no answer
	return nil
}
