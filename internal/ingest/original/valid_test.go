package original

import (
	"encoding/json"
	"math"
	"strconv"
	"testing"
)

// FuzzValid holds the scanner against encoding/json.
func FuzzValid(f *testing.F) {
	for _, body := range bodies {
		f.Add([]byte(body))
	}
	for _, token := range tokens {
		f.Add([]byte(`{"a": [` + token + `, {"\u00e9\n": ` + token + `}]}`))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := scan{body}
		got := s.value(len(body)+1) && len(skipSpace(s.rest)) == 0
		if want := json.Valid(body); got != want && len(body) < 10_000 { // beyond that depth encoding/json gives up
			t.Errorf("%q is JSON: %v, want %v", body, got, want)
		}
	})
}

// FuzzShortFloat holds the shortcut against the long way.
func FuzzShortFloat(f *testing.F) {
	for _, token := range tokens {
		f.Add([]byte(token))
	}
	f.Add([]byte("0.00001000"))
	f.Fuzz(func(t *testing.T, numeral []byte) {
		s := scan{numeral}
		if len(numeral) == 0 || !s.number() || len(s.rest) > 0 {
			return
		}
		short, ok := shortFloat(numeral)
		if !ok {
			return
		}
		n, err := strconv.ParseFloat(string(numeral), 64)
		if err != nil || math.IsInf(n, 0) {
			t.Fatalf("%q: %v, %v", numeral, n, err)
		}
		a, good := parseDecimal(short)
		b, _ := parseDecimal(appendFloat(nil, n))
		if !good || a != b {
			t.Errorf("%q is %+v, the long way %+v", numeral, a, b)
		}
	})
}
