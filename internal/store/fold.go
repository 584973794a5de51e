package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns a text without what people type in different ways: two texts
// that a dispatcher would read as the same fold to the same. The panel searches
// by the same rule. What is kept folded goes with it: a change of the rule needs
// a migration.
func fold(text string) string {
	return strings.ToLower(strings.Map(foldRune, norm.NFKD.String(text)))
}

func foldRune(r rune) rune {
	switch r {
	case 'ي', 'ى':
		return 'ی'
	case 'ك':
		return 'ک'
	case 'ة', 'ە', 'ہ':
		return 'ه'
	case 'ς':
		return 'σ' // as ToLower writes the capital, wherever it stands
	case 'ـ':
		return -1
	}
	switch {
	case r >= '٠' && r <= '٩', r >= '۰' && r <= '۹':
		return '0' + r&15
	case unicode.In(r, unicode.M, unicode.Cf):
		return -1 // marks, and what is not seen: joiners, directions, soft hyphens
	}
	return r
}

// haystack is what is searched through: the texts folded, each a line without
// spaces, so that «علی‌رضا», «علی رضا» and «علیرضا» are one.
func haystack(texts ...string) string {
	for i, text := range texts {
		texts[i] = strings.Join(strings.Fields(fold(text)), "")
	}
	return strings.Join(texts, "\n")
}

// maxSearch bounds a search, in bytes. No text of a courier is longer.
const maxSearch = 512

// needles returns the words of a search, each of which has to be found; false:
// none can be.
func needles(search string) (words []string, ok bool) {
	if len(search) > maxSearch || !storable(search) {
		return nil, false
	}
	return strings.Fields(fold(search)), true
}
