package original

import "strconv"

// degrees judges a coordinate by the rules, and in the order, of the
// framework's DecimalField.
func (j *judge) degrees(at field, limit int64) float64 {
	n, complaint := microdegrees(j.fields[at], limit)
	j.complain(at, complaint)
	return float64(n) / 1e6
}

func microdegrees(v value, limit int64) (int64, string) {
	switch v.kind {
	case absent:
		return 0, required
	case null:
		return 0, mayNotBeNull
	}
	d, complaint := decimalOf(v)
	if complaint == "" {
		complaint = d.imprecise()
	}
	if complaint != "" {
		return 0, complaint
	}
	n, _ := d.millionths() // nine digits always fit
	switch {
	case n > limit*1e6:
		return 0, atMost + strconv.FormatInt(limit, 10) + "."
	case n < -limit*1e6:
		return 0, atLeast + strconv.FormatInt(-limit, 10) + "."
	}
	return n, ""
}

// imprecise is DecimalField.validate_precision of REST framework 3.14 with
// max_digits=9 and decimal_places=6.
func (d decimal) imprecise() string {
	digits := int64(d.digits)
	var total, whole, places int64
	switch {
	case d.exponent >= 0: // 1234500.0
		total = digits + d.exponent
		whole = total
	case digits > -d.exponent: // 123.45
		total = digits
		places = -d.exponent
		whole = total - places
	default: // 0.001234
		total = -d.exponent
		places = total
	}
	switch {
	case total > 9:
		return "Ensure that there are no more than 9 digits in total."
	case places > 6:
		return "Ensure that there are no more than 6 decimal places."
	case whole > 3:
		return "Ensure that there are no more than 3 digits before the decimal point."
	}
	return ""
}
