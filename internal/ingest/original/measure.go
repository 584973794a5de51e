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
