package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"peyk"
	"peyk/internal/client"
)

// stream is a viewer that sees the bytes of text frames and nothing more.
type stream struct {
	t    *testing.T
	conn *websocket.Conn
}

// knock shakes hands, or not: status is what the server answered.
func (n *process) knock(t *testing.T, o websocket.DialOptions) (s *stream, status int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	conn, response, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(n.url, "http")+"/ws", &o)
	if response == nil {
		t.Fatalf("knock on /ws: %v", err)
	}
	if err != nil {
		return nil, response.StatusCode
	}
	t.Cleanup(func() { _ = conn.CloseNow() }) // it may be closed already
	return &stream{t, conn}, response.StatusCode
}

// listen opens a stream of the language that the subprotocols choose.
func (n *process) listen(t *testing.T, subprotocols ...string) *stream {
	t.Helper()
	s, status := n.knock(t, websocket.DialOptions{Subprotocols: subprotocols})
	if s == nil {
		t.Fatalf("/ws with the subprotocols %q is answered with %d, want 101", subprotocols, status)
	}
	return s
}

// next returns the next frame, which has to be one of text.
func (s *stream) next() string {
	s.t.Helper()
	text, err := s.read()
	if err != nil {
		s.t.Fatalf("read a frame: %v", err)
	}
	return text
}

func (s *stream) read() (string, error) {
	ctx, cancel := context.WithTimeout(s.t.Context(), soon)
	defer cancel()
	kind, text, err := s.conn.Read(ctx)
	if err == nil && kind != websocket.MessageText {
		err = errors.New("the frame is not one of text")
	}
	return string(text), err
}

func (s *stream) want(frames ...string) {
	s.t.Helper()
	for _, want := range frames {
		if got := s.next(); got != want {
			s.t.Errorf("frame %s\n want %s", got, want)
		}
	}
}

// until skips frames to the first that holds text.
func (s *stream) until(text string) {
	s.t.Helper()
	for !strings.Contains(s.next(), text) {
	}
}

// wantClose wants the connection to be closed with the code, after these frames.
func (s *stream) wantClose(code websocket.StatusCode) (before []string) {
	s.t.Helper()
	for {
		text, err := s.read()
		if err == nil {
			before = append(before, text)
			continue
		}
		if got := websocket.CloseStatus(err); got != code {
			s.t.Errorf("the connection ended with %v, want the close code %d", err, code)
		}
		return before
	}
}

func (s *stream) say(text string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), soon)
	defer cancel()
	if err := s.conn.Write(ctx, websocket.MessageText, []byte(text)); err != nil {
		s.t.Fatalf("say %s: %v", text, err)
	}
}

// watcher is a viewer of peyk.v1.json as programs are: it reconnects by itself.
type watcher struct {
	mu    sync.Mutex // guards the rest
	epoch peyk.Epoch
	whole bool // the picture is in step
	shown map[string]client.Shown
	lost  int // connections, and attempts
}

// watch keeps a picture of everything that the first admin sees, if there is one.
func (n *process) watch(t *testing.T) *watcher {
	t.Helper()
	return n.watchAs(t, n.token)
}

// watchAs keeps a picture until the test ends; it has been in step once already.
func (n *process) watchAs(t *testing.T, token string) *watcher {
	t.Helper()
	w, done := new(watcher), make(chan error, 1)
	go func() { done <- client.New(n.url, token).Watch(t.Context(), w.take, w.lose) }()
	t.Cleanup(func() {
		if err := <-done; err != nil {
			t.Errorf("watch: %v", err)
		}
	})
	within(t, soon, "a picture is in step", func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.whole
	})
	return w
}

func (w *watcher) take(p *client.Picture) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.epoch, w.whole, w.shown = p.Epoch(), p.InStep() != 0, map[string]client.Shown{}
	for id, shown := range p.Couriers() {
		w.shown[id] = *shown
	}
}

func (w *watcher) lose(error, time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lost++
}

// picture returns who is shown, and the epoch of the world that they are of.
// The map does not change any more.
func (w *watcher) picture() (map[string]client.Shown, peyk.Epoch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.shown, w.epoch
}

func (w *watcher) losses() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lost
}

// wantUnbroken wants one and the same connection from the first moment on.
func (w *watcher) wantUnbroken(t *testing.T) {
	t.Helper()
	if lost := w.losses(); lost != 0 {
		t.Errorf("a viewer lost its connection %d times, want never", lost)
	}
}

// shows reports whether the picture is whole and has these latitudes, by id,
// and nobody else in it.
func (w *watcher) shows(latitudes map[string]float64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.whole || len(w.shown) != len(latitudes) {
		return false
	}
	for id, lat := range latitudes {
		if shown, found := w.shown[id]; !found || shown.Position.Lat != lat {
			return false
		}
	}
	return true
}

// bearer is the header that carries a token.
func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }
