package api

import (
	"time"

	"peyk"
)

// courier is how the API shows one; what is not known is left out.
type courier struct {
	ID       string   `json:"id"`
	Username string   `json:"username"`
	Name     string   `json:"name"` // to show; never empty
	Team     string   `json:"team"`
	Position position `json:"position"`
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

func courierOfEntry(e peyk.Entry) courier {
	p := e.Position
	return courier{
		ID:       e.Courier.ID,
		Username: e.Courier.Username,
		Name:     e.Courier.Shown(),
		Team:     e.Courier.Team,
		Position: position{
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
		},
	}
}

func maySee(who peyk.Grant, e peyk.Entry, now time.Time) bool {
	return who.May(peyk.Watch, peyk.Subject{Courier: e.Courier.ID, Team: e.Courier.Team}, now)
}
