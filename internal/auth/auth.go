// Package auth knows who is asking. An Authenticator turns a request's
// credential into a grant; the Door decides, before that and in every mode,
// whether the page a browser speaks for may speak to this server at all.
//
// Nothing here ever keeps, logs or returns a credential, and comparing one
// takes the same time whether it is right or wrong. It writes no answers: the
// errors say what was wrong, package api says it to the client.
package auth

import (
	"errors"
	"fmt"
	"net/http"

	"peyk"
)

// Errors of this room. All but the door's two are peyk.ErrUnauthorized.
var (
	ErrNone   = fmt.Errorf("no credential was given: %w", peyk.ErrUnauthorized)
	ErrWrong  = fmt.Errorf("the credential is not known: %w", peyk.ErrUnauthorized)
	ErrHost   = errors.New("this server is not known by that name")
	ErrOrigin = errors.New("pages of that origin may not use this server")
)

// Authenticator says what the identity behind a request may do.
type Authenticator interface {
	// Grant returns ErrNone or ErrWrong where there is no such identity. It is
	// safe for concurrent use.
	Grant(r *http.Request) (peyk.Grant, error)
}

// Everybody lets everybody do everything, as --insecure asks for.
type Everybody struct{}

// Grant returns every right, whatever the request carries.
func (Everybody) Grant(*http.Request) (peyk.Grant, error) { return everything(), nil }

func everything() peyk.Grant {
	return peyk.Grant{Actions: peyk.Watch | peyk.Publish | peyk.Manage, Scopes: []peyk.Scope{peyk.All}}
}
