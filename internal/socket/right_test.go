package socket_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// desk is a Who whose identities a test changes. Tokens are their subjects and
// a number, like ali/2.
type desk struct {
	mu    sync.Mutex // guards the rest
	known map[string]peyk.Identity
	gone  map[string]bool // subjects
	down  bool            // it cannot say any more
	after func()          // is called when it has said who somebody is; nil: nothing
	seen  []socket.Watching
}

func (d *desk) put(token string, until time.Time, scopes ...peyk.Scope) {
	d.mu.Lock()
	defer d.mu.Unlock()
	subject, _, _ := strings.Cut(token, "/")
	if d.known == nil {
		d.known, d.gone = map[string]peyk.Identity{}, map[string]bool{}
	}
	d.known[token] = peyk.Identity{Subject: subject, Grant: peyk.Grant{Actions: peyk.Watch, Scopes: scopes, Until: until}}
}

func (d *desk) Identity(r *http.Request) (peyk.Identity, error) {
	who, err := d.Token(r.Context(), r.URL.Query().Get("token"))
	if d.after != nil {
		d.after()
	}
	return who, err
}

func (d *desk) Token(_ context.Context, token string) (peyk.Identity, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	who, found := d.known[token]
	if !found {
		return who, peyk.ErrUnauthorized
	}
	return who, nil
}

// Again returns what stands under the subject alone, if anything.
func (d *desk) Again(who peyk.Identity) (peyk.Identity, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.down {
		return who, fmt.Errorf("the shop is closed: %w", peyk.ErrUnavailable)
	}
	if d.gone[who.Subject] {
		return who, peyk.ErrUnauthorized
	}
	if now, found := d.known[who.Subject]; found {
		return now, nil
	}
	return who, nil
}

func (d *desk) revoke(subject string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.gone[subject] = true
}

func (d *desk) breakDown() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.down = true
}

func (d *desk) watched(w socket.Watching) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen = append(d.seen, w)
}

// ward is a node with a desk, reached over a pipe or over TCP.
type ward struct {
	*node
	desk *desk
	url  string // of the server; empty: connections are pipes
}

// wards runs a test on pipes, and on sockets that loops serve.
func wards(t *testing.T, test func(t *testing.T, w *ward)) {
	options := func(d *desk) (*live.World, socket.Options) {
		world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10_000, Forget: 24 * time.Hour, Interval: time.Minute})
		return world, socket.Options{World: world, Who: d, Watched: d.watched, Rand: func(time.Duration) time.Duration { return 0 }}
	}
	t.Run("pipe", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			d := &desk{}
			world, o := options(d)
			hub := socket.NewHub(o)
			ctx, cancel := context.WithCancel(context.Background())
			var running sync.WaitGroup
			running.Go(func() { _ = world.Run(ctx, hub.Tell) })
			defer func() { hub.Shutdown(ctx); cancel(); running.Wait() }()
			test(t, &ward{node: &node{world: world, hub: hub}, desk: d})
		})
	})
	t.Run("loop", func(t *testing.T) {
		d := &desk{}
		world, o := options(d)
		hub, server := serveHub(t, o)
		test(t, &ward{node: &node{world: world, hub: hub}, desk: d, url: server.URL})
	})
}

// enter opens a connection with a token and watches everything.
func (w *ward) enter(t *testing.T, token string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn := w.pipe
	if w.url != "" {
		conn = w.tcp
	}
	c, in := conn(t, token)
	if got := next(t, in); !strings.HasPrefix(got, `{"type":"hello"`) {
		t.Fatalf("got %s, want hello", got)
	}
	_, _ = c.Write(maskedText([]byte(watchAll))) // a right may be over already
	return c, in
}

func handshake(token string) *http.Request {
	request := httptest.NewRequest("GET", "/ws?token="+token, nil)
	request.Body = http.NoBody
	for key, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-Websocket-Version": "13",
		"Sec-Websocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-Websocket-Protocol": "peyk.v1.json",
	} {
		request.Header.Set(key, value)
	}
	return request
}

func (w *ward) pipe(t *testing.T, token string) (net.Conn, *bufio.Reader) {
	t.Helper()
	near, far := net.Pipe()
	t.Cleanup(func() { near.Close() })
	go w.hub.ServeHTTP(&hijackable{conn: far}, handshake(token))
	in := bufio.NewReader(near)
	if response, err := http.ReadResponse(in, nil); err != nil || response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(response, err)
	}
	return near, in
}

