package auth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"peyk"
)

// read turns a payload whose signature is verified into who it stands for:
//
//	sub   required: a string
//	exp   required: whole seconds since 1970, as are nbf and iat
//	nbf   where it is there: not from then on is ErrWrong
//	iat   likewise
//	iss   as configured
//	aud   as configured: a string, or a list with it
//	name  a string to show
//	user  for a courier: its id, or {"id": …, "username": …}; without it the id is sub
//	peyk  required: {"role": …, "all": …, "teams": […], "couriers": […], "orders": […]}
//
// An id is a string or a whole number. A token that lives longer than a day
// counts for a day at a time, on a connection as well.
func (t *tokens) read(payload string, now time.Time) (peyk.Identity, error) {
	text, err := base64url.DecodeString(payload)
	if err != nil {
		return peyk.Identity{}, &Unfit{errForm}
	}
	p, err := readObject(text)
	if err != nil {
		return peyk.Identity{}, &Unfit{fmt.Errorf("payload: %w", err)}
	}
	t.check(p, now)
	claims := p.rights()
	who := peyk.Identity{Subject: p.text("sub"), Name: p.text("name"), Role: claims.Role}
	if claims.Role == peyk.RoleCourier {
		who.Self = p.self(who.Subject)
		claims.Self = who.Self.ID
	}
	p.fail(checkTexts(who))
	end := time.Unix(p.seconds("exp"), 0)
	who.Grant, err = claims.Grant(earlier(end, now.Add(maxLife)))
	if p.fail(err); p.err != nil {
		return peyk.Identity{}, &Unfit{p.err}
	}
	if !now.Before(end) {
		return peyk.Identity{}, ErrExpired
	}
	return who, nil
}

// check looks at whether the token is for us, and for now.
func (t *tokens) check(p *object, now time.Time) {
	if p.get("exp") == nil {
		p.want("exp", "whole seconds since 1970")
	}
	latest := now.Add(leeway).Unix()
	if p.seconds("nbf") > latest {
		p.want("nbf", "a moment that has come")
	}
	if p.seconds("iat") > latest {
		p.want("iat", "a moment that has come")
	}
	if t.issuer != "" && p.text("iss") != t.issuer {
		p.want("iss", fmt.Sprintf("%q", t.issuer))
	}
	if t.audience != "" && !slices.Contains(p.texts("aud"), t.audience) {
		p.want("aud", fmt.Sprintf("%q", t.audience))
	}
}

// rights refuses what it does not know: it may be meant to narrow the rest.
func (o *object) rights() peyk.Claims {
	inner := o.object("peyk")
	for name := range inner.members {
		if !slices.Contains([]string{"role", "all", "teams", "couriers", "orders"}, name) {
			inner.fail(errors.New("want role, all, teams, couriers and orders, and nothing else"))
		}
	}
	claims := peyk.Claims{
		Role: peyk.Role(inner.text("role")), All: inner.flag("all"),
		Teams: inner.ids("teams"), Couriers: inner.ids("couriers"), Orders: inner.ids("orders"),
	}
	o.inside("peyk", inner)
	return claims
}

func (o *object) self(subject string) peyk.Courier {
	value := o.get("user")
	if value == nil {
		return peyk.Courier{ID: subject}
	}
	if value[0] != '{' {
		return peyk.Courier{ID: o.id("user")}
	}
	user := o.object("user")
	self := peyk.Courier{ID: user.id("id"), Username: user.text("username")}
	o.inside("user", user)
	return self
}

// checkTexts holds a token to what the vocabulary allows. Subjects of API keys and
// of shares are theirs alone.
func checkTexts(who peyk.Identity) error {
	for _, taken := range [...]string{subjectOfKey, subjectOfShare} {
		if strings.HasPrefix(who.Subject, taken) {
			return fmt.Errorf("sub: want one that does not begin with %q", taken)
		}
	}
	if err := (peyk.Courier{ID: who.Subject, Name: who.Name}).Validate(); err != nil {
		return fmt.Errorf("sub and name: %w", err)
	}
	if who.Role != peyk.RoleCourier {
		return nil
	}
	if err := who.Self.Validate(); err != nil {
		return fmt.Errorf("user: %w", err)
	}
	return nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
