package live_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
)

const million = 1_000_000

// country is a world of couriers in a hundred towns; crowd: all at one point.
func country(b *testing.B, crowd bool) (*live.World, []peyk.Report) {
	b.Helper()
	w := live.NewWorld(live.Options{Tick: time.Millisecond, MaxCouriers: 2 * million, Forget: 24 * time.Hour})
	random := rand.New(rand.NewPCG(1, 2))
	reports := make([]peyk.Report, million)
	for i := range reports {
		town := i % 100
		reports[i] = peyk.Report{
			Courier:  peyk.Courier{ID: fmt.Sprintf("%08d", i), Username: fmt.Sprintf("courier-%08d", i)},
			Position: peyk.Position{Lat: 26 + float64(town/10) + random.Float64()/5, Lon: 46 + float64(town%10) + random.Float64()/5, Interval: time.Minute},
		}
		if crowd {
			reports[i].Position.Lat, reports[i].Position.Lon = 35.7, 51.4
		}
		take(b, w, reports[i])
	}
	w.Tick()
	return w, reports
}

func take(b *testing.B, w *live.World, r peyk.Report) {
	b.Helper()
	if _, _, err := w.Take(r); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkMemory is the live heap of a million couriers without viewers, with
// ids of 8 and names of 16 bytes (aim: 200 bytes each).
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		w, reports := country(b, false)
		clear(reports)
		reports = nil
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/million, "B/courier")
		runtime.KeepAlive(w)
	}
}

// BenchmarkTick moves 10,000 of a million couriers and ticks, while 1,000
// boxes with at most 2,000 couriers each are watched: the time per position.
func BenchmarkTick(b *testing.B) {
	for _, crowd := range []bool{false, true} {
		b.Run(fmt.Sprintf("couriers=1000000/positions=10000/crowd=%v", crowd), func(b *testing.B) {
			w, reports := country(b, crowd)
			random := rand.New(rand.NewPCG(3, 4))
			for range 1000 {
				at := reports[random.IntN(million)].Position
				box := peyk.Box{South: at.Lat - 0.02, West: at.Lon - 0.02, North: at.Lat + 0.02, East: at.Lon + 0.02, Zoom: 14, Limit: 1000}
				keys, err := live.Cover([]peyk.Scope{peyk.All}, peyk.View{Box: &box})
				if err != nil {
					b.Fatal(err)
				}
				w.Watch(keys)
			}
			b.ReportMetric(float64(w.Stats().Parts), "parts")
			var ticks time.Duration
			for b.Loop() {
				for range 10_000 {
					r := &reports[random.IntN(million)]
					r.Position.Lat += (random.Float64() - 0.5) / 1000
					take(b, w, *r)
				}
				began := time.Now()
				w.Tick()
				ticks += time.Since(began)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/position")
			b.ReportMetric(float64(ticks.Milliseconds())/float64(b.N), "ms/tick")
		})
	}
}
