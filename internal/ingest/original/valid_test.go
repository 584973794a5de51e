package original

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"testing"
	"unicode/utf8"
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

// FuzzShortDecimal holds the shortcut against the long way.
func FuzzShortDecimal(f *testing.F) {
	for _, token := range tokens {
		f.Add([]byte(token))
	}
	for _, token := range []string{"0.00001000", "0.1000000000000000000001", "-0.0", "123456789012345", "0.000000000000001", "35.1000000000000"} {
		f.Add([]byte(token))
	}
	f.Fuzz(func(t *testing.T, numeral []byte) {
		s := scan{numeral}
		if len(numeral) == 0 || !s.number() || len(s.rest) > 0 {
			return
		}
		v := valueOf(numeral)
		short, ok := shortDecimal(v)
		if !ok {
			return
		}
		long, complaint := appendNumeral(nil, v)
		want, good := parseDecimal(long)
		if complaint != "" || !good || short != want {
			t.Errorf("%q is %+v, the long way %+v", numeral, short, want)
		}
		if n, err := strconv.ParseFloat(string(numeral), 64); err != nil || short.short() != n || math.Signbit(short.short()) && n == 0 {
			t.Errorf("%q is %v, the long way %v, %v", numeral, short.short(), n, err)
		}
	})
}

// FuzzReadOnce holds the one pass against the two.
func FuzzReadOnce(f *testing.F) {
	for _, body := range bodies {
		f.Add([]byte(body))
	}
	f.Add([]byte(`{"user": {"id": 1, "name": "a"}, "user": {"id": 2}}`))
	f.Add([]byte(`{"user": {"id": 1}, "user": 5, "speed": "\u0031"} x`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var once, twice fields
		s := scan{body}
		if !once.readOnce(&s) || !utf8.Valid(body) {
			return
		}
		if err := twice.readSlowly(body[:len(body)-len(s.rest)]); err != nil {
			t.Fatalf("%q: %v", body, err)
		}
		if twice[user].kind != dict {
			clear(once[userID:]) // nobody looks at them
		}
		if !reflect.DeepEqual(once, twice) {
			t.Errorf("%q is %v, by two passes %v", body, once, twice)
		}
	})
}
