package bench

import (
	"fmt"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/wire"
)

// Language is how viewers speak with a server. Peyk's three are here; a rival
// brings its own.
type Language interface {
	Path() string        // of the handshake, with what identifies the viewer
	Subprotocol() string // empty: none
	// Greeting is what a viewer says first; nil: nothing.
	Greeting(peyk.View) []byte
	// Decoder returns one for one connection.
	Decoder(peyk.View) Decoder
}

// Decoder is the picture of one viewer. It is not safe for concurrent use.
type Decoder interface {
	// Take reads one message, calls seen for every position in it, and returns
	// what to answer; nil: nothing.
	Take(message []byte, seen func(Sight)) (answer []byte, err error)
	// Shown calls each for every courier that the viewer shows now, and
	// returns how many more are told as counts.
	Shown(each func(id string, p peyk.Position)) (counted int)
}

// Sight is one position that reached a viewer.
type Sight struct {
	ID       string
	Position peyk.Position
	Old      bool // part of a snapshot: it says nothing about delays
}

// Languages are Peyk's own, by the names of the options.
func Languages() map[string]Language {
	return map[string]Language{
		"json":     v1{"peyk.v1.json", wire.ParseMessage},
		"bin":      v1{"peyk.v1.bin", wire.ParseBinMessage},
		"original": Original{},
	}
}

// v1 is peyk.v1 in one of its encodings.
type v1 struct {
	subprotocol string
	parse       func([]byte) (wire.Message, error)
}

func (v1) Path() string          { return "/ws" }
func (l v1) Subprotocol() string { return l.subprotocol }

func (v1) Greeting(v peyk.View) []byte { return wire.AppendWatch(nil, peyk.Interest{View: v}) }

func (l v1) Decoder(v peyk.View) Decoder {
	return &picture{parse: l.parse, picture: client.Picture{View: v}, names: map[number]string{}}
}

// picture decodes with the client's Picture, and knows the numbers besides, so
// that what the picture forgives is seen.
type picture struct {
	parse   func([]byte) (wire.Message, error)
	picture client.Picture
	names   map[number]string
}

type number struct {
	part   uint64
	number uint32
}

func (p *picture) Take(message []byte, seen func(Sight)) ([]byte, error) {
	m, err := p.parse(message)
	if err != nil {
		return nil, err
	}
	if m.Type == "error" || m.Type == "bye" {
		return nil, fmt.Errorf("the server says %s %s %s", m.Type, m.Error, m.Reason)
	}
	// A gap is an error here: on a connection that stands there is none.
	if err := p.picture.Apply(m); err != nil {
		return nil, err
	}
	for _, e := range m.Frame.Entries {
		at := number{m.Frame.Part, e.Number}
		if e.New {
			p.names[at] = e.Courier.ID
		}
		if e.Moved {
			seen(Sight{p.names[at], e.Position, m.Frame.From == 0})
		}
	}
	return nil, nil
}

func (p *picture) Shown(each func(string, peyk.Position)) (counted int) {
	for id, shown := range p.picture.Couriers() {
		if shown.Position.Stamp != 0 {
			each(id, shown.Position)
		}
	}
	for _, cells := range p.picture.Cells() {
		for _, c := range cells {
			counted += int(c.Count)
		}
	}
	return counted
}
