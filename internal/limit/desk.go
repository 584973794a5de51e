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
// credential gets in whatever the others do. stranger says which errors are of
// somebody who is not known.
func (l *Limits) Bound(d Desk, stranger func(error) bool) Desk { return bound{d, l, stranger} }

type bound struct {
	Desk
	limits   *Limits
	stranger func(error) bool
}

func (b bound) Identity(r *http.Request) (peyk.Identity, error) {
	who, err := b.Desk.Identity(r)
	if err != nil && b.stranger(err) {
		if later := b.limits.Failed(r.RemoteAddr); later != nil {
			return peyk.Identity{}, later
		}
	}
	return who, err
}
