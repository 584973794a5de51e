package socket_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/live"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// stream asks for server-sent events over a pipe.
func (n *node) stream(t *testing.T, query, last string) (net.Conn, *bufio.Reader) {
	t.Helper()
	near, far := net.Pipe()
	request := httptest.NewRequest("GET", "/api/v1/stream?"+query, nil)
	request.Body = http.NoBody
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	go n.hub.ServeStream(&hijackable{ResponseWriter: httptest.NewRecorder(), conn: far}, request)
	in := bufio.NewReader(near)
	checkStreamHead(t, in)
	return near, in
}

// checkStreamHead reads the head of the answer. The events follow as they are:
// they are not chunked.
func checkStreamHead(t *testing.T, in *bufio.Reader) {
	t.Helper()
	answer, err := http.ReadResponse(in, nil)
	if err != nil || answer.StatusCode != http.StatusOK || answer.ContentLength != -1 || !answer.Close || len(answer.TransferEncoding) != 0 {
		t.Fatalf("answer: %+v, %v", answer, err)
	}
	for name, want := range map[string]string{"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"} {
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

// comment is what nextEvent returns for the comments that keep a stream awake.
const comment = ":"

// nextEvent reads an event: its fields without the line breaks between them.
func nextEvent(in *bufio.Reader) string {
	var event strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return event.String() + "end"
		}
		if line = strings.TrimSuffix(line, "\n"); line == "" {
			return event.String()
		}
		event.WriteString(line)
	}
}

// expectEvents reads events that begin with what is wanted, comments aside, and
// returns the last one.
func expectEvents(t *testing.T, in *bufio.Reader, want ...string) (got string) {
	t.Helper()
	for _, w := range want {
		for got = nextEvent(in); got == comment && w != comment; {
			got = nextEvent(in)
		}
		if !strings.HasPrefix(got, w) {
			t.Fatalf("got %.300q, want %q…", got, w)
		}
	}
	return got
}

const (
	helloEvent = `data: {"type":"hello","epoch":"0000000000000007"`
	partsEvent = `data: {"type":"parts"`
	uptoEvent  = `id: 0000000000000007.`
)

func idOf(t *testing.T, event string) string {
	t.Helper()
	id, rest, found := strings.Cut(strings.TrimPrefix(event, "id: "), "data: ")
	if !found || !strings.HasPrefix(rest, `{"type":"upto"`) {
		t.Fatalf("event %q, want an id and an upto", event)
	}
	return id
}

func TestStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		conn, in := n.stream(t, "", "")
		defer conn.Close()
		began := time.Now()
		expectEvents(t, in, helloEvent, `data: {"type":"parts","parts":[[1,"all/everything"]]}`, `data: {"type":"frame","part":1,"to":946684800000,"full":true`, uptoEvent)
		expectEvents(t, in, `data: {"type":"beat","version":946684812500}`, comment, `data: {"type":"beat","version":946684825000}`)
		if waited := time.Since(began); waited != 25*time.Second {
			t.Errorf("the comment came after %v, want 25 s", waited)
		}
		n.take(t, "10", 35)
		event := expectEvents(t, in, `data: {"type":"frame","part":1,`, uptoEvent)
		if waited := time.Since(began); waited != 25*time.Second {
			t.Errorf("after a quiet time a change waited until %v", waited)
		}
		if want := "0000000000000007.946684825000."; !strings.HasPrefix(idOf(t, event), want) {
			t.Errorf("id = %q, want %s…", idOf(t, event), want)
		}
		// Somebody who only listens is not silent.
		for time.Since(began) < 5*time.Minute {
			if got := nextEvent(in); strings.HasSuffix(got, "end") {
				t.Fatalf("ended after %v", time.Since(began))
			}
		}
	})
}

