package bench_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
	"peyk/internal/bench"
	"peyk/internal/bus"
	"peyk/internal/bus/redistest"
	"peyk/internal/directory"
	"peyk/internal/live"
	"peyk/internal/order"
	"peyk/internal/socket"
	"peyk/internal/store"
)

// serve runs a whole Peyk in this process until the test ends, and returns its
// URL. hear stands between the bus and the world.
func serve(t *testing.T, redis string, hear func(*live.World, peyk.Report)) string {
	t.Helper()
	return start(t, redis, hear, httptest.NewServer).URL
}

// start is serve on a server that listens in one way or another.
func start(t *testing.T, redis string, hear func(*live.World, peyk.Report), listen func(http.Handler) *httptest.Server) *httptest.Server {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	kept, err := store.Open(t.Context(), "none", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = kept.Close() }) // it is gone either way
	listed := directory.New(directory.Options{Store: kept, Forget: time.Hour, Log: log})
	world := live.NewWorld(live.Options{Epoch: 1, Tick: 20 * time.Millisecond, MaxCouriers: 1000, Forget: time.Hour, Interval: time.Minute, Listed: listed.Listed})
	if err := listed.Open(t.Context(), world); err != nil {
		t.Fatal(err)
	}
	carrier, err := bus.Open(redis, bus.Options{TakenSince: world.TakenSince, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	who := auth.Everybody{}
	door, err := auth.NewDoor(nil)
	if err != nil {
		t.Fatal(err)
	}
	hub := socket.NewHub(socket.Options{World: world, Who: who})
	face := api.NewServer(api.Options{
		World: world, Store: kept, Directory: listed, Publish: carrier.Publish, Who: who, Door: door, Orders: order.NewBook(order.Options{}),
		Interval: peyk.Rate{Count: 1, Per: time.Minute}, Carrying: peyk.Rate{Count: 6, Per: time.Minute},
	})
	mux := http.NewServeMux()
	face.Register(mux)
	mux.Handle("/ws", hub)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	for _, room := range []func() error{
		func() error { return hub.Run(ctx) },
		func() error { return world.Run(ctx, hub.Tell) },
		func() error { return carrier.Run(ctx, func(r peyk.Report) { hear(world, r) }) },
	} {
		running.Go(func() {
			if err := room(); err != nil {
				t.Error(err)
			}
		})
	}
	server := listen(face.Guard(mux))
	t.Cleanup(func() {
		hub.Shutdown(ctx)
		server.Close()
		cancel()
		running.Wait()
	})
	if !redistest.Eventually(10*time.Second, func() bool { return carrier.Health() == nil }) {
		t.Fatalf("the bus does not carry: %v", carrier.Health())
	}
	return server
}

// faithful hears what there is.
func faithful(w *live.World, r peyk.Report) { _ = w.Hear(r) }

func TestEveryLoadIsFoundRight(t *testing.T) {
	redis := redistest.Start(t)
	languages := bench.Languages()
	for _, tt := range []struct {
		name     string
		language string
		watch    bench.Watch
		feed     bench.Feed
	}{
		{"everything in binary by HTTP", "bin", bench.WatchAll, bench.FeedHTTP},
		{"everything in JSON by Redis", "json", bench.WatchAll, bench.FeedRedis},
		{"boxes in binary by Redis", "bin", bench.WatchBox, bench.FeedRedis},
		{"one courier each in JSON by HTTP", "json", bench.WatchCourier, bench.FeedHTTP},
		{"everything in binary by batches", "bin", bench.WatchAll, bench.FeedBatch},
		{"the original stream by Redis", "original", bench.WatchAll, bench.FeedRedis},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := bench.Load{
				URL: serve(t, redis.URL, faithful), Couriers: 200, Every: 200 * time.Millisecond, Viewers: 10, Watch: tt.watch, Language: languages[tt.language],
				Feed: tt.feed, Redis: redis.URL, Channel: "dlchannel", CheckEvery: 2,
			}
			result, err := measure(t, l)
			if err != nil {
				t.Error(err)
			}
			if result.Fed == 0 || result.Viewers != 10 || result.Checked != 5 || result.Delivered == 0 || result.Size <= 0 || result.Frames == 0 || result.P99 < result.P50 || result.P50 <= 0 {
				t.Errorf("measured %+v, want something everywhere", result)
			}
		})
	}
}

