package live_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
)

func newWorld(o live.Options) *live.World {
	o.Tick, o.Forget = time.Millisecond, 24*time.Hour
	if o.MaxCouriers == 0 {
		o.MaxCouriers = 2_000_000
	}
	return live.NewWorld(o)
}

func report(i int, lat, lon float64) peyk.Report {
	return peyk.Report{Courier: peyk.Courier{ID: fmt.Sprintf("%08d", i), Username: fmt.Sprintf("courier-%08d", i)}, Position: peyk.Position{Lat: lat, Lon: lon}}
}

func BenchmarkMemory(b *testing.B) {
	const n = 1_000_000
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		w := newWorld(live.Options{})
		for i := range n {
			w.Take(report(i, 25+float64(i%1000)/100, 45+float64(i/1000)/100))
		}
		w.Tick()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "B/courier")
		runtime.KeepAlive(w)
	}
}
