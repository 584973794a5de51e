package socket

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"testing"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// TestIntroductionsComeFirst whatever happens between the pieces that a viewer
// takes, and before somebody else takes them: here a courier moves, and leaves.
func TestIntroductionsComeFirst(t *testing.T) {
	for _, couriers := range []int{1, pieceEntries + 1} {
		for pieces := range 4 {
			t.Run(fmt.Sprintf("couriers=%d/pieces=%d", couriers, pieces), func(t *testing.T) {
				h := NewHub(Options{Who: Granting(nil), World: live.NewWorld(live.Options{Epoch: 7, Tick: time.Second, MaxCouriers: 1000, Forget: time.Hour})})
				h.put(t, 0, 35.7, 51.1)
				for id := range couriers {
					h.put(t, 1+id, 35.7, 51.9)
				}
				h.tick()
				first, second := h.watcher(t), h.watcher(t)
				for range pieces {
					first.catchUp(h.now.Load())
				}
				h.put(t, couriers, 35.7001, 51.9)
				h.tick()
				h.put(t, couriers, -35, 51.9)
				h.tick()
				for _, v := range []*viewer{first, second} {
					v.late = true // it was given neither tick
					for v.late {
						v.catchUp(h.now.Load())
					}
					if shown := seen(t, v.out); len(shown) != couriers || shown[strconv.Itoa(couriers)] != nil {
						t.Errorf("%d couriers are shown, want %d without the last", len(shown), couriers)
					}
				}
			})
		}
	}
}

func (h *Hub) put(t *testing.T, id int, lat, lon float64) {
	t.Helper()
	if _, _, err := h.o.World.Take(peyk.Report{Courier: peyk.Courier{ID: strconv.Itoa(id)}, Position: peyk.Position{Lat: lat, Lon: lon}}); err != nil {
		t.Fatal(err)
	}
}

func (h *Hub) tick() {
	if tick, changed := h.o.World.Tick(); changed {
		h.Tell(tick)
	}
}

// watcher is a viewer of a box whom nobody serves.
func (h *Hub) watcher(t *testing.T) *viewer {
	t.Helper()
	v := newViewer(h, h.languages["peyk.v1.json"], ofEverything())
	if err := v.watch(&peyk.Interest{View: peyk.View{Box: &peyk.Box{South: 35, West: 51, North: 36, East: 52, Zoom: 10, Limit: 1000}}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	return v
}

// seen returns what a client sees that was told this.
func seen(t *testing.T, out [][]byte) map[string]*client.Shown {
	t.Helper()
	var picture client.Picture
	in := bufio.NewReader(bytes.NewReader(bytes.Join(out, nil)))
	for {
		var head [2]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return picture.Couriers()
		}
		size := uint64(head[1])
		if more := map[byte]int{126: 2, 127: 8}[head[1]]; more > 0 {
			var long [8]byte
			_, _ = io.ReadFull(in, long[8-more:]) // what lacks is missed below
			size = binary.BigEndian.Uint64(long[:])
		}
		payload := make([]byte, size)
		if _, err := io.ReadFull(in, payload); err != nil {
			t.Fatal(err)
		}
		m, err := wire.ParseMessage(payload)
		if err == nil {
			err = picture.Apply(m)
		}
		if err != nil {
			t.Fatalf("%.200s: %v", payload, err)
		}
	}
}
