package bench

import (
	"bufio"
	"encoding/binary"
	"net"
	"strings"
	"testing"
	"time"

	"peyk"
)

const hello = `{"type":"hello","epoch":"00c0ffee00c0ffee","version":1000}`

// at is a frame with courier number 1, who is at the place and was taken so
// many milliseconds before its version, a second.
func at(intro, place string, age string) string {
	return `{"type":"frame","part":1,"to":1000,` + intro + `"at":[[1,` + place + `,0,0,` + age + `,null]]}`
}

func TestCheckerFinds(t *testing.T) {
	const parts, intro = `{"type":"parts","parts":[[1,"p"]]}`, `"new":[[1,"bench-1","Sara","",""]],`
	truth := []place{{35_700_000, 51_400_000}}
	box := peyk.View{Box: &peyk.Box{South: 35.6, West: 51.3, North: 35.7, East: 51.4}}
	for _, tt := range []struct {
		name     string
		view     peyk.View
		messages []string
		noted    string // while messages came; empty: nothing
		final    string // at the end; empty: all is well
	}{
		{"all well", peyk.View{All: true}, []string{at(intro, "35.6,51.4", "5"), at("", "35.7,51.4", "4")}, "", ""},
		{"a step back", peyk.View{All: true}, []string{at(intro, "35.7,51.4", "5"), at("", "35.6,51.4", "6")}, "bench-1 went back in time by 1ms", ""},
		{"the courier that was asked for", peyk.View{Couriers: []string{"bench-1"}}, []string{at(intro, "35.7,51.4", "5")}, "", ""},
		{"another courier", peyk.View{Couriers: []string{"bench-2"}}, []string{at(intro, "35.7,51.4", "5")}, "outside of what was asked for", ""},
		{"in the tiles around it", box, []string{at(intro, "35.76,51.4", "5"), at("", "35.7,51.4", "5")}, "", ""},
		{"beyond the tiles around it", box, []string{at(intro, "35.77,51.4", "5"), at("", "35.7,51.4", "5")}, "outside of what was asked for", ""},
		{"elsewhere at the end", peyk.View{All: true}, []string{at(intro, "35.700001,51.4", "5")}, "", "1 couriers shown elsewhere"},
		{"not there at the end", box, nil, "", "1 not shown"},
		{"counted at the end", box, []string{`{"type":"frame","part":1,"to":1000,"full":true,"cells":[[0,1,35.7,51.4]]}`}, "", ""},
		{"strangers are not ours to judge", peyk.View{All: true}, []string{
			strings.Replace(at(intro, "10,10", "5"), "bench-1", "sim-1", 1)}, "", "and 1 that are not ours"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newChecker(Load{Language: Languages()["json"]}, tt.view, new(delays))
			for _, m := range append([]string{hello, parts}, tt.messages...) {
				if _, err := c.take([]byte(m)); err != nil {
					t.Fatal(err)
				}
			}
			if got := strings.Join(c.problems, "; "); tt.noted == "" && got != "" || !strings.Contains(got, tt.noted) {
				t.Errorf("noted %q, want %q", got, tt.noted)
			}
			err := c.compare(truth)
			if tt.final == "" && err != nil || tt.final != "" && (err == nil || !strings.Contains(err.Error(), tt.final)) {
				t.Errorf("at the end %v, want %q", err, tt.final)
			}
		})
	}
}

func TestDelays(t *testing.T) {
	var d delays
	if got := d.quantile(0.5); got != 0 {
		t.Errorf("the median of nothing is %v, want 0", got)
	}
	for i := range 100 {
		d.add(time.Duration(i) * time.Millisecond)
	}
	d.add(-time.Second)
	d.add(time.Hour)
	for q, want := range map[float64]time.Duration{0: 100 * time.Microsecond, 0.5: 49100 * time.Microsecond, 0.99: 99100 * time.Microsecond, 1: 4 * time.Second} {
		if got := d.quantile(q); got != want {
			t.Errorf("quantile(%v) = %v, want %v", q, got, want)
		}
	}
}

func TestConnReads(t *testing.T) {
	large := string(make([]byte, 70_000))
	for _, tt := range []struct {
		name  string
		bytes string
		want  string // of the message, or of the error
	}{
		{"text", "\x81\x02hi", "hi"},
		{"medium", "\x82\x7e\x01\x00" + large[:256], large[:256]},
		{"large", "\x82\x7f" + string(binary.BigEndian.AppendUint64(nil, 70_000)) + large, large},
		{"after a ping", "\x89\x01p\x81\x02hi", "hi"},
		{"fragmented", "\x01\x02hi", "want whole messages, unmasked"},
		{"masked", "\x81\x82", "want whole messages, unmasked"},
		{"endless", "\x82\x7f\x40\x00\x00\x00\x00\x00\x00\x00", "frame of opcode 2 has 4611686018427387904 bytes"},
		{"close", "\x88\x04\x03\xe9ok", "the server closed with 1001 ok"},
		{"close without a code", "\x88\x00", "the server closed without a code"},
		{"long ping", "\x89\x7e\x01\x00", "frame of opcode 9 has 256 bytes"},
		{"unknown", "\x83\x00", "frame of opcode 3"},
		{"cut off", "\x81\x05hi", "unexpected EOF"},
	} {
		for _, wanted := range []bool{true, false} {
			t.Run(tt.name, func(t *testing.T) {
				ours, theirs := net.Pipe()
				done := make(chan struct{})
				go func() {
					defer close(done)
					_, _ = theirs.Write([]byte(tt.bytes)) // the reader may leave early
					_ = theirs.Close()
				}()
				c := &conn{discard{ours}, bufio.NewReaderSize(ours, readBuffer)}
				size, message, err := c.next(wanted)
				_ = ours.Close() // ends the writer
				<-done
				switch {
				case err != nil && (wanted || tt.name != "cut off") && !strings.Contains(err.Error(), tt.want):
					t.Errorf("next = %v, want %.40q", err, tt.want)
				case err == nil && (size != len(tt.want) || wanted != (message != nil) || wanted && string(message) != tt.want):
					t.Errorf("next = %d bytes, %.40q, want %.40q", size, message, tt.want)
				}
			})
		}
	}
}

// discard takes what is written, so that answers need no reader.
type discard struct{ net.Conn }

func (discard) Write(b []byte) (int, error) { return len(b), nil }
