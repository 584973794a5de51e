package tile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/tile"
)

// house is a server of maps behind HTTP, as pages see it.
type house struct {
	*tile.Server
	url string
	now *clock
	log *transcript
}

// open starts a house on a map. A test's hosts are on loopback, so that the
// map is on a private address.
func open(t *testing.T, ground string, change func(*tile.Options)) *house {
	t.Helper()
	parsed, err := tile.ParseGround(ground)
	if err != nil {
		t.Fatalf("ParseGround(%q): want %v", ground, err)
	}
	h := &house{now: &clock{now: time.Now()}, log: new(transcript)}
	o := tile.Options{Ground: parsed, Grant: grant, Patience: soon, Now: h.now.Now, Log: slog.New(slog.NewTextHandler(h.log, nil))}
	if change != nil {
		change(&o)
	}
	if err := parsed.CheckToken(o.Token, o.Proxy); err != nil {
		t.Fatalf("CheckToken: want %v", err)
	}
	h.Server = tile.NewServer(o)
	mux := http.NewServeMux()
	h.Register(mux)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// proxied makes open keep what it fetches in a directory.
func proxied(dir string) func(*tile.Options) {
	return func(o *tile.Options) { o.Proxy, o.Dir = true, dir }
}

// soon bounds what has no bound of its own.
const soon = 20 * time.Second

// run runs the house until the test ends.
func (h *house) run(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- h.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
	})
}

// grant knows three credentials.
func grant(r *http.Request) (peyk.Grant, error) {
	switch r.Header.Get("Authorization") {
	case "Bearer watch":
		return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}}, nil
	case "Bearer post":
		return peyk.Grant{Actions: peyk.Publish, Scopes: []peyk.Scope{peyk.All}}, nil
	case "Bearer over":
		return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{peyk.All}, Until: time.Unix(1, 0)}, nil
	}
	return peyk.Grant{}, peyk.ErrUnauthorized
}

type answer struct {
	status int
	header http.Header
	body   string
}

// get asks as who may watch. path may be one of ours in a style. header holds
// names and values in turn.
func (h *house) get(t *testing.T, path string, header ...string) answer {
	t.Helper()
	a, err := h.ask(t.Context(), path, header...)
	if err != nil {
		t.Fatalf("GET %s: %v", path, err)
	}
	return a
}

func (h *house) ask(ctx context.Context, path string, header ...string) (answer, error) {
	path = strings.TrimPrefix(path, own)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, h.url+"/"+path, nil)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Authorization", "Bearer watch")
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close() // it is only read
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(body)}, err
}

// own stands before our paths in a style; the page puts its own address there.
const own = "https://peyk.invalid/"

func (a answer) want(t *testing.T, status int, body string) {
	t.Helper()
	if a.status != status || a.body != body {
		t.Errorf("answered %d %.300q\n   want %d %.300q", a.status, a.body, status, body)
	}
}

// wantSentence wants a refusal with these words in it.
func (a answer) wantSentence(t *testing.T, status int, words string) {
	t.Helper()
	var said struct{ Detail string }
	err := json.Unmarshal([]byte(a.body), &said)
	if a.status != status || err != nil || !strings.Contains(said.Detail, words) {
		t.Errorf("answered %d %.300q, want %d and a sentence with %q", a.status, a.body, status, words)
	}
}

// style gets a style as a page does.
func (h *house) style(t *testing.T, path string) map[string]any {
	t.Helper()
	a := h.get(t, path)
	var style map[string]any
	if err := json.Unmarshal([]byte(a.body), &style); err != nil || a.status != http.StatusOK {
		t.Fatalf("%s = %d %.300q, want a style", path, a.status, a.body)
	}
	return style
}

// host is somebody else's server of maps. It counts what it is asked.
type host struct {
	*httptest.Server
	asked atomic.Int64
	mu    sync.Mutex // guards last
	last  *http.Request
}

func newHost(t *testing.T, handle http.HandlerFunc) *host {
	t.Helper()
	h := new(host)
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked.Add(1)
		h.mu.Lock()
		h.last = r
		h.mu.Unlock()
		handle(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

// hanging answers nobody until the test ends.
func hanging(t *testing.T) *host {
	t.Helper()
	end := make(chan struct{})
	h := newHost(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-end:
		case <-r.Context().Done():
		}
	})
	t.Cleanup(func() { close(end) })
	return h
}

func (h *host) lastAsked() *http.Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last
}

// raster is a map of one template on the host.
func (h *host) raster() string { return h.URL + "/{z}/{x}/{y}.png" }

// tilePath is the path of a tile of a raster map.
func (h *house) tilePath(t *testing.T, z, x, y string) string {
	t.Helper()
	page := h.Page()
	if page.Kind != tile.Raster {
		t.Fatalf("the page is told of a map of the kind %q, want raster", page.Kind)
	}
	return strings.NewReplacer("{z}", z, "{x}", x, "{y}", y, "{ratio}", "").Replace(page.Light)
}

// clock goes on when it is told to.
type clock struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// transcript is a log that is read while it is written.
type transcript struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (s *transcript) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *transcript) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// eventually fails the test unless ok comes true soon.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ticker := time.NewTicker(2 * time.Millisecond)
	defer ticker.Stop()
	for deadline := time.Now().Add(soon); time.Now().Before(deadline); <-ticker.C {
		if ok() {
			return
		}
	}
	t.Fatalf("not within %v: %s", soon, what)
}
