package live

import (
	"fmt"

	"peyk"
)

// Cover returns the parts that show what a grant's scopes and a view have in
// common: no courier that is in no scope, and of a box a little more than it,
// which the client cuts off. An order is shown in every view.
func Cover(scopes []peyk.Scope, v peyk.View) ([]Key, error) {
	if err := v.Validate(); err != nil {
		return nil, err
	}
	var keys []Key
	for _, s := range distinct(scopes) {
		keys = append(keys, coverScope(s, v)...)
	}
	if len(keys) > peyk.MaxParts {
		return nil, fmt.Errorf("the view takes %d parts (want at most %d): ask for less at a time", len(keys), peyk.MaxParts)
	}
	return keys, nil
}

// distinct leaves out what is there twice, and everything beside all.
func distinct(scopes []peyk.Scope) []peyk.Scope {
	var list []peyk.Scope
	seen := map[peyk.Scope]bool{}
	for _, s := range scopes {
		if s == peyk.All {
			return []peyk.Scope{s}
		}
		if !seen[s] {
			seen[s] = true
			list = append(list, s)
		}
	}
	return list
}

func coverScope(s peyk.Scope, v peyk.View) (keys []Key) {
	switch {
	case s.Kind == peyk.ScopeOrder: // whatever one looks at
		keys = append(keys, Key{scope: s})
	case v.Couriers != nil:
		seen := map[string]bool{}
		for _, id := range v.Couriers {
			if !seen[id] && (s.Kind != peyk.ScopeCourier || s.Name == id) {
				seen[id] = true
				keys = append(keys, Key{scope: s, courier: id})
			}
		}
	case s.Kind == peyk.ScopeCourier:
		keys = append(keys, Key{scope: s, courier: s.Name})
	case v.All:
		keys = append(keys, Key{scope: s})
	default:
		cover(*v.Box).each(func(t tileID) { keys = append(keys, Key{scope: s, tile: t, limit: v.Box.Limit}) })
	}
	return keys
}