// A server behind TLS bears the same loads.
func TestHTTPS(t *testing.T) {
	server := start(t, "memory:", faithful, httptest.NewTLSServer)
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	for _, feed := range []bench.Feed{bench.FeedHTTP, bench.FeedBatch} {
		t.Run(string(feed), func(t *testing.T) {
			l := bench.Load{
				URL: server.URL, TLS: &tls.Config{RootCAs: trusted}, Couriers: 20, Every: 200 * time.Millisecond,
				Viewers: 2, Watch: bench.WatchAll, Language: bench.Languages()["bin"], Feed: feed, CheckEvery: 1,
			}
			if result, err := measure(t, l); err != nil || result.Fed == 0 || result.Delivered == 0 {
				t.Errorf("measured %+v, %v, want something everywhere", result, err)
			}
			l.TLS = nil
			run, err := bench.Open(t.Context(), l)
			if err == nil {
				_ = run.Close() // the test has failed already
			}
			if unknown := (x509.UnknownAuthorityError{}); !errors.As(err, &unknown) {
				t.Errorf("a server that nobody vouches for: %v", err)
			}
		})
	}
}

// TestRefusedPositions of a batch fail the checks, though its answer is 200.
func TestRefusedPositions(t *testing.T) {
	const room, couriers = 1000, 1003
	result, err := measure(t, bench.Load{URL: serve(t, "memory:", faithful), Couriers: couriers, Every: time.Hour, Feed: bench.FeedBatch})
	if want := `3 positions were not taken, the first because of: {"status":"full"}`; err == nil || err.Error() != want {
		t.Errorf("the checks said %v, want %q", err, want)
	}
	if result.Fed > room {
		t.Errorf("%d positions were taken, and there is room for %d", result.Fed, room)
	}
}

func TestTaken(t *testing.T) {
	for _, tt := range []struct {
		answer string
		taken  int
		want   string
	}{
		{`{"results":[{"status":"accepted"},{"status":"accepted"}],"update_interval":"1/m"}`, 2, ""},
		{`{"results":[{"status":"accepted"},{"status":"refused","errors":{"user":["This field is required."]}}]}`, 1, "1 positions were not taken, the first because of: {\"status\":\"refused\",\"errors\":{\"user\":[\"This field is required.\"]}}"},
		{`{"results":[{"status":"forbidden"},{"status":"repeat"}]}`, 0, `2 positions were not taken, the first because of: {"status":"forbidden"}`},
		{`{"results":[{"status":"accepted"}]}`, 0, "an answer with 1 results"},
		{`{"update_interval":"1/m"}`, 0, "an answer with 0 results"},
		{`<html>`, 0, "an answer with 0 results"},
	} {
		taken, err := bench.Taken([]byte(tt.answer), 2)
		if taken != tt.taken || (tt.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Taken(%s) = %d, %v, want %d, %q", tt.answer, taken, err, tt.taken, tt.want)
		}
	}
}

