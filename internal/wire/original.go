package wire

import (
	"bytes"
	"fmt"
	"strconv"

	"peyk"
)

// MaxOriginal is the longest original message that is taken from the bus, in bytes.
const MaxOriginal = 4 << 10

// Decimals says how latitude and longitude are written in the original form.
type Decimals uint8

// The two ways that Django REST framework knows (COERCE_DECIMAL_TO_STRING).
const (
	Number Decimals = iota // 35.0001
	String                 // "35.000100"
)

// ParseDecimals reads "number" or "string".
func ParseDecimals(text string) (Decimals, error) {
	switch text {
	case "number":
		return Number, nil
	case "string":
		return String, nil
	}
	return 0, fmt.Errorf("want number or string: %q", text)
}

// String returns the name that ParseDecimals reads.
func (d Decimals) String() string {
	if d == String {
		return "string"
	}
	return "number"
}

// AppendOriginal appends r in the original form: the bytes it arrived in if an
// outsider published it, else the shop's own members in their order and
// spacing, and Peyk's additions after them.
func AppendOriginal(dst []byte, r peyk.Report, d Decimals) []byte {
	if r.Raw != nil {
		return append(dst, r.Raw...)
	}
	dst = append(dst, `{"latitude": `...)
	dst = appendDegrees(dst, r.Position.Lat, d)
	dst = append(dst, `, "longitude": `...)
	dst = appendDegrees(dst, r.Position.Lon, d)
	dst = append(dst, `, "user": {"id": `...)
	dst = appendID(dst, r.Courier.ID)
	dst = append(dst, `, "username": `...)
	dst = appendString(dst, r.Courier.Username)
	if r.Courier.Name != "" {
		dst = append(dst, `, "name": `...)
		dst = appendString(dst, r.Courier.Name)
	}
	return append(appendAdditions(append(dst, '}'), r.Position), '}')
}

func appendAdditions(dst []byte, p peyk.Position) []byte {
	if p.Stamp != 0 {
		dst = strconv.AppendInt(append(dst, `, "stamp": `...), int64(p.Stamp), 10)
	}
	if p.Time != 0 {
		dst = strconv.AppendInt(append(dst, `, "time": `...), int64(p.Time), 10)
	}
	if p.Interval != 0 {
		dst = strconv.AppendFloat(append(dst, `, "interval": `...), p.Interval.Seconds(), 'f', -1, 64)
	}
	for _, f := range [...]struct {
		key     string
		measure peyk.Measure
	}{
		{`, "accuracy": `, p.Accuracy}, {`, "altitude": `, p.Altitude}, {`, "speed": `, p.Speed},
		{`, "heading": `, p.Heading}, {`, "battery": `, p.Battery},
	} {
		if _, known := f.measure.Value(); known {
			dst = f.measure.Append(append(dst, f.key...))
		}
	}
	return dst
}

// appendDegrees writes a number as Python writes a float, with at least one
// digit after the point, but never with an exponent.
func appendDegrees(dst []byte, degrees float64, d Decimals) []byte {
	if d == String {
		dst = strconv.AppendFloat(append(dst, '"'), degrees, 'f', 6, 64)
		return append(dst, '"')
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, degrees, 'f', -1, 64)
	if bytes.IndexByte(dst[start:], '.') < 0 {
		dst = append(dst, ".0"...)
	}
	return dst
}

func appendID(dst []byte, id string) []byte {
	if peyk.NumericID(id) {
		return append(dst, id...)
	}
	return appendString(dst, id)
}