func (w *ward) tcp(t *testing.T, token string) (net.Conn, *bufio.Reader) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := handshake(token).Write(c); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(c)
	if response, err := http.ReadResponse(in, nil); err != nil || response.StatusCode != http.StatusSwitchingProtocols {
		t.Fatal(response, err)
	}
	return c, in
}

// until reads up to what begins like that, or to the end, and returns all that
// came.
func until(t *testing.T, in *bufio.Reader, what string) (all []string) {
	t.Helper()
	for {
		got := next(t, in)
		if all = append(all, got); got == "end" || strings.HasPrefix(got, what) {
			return all
		}
	}
}

// eventually waits for something that comes, within patience.
func eventually(t testing.TB, what string, came func() bool) {
	t.Helper()
	for began := time.Now(); !came(); <-time.After(time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatalf("%s: not within %v", what, patience)
		}
	}
}

var (
	north = peyk.Scope{Kind: peyk.ScopeTeam, Name: "north"}
	south = peyk.Scope{Kind: peyk.ScopeTeam, Name: "south"}
)

func TestRightExpires(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.longer(t, time.Second, func(lasts time.Duration) (late bool) {
			expired, end := w.hub.Stats().Expired, time.Now().Add(lasts)
			w.desk.put("ali/1", end, peyk.All)
			_, in := w.enter(t, "ali/1")
			all := until(t, in, "end")
			if before := time.Until(end); before > 0 {
				t.Errorf("closed %v before the end", before)
			}
			if s := w.hub.Stats(); s.Expired != expired+1 {
				t.Errorf("Stats = %+v, want %d expired", s, expired+1)
			}
			return !alike(t, all, `{"type":"parts"`, `{"type":"upto"`, "close 4401", "end")
		})
	})
}

func TestNothingIsToldAfterTheEnd(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		until := time.Now().Add(1500 * time.Millisecond)
		w.desk.put("ali/1", until, peyk.All)
		_, in := w.enter(t, "ali/1")
		stop := make(chan struct{})
		var moving sync.WaitGroup
		moving.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
					w.take(t, "10", float64(i%90))
				}
			}
		})
		defer moving.Wait()
		defer close(stop)
		for {
			got := next(t, in)
			if got == "close 4401" {
				break
			}
			m, err := wire.ParseMessage([]byte(got))
			if err != nil {
				t.Fatal(err)
			}
			if m.Type == "frame" && !m.Frame.To.Micros().Time().Before(until) {
				t.Errorf("told of %v, which is not before %v", m.Frame.To.Micros().Time(), until)
			}
		}
		expect(t, in, "end")
	})
}

func TestFreshToken(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.desk.put("reza/1", time.Time{}, peyk.All)
		w.longer(t, time.Second, func(lasts time.Duration) (late bool) {
			first := time.Now().Add(lasts)
			second := first.Add(lasts)
			w.desk.put("ali/1", first, peyk.All)
			w.desk.put("ali/2", second, peyk.All)
			conn, in := w.enter(t, "ali/1")
			all := until(t, in, `{"type":"upto"`)
			go func() { // a pipe has no buffer
				for _, token := range []string{"reza/1", "nobody/1", "ali/2"} {
					_, _ = conn.Write(maskedText(wire.AppendToken(nil, token))) // it may be too late
				}
			}()
			all = append(all, until(t, in, "end")...)
			const bad = `{"type":"error","error":"bad_token"`
			right := fmt.Sprintf(`{"type":"right","until":%d}`, second.UnixMilli())
			if !alike(t, all, `{"type":"parts"`, `{"type":"upto"`, bad, bad, right, "close 4401", "end") {
				return true
			}
			if early := time.Until(second); early > 0 {
				t.Errorf("closed %v before the end of the fresh token", early)
			}
			return false
		})
	})
}

// longer tries with rights that last longer each time, until one lasts as long
// as this machine needs for what shall come before its end. In a bubble that is
// no time.
func (w *ward) longer(t *testing.T, lasts time.Duration, try func(lasts time.Duration) (late bool)) {
	t.Helper()
	for ; try(lasts); lasts *= 2 {
		if w.url == "" || lasts > patience {
			t.Fatalf("what shall come before the end of a right did not come within %v", lasts)
		}
	}
}

