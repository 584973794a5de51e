package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/sim"
)

// city is made once: it takes a while.
var city = sync.OnceValue(func() *sim.City { return sim.NewCity(sim.Demo) })

// pipes is a network in memory: a real server and real clients speak through
// it, and it may be inside a bubble of synctest.
type pipes struct {
	conns  chan net.Conn // from dial to Accept, unbuffered; never closed
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.IPAddr{} }

// drive runs the fleet for a while against the handler, inside a bubble, and
// returns when its requests came, since the start, and what run said.
func drive(t *testing.T, f *fleet, d time.Duration, handle http.HandlerFunc) (at []time.Duration, err error) {
	t.Helper()
	var mu sync.Mutex // guards at
	begun := time.Now()
	network := newPipes()
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		at = append(at, time.Since(begun))
		mu.Unlock()
		_, _ = io.Copy(io.Discard, r.Body) // the answer does not depend on it
		handle(w, r)
	})}
	served := make(chan error, 1)
	go func() { served <- server.Serve(network) }()
	f.city = city()
	f.client = client.New("http://peyk.test", "good")
	transport := &http.Transport{DialContext: network.dial, MaxIdleConnsPerHost: 64}
	f.client.HTTP = &http.Client{Transport: transport}
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	err = f.run(ctx)
	transport.CloseIdleConnections()
	_ = server.Close() // of pipes
	<-served
	synctest.Wait() // for what it was at work on
	mu.Lock()
	defer mu.Unlock()
	return at, err
}

func every(rate string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, `{"update_interval":%q}`, rate) }
}

// TestFleetIsSpreadOut: in every tenth of every interval, the same number of
// couriers posts; and each posts once per interval.
func TestFleetIsSpreadOut(t *testing.T) {
	city()
	for _, c := range []struct {
		name  string
		every time.Duration
		rate  string
	}{{"told by the server", 0, "1/m"}, {"told by --every", time.Minute, "1/s"}} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fleet{couriers: 100, every: c.every}
				at, err := drive(t, f, 5*time.Minute+time.Second, every(c.rate))
				if err != nil {
					t.Fatal(err)
				}
				tenths := make([]int, 60)
				for _, d := range at {
					tenths[int(d/(6*time.Second))]++
				}
				for i, n := range tenths[1:50] { // the first has the courier that asked
					if n != 10 {
						t.Errorf("%d posts in tenth %d, want 10 (all: %v)", n, i+1, tenths)
					}
				}
			})
		})
	}
}

// TestFleetObeys: couriers change to another interval as soon as it is answered.
func TestFleetObeys(t *testing.T) {
	city()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		at, err := drive(t, &fleet{couriers: 10}, 130*time.Second, func(w http.ResponseWriter, r *http.Request) {
			if time.Since(begun) < time.Minute {
				every("60/m")(w, r)
				return
			}
			every("6/m")(w, r)
		})
		if err != nil {
			t.Fatal(err)
		}
		count := func(from, to time.Duration) (n int) {
			for _, d := range at {
				if d >= from && d < to {
					n++
				}
			}
			return n
		}
		if n := count(10*time.Second, 20*time.Second); n != 100 {
			t.Errorf("%d posts in 10 s at 60/m, want 100", n)
		}
		if n := count(90*time.Second, 120*time.Second); n != 30 {
			t.Errorf("%d posts in 30 s at 6/m, want 30", n)
		}
	})
}

// TestFleetIsPatient: a server in trouble is asked less and less, not before it
// wants to be, and by nobody at the same moment as another.
func TestFleetIsPatient(t *testing.T) {
	city()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		f := &fleet{couriers: 20, every: time.Second}
		at, err := drive(t, f, 10*time.Minute, func(w http.ResponseWriter, r *http.Request) {
			switch since := time.Since(begun); {
			case since < 10*time.Second || since > 5*time.Minute:
				every("1/s")(w, r)
			case since < 11*time.Second:
				w.Header().Set("Retry-After", "60")
				w.WriteHeader(http.StatusServiceUnavailable)
			default:
				w.WriteHeader(http.StatusBadGateway)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		quiet, trouble := 0, at[:0:0]
		for _, d := range at {
			if d >= 11*time.Second && d < 70*time.Second {
				quiet++
			}
			if d >= 70*time.Second && d < 5*time.Minute {
				trouble = append(trouble, d)
			}
		}
		if quiet != 0 {
			t.Errorf("%d posts within Retry-After, want none", quiet)
		}
		if len(trouble) < 20*4 || len(trouble) > 20*30 {
			t.Errorf("%d posts of 20 couriers in 4 minutes of trouble, want 4 to 30 each", len(trouble))
		}
		if different := len(slices.Compact(slices.Sorted(slices.Values(trouble)))); different < len(trouble)*9/10 {
			t.Errorf("%d posts came at only %d moments", len(trouble), different)
		}
		if f.tally.whole.accepted < 20*240 {
			t.Errorf("%d accepted, want every courier back at work after the trouble", f.tally.whole.accepted)
		}
		if s := f.tally.whole; s.errors != len(at)-s.accepted || s.refused != 0 {
			t.Errorf("%v, want everything else counted as errors", &s)
		}
	})
}

func TestFleetEndsWithoutRight(t *testing.T) {
	city()
	synctest.Test(t, func(t *testing.T) {
		at, err := drive(t, &fleet{couriers: 20}, time.Hour, func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, `{"detail":"Invalid token."}`, http.StatusUnauthorized)
		})
		want := "the server wants a good token (give it with --token or PEYK_TOKEN): 401 Unauthorized: Invalid token."
		if err == nil || err.Error() != want || len(at) != 1 {
			t.Errorf("run = %v after %d posts, want %q after one", err, len(at), want)
		}
	})
}

