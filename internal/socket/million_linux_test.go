package socket

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// TestMain is also the program that drains sockets for the benchmark: a
// process of its own, so that its CPU is not the server's.
func TestMain(m *testing.M) {
	if addr := os.Getenv("PEYK_TEST_DRAIN"); addr != "" {
		drain(addr)
		return
	}
	os.Exit(m.Run())
}

// drain opens viewers, each with a watch read from stdin, and reads what comes
// until it is killed.
func drain(addr string) {
	watches, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	pace, _ := time.ParseDuration(os.Getenv("PEYK_TEST_PACE")) // none: all at once
	var wg sync.WaitGroup
	for line := range slices.Values(splitLines(watches)) {
		<-time.After(pace)
		wg.Go(func() {
			conn, err := net.Dial("tcp", addr)
			if err != nil {
				panic(err)
			}
			fmt.Fprintf(conn, "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
				"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: peyk.v1.bin\r\n\r\n%s", addr, frame(0x81, string(line)))
			_, _ = io.Copy(io.Discard, conn)
		})
	}
	wg.Wait()
}

func splitLines(b []byte) (lines [][]byte) {
	for start, i := 0, 0; i < len(b); i++ {
		if b[i] == '\n' {
			lines, start = append(lines, b[start:i]), i+1
		}
	}
	return lines
}

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
	const seconds = 10
	f := newFeed(b, crowd)
	alone := f.run(b, seconds, func() {})
	hub := NewHub(Options{World: f.world, Grant: func(*http.Request) (peyk.Grant, error) {
		return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}}, nil
	}})
	ctx, cancel := context.WithCancel(b.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = hub.Run(ctx) }) // ends with ctx
	server := httptest.NewServer(hub)
	child := drainer(b, server, f.watches(1000), "0s")
	for began := time.Now(); hub.Stats().Viewers < 1000 || time.Since(began) < 5*time.Second; <-time.After(10 * time.Millisecond) {
		if t, changed := f.world.Tick(); changed {
			hub.Tell(t)
		}
		if time.Since(began) > 30*time.Second {
			b.Fatalf("only %d viewers came", hub.Stats().Viewers)
		}
	}
	ticks := hub.Stats().Ticks
	var took []time.Duration
	watched := f.run(b, seconds, func() { took = append(took, tickAndWait(f.world, hub)) })
	writes := hub.Stats().Ticks - ticks
	_ = child.Process.Kill() // it has nothing to say
	_ = child.Wait()
	cancel()
	running.Wait()
	server.Close()
	slices.Sort(took)
	b.ReportMetric((watched-alone).Seconds()/seconds, "cores-beside-feed")
	b.ReportMetric(alone.Seconds()/seconds, "cores-of-feed")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "ms-p99-tick")
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "ms-p50-tick")
	b.ReportMetric(float64(writes)/seconds, "writes/s")
}

// drainer starts the process of the viewers. The caller kills it.
func drainer(b *testing.B, server *httptest.Server, watches io.Reader, pace string) *exec.Cmd {
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "PEYK_TEST_DRAIN="+server.Listener.Addr().String(), "PEYK_TEST_PACE="+pace)
	child.Stdin = watches
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	return child
}

// BenchmarkResume lets 10,000 viewers come back within 10 s, each with versions
// 10 s old of a box with about 2,000 couriers: the CPU that they cost beside the
// feed of 10,000 positions a second (aim: 3 s in all), and how late a tick's last
// write came at most (aim: 200 ms).
func BenchmarkResume(b *testing.B) {
	for b.Loop() {
		resume(b)
	}
}

