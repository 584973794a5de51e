package original

import (
	"strconv"
	"time"

	"peyk"
)

// measure judges an optional number; null and "" are not known.
func (j *judge) measure(at field, wanted peyk.Range) peyk.Measure {
	v := j.fields[at]
	if v.blank() {
		return peyk.Measure{}
	}
	n, complaint := number(v)
	switch {
	case complaint != "":
	case n > wanted.Max:
		complaint = atMost + strconv.FormatFloat(wanted.Max, 'f', -1, 64) + "."
	case n < wanted.Min:
		complaint = atLeast + strconv.FormatFloat(wanted.Min, 'f', -1, 64) + "."
	}
	if complaint != "" {
		j.complain(at, complaint)
		return peyk.Measure{}
	}
	return peyk.Measured(n)
}

// number returns v as a float64 that is neither infinite nor minus zero.
func number(v value) (float64, string) {
	if d, ok := shortDecimal(v); ok {
		return d.short(), ""
	}
	var room [64]byte
	numeral, complaint := v.text, ""
	if v.kind != float {
		numeral, complaint = appendNumeral(room[:0], v)
		if complaint != "" {
			return 0, complaint
		}
		if _, ok := parseDecimal(numeral); !ok { // ParseFloat knows more forms
			return 0, notANumber
		}
	}
	n, err := strconv.ParseFloat(string(numeral), 64)
	if err != nil {
		return 0, notANumber
	}
	if n == 0 {
		return 0, ""
	}
	return n, ""
}

// short is the float64 nearest to a decimal of at most shortDigits digits and
// places: both sides of the division are exact. It is never minus zero.
func (d decimal) short() float64 {
	n := float64(d.coefficient) / tens[-d.exponent]
	if d.negative && n != 0 {
		return -n
	}
	return n
}

var tens = [shortDigits + 1]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// What a time may be. The end is far off, and far below what somebody sends
// who counts in milliseconds.
const (
	timeEnd     = 4_102_444_800_000_000 // microseconds: 2100-01-01
	wrongFormat = "Datetime has wrong format. Use one of these formats instead: " +
		"YYYY-MM-DDThh:mm:ss[.uuuuuu](+HH:MM|-HH:MM|Z), or seconds since 1970."
	wrongTime = "Ensure this time is between the years 1970 and 2100, in seconds since 1970 (not milliseconds) if it is a number."
)

// time judges when the phone measured: RFC 3339 or seconds since 1970; null,
// "" and 0 are not known.
func (j *judge) time(at field) peyk.Micros {
	v := j.fields[at]
	if v.blank() {
		return 0
	}
	n, complaint := micros(v)
	if complaint == "" && (n < 0 || n >= timeEnd) {
		complaint = wrongTime
	}
	if complaint != "" {
		j.complain(at, complaint)
		return 0
	}
	return peyk.Micros(n)
}

func micros(v value) (int64, string) {
	d, complaint := decimalOf(v)
	if complaint == "" {
		n, fits := d.millionths()
		if !fits {
			return 0, wrongTime
		}
		return n, ""
	}
	var t time.Time
	if v.kind != text || t.UnmarshalText(trim(v.text)) != nil {
		return 0, wrongFormat
	}
	return t.UnixMicro(), ""
}
