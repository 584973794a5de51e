package peyk

import (
	"fmt"
	"time"
)

// Role is what somebody is to the shop. It says which actions are allowed, and
// the lists of Claims say on whom.
type Role string

// The roles.
const (
	RoleAdmin    Role = "admin"    // sees, posts and manages
	RoleViewer   Role = "viewer"   // sees
	RoleCourier  Role = "courier"  // posts its own positions and sees itself
	RoleService  Role = "service"  // posts, for one courier or many
	RoleCustomer Role = "customer" // sees what its orders let it see
)

// Roles are all of them.
var Roles = [...]Role{RoleAdmin, RoleViewer, RoleCourier, RoleService, RoleCustomer}

// Actions returns what the role allows; nothing for a role that there is not.
func (r Role) Actions() Action {
	switch r {
	case RoleAdmin:
		return Watch | Publish | Manage
	case RoleViewer, RoleCustomer:
		return Watch
	case RoleCourier:
		return Watch | Publish
	case RoleService:
		return Publish
	}
	return 0
}

// Claims are what a credential says that its holder may do.
type Claims struct {
	Role     Role
	All      bool     // everybody; for an admin, a viewer or a service
	Teams    []string // for the same
	Couriers []string // ids, for the same
	Orders   []string // ids, for a customer
	Self     string   // the id of the courier that the holder is, for a courier
}

// maxClaims is how many teams, couriers and orders one credential may list.
const maxClaims = 1000

// Grant returns what the claims allow until the given moment; zero: for ever.
// What the role has no use for counts for nothing. An error says which claim is
// wrong and what was wanted.
func (c Claims) Grant(until time.Time) (Grant, error) {
	g := Grant{Actions: c.Role.Actions(), Until: until}
	if g.Actions == 0 {
		return Grant{}, fmt.Errorf("role: want one of %v: %q", Roles, c.Role)
	}
	if n := len(c.Teams) + len(c.Couriers) + len(c.Orders); n > maxClaims {
		return Grant{}, fmt.Errorf("teams, couriers and orders: want at most %d: %d", maxClaims, n)
	}
	switch {
	case c.Role == RoleCourier:
		g.Scopes = named(ScopeCourier, []string{c.Self})
	case c.Role == RoleCustomer:
		g.Scopes = named(ScopeOrder, c.Orders)
	case c.All:
		g.Scopes = []Scope{All}
	default:
		g.Scopes = append(named(ScopeTeam, c.Teams), named(ScopeCourier, c.Couriers)...)
	}
	for _, s := range g.Scopes {
		if s != All && s.Name == "" {
			return Grant{}, fmt.Errorf("%v: want no empty names", s.Kind)
		}
	}
	return g, nil
}

func named(kind ScopeKind, names []string) []Scope {
	scopes := make([]Scope, len(names))
	for i, name := range names {
		scopes[i] = Scope{kind, name}
	}
	return scopes
}
