package socket

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime"
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
	Decimals wire.Decimals                       // of the original stream
	Who      Who                                 // tells who is asking
	Seats    Seats                               // says whether there is room for a viewer; nil: there always is
	Watched  func(Watching)                      // told what everybody watches, for an audit; must not wait; nil: nobody wants to know
	Now      func() time.Time                    // nil: time.Now
	Rand     func(n time.Duration) time.Duration // uniform in [0, n); nil: math/rand
	Log      *slog.Logger                        // nil: discard
}

// Hub holds the viewers of this node. It is an http.Handler for their
// handshakes, and has another for server-sent events. Run serves them, Tell hands
// it the ticks, Shutdown sends the viewers away.
type Hub struct {
	o         Options
	languages map[string]language // by subprotocol
	events    language            // of server-sent events
	now       atomic.Pointer[moment]
	loops     atomic.Pointer[[]*loop] // while Run runs
	turn      atomic.Uint32           // of the loops
	running   sync.WaitGroup          // viewers
	beats     beats
	stats     stats

	mu       sync.Mutex // guards the rest
	patients map[*patient]struct{}
	viewers  int
	original int // viewers of the original stream
	stopped  bool
}

// NewHub returns a hub without viewers. Until it runs, and where connections are
// not on descriptors of Linux, viewers have goroutines of their own.
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
	if o.Seats == nil {
		o.Seats = anySeat{}
	}
	h := &Hub{o: o, patients: map[*patient]struct{}{}}
	h.languages, h.events = languages(o.Decimals, func() peyk.Micros { return peyk.MicrosOf(o.Now()) }), newEvents()
	h.now.Store(newMoment(live.Tick{To: o.World.Version()}, nil))
	h.loops.Store(new([]*loop))
	return h
}

// Run serves viewers, in a loop for each core, until ctx ends or a loop fails,
// and cuts off who is left then.
func (h *Hub) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var loops []*loop
	for i := range runtime.GOMAXPROCS(0) {
		l, err := newLoop(h, i)
		if err != nil {
			for _, l := range loops {
				l.close()
			}
			return err
		}
		loops = append(loops, l)
	}
	h.loops.Store(&loops)
	defer h.loops.Store(new([]*loop))
	var wg sync.WaitGroup
	errs := make([]error, len(loops))
	for i, l := range loops {
		wg.Go(func() {
			defer stop() // the others end with it
			errs[i] = l.run(ctx)
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Tell wakes the viewers for a tick. It waits for nobody. Ticks come from one
// goroutine, in order.
func (h *Hub) Tell(t live.Tick) {
	last := h.now.Load()
	m := newMoment(t, last)
	h.now.Store(m)
	close(last.next)
	for _, l := range *h.loops.Load() {
		l.tell(m)
	}
	h.hurry(m)
}

// hurry sees to it that nobody with a goroutine of its own goes on to be sent
// what was made before rights changed. Loops see to it themselves.
func (h *Hub) hurry(m *moment) {
	if !m.narrow() {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range h.patients {
		p.hurry(m)
	}
}

// ServeHTTP answers a handshake and hands the viewer to a loop.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	who, no := h.receive(r)
	if no == nil {
		no = check(r)
	}
	var lang language
	var protocol string
	if no == nil {
		lang, protocol, no = choose(r, h.languages)
	}
	if no == nil {
		no = h.enter(who)
	}
	if no != nil {
		h.refuse(w, no)
		return
	}
	conn, early, err := takeOver(w, switching(r.Header.Get("Sec-Websocket-Key"), protocol))
	if err != nil {
		h.brokeOff(who, err)
		return
	}
	h.host(conn, early, newViewer(h, lang, newRight(who, r.RemoteAddr)))
}

// host serves the viewer: in a loop, or, where its connection is not on a
// descriptor, here.
func (h *Hub) host(conn net.Conn, early []byte, v *viewer) {
	if loops := *h.loops.Load(); len(loops) > 0 {
		if fd, ok := descriptor(conn, v.deaf); ok {
			h.hand(loops[h.turn.Add(1)%uint32(len(loops))], v, fd, early)
			return
		}
	}
	p := newPatient(v, conn)
	if !h.admit(v, p) {
		conn.Close()
		h.turnAway(v)
		return
	}
	p.serve(early)
	v.unwatch()
	h.mu.Lock()
	delete(h.patients, p)
	h.mu.Unlock()
	h.dismiss(v)
}

// hand gives the viewer to a loop.
func (h *Hub) hand(l *loop, v *viewer, fd int, early []byte) {
	if !h.admit(v, nil) {
		closeDescriptor(fd)
		h.turnAway(v)
		return
	}
	if v.feed(early, time.Now()); !l.join(v, fd) {
		closeDescriptor(fd)
		v.unwatch()
		h.dismiss(v)
	}
}

// Recheck asks about the right of everybody who is here again: keys have changed.
func (h *Hub) Recheck() {
	for _, l := range *h.loops.Load() {
		l.recheck()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range h.patients {
		p.hurry(nil) // who waits in a write cannot be asked
		select {
		case p.recheck <- struct{}{}:
		default: // it is about to ask
		}
	}
}

// admit counts a viewer; p is nil where a loop serves it. It reports whether it
// did: nobody comes in any more once the server stops.
func (h *Hub) admit(v *viewer, p *patient) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.stopped {
		return false
	}
	h.running.Add(1)
	h.viewers++
	if p != nil {
		h.patients[p] = struct{}{}
	}
	if !v.talks {
		h.original++
		h.o.World.KeepReports(true)
	}
	return true
}

// turnAway lets go of a viewer that was not admitted.
func (h *Hub) turnAway(v *viewer) {
	v.unwatch()
	h.o.Seats.Leave(v.right.seat)
}

// dismiss lets go of a viewer that was admitted.
func (h *Hub) dismiss(v *viewer) {
	h.stats.closed.Add(1)
	h.o.Seats.Leave(v.right.seat)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.viewers--
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
// ctx ends, when those who are left are cut off. Run must be running.
func (h *Hub) Shutdown(ctx context.Context) {
	h.mu.Lock()
	h.stopped = true
	h.mu.Unlock()
	h.endAll(false)
	done := make(chan struct{})
	go func() { h.running.Wait(); close(done) }()
	select {
	case <-done:
		return
	case <-ctx.Done():
	}
	h.endAll(true)
	<-done
}

func (h *Hub) endAll(cut bool) {
	why := &closeError{code: codeGoingAway, reason: "the server stops"}
	for _, l := range *h.loops.Load() {
		l.end(why, cut)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for p := range h.patients {
		if p.end(why); cut {
			p.cut()
		}
	}
}

func (h *Hub) countBreach(why *closeError) {
	if why.echo {
		return
	}
	switch why.code {
	case codeProtocol, codeUTF8:
		h.stats.breaches[breachProtocol].Add(1)
	case codePolicy:
		h.stats.breaches[breachPolicy].Add(1)
	case codeTooBig:
		h.stats.breaches[breachTooBig].Add(1)
	}
}

func (h *Hub) countCut(why cutReason) {
	switch why {
	case cutStuck:
		h.stats.stuck.Add(1)
	case cutSilent:
		h.stats.breaches[breachSilent].Add(1)
	}
}
