//go:build unix

package api_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"peyk/internal/api"
	"peyk/internal/store/storetest"
)

// BenchmarkPutOrder has 64 clients at once, each of which makes one order after
// the other, through the whole server and back. Both ends are in the figure.
func BenchmarkPutOrder(b *testing.B) {
	var postgres storetest.Server
	b.Cleanup(postgres.Stop)
	for _, k := range []struct {
		name string
		url  func() string
	}{
		{"sqlite", func() string { return "sqlite:" + filepath.Join(b.TempDir(), "peyk.db") }},
		{"postgres", func() string { return postgres.Database(b) }},
	} {
		b.Run("clients=64/"+k.name, func(b *testing.B) { benchmarkPutOrder(b, k.url()) })
	}
}

func benchmarkPutOrder(b *testing.B, url string) {
	const clients, couriers = 64, 1000
	h := &house{url: url}
	server := api.NewServer(h.furnish(b, slog.New(slog.DiscardHandler)))
	mux := http.NewServeMux()
	server.Register(mux)
	s := httptest.NewServer(server.Guard(mux))
	b.Cleanup(s.Close)
	s.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = clients
	var last atomic.Int64
	before := used()
	b.SetParallelism((clients + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			n := last.Add(1)
			body := strings.Replace(wholeSay, `"10"`, fmt.Sprintf(`"%d"`, n%couriers), 1)
			r, err := http.NewRequest("PUT", s.URL+fmt.Sprint("/api/v1/orders/", n), strings.NewReader(body))
			if err != nil {
				b.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Authorization", "Bearer "+h.token)
			response, err := s.Client().Do(r)
			if err != nil {
				b.Error(err)
				return
			}
			_, err = io.Copy(io.Discard, response.Body)
			if response.Body.Close(); err != nil || response.StatusCode != http.StatusCreated {
				b.Errorf("%d, %v", response.StatusCode, err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
	b.ReportMetric((used()-before)/float64(b.N)*1e6, "CPU-µs/order")
}

// used returns the seconds of CPU that this process has used.
func used() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // of oneself it cannot fail
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}
