package socket

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// TestWatchesThatNobodyReads cost no memory: the parts are named once, when
// there is room.
func TestWatchesThatNobodyReads(t *testing.T) {
	h := NewHub(Options{Who: Granting(nil), World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})})
	now := time.Now()
	v := newViewer(h, h.languages["peyk.v1.json"], ofEverything())
	ids := make([]string, peyk.MaxViewCouriers)
	for i := range ids {
		ids[i] = fmt.Sprintf("%0100d", i)
	}
	watch := frame(0x81, string(wire.AppendWatch(nil, peyk.Interest{View: peyk.View{Couriers: ids}})))
	for range 50 {
		if v.feed(watch, now); v.ending != nil {
			t.Fatalf("ending = %v", v.ending)
		}
	}
	if got := size(v.out); got > 1<<10 {
		t.Errorf("%d bytes wait after 50 watches", got)
	}
	v.out = nil
	v.more(h.now.Load())
	named, lists := 0, 0
	for _, message := range v.out {
		if len(message) > wire.MaxFrame+4 {
			t.Errorf("a message of %d bytes, want at most 32 KiB", len(message))
		}
		if strings.Contains(string(message), `"type":"parts"`) {
			named += strings.Count(string(message), `"all/courier:`)
			if !strings.Contains(string(message), `"more":true`) {
				lists++
			}
		}
	}
	if named != len(ids) || lists != 1 {
		t.Errorf("%d parts are named in %d lists, want %d in one", named, lists, len(ids))
	}
}

// TestLongComplaint: what is answered does not grow with what was wrong.
func TestLongComplaint(t *testing.T) {
	h := NewHub(Options{Who: Granting(nil), World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour})})
	for _, long := range []string{strings.Repeat(`\"`, 30_000), strings.Repeat("ی", 30_000)} {
		v := newViewer(h, h.languages["peyk.v1.json"], ofEverything())
		v.out = nil
		v.feed(frame(0x81, `{"type":"watch","view":{"all":true},"epoch":"`+long+`"}`), time.Now())
		got := joinAll(v.out)
		if len(got) == 0 || len(got) > 3*maxReason || v.ending != nil {
			t.Fatalf("%d bytes are answered, %v", len(got), v.ending)
		}
		if body := got[4:]; !json.Valid(body) {
			t.Errorf("answered %s, want JSON", body)
		}
	}
}

func joinAll(chunks [][]byte) []byte { return join(chunks...) }
