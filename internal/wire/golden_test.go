package wire_test

import (
	"bytes"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"peyk"
	"peyk/internal/wire"
)

var update = flag.Bool("update", false, "write the golden files anew")

const (
	everything = 1 // numbers of parts
	tile       = 2
	order      = 3

	epoch = peyk.Epoch(0x00c0ffee00c0ffee)
	v0    = peyk.Version(1763823600000)
	v1    = peyk.Version(1763823600100)
)

func sara() peyk.Entry {
	return peyk.Entry{
		Number: 1, New: true, Moved: true,
		Courier: peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara", Team: "north"},
		Position: peyk.Position{
			Lat: 35.0001, Lon: 53.12111, Heading: peyk.Measured(269.7), Speed: peyk.Measured(8.34),
			Stamp: v0.Micros() - 52_000, Interval: time.Minute,
		},
	}
}

// hostile has texts that break programs which forget to escape.
func hostile() peyk.Entry {
	return peyk.Entry{
		Number: 4294967295, New: true, Moved: true,
		Courier:  peyk.Courier{ID: "پیک-۷", Username: `a"b\c`, Name: "<img src=x onerror=alert(1)>\u202e\u2028 علی\u200cرضا"},
		Position: peyk.Position{Lat: -89.999999, Lon: -180, Stamp: v0.Micros() + 7_999, Interval: 16_666_667 * time.Nanosecond},
	}
}

func goldenFrames() []peyk.Frame {
	moved := sara()
	moved.New = false
	moved.Position.Lat, moved.Position.Heading, moved.Position.Speed = 35.00012, peyk.Measured(359.6), peyk.Measured(8.1)
	moved.Position.Stamp = v1.Micros() - 4_000
	return []peyk.Frame{
		{Part: everything, To: v0, Full: true, Entries: []peyk.Entry{sara()}},
		{Part: everything, From: v0, To: v1, Left: []uint32{2}, Entries: []peyk.Entry{moved}},
		{Part: everything, From: v0, To: v1, More: true, Entries: []peyk.Entry{hostile()}},
		{Part: everything, From: v0, To: v1, Full: true},
		{Part: tile, To: v1, Full: true, Cells: []peyk.Cell{{Index: 0, Count: 7, Lat: 35.7, Lon: 51.4}, {Index: 255, Count: 1200, Lat: 35.712345, Lon: 51.5}}},
		{Part: tile, From: v0, To: v1, Cells: []peyk.Cell{{Index: 255}}},
		{Part: order, To: v1, Full: true, Order: brought()},
		{Part: order, To: v1, Full: true, Order: &peyk.Tracking{
			Order: "A-7", State: peyk.OrderDelivered, Destination: peyk.Place{Address: "Valiasr 7"}, Ended: v0.Micros().Time(), ShopPhone: "+98 21 000", Stops: -1,
		}},
		{Part: order, To: v1, Full: true, Order: &peyk.Tracking{Order: "A-8", Stops: -1}},
		{Part: order, To: v1, Full: true, Order: &peyk.Tracking{
			Order: "<b>\u2028", State: peyk.OrderAssigned, Destination: peyk.Place{Address: "\u202eتهران، \"خیابان\" ۷\\"}, Stops: 3,
		}},
	}
}

// brought is an order on its way, with all that there may be.
func brought() *peyk.Tracking {
	return &peyk.Tracking{
		Order: "A-7", State: peyk.OrderPickedUp, Destination: peyk.Place{Lat: 35.75, Lon: 51.41, Known: true, Address: "Valiasr 7"},
		Promised: v0.Micros().Add(30 * time.Minute).Time(), Code: "4711", ShopPhone: "+98 21 000", Phone: "+98 21 999", Stops: 0,
		Courier: &peyk.TrackedCourier{Name: "Sara", Lat: 35.7462263, Lon: 51.4, Exact: true, Stamp: v0.Micros()},
		Eta:     peyk.Window{Least: 8, Most: 12},
	}
}

