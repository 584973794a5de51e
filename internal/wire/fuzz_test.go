package wire_test

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"peyk"
	"peyk/internal/wire"
)

func FuzzParseOriginal(f *testing.F) {
	for _, line := range goldenLines(f, "original.jsonl") {
		f.Add(line)
	}
	for _, text := range []string{
		`{"latitude": "35.1", "longitude": " 5", "user": {"id": "x"}}`, `{"latitude": 1e400}`, `null`, `[]`, `{"user":7}`,
		`{"latitude":1,"longitude":2,"user":{"id":3},"stamp":"soon","time":{},"battery":7,"interval":-1}`, strings.Repeat("[", 5000),
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, message []byte) {
		r, err := wire.ParseOriginal(message)
		if err != nil {
			return
		}
		if err := r.Courier.Validate(); err != nil {
			t.Errorf("accepted a courier that is not valid: %v", err)
		}
		if err := r.Position.Validate(); err != nil {
			t.Errorf("accepted a position that is not valid: %v", err)
		}
		if !bytes.Equal(r.Raw, message) {
			t.Errorf("Raw = %q, want the message as it came", r.Raw)
		}
		raw := r.Raw
		r.Raw = nil
		again, err := wire.ParseOriginal(wire.AppendOriginal(nil, r, wire.Number))
		if err != nil {
			t.Fatalf("cannot read what was written of %q: %v", raw, err)
		}
		// A float of seconds holds a duration to the microsecond only.
		if r.Position.Interval.Round(1000) == again.Position.Interval.Round(1000) {
			again.Position.Interval = r.Position.Interval
		}
		if again.Courier != r.Courier || again.Position != r.Position {
			t.Errorf("read back %+v, want %+v", again, r)
		}
	})
}

func FuzzParseRequest(f *testing.F) {
	for _, line := range goldenLines(f, "watch.jsonl") {
		f.Add(line)
	}
	f.Add([]byte(`{"type":"watch","view":{"all":true},"epoch":"g","have":{"":-1}}`))
	f.Add([]byte(`{"type":"dance"}`))
	f.Fuzz(func(t *testing.T, message []byte) {
		r, err := wire.ParseRequest(message)
		if in := r.Watch; err == nil && in != nil && (in.View.Validate() != nil || len(in.Have) > peyk.MaxParts) {
			t.Errorf("ParseRequest(%q) = %+v", message, in)
		}
	})
}

func FuzzParseMessage(f *testing.F) {
	for _, line := range goldenLines(f, "v1.jsonl") {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, message []byte) { _, _ = wire.ParseMessage(message) }) // must not panic; errors are fine
}

func FuzzParseBinMessage(f *testing.F) {
	for _, m := range goldenMessages() {
		f.Add(wire.AppendBinMessage(nil, m))
	}
	for _, frame := range goldenFrames() {
		b, _ := wire.AppendBinFrame(nil, frame)
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, message []byte) { _, _ = wire.ParseBinMessage(message) }) // must not panic; errors are fine
}