// TestStreamResumes by the id of its last event, as EventSource does by itself.
func TestStreamResumes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		n.take(t, "10", 35)
		time.Sleep(time.Second) // the first tick may come between the two
		n.take(t, "11", 36)
		time.Sleep(time.Second)
		conn, in := n.stream(t, "all=1", "")
		id := idOf(t, expectEvents(t, in, helloEvent, partsEvent, `data: {"type":"frame"`, uptoEvent))
		conn.Close()
		time.Sleep(2 * time.Second) // else who comes gets the first viewer's piece, and then the tick
		n.take(t, "11", 37)
		time.Sleep(time.Second)
		for _, c := range []struct{ name, query, last, want string }{
			{"what moved", "all=1", id, `data: {"type":"frame","part":1,"to":946684804000,"span":3000,`},
			{"not an id of ours", "all=1", "7", `data: {"type":"frame","part":1,"to":946684804000,"full":true,`},
			{"another epoch", "all=1", strings.Replace(id, "7.", "8.", 1), `data: {"type":"frame","part":1,"to":946684804000,"full":true,`},
			{"another view", "couriers=11", id, `data: {"type":"frame","part":2,"to":946684804000,"full":true,`},
			{"from the future", "all=1", strings.Replace(id, ".9", ".99", 1), `data: {"type":"frame","part":1,"to":946684804000,"full":true,`},
		} {
			conn, in := n.stream(t, c.query, c.last)
			got := expectEvents(t, in, helloEvent, partsEvent, c.want)
			if full := strings.Contains(got, `"full":true`); full != strings.Contains(c.want, `"full":true`) {
				t.Errorf("%s: %s", c.name, got)
			}
			expectEvents(t, in, uptoEvent)
			conn.Close()
		}
		conn, in = n.stream(t, "all=1", idOf(t, func() string {
			conn, in := n.stream(t, "all=1", id)
			defer conn.Close()
			return expectEvents(t, in, helloEvent, partsEvent, `data: {"type":"frame"`, uptoEvent)
		}()))
		defer conn.Close()
		expectEvents(t, in, helloEvent, partsEvent, uptoEvent) // nothing has changed
	})
}

func TestStreamEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		conn, in := n.stream(t, "", "")
		defer conn.Close()
		talker, said := n.stream(t, "", "")
		defer talker.Close()
		stuck, _ := n.stream(t, "", "")
		defer stuck.Close()
		go func() { _, _ = talker.Write([]byte("GET / HTTP/1.1\r\n")) }()
		expectEvents(t, said, helloEvent)
		if got, want := untilEnd(said), `retry: 500data: {"type":"bye","code":1002,"reason":"nothing may follow the request","after":500}end`; !strings.HasSuffix(got, want) {
			t.Errorf("who went on talking got %q, want …%q", got, want)
		}
		expectEvents(t, in, helloEvent)
		began := time.Now()
		told := make(chan string)
		go func() { told <- untilEnd(in) }()
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		n.hub.Shutdown(ctx)
		if took := time.Since(began); took > time.Second {
			t.Errorf("shutdown took %v", took)
		}
		if got, want := <-told, `retry: 500data: {"type":"bye","code":1001,"reason":"the server stops","after":500}end`; !strings.HasSuffix(got, want) {
			t.Errorf("told %q, want …%q", got, want)
		}
		n.end()
	})
}

func untilEnd(in *bufio.Reader) string {
	var all strings.Builder
	for {
		event := nextEvent(in)
		if all.WriteString(event); strings.HasSuffix(event, "end") {
			return all.String()
		}
	}
}

// TestStuckStream takes no byte for two minutes.
func TestStuckStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		conn, _ := n.stream(t, "", "")
		defer conn.Close()
		time.Sleep(119 * time.Second)
		if s := n.hub.Stats(); s.Viewers != 1 {
			t.Fatalf("%+v before two minutes, want one viewer", s)
		}
		time.Sleep(2 * time.Second)
		if s := n.hub.Stats(); s.Viewers != 0 || s.Stuck != 1 {
			t.Fatalf("%+v after two minutes, want one stuck", s)
		}
	})
}

