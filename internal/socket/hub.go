package socket

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// Options are what a hub needs from outside.
type Options struct {
	World    *live.World
	Decimals wire.Decimals                           // of the original stream
	Grant    func(*http.Request) (peyk.Grant, error) // who is asking: peyk.ErrUnauthorized, peyk.ErrForbidden
	Now      func() time.Time                        // nil: time.Now
	Rand     func(n time.Duration) time.Duration     // uniform in [0, n); nil: math/rand
	Log      *slog.Logger                            // nil: discard
}

// Hub holds the viewers of this node. It is an http.Handler for their
// handshakes. Tell hands it the ticks; Shutdown sends the viewers away.
type Hub struct {
	o         Options
	languages map[string]language
	now       atomic.Pointer[moment]
	running   sync.WaitGroup // viewers
	stats     stats

	mu       sync.Mutex // guards the rest
	viewers  map[*viewer]struct{}
	original int // viewers of the original stream
	stopped  bool
}

// NewHub returns a hub without viewers.
func NewHub(o Options) *Hub {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rand == nil {
		o.Rand = rand.N[time.Duration]
	}
	h := &Hub{o: o, viewers: map[*viewer]struct{}{}}
	h.languages = languages(o.Decimals, func() peyk.Micros { return peyk.MicrosOf(o.Now()) })
	h.now.Store(newMoment(live.Tick{Frame: peyk.Frame{To: o.World.Version()}}))
	return h
}

// Tell wakes the viewers for a tick. It waits for nobody. Ticks come from one
// goroutine, in order.
func (h *Hub) Tell(t live.Tick) {
	last := h.now.Swap(newMoment(t))
	close(last.next)
}

// ServeHTTP answers a handshake and then serves the viewer until it goes.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	grant, err := h.o.Grant(r)
	if err == nil && !grant.May(peyk.Watch, peyk.Subject{}, h.o.Now()) {
		err = peyk.ErrForbidden
	}
	lang, protocol, no := h.receive(r, err)
	if no != nil {
		h.stats.refused.Add(1)
		refuse(w, no)
		return
	}
	conn, early, err := upgrade(w, r, protocol)
	if err != nil {
		h.stats.refused.Add(1)
		h.o.Log.Debug("handshake broke off", "err", err)
		return
	}
	v := newViewer(h, conn, lang)
	if !h.admit(v) {
		conn.Close()
		return
	}
	defer h.dismiss(v)
	v.serve(early)
}

// receive returns how to speak with who asks, or why not to. err is what the
// credential came to.
func (h *Hub) receive(r *http.Request, err error) (language, string, *refusal) {
	switch {
	case errors.Is(err, peyk.ErrUnauthorized):
		return nil, "", &refusal{http.StatusUnauthorized, "Authentication credentials were not provided, or are not good."}
	case errors.Is(err, peyk.ErrForbidden):
		return nil, "", &refusal{http.StatusForbidden, "You do not have permission to perform this action."}
	case err != nil:
		h.o.Log.Error("ask who is there", "err", err)
		return nil, "", &refusal{http.StatusInternalServerError, "Who you are could not be found out."}
	case h.isStopped():
		return nil, "", &refusal{http.StatusServiceUnavailable, "The server stops."}
	}
	if no := check(r); no != nil {
		return nil, "", no
	}
	return choose(r, h.languages)
}

func refuse(w http.ResponseWriter, no *refusal) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	switch no.status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Bearer")
	case http.StatusUpgradeRequired:
		h.Set("Upgrade", "websocket")
		h.Set("Sec-WebSocket-Version", "13")
	case http.StatusMethodNotAllowed:
		h.Set("Allow", http.MethodGet)
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", strconv.Itoa(1))
	}
	w.WriteHeader(no.status)
	_ = json.NewEncoder(w).Encode(map[string]string{"detail": no.detail}) // the client may be gone
}

func (h *Hub) isStopped() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stopped
}

func (h *Hub) admit(v *viewer) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return false
	}
	h.running.Add(1)
	h.viewers[v] = struct{}{}
	if !v.talks {
		h.original++
		h.o.World.KeepReports(true)
	}
	return true
}

func (h *Hub) dismiss(v *viewer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.viewers, v)
	if !v.talks {
		h.original--
		h.o.World.KeepReports(h.original > 0)
	}
	h.running.Done()
}

// comeBack is when a viewer shall try again after the server stopped: not all
// at the same moment.
func (h *Hub) comeBack() time.Duration {
	const least, spread = 500 * time.Millisecond, 2 * time.Second
	return least + h.o.Rand(spread)
}

// Shutdown tells every viewer to come back, and returns when all are gone or
// ctx ends, when those who are left are cut off.
func (h *Hub) Shutdown(ctx context.Context) {
	h.mu.Lock()
	h.stopped = true
	for v := range h.viewers {
		v.end(&closeError{code: codeGoingAway, reason: "the server stops"})
	}
	h.mu.Unlock()
	done := make(chan struct{})
	go func() { h.running.Wait(); close(done) }()
	select {
	case <-done:
		return
	case <-ctx.Done():
	}
	h.mu.Lock()
	for v := range h.viewers {
		v.conn.Close()
	}
	h.mu.Unlock()
	<-done
}
