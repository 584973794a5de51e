package socket

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// BenchmarkMillion feeds 100,000 positions a second of a million couriers into
// Take while 1,000 viewers watch boxes with at most about 2,000 couriers each:
// the cores that ticks and viewers cost beside the feed (aim: 0.3), and the
// time from the start of a tick to its last write (aim: p99 20 ms). The same
// with all couriers at one point, which every box contains (aim: within twice).
func BenchmarkMillion(b *testing.B) {
	for _, crowd := range []bool{false, true} {
		b.Run(fmt.Sprintf("couriers=1000000/viewers=1000/crowd=%v", crowd), func(b *testing.B) {
			for b.Loop() {
				million(b, crowd)
			}
		})
	}
}

func million(b *testing.B, crowd bool) {
	const viewers = 1000
	f := newFeed(b, 1_000_000, 100, crowd)
	alone := f.run(b, 10, func() {})
	hub, server := serving(b, f.world)
	child := drainer(b, server.Listener.Addr(), f.watches(viewers), 0)
	defer child.Wait()
	defer child.Process.Kill()
	for began := time.Now(); hub.Stats().Viewers < viewers || time.Since(began) < 5*time.Second; <-time.After(10 * time.Millisecond) {
		if t, changed := f.world.Tick(); changed {
			hub.Tell(t)
		}
		if time.Since(began) > 30*time.Second {
			b.Fatalf("only %d viewers came", hub.Stats().Viewers)
		}
	}
	before := hub.Stats().Ticks
	var took []time.Duration
	watched := f.run(b, 20, func() { took = append(took, tickAndWait(f.world, hub)) })
	slices.Sort(took)
	b.ReportMetric(watched.Seconds()/20-alone.Seconds()/10, "cores-beside-feed")
	b.ReportMetric(alone.Seconds()/10, "cores-of-feed")
	b.ReportMetric(took[len(took)*99/100-1].Seconds()*1000, "ms-p99-tick")
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "ms-p50-tick")
	b.ReportMetric(float64(hub.Stats().Ticks-before)/20, "writes/s")
}

// serving is a hub that runs until the benchmark ends.
func serving(b *testing.B, w *live.World) (*Hub, *httptest.Server) {
	hub := NewHub(Options{World: w, Who: Granting(func(*http.Request) (peyk.Grant, error) {
		return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}}, nil
	})})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- hub.Run(ctx) }()
	server := httptest.NewServer(hub)
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
		server.Close()
	})
	return hub, server
}

// tickAndWait returns how long it took until the tick's last write.
func tickAndWait(w *live.World, h *Hub) time.Duration {
	began := time.Now()
	t, changed := w.Tick()
	if !changed {
		return 0
	}
	h.Tell(t)
	for _, l := range *h.loops.Load() {
		for l.served.Load() < int64(t.To) {
			<-time.After(100 * time.Microsecond)
		}
	}
	return time.Since(began)
}

// BenchmarkResume lets 10,000 viewers come back within 10 s, each with versions
// 10 s old of a box with about 2,000 couriers: the CPU that they cost beside the
// feed of 10,000 positions a second (aim: 3 s in all), and how late a tick's last
// write came at most (aim: 200 ms). Who is back gets ticks like everybody, so
// what these cost is measured afterwards, with the same viewers, and told apart.
func BenchmarkResume(b *testing.B) {
	for b.Loop() {
		resume(b)
	}
}

func resume(b *testing.B) {
	const seconds, viewers = 10, 10_000
	f := newFeed(b, 100_000, 10, false)
	hub, server := serving(b, f.world)
	lines, parts := f.comebacks(b, viewers)
	var took []time.Duration
	tick := func() { took = append(took, tickAndWait(f.world, hub)) }
	alone := f.run(b, seconds, tick) // meanwhile the versions grow old
	f.world.Unwatch(parts)
	took = nil
	child := drainer(b, server.Listener.Addr(), lines, seconds*time.Second/viewers)
	defer child.Wait()
	defer child.Process.Kill()
	all := f.run(b, seconds, tick) - alone
	wrote := hub.Stats().Ticks
	for began := time.Now(); hub.Stats().Viewers < viewers || time.Since(began) < time.Second; {
		all += f.run(b, 1, tick) - alone/seconds
		if wrote = hub.Stats().Ticks; time.Since(began) > 5*time.Second {
			b.Fatalf("only %d viewers came", hub.Stats().Viewers)
		}
	}
	latest := slices.Max(took)
	steady := f.run(b, seconds, tick) - alone
	ticks := steady.Seconds() * float64(wrote) / float64(hub.Stats().Ticks-wrote)
	b.ReportMetric(all.Seconds(), "s-CPU-beside-feed")
	b.ReportMetric(ticks, "s-CPU-of-ticks")
	b.ReportMetric(all.Seconds()-ticks, "s-CPU-of-resuming")
	b.ReportMetric(float64(wrote), "writes")
	b.ReportMetric(latest.Seconds()*1000, "ms-latest-tick")
}

// comebacks returns what viewers say who were here until now, and the parts
// that they watched.
func (f *feed) comebacks(b *testing.B, n int) (io.Reader, []*live.Part) {
	var parts []*live.Part
	var lines bytes.Buffer
	for range n {
		box := f.box()
		in := peyk.Interest{View: peyk.View{Box: &box}, Epoch: f.world.Epoch(), Have: map[peyk.Part]peyk.Version{}}
		keys, err := live.Cover([]peyk.Scope{peyk.All}, in.View)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range f.world.Watch(keys) {
			parts = append(parts, p)
			in.Have[p.Name()] = f.world.Version()
		}
		lines.Write(append(wire.AppendWatch(nil, in), '\n'))
	}
	return &lines, parts
}