// A server that loses, or turns back, what it was told is found out.
func TestWrongServersAreFoundOut(t *testing.T) {
	redis := redistest.Start(t)
	for _, tt := range []struct {
		name string
		hear func(*live.World, peyk.Report)
		want string
	}{
		{"loses a courier", func(w *live.World, r peyk.Report) {
			if r.Courier.ID != "bench-7" {
				faithful(w, r)
			}
		}, "1 not shown"},
		{"shows one elsewhere", func(w *live.World, r peyk.Report) {
			if r.Courier.ID == "bench-7" {
				r.Position.Lat += 0.001
			}
			faithful(w, r)
		}, "1 couriers shown elsewhere"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := measure(t, bench.Load{
				URL: serve(t, redis.URL, tt.hear), Couriers: 20, Every: 100 * time.Millisecond, Viewers: 1, Watch: bench.WatchAll,
				Language: bench.Languages()["bin"], Feed: bench.FeedRedis, Redis: redis.URL, Channel: "dlchannel", CheckEvery: 1,
			})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the checks said %v, want %q", err, tt.want)
			}
		})
	}
}

// measure puts the load on for a second and returns what the checks said.
func measure(t *testing.T, l bench.Load) (bench.Result, error) {
	t.Helper()
	run, err := bench.Open(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := run.Close(); err != nil {
			t.Error(err)
		}
	}()
	result, err := run.Measure(t.Context(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return result, run.Settle(t.Context())
}

func TestViewersThatStallGetTheNewest(t *testing.T) {
	redis := redistest.Start(t)
	l := bench.Load{
		URL: serve(t, redis.URL, faithful), Couriers: 50, Every: 100 * time.Millisecond, Watch: bench.WatchAll,
		Language: bench.Languages()["bin"], Feed: bench.FeedRedis, Redis: redis.URL, Channel: "dlchannel", CheckEvery: 1,
	}
	run, err := bench.Open(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	l.Beside, l.Viewers = run, 3
	stuck, err := bench.Open(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	defer stuck.Close()
	stuck.Stall()
	if _, err := run.Measure(t.Context(), time.Second); err != nil {
		t.Fatal(err)
	}
	stuck.Resume()
	if err := stuck.Settle(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	redis := redistest.Start(t, "--requirepass", "right")
	refusing := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ws" {
			http.Error(w, "no more viewers", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte(`{"update_interval": "1/m"}`)) // the client sees what is missing
	}))
	defer refusing.Close()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	good := bench.Load{URL: refusing.URL, Couriers: 1, Every: time.Second, Viewers: 1, Watch: bench.WatchAll, Language: bench.Languages()["bin"], Feed: bench.FeedHTTP}
	for _, tt := range []struct {
		name   string
		change func(*bench.Load)
		want   string
	}{
		{"no courier", func(l *bench.Load) { l.Couriers = 0 }, "want a courier"},
		{"no language", func(l *bench.Load) { l.Language = nil }, "without a language"},
		{"no channel", func(l *bench.Load) { l.Feed, l.Redis = bench.FeedRedis, url }, "no channel"},
		{"no such feed", func(l *bench.Load) { l.Feed = "pigeon" }, `unknown feed "pigeon"`},
		{"no such server", func(l *bench.Load) { l.URL = url }, "connection refused"},
		{"no room", func(*bench.Load) {}, "handshake: 503 Service Unavailable: no more viewers"},
		{"no such Redis", func(l *bench.Load) { l.Feed, l.Redis, l.Channel = bench.FeedRedis, "http://x", "c" }, "want a URL like redis://"},
		{"wrong password", func(l *bench.Load) {
			l.Feed, l.Redis, l.Channel = bench.FeedRedis, strings.Replace(redis.URL, "//", "//:wrong@", 1), "c"
		}, "redis: "},
		{"right password", func(l *bench.Load) {
			l.Feed, l.Redis, l.Channel = bench.FeedRedis, strings.Replace(redis.URL, "//", "//:right@", 1), "c"
		}, "handshake: 503"},
		{"no batches", func(l *bench.Load) { l.Feed, l.URL = bench.FeedBatch, url }, "connection refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := good
			tt.change(&l)
			run, err := bench.Open(t.Context(), l)
			if err == nil {
				_ = run.Close() // the test has failed already
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Open = %v, want %q", err, tt.want)
			}
		})
	}
}
