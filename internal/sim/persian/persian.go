// Package persian writes the words of the demo in Persian and in English.
// Which words there are is for who needs them.
package persian

import (
	"strconv"
	"strings"
)

// Name is a name in Persian and in English.
type Name struct{ Fa, En string }

// Names reads pairs of a Persian and an English word, with blanks in between.
// An underscore stands for the zero-width non-joiner, which nobody would see.
func Names(list string) []Name {
	words := strings.Fields(strings.ReplaceAll(list, "_", "\u200c"))
	names := make([]Name, len(words)/2)
	for i := range names {
		names[i] = Name{words[2*i], words[2*i+1]}
	}
	return names
}

// Kind adds what kind of thing has the name: before it in Persian, behind it
// in English.
func (n Name) Kind(fa, en string) Name { return Name{fa + " " + n.Fa, n.En + " " + en} }

// Numbered adds a number of 0 or more.
func (n Name) Numbered(number int) Name {
	return Name{n.Fa + " " + Digits(number), n.En + " " + strconv.Itoa(number)}
}

// Digits writes a number of 0 or more in Persian digits.
func Digits(number int) string {
	digits := []rune(strconv.Itoa(number))
	for i, d := range digits {
		digits[i] = d - '0' + '۰'
	}
	return string(digits)
}
