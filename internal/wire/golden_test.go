package wire_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	epoch = peyk.Epoch(0x00c0ffee00c0ffee)
	v0    = peyk.Version(1763823600000000)
	v1    = peyk.Version(1763823600100000)
)

func sara() peyk.Entry {
	return peyk.Entry{
		Number: 1, New: true, Moved: true,
		Courier: peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara", Team: "north"},
		Position: peyk.Position{
			Lat: 35.0001, Lon: 53.12111, Heading: peyk.Measured(269.7), Speed: peyk.Measured(8.34),
			Stamp: peyk.Micros(v0) - 52_000, Interval: time.Minute,
		},
	}
}

// hostile has texts that break programs which forget to escape.
func hostile() peyk.Entry {
	return peyk.Entry{
		Number: 4294967295, New: true, Moved: true,
		Courier:  peyk.Courier{ID: "پیک-۷", Username: `a"b\c`, Name: "<img src=x onerror=alert(1)>\u202e\u2028 علی\u200cرضا"},
		Position: peyk.Position{Lat: -89.999999, Lon: -180, Stamp: peyk.Micros(v0) + 7_999, Interval: 16_666_667 * time.Nanosecond},
	}
}

func frameMessage(f peyk.Frame) []byte {
	b, rest := wire.AppendFrame(nil, f)
	if len(rest.Left)+len(rest.Entries) > 0 {
		panic("golden frame does not fit into one message")
	}
	return b
}

func goldenV1() [][]byte {
	moved := sara()
	moved.New = false
	moved.Position.Lat, moved.Position.Heading, moved.Position.Speed = 35.00012, peyk.Measured(359.6), peyk.Measured(8.1)
	moved.Position.Stamp = peyk.Micros(v1) - 4_000
	return [][]byte{
		wire.AppendMessage(nil, wire.Message{Type: "hello", Epoch: epoch, Version: v0}),
		wire.AppendMessage(nil, wire.Message{Type: "parts", Parts: []peyk.Part{peyk.Everything}}),
		frameMessage(peyk.Frame{Part: peyk.Everything, To: v0, Full: true, Entries: []peyk.Entry{sara()}}),
		frameMessage(peyk.Frame{Part: peyk.Everything, From: v0, To: v1, Left: []uint32{2}, Entries: []peyk.Entry{moved}}),
		frameMessage(peyk.Frame{Part: peyk.Everything, From: v0, To: v1, More: true, Entries: []peyk.Entry{hostile()}}),
		frameMessage(peyk.Frame{Part: peyk.Everything, From: v0, To: v1, Full: true}),
		wire.AppendMessage(nil, wire.Message{Type: "upto", Version: v1}),
		wire.AppendMessage(nil, wire.Message{Type: "beat", Version: v1 + 10_000_000}),
		wire.AppendMessage(nil, wire.Message{Type: "bye", Code: 1001, Reason: "the server stops", After: 1200 * time.Millisecond}),
		wire.AppendMessage(nil, wire.Message{Type: "error", Error: "unknown_view", Reason: `want "view":{"all":true}`}),
	}
}

func goldenOriginal() [][]byte {
	full := peyk.Report{Courier: sara().Courier, Position: sara().Position}
	full.Position.Time, full.Position.Accuracy, full.Position.Altitude, full.Position.Battery =
		peyk.Micros(v0)-60_000, peyk.Measured(4.5), peyk.Measured(-3), peyk.Measured(0.76)
	plain := peyk.Report{
		Courier:  peyk.Courier{ID: "10", Username: "test_driver1"},
		Position: peyk.Position{Lat: 35.0001, Lon: 53.12111, Stamp: peyk.Micros(v0)},
	}
	whole := plain
	whole.Courier.ID, whole.Position.Lat, whole.Position.Lon = "007", 35, -0.000001
	return [][]byte{
		wire.AppendOriginal(nil, plain, wire.Number),
		wire.AppendOriginal(nil, plain, wire.String),
		wire.AppendOriginal(nil, whole, wire.Number),
		wire.AppendOriginal(nil, full, wire.Number),
	}
}

func TestGolden(t *testing.T) {
	for name, messages := range map[string][][]byte{
		"v1.jsonl":       goldenV1(),
		"original.jsonl": goldenOriginal(),
		"watch.jsonl": {
			wire.AppendWatch(nil, peyk.Interest{View: peyk.View{All: true}}),
			wire.AppendWatch(nil, peyk.Interest{View: peyk.View{All: true}, Epoch: epoch, Have: map[peyk.Part]peyk.Version{peyk.Everything: v0}}),
		},
	} {
		file := filepath.Join("..", "..", "testdata", "wire", name)
		got := append(bytes.Join(messages, []byte("\n")), '\n')
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got; after a wanted change: go test ./internal/wire -update):\n%s", name, diff)
		}
	}
}

func TestProtocolPageShowsTheGoldenMessages(t *testing.T) {
	page, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	golden := goldenV1()
	shown := append(golden[:4:4], golden[6], goldenOriginal()[0],
		wire.AppendWatch(nil, peyk.Interest{View: peyk.View{All: true}, Epoch: epoch, Have: map[peyk.Part]peyk.Version{peyk.Everything: v0}}))
	for _, message := range shown {
		if !bytes.Contains(page, append(message, '\n')) {
			t.Errorf("docs/protocol.md lacks the line %s", message)
		}
	}
}
