package bench

import (
	"bytes"
	"strconv"

	"peyk"
	"peyk/internal/wire"
)

// Original is the original stream, and every server that sends each position
// in a text frame of its own.
type Original struct{}

// Path is that of the handshake.
func (Original) Path() string { return "/ws" }

// Subprotocol is none.
func (Original) Subprotocol() string { return "" }

// Greeting is none.
func (Original) Greeting(peyk.View) []byte { return nil }

// Decoder returns one that keeps each courier's newest position.
func (Original) Decoder(peyk.View) Decoder { return &Stream{} }

// Stream is a decoder of messages in the original form.
type Stream struct {
	// Unwrap returns the messages of the original form in a message of the
	// server; nil: it is one.
	Unwrap func(message []byte) (inner [][]byte, err error)
	newest map[string]peyk.Position
}

// Take is Decoder's.
func (s *Stream) Take(message []byte, seen func(Sight)) ([]byte, error) {
	messages := [][]byte{message}
	if s.Unwrap != nil {
		var err error
		if messages, err = s.Unwrap(message); err != nil {
			return nil, err
		}
	}
	if s.newest == nil {
		s.newest = map[string]peyk.Position{}
	}
	for _, m := range messages {
		id, p, err := read(m)
		if err != nil {
			return nil, err
		}
		_, known := s.newest[id]
		s.newest[id] = p
		seen(Sight{id, p, !known})
	}
	return nil, nil
}

// Shown is Decoder's.
func (s *Stream) Shown(each func(string, peyk.Position)) int {
	for id, p := range s.newest {
		each(id, p)
	}
	return 0
}

// read returns what a message of the original form says. It looks for what we
// publish ourselves and leaves the rest to the parser, which takes ten times as
// long: a reader must not be what a measurement waits for.
func read(m []byte) (id string, p peyk.Position, err error) {
	lat, rest, ok1 := field(m, `{"latitude": `, ",")
	lon, rest, ok2 := field(rest, ` "longitude": `, ",")
	name, rest, ok3 := bytes.Cut(bytes.TrimPrefix(rest, []byte(` "user": {"id": "`)), []byte(`"`))
	_, rest, ok4 := bytes.Cut(rest, []byte(`}, "stamp": `))
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	stamp, wrong := strconv.ParseInt(string(rest[:digits]), 10, 64)
	if ok1 && ok2 && ok3 && ok4 && wrong == nil && bytes.HasPrefix(name, []byte(prefix)) {
		return string(name), peyk.Position{Lat: lat, Lon: lon, Stamp: peyk.Micros(stamp)}, nil
	}
	r, err := wire.ParseOriginal(m)
	return r.Courier.ID, r.Position, err
}

// field reads the number between before, with which m begins, and after.
func field(m []byte, before, after string) (v float64, rest []byte, ok bool) {
	text, rest, found := bytes.Cut(bytes.TrimPrefix(m, []byte(before)), []byte(after))
	v, err := strconv.ParseFloat(string(text), 64)
	return v, rest, found && err == nil
}