// alike reports whether all that was said is what was wanted, beats and pings
// aside. The test fails if it is anything else than the beginning of that, cut off.
func alike(t *testing.T, said []string, want ...string) bool {
	t.Helper()
	said = slices.DeleteFunc(said, func(s string) bool { return s == ping || strings.HasPrefix(s, beat) })
	for i, got := range said {
		switch end := len(want) - len(said); {
		case i < len(said)-2 && i < len(want)-2 && strings.HasPrefix(got, want[i]):
		case end >= 0 && got == want[i+end]: // the close and the end
		default:
			t.Fatalf("got %.300q, want %q", said, want)
		}
	}
	return len(said) == len(want)
}

func TestRightIsTakenAway(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.desk.put("ali/1", time.Time{}, peyk.All)
		w.desk.put("reza/1", time.Time{}, peyk.All)
		_, lost := w.enter(t, "ali/1")
		_, kept := w.enter(t, "reza/1")
		expect(t, lost, `{"type":"parts"`, `{"type":"upto"`)
		expect(t, kept, `{"type":"parts"`, `{"type":"upto"`)
		w.desk.revoke("ali")
		w.hub.Recheck()
		expect(t, lost, "close 4403", "end")
		if w.url == "" {
			time.Sleep(1200 * time.Millisecond) // in a bubble; who has nothing to be sent is in no hurry
		}
		w.take(t, "10", 35)
		expect(t, kept, `{"type":"frame"`, `{"type":"upto"`)
	})
}

// TestRightIsTakenAwayAtTheDoor takes a right away when the desk has said who
// somebody is, and nobody serves the connection yet.
func TestRightIsTakenAwayAtTheDoor(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.desk.put("ali/1", time.Time{}, peyk.All)
		w.desk.after = func() { w.desk.revoke("ali"); w.hub.Recheck() }
		conn := w.pipe
		if w.url != "" {
			conn = w.tcp
		}
		_, lost := conn(t, "ali/1")
		until(t, lost, "end") // it does not stay
		eventually(t, "it is counted", func() bool { return w.hub.Stats().Revoked == 1 })
	})
}

func TestRightIsConfirmedNoMore(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.desk.put("ali/1", time.Time{}, peyk.All)
		_, lost := w.enter(t, "ali/1")
		expect(t, lost, `{"type":"parts"`, `{"type":"upto"`)
		w.desk.breakDown()
		w.hub.Recheck()
		expect(t, lost, `{"type":"bye","code":1013,"reason":"who you are cannot be confirmed now","after":500}`, "close 1013", "end")
		if s := w.hub.Stats(); s.Unconfirmed != 1 || s.Revoked != 0 {
			t.Errorf("Stats = %+v, want one unconfirmed", s)
		}
	})
}

// TestRightNarrows shows everything, then a team, and then another.
func TestRightNarrows(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.desk.put("ali/1", time.Time{}, peyk.All)
		w.take(t, "10", 35)
		w.take(t, "11", 36)
		w.world.Set("10", live.Listed{Team: "north"})
		w.world.Set("11", live.Listed{Team: "south"})
		eventually(t, "they are in their teams", func() bool {
			e, _ := w.world.Courier("11")
			return e.Courier.Team == "south"
		})
		_, in := w.enter(t, "ali/1")
		expect(t, in, `{"type":"parts","parts":[[`)
		for !strings.HasPrefix(next(t, in), `{"type":"upto"`) {
		}
		for _, step := range []struct {
			scope              peyk.Scope
			team, told, untold string
		}{{north, "north", `"10"`, `"11"`}, {south, "south", `"11"`, `"10"`}} {
			w.desk.put("ali", time.Time{}, step.scope)
			w.hub.Recheck()
			parts := next(t, in)
			if !strings.HasPrefix(parts, `{"type":"parts"`) || strings.Contains(parts, "all/") || !strings.Contains(parts, step.team) {
				t.Fatalf("got %s, want the parts of %s alone", parts, step.team)
			}
			frame := next(t, in)
			if !strings.Contains(frame, step.told) || strings.Contains(frame, step.untold) {
				t.Errorf("got %s, want the one courier of %s", frame, step.team)
			}
			expect(t, in, `{"type":"upto"`)
		}
	})
}

