package bus

import (
	"fmt"
	"testing"
	"time"

	"peyk/internal/bus/redistest"
	"peyk/internal/wire"
)

// implementation is what the contract is held against.
type implementation struct {
	name    string
	open    func(t *testing.T) (url string)
	carries bool // from one node to another; memory has nobody to carry to
}

var implementations = []implementation{
	{"memory", func(*testing.T) string { return "memory:" }, false},
	{"redis", func(t *testing.T) string { return redistest.Start(t).URL }, true},
	{"redis before 6", func(t *testing.T) string { return redistest.Start(t, "--rename-command", "HELLO", "").URL }, true},
}

func TestContract(t *testing.T) {
	rules := []struct {
		name string
		hold func(t *testing.T, i implementation, url string)
	}{
		{"becomes healthy and is stopped at once", becomesHealthy},
		{"publish before and after run never waits", neverWaits},
		{"every position in order on every node", keepsOrder},
	}
	for _, i := range implementations {
		for _, r := range rules {
			t.Run(i.name+"/"+r.name, func(t *testing.T) { r.hold(t, i, i.open(t)) })
		}
	}
}

func becomesHealthy(t *testing.T, _ implementation, url string) {
	n := startNode(t, url)
	eventually(t, "healthy", n.carries)
	ended := make(chan struct{})
	go func() { n.stop(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(soon):
		t.Fatal("Run goes on after its context has ended")
	}
	heard := len(n.heardAll())
	noGoroutine(t)
	if now := len(n.heardAll()); now != heard {
		t.Errorf("hear was called %d times after Run returned", now-heard)
	}
}

func neverWaits(t *testing.T, _ implementation, url string) {
	n := startNode(t, url)
	publishMany(t, n, 1000)
	n.stop()
	publishMany(t, n, 1000)
}

// publishMany fails if any of the calls takes long, or all of them together.
func publishMany(t *testing.T, n *node, count int) {
	t.Helper()
	var longest time.Duration
	start := time.Now()
	for i := range count {
		before := time.Now()
		n.take(fmt.Sprint(i%500), 35)
		longest = max(longest, time.Since(before))
	}
	// A call costs about a microsecond; the rest is the machine's.
	average := time.Since(start) / time.Duration(count)
	if longest > 10*time.Second || average > 10*time.Millisecond {
		t.Errorf("%d calls of Publish took %v each, the longest %v: they wait", count, average, longest)
	}
}

func keepsOrder(t *testing.T, i implementation, url string) {
	const count = 5000
	a, b := startNode(t, url), startNode(t, url)
	eventually(t, "both healthy", func() bool { return a.carries() && b.carries() })
	for k := range count {
		a.take(fmt.Sprint(k%7), float64(k)/100000)
	}
	if !i.carries {
		if got := len(a.heardAll()) + len(b.heardAll()); got != 0 {
			t.Fatalf("hear was called %d times, want never", got)
		}
		return
	}
	for name, n := range map[string]*node{"the node itself": a, "the other node": b} {
		eventually(t, "all heard by "+name, func() bool { return n.Stats().Heard >= count && len(live(n)) >= count })
		for k, lat := range live(n)[:count] {
			if want := float64(k) / 100000; lat != want {
				t.Fatalf("%s heard latitude %v as number %d, want %v", name, lat, k, want)
			}
		}
	}
}

// live returns the latitudes that n heard, without those that a published
// again because n was new.
func live(n *node) (latitudes []float64) {
	newest := map[string]int64{}
	for _, r := range n.heardAll() {
		if int64(r.Position.Stamp) > newest[r.Courier.ID] {
			newest[r.Courier.ID] = int64(r.Position.Stamp)
			latitudes = append(latitudes, r.Position.Lat)
		}
	}
	return latitudes
}

func TestBytesOnTheWire(t *testing.T) {
	s := redistest.Start(t)
	for _, c := range []struct {
		decimals wire.Decimals
		want     string
	}{
		{wire.Number, `{"latitude": 35.0001, "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}, "stamp": %d}`},
		{wire.String, `{"latitude": "35.000100", "longitude": "53.121110", "user": {"id": 10, "username": "test_driver1"}, "stamp": %d}`},
	} {
		t.Run(c.decimals.String(), func(t *testing.T) {
			channel := "positions-" + c.decimals.String()
			n := startNode(t, s.URL, func(o *Options) { o.Decimals, o.Channel = c.decimals, channel })
			eventually(t, "healthy", n.carries)
			listener := s.Listen(channel)
			r := n.take("10", 35.0001)
			if got, want := listener.Next(soon), fmt.Sprintf(c.want, r.Position.Stamp); got != want {
				t.Errorf("on the wire:\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestOutsiderIsHeardWithItsBytes(t *testing.T) {
	s := redistest.Start(t)
	n := startNode(t, s.URL)
	eventually(t, "healthy", n.carries)
	const message = `{ "user":{"username":"x","shift":3,"id":"k-7"},"longitude":"51.5", "latitude":35.5,"by":"hand"}`
	s.CLI("PUBLISH", "dlchannel", message)
	eventually(t, "heard", func() bool { return len(n.heardAll()) == 1 })
	r := n.heardAll()[0]
	if string(r.Raw) != message || r.Courier.ID != "k-7" || r.Position.Lat != 35.5 || r.Position.Lon != 51.5 {
		t.Errorf("heard %+v with the bytes %s", r, r.Raw)
	}
}
