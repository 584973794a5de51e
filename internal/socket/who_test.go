package socket

import (
	"context"
	"net/http"
	"time"

	"peyk"
)

// patience is how long a test waits for what comes at once.
const patience = 20 * time.Second

// Granting is a Who that knows nothing of rights that change.
type Granting func(*http.Request) (peyk.Grant, error)

func (g Granting) Identity(r *http.Request) (peyk.Identity, error) {
	grant, err := g(r)
	return peyk.Identity{Grant: grant}, err
}

func (Granting) Token(context.Context, string) (peyk.Identity, error) {
	return peyk.Identity{}, peyk.ErrUnauthorized
}

func (Granting) Again(who peyk.Identity) (peyk.Identity, error) { return who, nil }

// ofEverything is the right of somebody who sees everything, for ever.
func ofEverything() *right {
	return newRight(peyk.Identity{Grant: peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}}}, "")
}

// Patients returns how many viewers are served by goroutines of their own.
func (h *Hub) Patients() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.patients)
}

// HasLoops reports whether Run has begun: who comes before that has a goroutine.
func (h *Hub) HasLoops() bool { return len(*h.loops.Load()) > 0 }