func goldenLines(t testing.TB, name string) [][]byte {
	t.Helper()
	file, err := os.ReadFile("../../testdata/wire/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Split(bytes.TrimSpace(file), []byte("\n"))
}

func TestOutsidersMessages(t *testing.T) {
	for _, c := range []struct {
		name, message string
		want          peyk.Report // without Raw
		wantErr       string
	}{
		{name: "strings", message: `{"latitude":"35.5","longitude":"51","user":{"id":"10","username":"u"}}`, want: report(35.5, 51, "10", "u")},
		{name: "more fields", message: `{"a":[1],"latitude":35.5,"longitude":51,"user":{"id":10,"username":"u","x":{}},"Time":"noon","stamp":"?","name":1}`, want: report(35.5, 51, "10", "u")},
		{name: "case matters", message: `{"Latitude":35.5,"longitude":51,"user":{"id":10}}`, wantErr: "latitude"},
		{name: "last of two counts", message: `{"latitude":1,"latitude":35.5,"longitude":51,"user":{"id":10}}`, want: report(35.5, 51, "10", "")},
		{name: "no username", message: `{"latitude":35.5,"longitude":51,"user":{"id":10,"username":null}}`, want: report(35.5, 51, "10", "")},
		{name: "long username", message: `{"latitude":35.5,"longitude":51,"user":{"id":10,"username":"` + strings.Repeat("x", peyk.MaxName+1) + `"}}`, want: report(35.5, 51, "10", "")},
		{name: "huge id stays", message: `{"latitude":35.5,"longitude":51,"user":{"id":12345678901234567890}}`, want: report(35.5, 51, "12345678901234567890", "")},
		{name: "fraction id", message: `{"latitude":35.5,"longitude":51,"user":{"id":1.5}}`, wantErr: "user.id"},
		{name: "no user", message: `{"latitude":35.5,"longitude":51}`, wantErr: "user"},
		{name: "out of range", message: `{"latitude":91,"longitude":51,"user":{"id":1}}`, wantErr: "latitude 91"},
		{name: "not a number", message: `{"latitude":"NaN","longitude":51,"user":{"id":1}}`, wantErr: "latitude"},
		{name: "not UTF-8", message: "{\"latitude\":1,\"longitude\":51,\"user\":{\"id\":\"\xff\"}}", wantErr: "UTF-8"},
		{name: "too long", message: `{"x":"` + strings.Repeat("x", wire.MaxOriginal) + `"}`, wantErr: "at most 4096"},
		{name: "array", message: `[1]`, wantErr: "JSON object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := wire.ParseOriginal([]byte(c.message))
			if c.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), c.wantErr) {
					t.Fatalf("error = %v, want one about %s", err, c.wantErr)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if string(got.Raw) != c.message {
				t.Errorf("Raw = %q", got.Raw)
			}
			if got.Courier != c.want.Courier || got.Position != c.want.Position {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func report(lat, lon float64, id, username string) peyk.Report {
	return peyk.Report{Courier: peyk.Courier{ID: id, Username: username}, Position: peyk.Position{Lat: lat, Lon: lon}}
}

// TestFramesAreBounded cuts a frame far larger than one message into pieces
// and puts it together again.
func TestFramesAreBounded(t *testing.T) {
	t.Run("json", func(t *testing.T) { framesAreBounded(t, wire.AppendFrame, wire.ParseMessage) })
	t.Run("bin", func(t *testing.T) { framesAreBounded(t, wire.AppendBinFrame, wire.ParseBinMessage) })
}

func framesAreBounded(t *testing.T, encode func([]byte, peyk.Frame) ([]byte, peyk.Frame), parse func([]byte) (wire.Message, error)) {
	f := peyk.Frame{Part: everything, From: v0, To: v1, Full: true}
	for i := range uint32(20_000) {
		f.Left = append(f.Left, i)
		e := hostile()
		e.Number, e.New, e.Moved = 100_000+i, i%3 != 0, i%3 != 1
		if i%1000 == 0 {
			e.Courier.Name = strings.Repeat("\x01\u2028", peyk.MaxName/4)
		}
		f.Entries = append(f.Entries, e)
	}
	var left []uint32
	entries := map[uint32]peyk.Entry{}
	for rest, piece := f, 0; piece == 0 || len(rest.Left)+len(rest.Entries) > 0; piece++ {
		var b []byte
		b, rest = encode(nil, rest)
		if len(b) > wire.MaxFrame || b[0] == '{' && !json.Valid(b) {
			t.Fatalf("piece %d: %d bytes, valid JSON %v", piece, len(b), json.Valid(b))
		}
		m, err := parse(b)
		if err != nil {
			t.Fatal(err)
		}
		if m.Frame.Full != (piece == 0) || m.Frame.More != (len(rest.Left)+len(rest.Entries) > 0) {
			t.Fatalf("piece %d: full %v, more %v", piece, m.Frame.Full, m.Frame.More)
		}
		if len(entries) > 0 && len(m.Frame.Left) > 0 {
			t.Fatal("left after introductions")
		}
		left = append(left, m.Frame.Left...)
		for _, got := range m.Frame.Entries {
			e := entries[got.Number]
			if got.New {
				e.Number, e.New, e.Courier = got.Number, true, got.Courier
			}
			if got.Moved {
				e.Number, e.Moved, e.Position = got.Number, true, got.Position
			}
			entries[got.Number] = e
		}
	}
	if len(left) != len(f.Left) || len(entries) != len(f.Entries) {
		t.Fatalf("%d left and %d entries, want %d and %d", len(left), len(entries), len(f.Left), len(f.Entries))
	}
	for _, want := range f.Entries {
		got := entries[want.Number]
		if got.New != want.New || got.Moved != want.Moved || want.New && got.Courier != want.Courier {
			t.Fatalf("entry %d = %+v, want %+v", want.Number, got, want)
		}
		if want.Moved && (math.Abs(got.Position.Lat-want.Position.Lat) > 5e-7 || got.Position.Stamp != want.Position.Stamp/1000*1000) {
			t.Fatalf("position %+v, want %+v", got.Position, want.Position)
		}
	}
}

func BenchmarkAppendFrame(b *testing.B) {
	f := peyk.Frame{Part: everything, From: v0, To: v1}
	for i := range uint32(1000) {
		e := sara()
		e.Number, e.New = i, false
		at := rand.New(rand.NewPCG(1, uint64(i)))
		e.Position.Lat, e.Position.Lon = 35.6+at.Float64()/5, 51.2+at.Float64()/3
		e.Position.Heading, e.Position.Speed = peyk.Measured(at.Float64()*360), peyk.Measured(at.Float64()*15)
		e.Position.Stamp = v1.Micros() - peyk.Micros(at.IntN(100_000))
		f.Entries = append(f.Entries, e)
	}
	for name, encode := range map[string]func([]byte, peyk.Frame) ([]byte, peyk.Frame){"json": wire.AppendFrame, "bin": wire.AppendBinFrame} {
		b.Run(name+"/positions=1000", func(b *testing.B) {
			dst, bytes := make([]byte, 0, 2*wire.MaxFrame), 0
			for b.Loop() {
				bytes = 0
				for rest := f; len(rest.Entries) > 0; bytes += len(dst) {
					dst, rest = encode(dst[:0], rest)
				}
			}
			b.ReportMetric(float64(bytes)/float64(len(f.Entries)), "bytes/position")
		})
	}
}

// TestBrokenBinMessages: a message whose inside is cut off is an error, of
// whichever type it is.
func TestBrokenBinMessages(t *testing.T) {
	const delimited = 2
	for name, field := range map[string]byte{"hello": 1, "parts": 2, "frame": 3, "bye": 6, "error": 7, "right": 8} {
		broken := []byte{field<<3 | delimited, 1, 1<<3 | delimited} // a text without its length
		if m, err := wire.ParseBinMessage(broken); err == nil {
			t.Errorf("%s: ParseBinMessage = %+v, want an error", name, m)
		}
	}
}