// stuff lets the server write until the viewer's socket takes no more, or the
// viewer has gone.
func (w *ward) stuff(t *testing.T) {
	t.Helper()
	for i := range 10_000 { // more than any socket holds
		name := fmt.Sprintf("%d %s", i, strings.Repeat("x", 500))
		r := peyk.Report{Courier: peyk.Courier{ID: fmt.Sprint(i), Name: name[:500]}, Position: peyk.Position{Lat: 1, Lon: 1}}
		if _, _, err := w.world.Take(r); err != nil {
			t.Fatal(err)
		}
	}
	if w.url == "" {
		synctest.Wait() // until it is written as far as it goes
		return
	}
	full, i := w.hub.Stats().Skipped.Full, 0
	eventually(t, "the socket is full", func() bool {
		i++
		w.take(t, "1", float64(i%90))
		s := w.hub.Stats()
		return s.Skipped.Full > full+enough || s.Viewers == 0
	})
}

// enough ticks have found a socket full that is, and not for a moment only.
const enough = 100

// TestWhoDoesNotReadIsReset although it still has what it may not see any more.
func TestWhoDoesNotReadIsReset(t *testing.T) {
	for name, change := range map[string]func(w *ward){
		"taken away":         func(w *ward) { w.desk.revoke("ali"); w.hub.Recheck() },
		"narrowed":           func(w *ward) { w.desk.put("ali", time.Time{}, north); w.hub.Recheck() },
		"a courier has gone": func(w *ward) { w.world.Set("1", live.Listed{Team: "north"}) },
		"expired":            func(*ward) {}, // in a second
	} {
		t.Run(name, func(t *testing.T) {
			wards(t, func(t *testing.T, w *ward) {
				w.longer(t, time.Second, func(lasts time.Duration) (late bool) {
					end := time.Time{}
					if name == "expired" {
						end = time.Now().Add(lasts)
					}
					w.desk.put("ali/1", end, peyk.All)
					_, in := w.enter(t, "ali/1")
					if w.stuff(t); w.hub.Stats().Viewers == 0 {
						return true
					}
					change(w)
					eventually(t, "the connection is gone", func() bool { return w.hub.Stats().Viewers == 0 })
					_, err := io.Copy(io.Discard, in)
					if w.url != "" && err == nil {
						t.Error("the connection ended in good order, so what waited in the kernel was sent")
					}
					return false
				})
			})
		})
	}
}

// TestWatchingIsNoted from its beginning to its end, which says the same of who
// saw whom, also where another right comes between.
func TestWatchingIsNoted(t *testing.T) {
	wards(t, func(t *testing.T, w *ward) {
		w.desk.put("ali/1", time.Time{}, peyk.All)
		conn, in := w.enter(t, "ali/1")
		expect(t, in, `{"type":"parts"`, `{"type":"upto"`)
		send(t, conn, maskedText([]byte(`{"type":"watch","view":{"couriers":["10"]}}`)))
		expect(t, in, `{"type":"parts"`, `{"type":"upto"`)
		w.desk.put("ali", time.Time{}, north)
		w.hub.Recheck()
		expect(t, in, `{"type":"parts"`, `{"type":"upto"`)
		conn.Close()
		eventually(t, "the viewer is gone", func() bool { return w.hub.Stats().Viewers == 0 })
		var got []string
		w.desk.mu.Lock()
		defer w.desk.mu.Unlock()
		for _, s := range w.desk.seen {
			got = append(got, fmt.Sprint(s.Who.Subject, " ", s.Who.Scopes, " ", s.View.All, s.View.Couriers, " ", !s.From.IsZero(), !s.To.IsZero()))
		}
		want := []string{
			"ali [{all }] true [] true false", "ali [{all }] true [] true true",
			"ali [{all }] false [10] true false", "ali [{all }] false [10] true true",
			"ali [{team north}] false [10] true false", "ali [{team north}] false [10] true true",
		}
		if !slices.Equal(got, want) {
			t.Errorf("noted\n%q, want\n%q", got, want)
		}
	})
}
