package api_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
	"peyk/internal/live"
)

// noon is what every clock of a test house shows.
var noon = time.Date(2025, 11, 22, 12, 0, 0, 0, time.UTC)

// house is a whole server on a real port, and what left it.
type house struct {
	*httptest.Server
	token string // of the admin
	ops   http.Handler
	log   lines

	mu        sync.Mutex // guards published
	published []peyk.Report
}

// lines is a log that is read while it is written.
type lines struct {
	mu   sync.Mutex // guards text
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// open starts a house for two couriers; change may alter what it is made of.
func open(t *testing.T, change func(*api.Options)) *house {
	t.Helper()
	h := build(t, change)
	h.Start()
	return h
}

// build leaves it to the caller to start the house.
func build(t *testing.T, change func(*api.Options)) *house {
	t.Helper()
	admin, token, err := auth.OpenAdmin(t.TempDir(), strings.NewReader(strings.Repeat("random", 4)))
	if err != nil {
		t.Fatal(err)
	}
	door, err := auth.NewDoor([]string{"https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	h := &house{token: token}
	clock := func() time.Time { return noon }
	log := slog.New(slog.NewTextHandler(&h.log, nil))
	o := api.Options{
		World:        live.NewWorld(live.Options{Now: clock, Epoch: 1, Tick: time.Second, MaxCouriers: 2, Forget: time.Hour}),
		Publish:      h.publish,
		Who:          admin,
		Door:         door,
		Interval:     peyk.Rate{Count: 1, Per: time.Minute},
		LocationPath: "/driver/location/",
		Now:          clock,
		Log:          log,
	}
	if change != nil {
		change(&o)
	}
	server := api.NewServer(o)
	h.ops = server.Ops(api.Ops{Unready: func() []string { return nil }})
	mux := http.NewServeMux()
	server.Register(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "the page") })
	mux.HandleFunc("/ws", echo)
	h.Server = httptest.NewUnstartedServer(nil)
	h.Config = api.NewHTTPServer(server.Guard(mux), log)
	t.Cleanup(h.Close)
	return h
}

// echo takes the connection over, as the WebSocket does, until the client
// closes it.
func echo(w http.ResponseWriter, _ *http.Request) {
	c, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	defer func() { _ = c.Close() }() // the client went first
	_, _ = io.Copy(c, buffered)      // ends with an error or without, as the client likes
}

func (h *house) publish(r peyk.Report) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.published = append(h.published, r)
}

func (h *house) reports() []peyk.Report {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.published
}

// answer is a response that was read.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; header is name, value, name, value ….
func (h *house) ask(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequest(method, h.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	response, err := h.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

func read(t *testing.T, response *http.Response) answer {
	t.Helper()
	defer func() { _ = response.Body.Close() }() // it was read to its end
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(text)}
}

// asAdmin asks with the admin's token.
func (h *house) asAdmin(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	return h.ask(t, method, path, body, append(header, "Authorization", "Bearer "+h.token)...)
}

func (h *house) post(t *testing.T, body string) answer {
	t.Helper()
	return h.asAdmin(t, "POST", "/api/v1/locations", body, "Content-Type", "application/json")
}

func (a answer) want(t *testing.T, status int, body string) {
	t.Helper()
	if a.status != status || a.body != body {
		t.Errorf("answer = %d %s, want %d %s", a.status, a.body, status, body)
	}
	if got := a.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type = %q, want application/json", got)
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Vary": "Origin",
	} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
}

func (a answer) wantHeader(t *testing.T, name, want string) {
	t.Helper()
	if got := a.header.Get(name); got != want {
		t.Errorf("%s = %q, want %q", name, got, want)
	}
}

// metric returns the value of a line of /metrics; "" if there is none.
func (h *house) metric(t *testing.T, name string) string {
	t.Helper()
	w := httptest.NewRecorder()
	h.ops.ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for line := range strings.Lines(w.Body.String()) {
		if value, found := strings.CutPrefix(line, name+" "); found {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func (h *house) wantMetric(t *testing.T, name, want string) {
	t.Helper()
	if got := h.metric(t, name); got != want {
		t.Errorf("metric %s = %q, want %q", name, got, want)
	}
}
