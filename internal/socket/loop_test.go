package socket_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/live"
	"peyk/internal/socket"
)

// TestLoops moves couriers under viewers on real sockets, of which some read
// slowly, some look elsewhere all the time and some come and go. When all is
// quiet, every picture equals the world.
func TestLoops(t *testing.T) {
	t.Run("tcp", func(t *testing.T) { testLoops(t, serveHub) })
	t.Run("unix", func(t *testing.T) { testLoops(t, serveUnix) })
}

func testLoops(t *testing.T, serve func(testing.TB, socket.Options) (*socket.Hub, *httptest.Server)) {
	const couriers, viewers = 3000, 24
	world := live.NewWorld(live.Options{Epoch: 7, Tick: 5 * time.Millisecond, MaxCouriers: 10_000, Forget: time.Hour})
	hub, server := serve(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	watchers := make([]*watcher, viewers)
	var running sync.WaitGroup
	for i := range watchers {
		watchers[i] = &watcher{random: rand.New(rand.NewPCG(uint64(i), 1)), slow: i%4 == 1, restless: i%4 == 2}
		running.Go(func() { watchers[i].run(t, ctx, server.URL) })
	}
	random := rand.New(rand.NewPCG(1, 2))
	for began := time.Now(); time.Since(began) < 2*time.Second; {
		for range 200 {
			if _, _, err := world.Take(at(random.IntN(couriers), random)); err != nil {
				t.Fatal(err)
			}
		}
		<-time.After(time.Millisecond)
	}
	for _, w := range watchers {
		w.mu.Lock()
		w.slow, w.restless = false, false
		w.mu.Unlock()
	}
	for i, w := range watchers {
		for began := time.Now(); ; <-time.After(20 * time.Millisecond) {
			wrong := w.compare(world)
			if wrong == nil {
				break
			}
			if time.Since(began) > 3*patience { // it may have much to read
				t.Fatalf("viewer %d: %v", i, wrong)
			}
		}
	}
	if n := hub.Patients(); n > 0 && runtime.GOOS == "linux" {
		t.Errorf("%d viewers have goroutines, want them all in loops", n)
	}
	cancel()
	running.Wait()
}

// at is a position in one of a few crowded places, or anywhere.
func at(i int, random *rand.Rand) peyk.Report {
	p := peyk.Position{Lat: 35.6 + random.Float64()/5, Lon: 51.2 + random.Float64()/3}
	if i%10 == 0 {
		p = peyk.Position{Lat: random.Float64()*160 - 80, Lon: random.Float64()*360 - 180}
	}
	return peyk.Report{Courier: peyk.Courier{ID: fmt.Sprint(i), Username: fmt.Sprintf("u%d", i)}, Position: p}
}

// watcher keeps a picture by the client, as far as it is let.
type watcher struct {
	random *rand.Rand

	mu             sync.Mutex // guards the rest
	slow, restless bool
	shown          map[string]peyk.Position
	view           peyk.View
	inStep         bool
}

var errRestless = errors.New("restless")

func (w *watcher) run(t *testing.T, ctx context.Context, url string) {
	for ctx.Err() == nil {
		w.mu.Lock()
		w.view = w.anyView()
		view := w.view
		w.mu.Unlock()
		once, cancel := context.WithCancelCause(ctx)
		e := []client.Encoding{client.JSON, client.Binary}[w.random.IntN(2)]
		err := client.New(url, "").WatchView(once, view, e, func(p *client.Picture) { w.look(p, cancel) }, nil)
		if err != nil {
			t.Error(err)
		}
		cancel(nil)
	}
}

func (w *watcher) anyView() peyk.View {
	switch w.random.IntN(4) {
	case 0:
		return peyk.View{All: true}
	case 1:
		return peyk.View{Couriers: []string{"1", "2", "10", "20"}}
	}
	b := peyk.Box{South: 35.65, West: 51.25, North: 35.75, East: 51.45, Zoom: float64(w.random.IntN(16)), Limit: 1000}
	return peyk.View{Box: &b}
}

func (w *watcher) look(p *client.Picture, leave context.CancelCauseFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.inStep = p.InStep() != 0
	w.shown = make(map[string]peyk.Position, len(p.Couriers()))
	for id, c := range p.Couriers() {
		w.shown[id] = c.Position
	}
	counted := 0
	for _, cells := range p.Cells() {
		for _, c := range cells {
			counted += int(c.Count)
		}
	}
	if counted > 0 {
		w.shown = nil // told as counts: what is in the cells is the property test's business
	}
	if w.slow && w.random.IntN(20) == 0 {
		w.mu.Unlock()
		<-time.After(time.Duration(w.random.IntN(200)) * time.Millisecond)
		w.mu.Lock()
	}
	if w.restless && w.random.IntN(50) == 0 {
		leave(errRestless)
	}
}

// compare says what is wrong with the picture; nil if nothing is.
func (w *watcher) compare(world *live.World) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.inStep {
		return errors.New("not in step")
	}
	if w.shown == nil {
		return nil
	}
	list, _ := world.Couriers(0, 100_000)
	for _, e := range list {
		p, seen := w.shown[e.Courier.ID]
		if !seen && wants(w.view, peyk.Report{Courier: e.Courier, Position: e.Position}) {
			return fmt.Errorf("%s is missing", e.Courier.ID)
		}
		if seen && (math.Abs(p.Lat-e.Position.Lat)+math.Abs(p.Lon-e.Position.Lon) > 2e-6 || p.Stamp != e.Position.Stamp/1000*1000) {
			return fmt.Errorf("%s is at %+v, want %+v", e.Courier.ID, p, e.Position)
		}
	}
	return nil
}

// TestManyIdle opens and closes many viewers at once.
func TestManyIdle(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: 5 * time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	server := serve(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	opened := make(chan struct{}, 1000)
	for range 200 {
		running.Go(func() {
			var once sync.Once
			err := client.New(server.URL, "").Watch(ctx, func(p *client.Picture) {
				if p.InStep() != 0 && p.Couriers()["1"] != nil {
					once.Do(func() { opened <- struct{}{} })
				}
			}, nil)
			if err != nil {
				t.Error(err)
			}
		})
	}
	world.Take(peyk.Report{Courier: peyk.Courier{ID: "1"}, Position: peyk.Position{Lat: 1, Lon: 2}}) // there is room
	for range 200 {
		<-opened
	}
	cancel()
	running.Wait()
	if answer, err := http.Get(server.URL); err != nil || answer.StatusCode != http.StatusUpgradeRequired {
		t.Errorf("after all that: %v, %v", answer, err)
	}
}
