package auth

import (
	"cmp"
	"fmt"
	"time"

	"peyk"
)

// readAnswer turns what the shop says of a credential into who holds it:
//
//	sub       required: a string or a whole number
//	role      required
//	exp       whole seconds since 1970; without it there is no end
//	username  of a courier, or to show where there is no name
//	name      to show
//	user      for a courier: its id, or {"id": …, "username": …}; without it the id is sub
//	all, teams, couriers, orders
//
// What else there is counts for nothing. An admin of whom neither all nor teams
// nor couriers is said has all; nobody else gets anything by being left out.
func readAnswer(text []byte) (peyk.Identity, error) {
	o, err := readObject(text)
	if err != nil {
		return peyk.Identity{}, fmt.Errorf("answer: %w", err)
	}
	claims := peyk.Claims{
		Role: peyk.Role(o.text("role")), All: o.flag("all"),
		Teams: o.ids("teams"), Couriers: o.ids("couriers"), Orders: o.ids("orders"),
	}
	if o.get("all") == nil {
		claims.All = allByDefault(claims)
	}
	username := o.text("username")
	who := peyk.Identity{Subject: o.id("sub"), Name: cmp.Or(o.text("name"), username), Role: claims.Role}
	if claims.Role == peyk.RoleCourier {
		who.Self = o.self(who.Subject)
		who.Self.Username = cmp.Or(who.Self.Username, username)
		claims.Self = who.Self.ID
	}
	o.fail(checkTexts(who))
	var until time.Time
	if o.get("exp") != nil {
		until = time.Unix(o.seconds("exp"), 0)
	}
	who.Grant, err = claims.Grant(until)
	if o.fail(err); o.err != nil {
		return peyk.Identity{}, fmt.Errorf("answer: %w", o.err)
	}
	return who, nil
}

// allByDefault reports whether claims that name nobody, and do not say that
// they mean nobody, are for everybody.
func allByDefault(c peyk.Claims) bool {
	return c.Role == peyk.RoleAdmin && c.Teams == nil && c.Couriers == nil
}
