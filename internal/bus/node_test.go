package bus

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/bus/redistest"
)

// soon is how long a test waits for what is to happen at once.
const soon = 20 * time.Second

// node is a bus together with the smallest world that can be.
type node struct {
	Bus
	clock func() time.Time
	stop  func() // ends Run and waits for it

	slowness atomic.Int64 // nanoseconds for which a position that is heard is waited with

	mu     sync.Mutex
	newest map[string]peyk.Report
	taken  map[string]peyk.Report
	heard  []peyk.Report // in order, our own too
}

// startNode opens the bus and runs it until the test ends or stop is called.
func startNode(t *testing.T, url string, change ...func(*Options)) *node {
	t.Helper()
	return runNode(t, func(o Options) (Bus, error) { return Open(url, o) }, change...)
}

func runNode(t *testing.T, open func(Options) (Bus, error), change ...func(*Options)) *node {
	t.Helper()
	n := &node{clock: time.Now, newest: map[string]peyk.Report{}, taken: map[string]peyk.Report{}}
	o := Options{TakenSince: n.takenSince, Log: slog.New(slog.DiscardHandler)}
	for _, f := range change {
		f(&o)
	}
	if o.Now != nil {
		n.clock = o.Now
	}
	var err error
	if n.Bus, err = open(o); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.Run(ctx, n.hear) }()
	n.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run = %v, want nil at the end of its context", err)
		}
	})
	t.Cleanup(n.stop)
	return n
}

// take does what the wiring does with a position that a phone posts.
func (n *node) take(courier string, lat float64) peyk.Report {
	n.mu.Lock()
	r := peyk.Report{
		Courier:  peyk.Courier{ID: courier, Username: "test_driver1"},
		Position: peyk.Position{Lat: lat, Lon: 53.12111, Stamp: peyk.MicrosOf(n.clock())},
	}
	r.Position.Stamp = max(r.Position.Stamp, n.newest[courier].Position.Stamp+1)
	n.newest[courier], n.taken[courier] = r, r
	n.mu.Unlock()
	n.Publish(r)
	return r
}

func (n *node) hear(r peyk.Report) {
	for start := time.Now(); int64(time.Since(start)) < n.slowness.Load(); <-time.After(time.Millisecond) {
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.heard = append(n.heard, r)
	if r.Position.Newer(n.newest[r.Courier.ID].Position) {
		n.newest[r.Courier.ID] = r
	}
}

func (n *node) takenSince(since peyk.Micros) (reports []peyk.Report) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, r := range n.taken {
		if r.Position.Stamp > since {
			reports = append(reports, r)
		}
	}
	return reports
}

// stamps returns the world by courier.
func (n *node) stamps() map[string]peyk.Micros {
	n.mu.Lock()
	defer n.mu.Unlock()
	all := make(map[string]peyk.Micros, len(n.newest))
	for id, r := range n.newest {
		all[id] = r.Position.Stamp
	}
	return all
}

// heardAll returns what was heard so far.
func (n *node) heardAll() []peyk.Report {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.heard[:len(n.heard):len(n.heard)]
}

func (n *node) carries() bool { return n.Health() == nil }

func (n *node) String() string { return fmt.Sprintf("%+v, health %v", n.Stats(), n.Health()) }

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	if !redistest.Eventually(soon, ok) {
		t.Fatalf("not within %v: %s", soon, what)
	}
}

// noGoroutine fails if anything of the bus or its client library still runs.
func noGoroutine(t *testing.T) {
	t.Helper()
	var left string
	gone := redistest.Eventually(soon, func() bool {
		buf := make([]byte, 1<<20)
		for _, stack := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
			if strings.Contains(stack, "rueidis") || strings.Contains(stack, "bus.(*") {
				left = stack
				return false
			}
		}
		return true
	})
	if !gone {
		t.Errorf("a goroutine is left after Run returned:\n%s", left)
	}
}
