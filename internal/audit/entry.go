package audit

import (
	"encoding/json"
	"time"

	"peyk"
)

// Entry is one viewer that watched one view. It may be recorded twice: when it
// begins, so that a crash does not hide it, and when it ends.
type Entry struct {
	Who      peyk.Identity
	View     peyk.View
	From, To time.Time // To is zero when it begins
	Address  string    // of whom, as far as the server knows
}

// line is an entry as it is written; what is empty is left out.
type line struct {
	From    time.Time `json:"from"`
	To      time.Time `json:"to,omitzero"`
	Subject string    `json:"subject"`
	Name    string    `json:"name,omitempty"`
	Role    peyk.Role `json:"role"`
	Key     string    `json:"key,omitempty"`
	Address string    `json:"address,omitempty"`
	Scopes  []scope   `json:"scopes"`
	View    view      `json:"view"`
}

type scope struct {
	Kind string `json:"kind"`
	Name string `json:"name,omitempty"`
}

type view struct {
	All      bool     `json:"all,omitempty"`
	Box      *box     `json:"box,omitempty"`
	Zoom     float64  `json:"zoom,omitempty"`
	Couriers []string `json:"couriers,omitempty"`
}

type box [4]float64 // south, west, north, east

// line returns the entry as JSON, with a newline.
func (e Entry) line() []byte {
	l := line{
		From: e.From.UTC(), To: e.To.UTC(), Subject: e.Who.Subject, Name: e.Who.Name, Role: e.Who.Role,
		Key: e.Who.Key, Address: e.Address, Scopes: []scope{}, View: view{All: e.View.All, Couriers: e.View.Couriers},
	}
	for _, s := range e.Who.Scopes {
		l.Scopes = append(l.Scopes, scope{s.Kind.String(), s.Name})
	}
	if b := e.View.Box; b != nil {
		l.View.Box, l.View.Zoom = &box{b.South, b.West, b.North, b.East}, b.Zoom
	}
	text, err := json.Marshal(l)
	if err != nil {
		panic(err) // a valid view has no NaN, and all the rest can be encoded
	}
	return append(text, '\n')
}