func resume(b *testing.B) {
	const seconds, viewers = 12, 10_000
	f := &feed{random: rand.New(rand.NewPCG(1, 2)), reports: make([]peyk.Report, 100_000), rate: 10}
	f.fill(b, 10, false)
	hub := NewHub(Options{World: f.world, Grant: func(*http.Request) (peyk.Grant, error) {
		return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}}, nil
	}})
	ctx, cancel := context.WithCancel(b.Context())
	var running sync.WaitGroup
	running.Go(func() { _ = hub.Run(ctx) }) // ends with ctx
	server := httptest.NewServer(hub)
	lines, parts := f.comebacks(b, viewers)
	tick := func() { tickAndWait(f.world, hub) }
	alone := f.run(b, seconds, tick) // meanwhile the versions grow old
	f.world.Unwatch(parts)
	var took []time.Duration
	child := drainer(b, server, lines, "900us")
	watched := f.run(b, seconds, func() { took = append(took, tickAndWait(f.world, hub)) })
	came := hub.Stats().Viewers
	_ = child.Process.Kill() // it has nothing to say
	_ = child.Wait()
	cancel()
	running.Wait()
	server.Close()
	slices.Sort(took)
	b.ReportMetric((watched - alone).Seconds(), "s-CPU-beside-feed")
	b.ReportMetric(took[len(took)-1].Seconds()*1000, "ms-latest-tick")
	b.ReportMetric(float64(came), "viewers")
}

// comebacks returns what viewers say who were here until now, and the parts
// that they watched.
func (f *feed) comebacks(b *testing.B, n int) (io.Reader, []*live.Part) {
	var parts []*live.Part
	var lines bytes.Buffer
	for range n {
		at := f.reports[f.random.IntN(len(f.reports))].Position
		in := peyk.Interest{
			View:  peyk.View{Box: &peyk.Box{South: at.Lat - .01, West: at.Lon - .015, North: at.Lat + .01, East: at.Lon + .015, Zoom: 14, Limit: 1000}},
			Epoch: f.world.Epoch(), Have: map[peyk.Part]peyk.Version{},
		}
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

// feed is a million couriers, a tenth of whom report each second.
type feed struct {
	world   *live.World
	reports []peyk.Report
	random  *rand.Rand
	rate    int // positions a millisecond
}

func newFeed(b *testing.B, crowd bool) *feed {
	f := &feed{random: rand.New(rand.NewPCG(1, 2)), reports: make([]peyk.Report, 1_000_000), rate: 100}
	f.fill(b, 100, crowd)
	return f
}

// fill puts the couriers into so many towns, or all at one point.
func (f *feed) fill(b *testing.B, towns int, crowd bool) {
	f.world = live.NewWorld(live.Options{Epoch: 1, Tick: time.Millisecond, MaxCouriers: 1_100_000, Forget: 24 * time.Hour})
	for i := range f.reports {
		town := i % towns
		f.reports[i] = peyk.Report{
			Courier: peyk.Courier{ID: fmt.Sprintf("%08d", i), Username: fmt.Sprintf("courier-%08d", i)},
			Position: peyk.Position{
				Lat: 26 + float64(town/10) + f.random.Float64()/5, Lon: 46 + float64(town%10) + f.random.Float64()/5, Interval: 10 * time.Second,
				Heading: peyk.Measured(f.random.Float64() * 360), Speed: peyk.Measured(f.random.Float64() * 15),
			},
		}
		if crowd {
			f.reports[i].Position.Lat, f.reports[i].Position.Lon = 35.7, 51.4
		}
		if _, _, err := f.world.Take(f.reports[i]); err != nil {
			b.Fatal(err)
		}
	}
	f.world.Tick()
}

// watches returns what so many viewers say.
func (f *feed) watches(n int) io.Reader {
	r, w := io.Pipe()
	go func() {
		for range n {
			at := f.reports[f.random.IntN(len(f.reports))].Position
			fmt.Fprintf(w, `{"type":"watch","view":{"box":[%f,%f,%f,%f],"zoom":14,"limit":1000}}`+"\n", at.Lat-.01, at.Lon-.015, at.Lat+.01, at.Lon+.015)
		}
		w.Close()
	}()
	return r
}

// run feeds rate positions a millisecond and ticks ten times a second, and
// returns the CPU time of this process.
func (f *feed) run(b *testing.B, seconds int, tick func()) time.Duration {
	before := cpu(b)
	next := 0
	for began, n := time.Now(), 0; n < seconds*1000; n++ {
		for range f.rate {
			r := &f.reports[next*7919%len(f.reports)]
			next++
			r.Position.Lat += float64(next%3-1) / 10_000
			if _, _, err := f.world.Take(*r); err != nil {
				b.Fatal(err)
			}
		}
		if n%100 == 99 {
			tick()
		}
		<-time.After(time.Until(began.Add(time.Duration(n+1) * time.Millisecond)))
	}
	return cpu(b) - before
}

func cpu(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