func goldenMessages() []wire.Message {
	return []wire.Message{
		{Type: "hello", Epoch: epoch, Version: v0},
		{Type: "parts", Parts: []peyk.Watched{{Number: everything, Part: "all/everything"}, {Number: tile, Part: "all/12/2633/1612/1000"}, {Number: order, Part: "order/A-7"}}},
		{Type: "parts", Parts: []peyk.Watched{{Number: everything, Part: "all/everything"}}, More: true},
		{Type: "upto", Version: v1},
		{Type: "beat", Version: v1 + 10_000},
		{Type: "bye", Code: 1001, Reason: "the server stops", After: 1200 * time.Millisecond},
		{Type: "right", Until: time.UnixMilli(1763827200000)},
		{Type: "right"},
		{Type: "error", Error: "unknown_view", Reason: `want one of "all":true, "box":[south,west,north,east] and "couriers":["id",…]`},
	}
}

func goldenV1() [][]byte {
	var lines [][]byte
	for _, m := range goldenMessages() {
		lines = append(lines, wire.AppendMessage(nil, m))
	}
	for _, f := range goldenFrames() {
		b, _ := wire.AppendFrame(nil, f)
		lines = append(lines, b)
	}
	return lines
}

// goldenBin is goldenV1 in peyk.v1.bin, each message in hexadecimal.
func goldenBin() [][]byte {
	var lines [][]byte
	for _, m := range goldenMessages() {
		lines = append(lines, hex.AppendEncode(nil, wire.AppendBinMessage(nil, m)))
	}
	for _, f := range goldenFrames() {
		b, _ := wire.AppendBinFrame(nil, f)
		lines = append(lines, hex.AppendEncode(nil, b))
	}
	return lines
}

// TestBinaryIsTheSame reads both encodings back and compares.
func TestBinaryIsTheSame(t *testing.T) {
	text, bin := goldenV1(), goldenBin()
	for i := range text {
		want, err := wire.ParseMessage(text[i])
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := hex.DecodeString(string(bin[i]))
		got, err := wire.ParseBinMessage(raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b peyk.Measure) bool { return a == b }), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-json +bin):\n%s", text[i], diff)
		}
	}
}

func goldenOriginal() [][]byte {
	full := peyk.Report{Courier: sara().Courier, Position: sara().Position}
	full.Position.Time, full.Position.Accuracy, full.Position.Altitude, full.Position.Battery =
		v0.Micros()-60_000, peyk.Measured(4.5), peyk.Measured(-3), peyk.Measured(0.76)
	plain := peyk.Report{
		Courier:  peyk.Courier{ID: "10", Username: "test_driver1"},
		Position: peyk.Position{Lat: 35.0001, Lon: 53.12111, Stamp: v0.Micros()},
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

func goldenWatch() [][]byte {
	return [][]byte{
		wire.AppendWatch(nil, peyk.Interest{View: peyk.View{All: true}}),
		wire.AppendWatch(nil, peyk.Interest{View: peyk.View{Box: &peyk.Box{South: 35.5, West: 51.2, North: 35.8, East: 51.6, Zoom: 11.5, Limit: 1000}}}),
		wire.AppendWatch(nil, peyk.Interest{View: peyk.View{Couriers: []string{"10", "پیک-۷"}}}),
		wire.AppendWatch(nil, peyk.Interest{View: peyk.View{All: true}, Epoch: epoch, Have: map[peyk.Part]peyk.Version{"all/everything": v0}}),
		wire.AppendToken(nil, "eyJhbGciOiJFUzI1NiJ9.…"),
	}
}

func TestGolden(t *testing.T) {
	for name, messages := range map[string][][]byte{
		"v1.jsonl":       goldenV1(),
		"v1.bin.hex":     goldenBin(),
		"original.jsonl": goldenOriginal(),
		"watch.jsonl":    goldenWatch(),
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
	shown := slices.Concat(golden[:2], golden[3:7], golden[9:11], golden[13:18], goldenOriginal()[:1], goldenWatch())
	for _, message := range shown {
		if !bytes.Contains(page, append(message, '\n')) {
			t.Errorf("docs/protocol.md lacks the line %s", message)
		}
	}
}
