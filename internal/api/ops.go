package api

import (
	"net/http"
	"net/http/pprof"

	"github.com/VictoriaMetrics/metrics"
)

// Ops is what operators may ask of a node.
type Ops struct {
	Unready func() []string           // why this node should get no traffic now; empty: it should
	Lacking func() []string           // what does not work and is no reason to send traffic elsewhere; nil: nothing
	Role    string                    // which half of the work the node does, for people; empty: all of it
	Gauges  map[string]func() float64 // what other rooms count, by the metric's name, labels and all
	Pprof   bool                      // let profiles be taken
}

// Ops returns the handler of --ops-listen, which knows no identities: who can
// reach it may use it. It is to be called once.
func (s *Server) Ops(o Ops) http.Handler {
	for name, value := range o.Gauges {
		s.set.NewGauge(name, value)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", healthz)
	mux.HandleFunc("GET /readyz", o.readyz)
	mux.HandleFunc("GET /metrics", s.metrics)
	if o.Pprof {
		profiles(mux)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// healthz says that the process lives; it never depends on anything else, or a
// lost bus would have every node restarted.
func healthz(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n")) // who is gone needs no answer
}

func (o Ops) readyz(w http.ResponseWriter, _ *http.Request) {
	var answer struct {
		Ready bool     `json:"ready"`
		Role  string   `json:"role,omitempty"`
		Why   []string `json:"why,omitempty"`     // not
		Lacks []string `json:"lacking,omitempty"` // what works again by itself, on every node at once
	}
	answer.Role = o.Role
	answer.Why = o.Unready()
	answer.Ready = len(answer.Why) == 0
	if o.Lacking != nil {
		answer.Lacks = o.Lacking()
	}
	status := http.StatusOK
	if !answer.Ready {
		status = http.StatusServiceUnavailable
	}
	writeJSON(w, status, answer)
}

func (s *Server) metrics(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	s.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
}

// profiles leaves out the command line, which may hold a password.
func profiles(mux *http.ServeMux) {
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
}
