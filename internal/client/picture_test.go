package client_test

import (
	"testing"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/wire"
)

// told is a whole part with one courier, and that it is all.
func told(epoch peyk.Epoch, to peyk.Version, stamp peyk.Micros, lat float64) []wire.Message {
	entry := peyk.Entry{
		Number: 1, Courier: peyk.Courier{ID: "10", Name: "Sara"}, New: true, Moved: true,
		Position: peyk.Position{Lat: lat, Stamp: stamp},
	}
	return []wire.Message{
		{Type: "hello", Epoch: epoch, Version: to},
		{Type: "parts", Parts: []peyk.Watched{{Number: 1, Part: "all/everything"}}},
		{Type: "frame", Frame: peyk.Frame{Part: 1, To: to, Full: true, Entries: []peyk.Entry{entry}}},
		{Type: "upto", Version: to},
	}
}

// TestServerThatKnowsLess after a crash is believed: what is shown is what it
// shows to everybody. Within one epoch an older position is no news.
func TestServerThatKnowsLess(t *testing.T) {
	for _, c := range []struct {
		name  string
		epoch peyk.Epoch
		want  float64
	}{
		{"the same epoch", 1, 36},
		{"another epoch", 2, 35},
	} {
		t.Run(c.name, func(t *testing.T) {
			var p client.Picture
			for _, m := range append(told(1, 1000, 900_000, 36), told(c.epoch, 2000, 800_000, 35)...) {
				if err := p.Apply(m); err != nil {
					t.Fatal(err)
				}
			}
			if got := p.Couriers()["10"].Position.Lat; got != c.want {
				t.Errorf("latitude = %v, want %v", got, c.want)
			}
		})
	}
}
