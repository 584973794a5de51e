package peyk

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Rate is how often a courier reports: Count positions per unit of time, in
// the original contract's form "1/m".
type Rate struct {
	Count int           // 1 to 1,000,000
	Per   time.Duration // a second, a minute, an hour or a day
}

var rateUnits = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}

// ParseRate reads a positive whole number, a slash, and s, m, h or d.
func ParseRate(text string) (Rate, error) {
	count, unit, _ := strings.Cut(text, "/")
	n, err := strconv.Atoi(count)
	per, known := rateUnits[unit]
	if err != nil || n < 1 || n > 1_000_000 || !known || strconv.Itoa(n) != count {
		return Rate{}, fmt.Errorf(`want a positive whole number, a slash and s, m, h or d, like 1/m: %q`, text)
	}
	return Rate{n, per}, nil
}

// Interval returns the time from one position to the next.
func (r Rate) Interval() time.Duration { return r.Per / time.Duration(max(r.Count, 1)) }

// String returns the rate in the form that ParseRate reads.
func (r Rate) String() string {
	for unit, per := range rateUnits {
		if per == r.Per {
			return strconv.Itoa(r.Count) + "/" + unit
		}
	}
	return fmt.Sprintf("%d/%v", r.Count, r.Per)
}

// UnmarshalText makes a Rate readable from JSON.
func (r *Rate) UnmarshalText(text []byte) (err error) {
	*r, err = ParseRate(string(text))
	return err
}