// TestReport: a line every 10 s about these 10 s, and one about all of it.
func TestReport(t *testing.T) {
	city()
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		f := &fleet{couriers: 10, every: time.Second, city: city(), client: client.New("http://peyk.test", "")}
		f.client.HTTP = &http.Client{Transport: answers(func() *http.Response {
			return &http.Response{StatusCode: 418, Body: io.NopCloser(strings.NewReader("a\nteapot"))}
		})}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second+time.Millisecond)
		defer cancel()
		if err := f.report(ctx, &out); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(out.String()), "\n")
		if len(lines) != 3 || !strings.HasSuffix(lines[0], "; last: 418 I'm a teapot: a teapot") || !strings.HasPrefix(lines[2], "in all: ") {
			t.Fatalf("report is %q, want two lines with the last error and one about all", lines)
		}
		if strings.Contains(lines[2], " 0 refused") || !strings.Contains(lines[2], " 0 accepted") {
			t.Errorf("summary is %q, want refusals alone", lines[2])
		}
	})
}

type answers func() *http.Response

func (a answers) RoundTrip(*http.Request) (*http.Response, error) { return a(), nil }

func TestPace(t *testing.T) {
	then := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	minutely := peyk.Rate{Count: 1, Per: time.Minute}
	refused := func(status int, retry time.Duration) error {
		return fmt.Errorf("wrapped: %w", &client.StatusError{Status: status, RetryAfter: retry})
	}
	for _, c := range []struct {
		name string
		pace pace
		took time.Duration
		err  error
		want time.Duration // after then
	}{
		{"on its beat", pace{}, time.Second, nil, time.Minute},
		{"on its own beat", pace{every: 5 * time.Second}, time.Second, nil, 5 * time.Second},
		{"a beat was missed", pace{}, 61 * time.Second, nil, 2 * time.Minute},
		{"no answer", pace{answered: time.Minute}, time.Second, errors.New("refused"), 1500 * time.Millisecond},
		{"no answer again", pace{answered: time.Minute, failures: 3}, 0, errors.New("refused"), 4 * time.Second},
		{"no answer for long", pace{answered: time.Minute, failures: 1000}, 0, errors.New("refused"), 30 * time.Second},
		{"503", pace{}, 0, refused(503, 7*time.Second), 7500 * time.Millisecond},
		{"400", pace{answered: time.Minute}, 0, refused(400, 0), time.Minute},
		{"429", pace{answered: time.Second}, 0, refused(429, time.Minute), 61 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.pace.random = func() float64 { return 0.5 }
			if got := c.pace.next(then, then.Add(c.took), minutely, c.err).Sub(then); got != c.want {
				t.Errorf("next = %v later, want %v", got, c.want)
			}
		})
	}
}

func TestShareOfManyCouriers(t *testing.T) {
	if got, want := slot(24*time.Hour, 500_000, maxCouriers), 12*time.Hour; got != want {
		t.Errorf("share = %v, want %v", got, want)
	}
}

func TestQuantile(t *testing.T) {
	var h histogram
	for i := range 1000 {
		h.add(time.Duration(i+1) * time.Millisecond)
	}
	h.add(time.Hour)
	for q, want := range map[float64]time.Duration{0.0005: time.Millisecond, 0.5: 500 * time.Millisecond, 0.99: 990 * time.Millisecond} {
		if got := h.quantile(q); math.Abs(float64(got-want)) > 0.03*float64(want) {
			t.Errorf("quantile(%v) = %v, want %v to within 3 percent", q, got, want)
		}
	}
	var tiny histogram
	tiny.add(-time.Second) // a clock that was set back
	if got := tiny.quantile(1); got > 2*time.Microsecond {
		t.Errorf("quantile of nothing = %v, want about 1 µs", got)
	}
}
