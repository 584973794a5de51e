package api_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"peyk/internal/api"
)

func TestOps(t *testing.T) {
	var why []string
	ops := api.NewServer(api.Options{}).Ops(api.Ops{
		Unready: func() []string { return why },
		Gauges:  map[string]func() float64{`peyk_viewers{kind="v1"}`: func() float64 { return 7 }},
	})
	ask := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		ops.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w
	}
	want := func(path string, status int, body string) {
		t.Helper()
		if w := ask(path); w.Code != status || w.Body.String() != body {
			t.Errorf("%s = %d %q, want %d %q", path, w.Code, w.Body, status, body)
		}
	}
	want("/readyz", 200, `{"ready":true}`)
	why = []string{"bus: connection refused", "the server stops"}
	want("/readyz", 503, `{"ready":false,"why":["bus: connection refused","the server stops"]}`)
	want("/healthz", 200, "ok\n")
	text := ask("/metrics").Body.String()
	for _, line := range []string{`peyk_viewers{kind="v1"} 7`, `peyk_posts_total{outcome="accepted"} 0`, "process_resident_memory_bytes ", "go_goroutines "} {
		if !strings.Contains("\n"+text, "\n"+line) {
			t.Errorf("/metrics has no line %q", line)
		}
	}
	for _, path := range []string{"/debug/pprof/", "/debug/pprof/heap", "/", "/api/v1/couriers"} {
		if got := ask(path).Code; got != 404 {
			t.Errorf("%s = %d, want 404", path, got)
		}
	}
}

func TestProfilesWithoutTheCommandLine(t *testing.T) {
	ops := api.NewServer(api.Options{}).Ops(api.Ops{Pprof: true})
	for path, want := range map[string]int{"/debug/pprof/": 200, "/debug/pprof/goroutine": 200, "/debug/pprof/symbol": 200, "/debug/pprof/cmdline": 404} {
		w := httptest.NewRecorder()
		ops.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != want {
			t.Errorf("%s = %d, want %d", path, w.Code, want)
		}
	}
}
