package api

import (
	"net/http"
	"time"

	"peyk"
)

// me is what one's credential allows.
type me struct {
	Actions []string   `json:"actions"`
	Scopes  []scope    `json:"scopes"`
	Until   *time.Time `json:"until"` // null: it does not end
}

type scope struct {
	Kind string `json:"kind"`
	Name string `json:"name,omitempty"`
}

func (s *Server) showMe(w http.ResponseWriter, _ *http.Request, who peyk.Grant) error {
	answer := me{Actions: actions(who.Actions), Scopes: []scope{}}
	for _, in := range who.Scopes {
		answer.Scopes = append(answer.Scopes, scope{in.Kind.String(), in.Name})
	}
	if !who.Until.IsZero() {
		until := who.Until.UTC()
		answer.Until = &until
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

func actions(of peyk.Action) []string {
	names := []string{}
	for _, a := range [...]struct {
		action peyk.Action
		name   string
	}{{peyk.Watch, "watch"}, {peyk.Publish, "publish"}, {peyk.Manage, "manage"}} {
		if of&a.action != 0 {
			names = append(names, a.name)
		}
	}
	return names
}
