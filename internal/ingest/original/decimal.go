package original

import (
	"bytes"
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// maxTextLength is DecimalField.MAX_STRING_LENGTH, in code points.
const maxTextLength = 1000

// decimal is a number as Python's Decimal holds it: coefficient × 10^exponent.
type decimal struct {
	negative    bool
	coefficient int64 // its first keptDigits digits
	digits      int   // of the whole coefficient, without leading zeros; 1 for 0
	exponent    int64
}

const keptDigits = 18 // the most that always fit into an int64

// Where Python's Decimal ends (libmpdec on 64 bits).
const (
	maxExponent = 999_999_999_999_999_999
	minExponent = -1_999_999_999_999_999_997
)

// decimalOf returns the number that Python's Decimal(str(v).strip()) would be,
// or a sentence that says why it is none.
func decimalOf(v value) (decimal, string) {
	if d, ok := shortDecimal(v); ok {
		return d, ""
	}
	var room [64]byte
	numeral, complaint := appendNumeral(room[:0], v)
	if complaint != "" {
		return decimal{}, complaint
	}
	d, ok := parseDecimal(numeral)
	if !ok {
		return decimal{}, notANumber
	}
	return d, ""
}

// appendNumeral writes v as Python's str would, in the ASCII that Decimal makes
// of it.
func appendNumeral(dst []byte, v value) ([]byte, string) {
	switch v.kind {
	case float:
		f, _ := strconv.ParseFloat(string(v.text), 64) // beyond float64: an infinity, which is no numeral
		return appendFloat(dst, f), ""
	case integer:
		if len(v.text) > maxTextLength {
			return dst, tooLarge
		}
		return append(dst, v.text...), ""
	case text:
		trimmed := trim(v.text)
		if utf8.RuneCount(trimmed) > maxTextLength {
			return dst, tooLarge
		}
		return appendASCII(dst, trimmed), ""
	}
	return dst, notANumber
}

// shortDecimal is decimalOf of a JSON number that is written with at most 15
// digits and no exponent, as most are. Such a float comes back from a float64 as
// it was, but for zeros at its end; so it is spared the way there and back.
func shortDecimal(v value) (d decimal, ok bool) {
	const signAndPoint = 2
	if v.kind != float && v.kind != integer || len(v.text) > shortDigits+signAndPoint {
		return d, false
	}
	var rest []byte
	d.negative, rest = sign(v.text)
	if rest, _ = d.take(rest); len(rest) > 0 && rest[0] == '.' {
		var places int
		rest, places = d.take(rest[1:])
		d.exponent = -int64(places)
	}
	if len(rest) > 0 || d.digits > shortDigits {
		return d, false
	}
	for ; d.exponent < -1 && d.coefficient%10 == 0; d.exponent++ {
		d.coefficient /= 10
		d.digits--
	}
	d.digits = max(d.digits, 1) // of a zero
	return d, true
}

const shortDigits = 15 // a float64 keeps so many, whatever they are

// appendFloat writes f as Python's repr does.
func appendFloat(dst []byte, f float64) []byte {
	if abs := math.Abs(f); abs != 0 && (abs < 1e-4 || abs >= 1e16) {
		return strconv.AppendFloat(dst, f, 'e', -1, 64)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, 64)
	if bytes.IndexByte(dst[start:], '.') < 0 {
		dst = append(dst, ".0"...)
	}
	return dst
}

// appendASCII writes text with every decimal digit of Unicode as the ASCII one
// and without underscores; what can be no part of a number becomes a '?'.
func appendASCII(dst, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		switch {
		case r == '_':
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case unicode.IsDigit(r):
			dst = append(dst, digit(r))
		default:
			dst = append(dst, '?')
		}
	}
	return dst
}

// digit returns a decimal digit of Unicode as an ASCII digit. Unicode promises
// that they come in runs of ten, from zero to nine.
func digit(r rune) byte {
	first := r
	for unicode.IsDigit(first - 1) {
		first--
	}
	return '0' + byte((r-first)%10)
}

// parseDecimal reads [+-]digits[.digits][e[+-]digits], with digits on at least
// one side of the point.
func parseDecimal(s []byte) (d decimal, ok bool) {
	d.negative, s = sign(s)
	s, whole := d.take(s)
	fraction := 0
	if len(s) > 0 && s[0] == '.' {
		s, fraction = d.take(s[1:])
	}
	if whole+fraction == 0 {
		return d, false
	}
	if len(s) > 0 {
		if d.exponent, ok = parseExponent(s); !ok {
			return d, false
		}
	}
	d.exponent -= int64(fraction)
	if d.digits == 0 {
		d.digits = 1
	}
	highest := d.exponent
	if d.coefficient != 0 {
		highest += int64(d.digits) - 1
	}
	return d, highest <= maxExponent && d.exponent >= minExponent
}

// take moves the digits at the start of s into the coefficient and returns
// the rest of s and how many there were.
func (d *decimal) take(s []byte) (rest []byte, count int) {
	for count < len(s) && '0' <= s[count] && s[count] <= '9' {
		c := s[count] - '0'
		count++
		if c == 0 && d.digits == 0 {
			continue
		}
		if d.digits++; d.digits <= keptDigits {
			d.coefficient = d.coefficient*10 + int64(c)
		}
	}
	return s[count:], count
}

// parseExponent reads e[+-]digits to its end. An exponent beyond all bounds is
// cut to one that is still beyond them.
func parseExponent(s []byte) (int64, bool) {
	const beyond = 4_000_000_000_000_000_000
	if s[0] != 'e' && s[0] != 'E' {
		return 0, false
	}
	negative, s := sign(s[1:])
	if len(s) == 0 {
		return 0, false
	}
	n := int64(0)
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = min(n, beyond/10)*10 + int64(c-'0'); n > beyond {
			n = beyond
		}
	}
	if negative {
		n = -n
	}
	return n, true
}

func sign(s []byte) (negative bool, rest []byte) {
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		return s[0] == '-', s[1:]
	}
	return false, s
}

// millionths returns d × 1,000,000, cut towards zero, and whether that fits.
func (d decimal) millionths() (n int64, fits bool) {
	n = d.coefficient
	shift := d.exponent + 6 + int64(max(d.digits-keptDigits, 0))
	for ; shift > 0 && n != 0; shift-- {
		if n > math.MaxInt64/10 {
			return 0, false
		}
		n *= 10
	}
	for ; shift < 0 && n != 0; shift++ {
		n /= 10
	}
	if d.negative {
		n = -n
	}
	return n, true
}

// trim is Python's str.strip.
func trim(text []byte) []byte {
	if end := len(text) - 1; end >= 0 && isPlain(text[0]) && isPlain(text[end]) {
		return text
	}
	return bytes.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f'
	})
}

// isPlain reports whether c is ASCII, and neither a space nor a control character.
func isPlain(c byte) bool { return ' ' < c && c < 0x7f }
