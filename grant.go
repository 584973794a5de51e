package peyk

import "time"

// Action is something an identity may do. Actions combine with |.
type Action uint8

// The actions.
const (
	Watch   Action = 1 << iota // see positions
	Publish                    // post positions
	Manage                     // change couriers, teams, keys and orders
)

// Scope is a set of couriers that a right covers as a whole.
type Scope struct {
	Kind ScopeKind
	Name string // the team, courier or order; empty for ScopeAll
}

// ScopeKind says what a scope's name names.
type ScopeKind uint8

// The kinds of scopes.
const (
	ScopeAll ScopeKind = iota + 1
	ScopeTeam
	ScopeCourier
	ScopeOrder
)

// String returns the kind as the API names it.
func (k ScopeKind) String() string {
	switch k {
	case ScopeAll:
		return "all"
	case ScopeTeam:
		return "team"
	case ScopeCourier:
		return "courier"
	case ScopeOrder:
		return "order"
	}
	return "unknown"
}

// All is the scope that holds every courier.
var All = Scope{Kind: ScopeAll}

// Subject is what an action is about: a courier, the team it is in, and the
// order for which it is asked. Empty means none.
type Subject struct {
	Courier, Team, Order string
}

// Grant is what an identity allows. The zero Grant allows nothing.
type Grant struct {
	Actions Action
	Scopes  []Scope
	Until   time.Time // the first moment at which it no longer holds; zero: it does not end
}

// May reports whether the grant allows the action on the subject at the given
// moment. It is the one place that decides.
func (g Grant) May(action Action, subject Subject, at time.Time) bool {
	if action == 0 || g.Actions&action != action || g.Ended(at) {
		return false
	}
	for _, scope := range g.Scopes {
		if scope.Holds(subject) {
			return true
		}
	}
	return false
}

// Ended reports whether the grant no longer holds at the given moment.
func (g Grant) Ended(at time.Time) bool { return !g.Until.IsZero() && !at.Before(g.Until) }

// Holds reports whether the subject is in the scope.
func (s Scope) Holds(subject Subject) bool {
	switch s.Kind {
	case ScopeAll:
		return true
	case ScopeTeam:
		return s.Name != "" && s.Name == subject.Team
	case ScopeCourier:
		return s.Name != "" && s.Name == subject.Courier
	case ScopeOrder:
		return s.Name != "" && s.Name == subject.Order
	}
	return false
}
