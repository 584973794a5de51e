package wire

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"peyk"
)

// parsePlain reads a message that is written as AppendOriginal and json.dumps
// write it: the known members in their order, no escapes. Everything else is
// parseAny's. It exists since nearly all messages of a bus are such, and a map
// for each of two objects costs ten times as much (BenchmarkParseOriginal).
func parsePlain(message []byte) (r peyk.Report, ok bool) {
	s := plain{rest: message, ok: true}
	s.take(`{`)
	r.Position.Lat = s.key("latitude").number()
	s.take(`,`)
	r.Position.Lon = s.key("longitude").number()
	s.take(`,`)
	s.key("user").take(`{`)
	r.Courier.ID = s.key("id").id()
	s.take(`,`)
	r.Courier.Username = s.key("username").text()
	if s.peek(',') {
		s.take(`,`)
		r.Courier.Name = s.key("name").text()
	}
	s.take(`}`)
	s.additions(&r.Position)
	s.take(`}`)
	return r, s.ok && len(bytes.TrimRight(s.rest, " \t\r\n")) == 0
}

// plain is what is left of a message; once something is not plain, ok is false
// and nothing matters any more.
type plain struct {
	rest []byte
	ok   bool
}

func (s *plain) space() {
	for len(s.rest) > 0 && (s.rest[0] == ' ' || s.rest[0] == '\n' || s.rest[0] == '\t' || s.rest[0] == '\r') {
		s.rest = s.rest[1:]
	}
}

func (s *plain) peek(c byte) bool {
	s.space()
	return len(s.rest) > 0 && s.rest[0] == c
}

func (s *plain) take(token string) {
	s.space()
	if s.ok = s.ok && bytes.HasPrefix(s.rest, []byte(token)); s.ok {
		s.rest = s.rest[len(token):]
	}
}

func (s *plain) key(name string) *plain {
	s.take(`"`)
	if s.ok = s.ok && bytes.HasPrefix(s.rest, []byte(name)) && len(s.rest) > len(name) && s.rest[len(name)] == '"'; s.ok {
		s.rest = s.rest[len(name)+1:]
	}
	s.take(`:`)
	return s
}

// token returns the characters of a number; what is none is not plain.
func (s *plain) token() []byte {
	s.space()
	n := 0
	for n < len(s.rest) && (s.rest[n] >= '0' && s.rest[n] <= '9' || s.rest[n] == '.' || s.rest[n] == '-') {
		n++
	}
	t := s.rest[:n]
	digits := bytes.TrimPrefix(t, []byte("-"))
	leading := len(digits) > 1 && digits[0] == '0' && digits[1] != '.' // JSON has no 007
	if s.ok = s.ok && len(digits) > 0 && !leading && digits[0] != '.' && digits[len(digits)-1] != '.'; s.ok {
		s.rest = s.rest[n:]
	}
	return t
}

func (s *plain) number() float64 {
	v, err := strconv.ParseFloat(string(s.token()), 64)
	s.ok = s.ok && err == nil
	return v
}

func (s *plain) id() string {
	if s.peek('"') {
		return s.text()
	}
	t := s.token()
	s.ok = s.ok && wholeNumber(t)
	return string(t)
}

// text returns a string without escapes.
func (s *plain) text() string {
	s.take(`"`)
	end := bytes.IndexByte(s.rest, '"')
	if s.ok = s.ok && end >= 0; !s.ok {
		return ""
	}
	t := s.rest[:end]
	for _, c := range t {
		s.ok = s.ok && c >= ' ' && c != '\\'
	}
	if s.ok = s.ok && utf8.Valid(t); s.ok {
		s.rest = s.rest[end+1:]
	}
	return string(t)
}

// additions reads Peyk's own members, each at most once by its place.
func (s *plain) additions(p *peyk.Position) {
	for n := 0; s.ok && s.peek(',') && n < 8; n++ {
		s.take(`,`)
		s.space()
		name, _, found := bytes.Cut(bytes.TrimPrefix(s.rest, []byte(`"`)), []byte(`"`))
		if s.ok = s.ok && found; !s.ok {
			return
		}
		s.addition(p, s.key(string(name)).number(), string(name))
	}
}

func (s *plain) addition(p *peyk.Position, v float64, name string) {
	m := member{v, s.ok}
	switch name {
	case "stamp":
		p.Stamp = m.micros()
	case "time":
		p.Time = m.micros()
	case "interval":
		p.Interval = m.interval()
	case peyk.Accuracies.Name:
		p.Accuracy = m.measure(peyk.Accuracies)
	case peyk.Altitudes.Name:
		p.Altitude = m.measure(peyk.Altitudes)
	case peyk.Speeds.Name:
		p.Speed = m.measure(peyk.Speeds)
	case peyk.Headings.Name:
		p.Heading = m.measure(peyk.Headings)
	case peyk.Batteries.Name:
		p.Battery = m.measure(peyk.Batteries)
	default:
		s.ok = false
	}
}
