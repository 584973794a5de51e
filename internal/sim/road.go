package sim

import "strconv"

// class is a street's place in the hierarchy, the smallest first.
type class uint8

const (
	alley class = iota
	street
	avenue
	motorway
)

var classes = [...]struct {
	name  string
	limit float64 // metres per second
	half  float64 // metres from the centre line to the houses' side
}{
	alley:    {"alley", 20 / 3.6, 4},
	street:   {"street", 30 / 3.6, 7},
	avenue:   {"avenue", 50 / 3.6, 12},
	motorway: {"motorway", 80 / 3.6, 28},
}

func (c class) String() string { return classes[c].name }
func (c class) limit() float64 { return classes[c].limit }
func (c class) half() float64  { return classes[c].half }

// name is a name in Persian and in English.
type name struct{ fa, en string }

// road is what carries one street's name and class.
type road struct {
	class  class
	base   name // without what kind of street it is
	name   name
	alleys int // that have their number from it
}

func newRoad(c class, base name) road {
	kind := [...]name{
		street: {"خیابان", "Street"}, avenue: {"بلوار", "Boulevard"}, motorway: {"بزرگراه", "Expressway"},
	}[c]
	return road{class: c, base: base, name: name{kind.fa + " " + base.fa, base.en + " " + kind.en}}
}

// nextAlley returns a new alley off the road; alleys are numbered.
func (r *road) nextAlley() road {
	r.alleys++
	return road{class: alley, base: r.base, name: name{
		"کوچه " + r.base.fa + " " + persianDigits(r.alleys),
		r.base.en + " Alley " + strconv.Itoa(r.alleys),
	}}
}

func persianDigits(n int) string {
	digits := []rune(strconv.Itoa(n))
	for i, d := range digits {
		digits[i] = d - '0' + '۰'
	}
	return string(digits)
}
