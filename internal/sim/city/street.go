package city

import (
	"strings"

	"peyk/internal/sim/persian"
	"peyk/internal/sim/road"
)

// street is what carries one name. Its number is that of its road.
type street struct {
	class  road.Class
	base   persian.Name // without what kind of street it is; none: no alley is named after it
	name   persian.Name
	alleys int // that have their number from it
}

func newStreet(class road.Class, base persian.Name) street {
	kind := [...]persian.Name{
		road.Street:   {Fa: "خیابان", En: "Street"},
		road.Avenue:   {Fa: "بلوار", En: "Boulevard"},
		road.Motorway: {Fa: "بزرگراه", En: "Expressway"},
	}[class]
	name := base.Kind(kind.Fa, kind.En)
	if saysWay(base) {
		name = base
	}
	return street{class: class, base: base, name: name}
}

// saysWay reports whether the name says by itself what it is of: a kuy or a gozar is a street.
func saysWay(n persian.Name) bool {
	return strings.HasPrefix(n.Fa, "کوی ") || strings.HasPrefix(n.Fa, "گذر ")
}

// nextAlley returns a new alley off the street; alleys are numbered.
func (s *street) nextAlley() street {
	s.alleys++
	return street{class: road.Alley, base: s.base, name: s.base.Kind("کوچه", "Alley").Numbered(s.alleys)}
}
