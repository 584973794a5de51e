package api

import (
	"net/http"

	"peyk"
)

// me is who one's credential says that one is, and what it allows.
type me struct {
	Subject string    `json:"subject"`
	Name    string    `json:"name"`
	Role    peyk.Role `json:"role"`
	Courier *self     `json:"courier"` // null: one is none
	Actions []string  `json:"actions"`
	Scopes  []scope   `json:"scopes"`
	Until   moment    `json:"until"` // null: it does not end
}

type self struct {
	ID       string `json:"id"`
	Username string `json:"username"`
}

type scope struct {
	Kind string `json:"kind"`
	Name string `json:"name"` // empty for all
}

func (s *Server) showMe(w http.ResponseWriter, _ *http.Request, who peyk.Identity) error {
	answer := me{
		Subject: who.Subject, Name: who.Name, Role: who.Role,
		Actions: actions(s.offered(who.Actions)), Scopes: []scope{}, Until: moment(who.Until),
	}
	for _, in := range who.Scopes {
		answer.Scopes = append(answer.Scopes, scope{in.Kind.String(), in.Name})
	}
	if who.Self.ID != "" {
		answer.Courier = &self{who.Self.ID, who.Self.Username}
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

// offered is what of the actions there is on this node, so that no page offers
// more.
func (s *Server) offered(actions peyk.Action) peyk.Action {
	if s.o.NoPosts != "" {
		return actions &^ peyk.Publish
	}
	return actions
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
