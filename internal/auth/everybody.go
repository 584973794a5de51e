package auth

import (
	"context"
	"crypto/sha256"
	"net/http"
	"strings"

	"peyk"
)

// Everybody lets everybody do everything, as --insecure asks for. Only who
// presents the secret of a share is the customer whom it stands for, so that what
// customers see can be looked at here as well.
type Everybody struct {
	Shares *Shares // nil: none, and a secret is of no account
}

// Identity returns one that has every right, or the customer. Its error is of
// the share: ErrNoShare or ErrExpired.
func (e Everybody) Identity(r *http.Request) (peyk.Identity, error) {
	token, _ := bearer(r.Header) // whatever is wrong with it counts for nothing
	return e.Token(r.Context(), token)
}

// Token returns the same for a credential that came by another way.
func (e Everybody) Token(_ context.Context, token string) (peyk.Identity, error) {
	if e.Shares != nil && strings.HasPrefix(token, sharePrefix) {
		return e.Shares.find(sha256.Sum256([]byte(token)))
	}
	return everybody(), nil
}

// Again returns what an identity has become since. Its error is ErrRevoked or
// ErrExpired, of a share; all others never end.
func (e Everybody) Again(who peyk.Identity) (peyk.Identity, error) {
	if id, share := strings.CutPrefix(who.Subject, subjectOfShare); share {
		return e.Shares.again(id)
	}
	return who, nil
}

func everybody() peyk.Identity {
	return peyk.Identity{
		Grant:   peyk.Grant{Actions: peyk.RoleAdmin.Actions(), Scopes: []peyk.Scope{peyk.All}},
		Subject: "everybody", Role: peyk.RoleAdmin,
	}
}
