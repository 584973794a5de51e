package limit

import (
	"context"
	"net/http"

	"peyk"
)

// Desk says who is asking, as package auth's does.
type Desk interface {
	Identity(r *http.Request) (peyk.Identity, error)
	Token(ctx context.Context, token string) (peyk.Identity, error)
	Again(who peyk.Identity) (peyk.Identity, error)
}

// Bound returns the desk with a limit for strangers. The desk is asked first,
// always: thousands of customers share one address, and who of them has a good
// credential gets in whatever the others do. failure says what an
// error means.
func (l *Limits) Bound(d Desk, failure func(error) Failure) Desk { return bound{d, l, failure} }

type bound struct {
	Desk
	limits  *Limits
	failure func(error) Failure
}

func (b bound) Identity(r *http.Request) (peyk.Identity, error) {
	who, err := b.Desk.Identity(r)
	if err == nil {
		return who, nil
	}
	if later := b.limits.Failed(r.RemoteAddr, b.failure(err)); later != nil {
		return peyk.Identity{}, later
	}
	return who, err
}
