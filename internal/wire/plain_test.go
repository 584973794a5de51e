package wire

import (
	"bytes"
	"os"
	"testing"

	"peyk"
)

// FuzzPlain holds the short way against the long one: what it accepts means
// the same.
func FuzzPlain(f *testing.F) {
	golden, err := os.ReadFile("../../testdata/wire/original.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for line := range bytes.Lines(golden) {
		f.Add(bytes.TrimSpace(line))
	}
	for _, text := range []string{
		`{"latitude":1,"longitude":2,"user":{"id":3,"username":"u"},"stamp":1,"stamp":2}`,
		`{"latitude": 007, "longitude": 2, "user": {"id": 3, "username": "u"}}`,
		`{"latitude": 1, "longitude": 2, "user": {"id": 3, "username": "\u0641"}}`,
		`{"latitude": 1, "longitude": 2, "user": {"id": 3, "username": "u"}, "speed": -1, "user": {}}`,
		`{"latitude": 1-2, "longitude": 2, "user": {"id": -0, "username": "u"}} `,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		short, ok := parsePlain(message)
		if !ok || short.Courier.Validate() != nil || short.Position.Validate() != nil {
			return
		}
		long, err := parseAny(message)
		if err != nil || long.Courier != short.Courier || long.Position != short.Position {
			t.Errorf("%q: %+v, want %+v, %v", message, short, long, err)
		}
	})
}

// TestOwnMessagesArePlain looks that what Peyk and Django write goes the short way.
func TestOwnMessagesArePlain(t *testing.T) {
	r := peyk.Report{
		Courier:  peyk.Courier{ID: "10", Username: "سارا", Name: "Sara"},
		Position: peyk.Position{Lat: -35.0001, Lon: 53, Stamp: 1763823600000000, Time: 1763823600000000, Interval: 60e9, Speed: peyk.Measured(8.3), Battery: peyk.Measured(0.7)},
	}
	got, ok := parsePlain(AppendOriginal(nil, r, Number))
	if !ok || got.Courier != r.Courier || got.Position != r.Position {
		t.Errorf("parsePlain = %+v, %v; want %+v", got, ok, r)
	}
}

func BenchmarkParseOriginal(b *testing.B) {
	for name, message := range map[string]string{
		"plain": `{"latitude": 35.0001, "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}, "stamp": 1763823600000000}`,
		"any":   `{"longitude": 53.12111, "latitude": 35.0001, "user": {"id": 10, "username": "test_driver1"}, "stamp": 1763823600000000}`,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := ParseOriginal([]byte(message)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