func TestStreamRefusals(t *testing.T) {
	hub := socket.NewHub(socket.Options{
		World: live.NewWorld(live.Options{Tick: time.Second, MaxCouriers: 1, Forget: time.Hour}),
		Who: socket.Granting(func(r *http.Request) (peyk.Grant, error) {
			if r.Header.Get("Authorization") == "" {
				return peyk.Grant{}, peyk.ErrUnauthorized
			}
			return everybody(r)
		}),
	})
	for _, c := range []struct {
		name, method, query, body string
		major, minor              int
		want                      int
	}{
		{"POST", "POST", "", "", 1, 1, 405},
		{"HEAD", "HEAD", "", "", 1, 1, 405},
		{"HTTP/1.0", "GET", "", "", 1, 0, 505},
		{"HTTP/2", "GET", "", "", 2, 0, 505},
		{"body", "GET", "", "x", 1, 1, 400},
		{"nobody", "GET", "nobody", "", 1, 1, 401},
		{"all that is no truth", "GET", "all=everything", "", 1, 1, 400},
		{"nothing", "GET", "all=0", "", 1, 1, 400},
		{"two views", "GET", "all=1&couriers=10", "", 1, 1, 400},
		{"no couriers", "GET", "couriers=", "", 1, 1, 400},
		{"too many couriers", "GET", "couriers=" + strings.Repeat("1,", 500) + "1", "", 1, 1, 400},
		{"three edges", "GET", "box=1,2,3", "", 1, 1, 400},
		{"edge that is no number", "GET", "box=1,2,3,x", "", 1, 1, 400},
		{"NaN", "GET", "box=1,2,3,NaN", "", 1, 1, 400},
		{"south above north", "GET", "box=2,2,1,3", "", 1, 1, 400},
		{"zoom", "GET", "box=1,2,3,4&zoom=25", "", 1, 1, 400},
		{"zoom that is no number", "GET", "box=1,2,3,4&zoom=x", "", 1, 1, 400},
		{"limit", "GET", "box=1,2,3,4&limit=7", "", 1, 1, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			request := httptest.NewRequest(c.method, "/api/v1/stream?"+c.query, strings.NewReader(c.body))
			request.ProtoMajor, request.ProtoMinor = c.major, c.minor
			if c.query != "nobody" {
				request.Header.Set("Authorization", "Bearer x")
			}
			answer := httptest.NewRecorder()
			hub.ServeStream(answer, request)
			if answer.Code != c.want || !strings.HasPrefix(answer.Body.String(), `{"detail":"`) || answer.Header().Get("Content-Type") != "application/json" {
				t.Errorf("answer %d %s, want %d", answer.Code, answer.Body, c.want)
			}
		})
	}
	if got := hub.Stats().Refused.All(); got != 18 {
		t.Errorf("%d refusals are counted, want 18", got)
	}
}

// TestStreamOnSockets keeps pictures of three views over real connections, in
// the loops, while couriers move.
func TestStreamOnSockets(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 1000, Forget: time.Hour})
	hub, _ := serveHub(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	streams := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "https://shop.example")
		hub.ServeStream(w, r)
	}))
	defer streams.Close()
	for query, want := range map[string]int{"": 600, "box=0,0,1,1&zoom=3": 600, "box=-1,0,0,1&zoom=12.5&limit=5000": 0, "couriers=1,2,nobody": 2} {
		t.Run(query, func(t *testing.T) {
			answer, err := http.Get(streams.URL + "/?" + query)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if got := answer.Header.Get("Access-Control-Allow-Origin"); got != "https://shop.example" {
				t.Errorf("headers that were set on the way are lost: %v", answer.Header)
			}
			for i := range 600 {
				r := peyk.Report{Courier: peyk.Courier{ID: string(rune('0'+i%10)) + strings.Repeat("x", i/10)}, Position: peyk.Position{Lat: 0.5, Lon: 0.5}}
				if _, _, err := world.Take(r); err != nil {
					t.Fatal(err)
				}
			}
			picture := &client.Picture{}
			for in := bufio.NewReader(answer.Body); picture.InStep() == 0 || len(picture.Couriers()) < want; {
				readPicture(t, in, picture)
			}
			if got := len(picture.Couriers()); got != want {
				t.Errorf("%d couriers, want %d", got, want)
			}
		})
	}
}

// readPicture applies the messages of one event.
func readPicture(t *testing.T, in *bufio.Reader, p *client.Picture) {
	t.Helper()
	line, err := in.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	data, found := strings.CutPrefix(line, "data: ")
	if !found {
		return
	}
	m, err := wire.ParseMessage([]byte(data))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Apply(m); err != nil {
		t.Fatal(err)
	}
}

// TestTalkativeStream is closed, in the loops as well.
func TestTalkativeStream(t *testing.T) {
	world := live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour})
	hub, _ := serveHub(t, socket.Options{World: world, Who: socket.Granting(everybody)})
	streams := httptest.NewServer(http.HandlerFunc(hub.ServeStream))
	defer streams.Close()
	conn, err := net.Dial("tcp", streams.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	wait(t, conn)
	send(t, conn, []byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
	in := bufio.NewReader(conn)
	checkStreamHead(t, in)
	expectEvents(t, in, helloEvent, partsEvent)
	send(t, conn, []byte("more"))
	if got := untilEnd(in); !strings.Contains(got, `"type":"bye","code":1002`) {
		t.Errorf("got %q, want a bye", got)
	}
	if _, err := in.ReadByte(); err != io.EOF {
		t.Errorf("after the bye: %v, want an orderly end", err)
	}
}
