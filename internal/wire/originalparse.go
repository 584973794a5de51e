package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"peyk"
)

// ParseOriginal reads a message of the original form. The report's Raw is a
// copy of message; its stamp is 0 if the message has none. Latitude, longitude
// and user.id must be right; of everything else what cannot be understood is
// taken as not known, since outsiders may put what they like beside them.
func ParseOriginal(message []byte) (peyk.Report, error) {
	if len(message) > MaxOriginal {
		return peyk.Report{}, fmt.Errorf("message has %d bytes (want at most %d)", len(message), MaxOriginal)
	}
	r, ok := parsePlain(message)
	if !ok || r.Courier.Validate() != nil { // a name that is too long is left out, and no reason to drop the message
		var err error
		if r, err = parseAny(message); err != nil {
			return peyk.Report{}, err
		}
	}
	if err := errors.Join(r.Courier.Validate(), r.Position.Validate()); err != nil {
		return peyk.Report{}, err
	}
	r.Raw = bytes.Clone(message)
	return r, nil
}

// parseAny reads a message of the original form in whatever way it is written.
func parseAny(message []byte) (peyk.Report, error) {
	if !utf8.Valid(message) {
		return peyk.Report{}, errors.New("message is not valid UTF-8")
	}
	// Maps and not structs: encoding/json matches the fields of a struct
	// without regard to case, and "Time" is somebody else's field.
	var top, user members
	if err := json.Unmarshal(message, &top); err != nil {
		return peyk.Report{}, fmt.Errorf("read message as a JSON object: %w", err)
	}
	if err := json.Unmarshal(top.value("user"), &user); err != nil {
		return peyk.Report{}, fmt.Errorf("read user as a JSON object: %w", err)
	}
	return top.report(user)
}

// members are those of a JSON object, each as it is written.
type members map[string]json.RawMessage

func (m members) report(user members) (r peyk.Report, err error) {
	if r.Courier.ID, err = user.id("id"); err != nil {
		return r, fmt.Errorf("user.id: %w", err)
	}
	r.Courier.Username, r.Courier.Name = user.text("username"), user.text("name")
	p := &r.Position
	for _, f := range [...]struct {
		key string
		at  *float64
	}{{"latitude", &p.Lat}, {"longitude", &p.Lon}} {
		v, known := m.number(f.key)
		if !known {
			return r, fmt.Errorf("%s: want a number, or a string that holds one: %q", f.key, m.value(f.key))
		}
		*f.at = v
	}
	p.Accuracy, p.Altitude = m.measure(peyk.Accuracies), m.measure(peyk.Altitudes)
	p.Speed, p.Heading, p.Battery = m.measure(peyk.Speeds), m.measure(peyk.Headings), m.measure(peyk.Batteries)
	p.Stamp, p.Time, p.Interval = m.member("stamp").micros(), m.member("time").micros(), m.member("interval").interval()
	return r, nil
}

// value returns the member as it is written, null where there is none.
func (m members) value(key string) json.RawMessage {
	if v, found := m[key]; found {
		return v
	}
	return json.RawMessage("null")
}

// text returns a member that is a valid short string, else the empty one.
func (m members) text(key string) string {
	var s string
	if json.Unmarshal(m.value(key), &s) != nil || len(s) > peyk.MaxName {
		return ""
	}
	if (peyk.Courier{ID: "-", Name: s}).Validate() != nil {
		return ""
	}
	return s
}

// id returns a member that is a string, or a whole number as it is written.
func (m members) id(key string) (string, error) {
	v := m.value(key)
	if v[0] == '"' {
		var s string
		err := json.Unmarshal(v, &s)
		return s, err
	}
	if !wholeNumber(v) {
		return "", fmt.Errorf("want a string or a whole number: %q", v)
	}
	return string(v), nil
}

func wholeNumber(b []byte) bool {
	digits := bytes.TrimPrefix(b, []byte("-"))
	for _, c := range digits {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(digits) > 0
}

// number returns a member that is a finite number or a string that holds one.
func (m members) number(key string) (float64, bool) {
	raw := m.value(key)
	text := string(raw)
	if raw[0] == '"' && json.Unmarshal(raw, &text) != nil {
		return 0, false
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

func (m members) measure(r peyk.Range) peyk.Measure { return m.member(r.Name).measure(r) }

func (m members) member(key string) member {
	v, known := m.number(key)
	return member{v, known}
}

// member is a number that a message may hold.
type member struct {
	value float64
	known bool
}

func (m member) measure(r peyk.Range) peyk.Measure {
	if !m.known || !r.Inside(m.value) {
		return peyk.Measure{}
	}
	return peyk.Measured(m.value)
}

// micros returns a moment up to the year 2255, until when a float64 holds
// every microsecond; else 0.
func (m member) micros() peyk.Micros {
	const exact = 1 << 53
	if !m.known || m.value < 0 || m.value > exact {
		return 0
	}
	return peyk.Micros(m.value)
}

func (m member) interval() time.Duration {
	const day = 24 * 60 * 60 // the rarest rate is 1/d
	if !m.known || m.value <= 0 || m.value > day {
		return 0
	}
	return time.Duration(math.Round(m.value * float64(time.Second)))
}
