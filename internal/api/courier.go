package api

import (
	"cmp"
	"encoding/json"
	"time"

	"peyk"
	"peyk/internal/store"
)

// courier is how the API shows one: as the shop describes it, and where it is.
type courier struct {
	ID       string          `json:"id"`
	Username string          `json:"username"`
	Name     string          `json:"name"` // may be empty, as everything below may
	Team     string          `json:"team"`
	Phone    string          `json:"phone"`
	Vehicle  string          `json:"vehicle"`
	Active   bool            `json:"active"`
	Metadata json.RawMessage `json:"metadata"` // an object
	Listed   bool            `json:"listed"`   // the shop described it; else it was only heard
	Position *position       `json:"position,omitempty"`
}

type position struct {
	Latitude  float64     `json:"latitude"`
	Longitude float64     `json:"longitude"`
	Accuracy  measure     `json:"accuracy,omitzero"`
	Altitude  measure     `json:"altitude,omitzero"`
	Speed     measure     `json:"speed,omitzero"`
	Heading   measure     `json:"heading,omitzero"`
	Battery   measure     `json:"battery,omitzero"`
	Time      time.Time   `json:"time,omitzero"`
	Stamp     peyk.Micros `json:"stamp"`
	Interval  float64     `json:"interval,omitzero"` // seconds
}

// measure is written with the digits it has, not with those of a float64.
type measure struct{ peyk.Measure }

// MarshalJSON writes the number.
func (m measure) MarshalJSON() ([]byte, error) { return m.Append(nil), nil }

// shown returns what the API shows of a courier: what the store knows, and the
// newest position, with the username that the phone says if the shop says none.
// Whoever is off duty is nowhere.
func (s *Server) shown(k store.Known) courier {
	c := courier{
		ID:       k.Courier.ID,
		Username: k.Courier.Username,
		Name:     k.Courier.Name,
		Team:     k.Courier.Team,
		Phone:    k.Phone,
		Vehicle:  k.Vehicle,
		Active:   k.Active,
		Metadata: k.Metadata,
		Listed:   k.Listed,
	}
	if c.Metadata == nil {
		c.Metadata = json.RawMessage("{}")
	}
	if e, found := s.o.World.Courier(c.ID); found && c.Active {
		c.Username = cmp.Or(c.Username, e.Courier.Username)
		c.Position = positionOf(e.Position)
	}
	return c
}

func positionOf(p peyk.Position) *position {
	return &position{
		Latitude:  p.Lat,
		Longitude: p.Lon,
		Accuracy:  measure{p.Accuracy},
		Altitude:  measure{p.Altitude},
		Speed:     measure{p.Speed},
		Heading:   measure{p.Heading},
		Battery:   measure{p.Battery},
		Time:      p.Time.Time(),
		Stamp:     p.Stamp,
		Interval:  p.Interval.Seconds(),
	}
}
