package api_test

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
	"peyk/internal/directory"
	"peyk/internal/live"
	"peyk/internal/order"
	"peyk/internal/store"
)

// noon is what every clock of a test house shows.
var noon = time.Date(2025, 11, 22, 12, 0, 0, 0, time.UTC)

// soon bounds what happens at once, on a machine that does much else.
const soon = 20 * time.Second

// room is for how many couriers there is room in a house.
const room = 8

// house is a whole server on a real port, and what left it.
type house struct {
	*httptest.Server
	url       string // of the store; empty: a SQLite file of its own
	token     string // the first admin's key
	store     *store.Store
	directory *directory.Directory
	book      *order.Book
	ops       http.Handler
	log       lines

	mu        sync.Mutex // guards the rest
	published []peyk.Report
	reordered []string // orders of which customers are told anew
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

// open starts a house; change may alter what it is made of.
func open(t *testing.T, change func(*api.Options)) *house {
	t.Helper()
	h := build(t, change)
	h.Start()
	return h
}

// build leaves it to the caller to start the house.
func build(t *testing.T, change func(*api.Options)) *house {
	t.Helper()
	h := &house{}
	o := h.furnish(t, slog.New(slog.NewTextHandler(&h.log, nil)))
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
	h.Config = api.NewHTTPServer(server.Guard(mux), o.Log)
	h.Config.WriteTimeout = 0 // the largest list takes its time with the race detector
	t.Cleanup(h.Close)
	return h
}

// furnish opens the rooms below, with the first admin's key in the store.
func (h *house) furnish(t testing.TB, log *slog.Logger) api.Options {
	t.Helper()
	clock := func() time.Time { return noon }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	h.store, err = store.Open(t.Context(), cmp.Or(h.url, "sqlite:"+filepath.Join(t.TempDir(), "peyk.db")), store.Options{Now: clock, Log: log})
	must(err)
	t.Cleanup(func() { must(h.store.Close()) })
	first, token, err := auth.FirstKey(rand.Reader, noon)
	must(err)
	must(h.store.MakeKey(t.Context(), first))
	h.token = token

	door, err := auth.NewDoor([]string{"https://shop.example"})
	must(err)
	keys := auth.NewKeys(clock, log)
	h.book = order.NewBook(order.Options{Rule: order.DefaultRule, Afterlife: store.Afterlife, Now: clock, Changed: h.changed})
	shares := auth.NewShares(clock, h.book.Ended)
	desk, err := auth.NewDesk(auth.Options{Keys: keys, Shares: shares, Secret: []byte(shopSecret), Cookie: "session", Door: door, Now: clock, Log: log})
	must(err)
	world := live.NewWorld(live.Options{
		Now: clock, Epoch: 1, Tick: time.Second, MaxCouriers: room, Forget: time.Hour, Orders: h.book,
		Listed: func(id string) live.Listed { return h.directory.Listed(id) },
	})
	h.directory = directory.New(directory.Options{Store: h.store, Keys: tell(keys), Used: keys.Used, Forget: time.Hour, Log: log, Now: clock,
		Orders: func(orders []peyk.Order, changed []store.Share, whole bool) {
			h.book.Update(orders, whole)
			shares.Update(changed, whole)
		}})
	must(h.directory.Open(t.Context(), world))
	return api.Options{
		World: world, Store: h.store, Directory: h.directory, Orders: h.book, Publish: h.publish, Who: desk, Door: door,
		Interval: peyk.Rate{Count: 1, Per: time.Minute}, Carrying: peyk.Rate{Count: 6, Per: time.Minute}, Cookies: true, LocationPath: "/driver/location/",
		Hubs: []api.Hub{{Latitude: 35.7575, Longitude: 51.4106, Name: "Vanak"}}, Now: clock, Log: log,
	}
}

// tell returns what tells keys of changes.
func tell(keys *auth.Keys) func([]store.Key, bool) {
	return func(changed []store.Key, whole bool) {
		if whole {
			keys.Set(changed)
			return
		}
		keys.Update(changed)
	}
}

// shopSecret is what the shop signs its tokens with.
const shopSecret = "the shop's secret of 32 bytes…"

// sign returns a token of the shop.
func (h *house) sign(t *testing.T, claims peyk.Claims, until time.Time) string {
	t.Helper()
	token, err := auth.Sign(auth.Draft{
		Subject: "somebody", Name: "Some Body", User: peyk.Courier{ID: claims.Self}, Claims: claims, From: noon.Add(-time.Hour), Until: until,
	}, []byte(shopSecret))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// as returns the header of somebody whom the shop vouches for.
func (h *house) as(t *testing.T, claims peyk.Claims) []string {
	t.Helper()
	return []string{"Content-Type", "application/json", "Authorization", "Bearer " + h.sign(t, claims, noon.Add(time.Hour))}
}

// keep stores a key of that id, which nobody has.
func (h *house) keep(t *testing.T, id string, claims peyk.Claims) {
	t.Helper()
	k := store.Key{ID: id, Hash: sha256.Sum256([]byte(id)), Prefix: "peyk_" + id + "…", Claims: claims, Made: noon}
	if err := h.store.MakeKey(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	if err := h.directory.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
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

func (h *house) changed(orders []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reordered = append(h.reordered, orders...)
}

func (h *house) reports() []peyk.Report {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.published
}

// eventually waits until it is so.
func eventually(t *testing.T, what string, isSo func() bool) {
	t.Helper()
	for began := time.Now(); !isSo(); <-time.After(time.Millisecond) {
		if time.Since(began) > soon {
			t.Fatalf("not within %v: %s", soon, what)
		}
	}
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

// asAdmin asks with the admin's key, and with JSON if nothing else is said.
func (h *house) asAdmin(t *testing.T, method, path, body string, header ...string) answer {
	t.Helper()
	if !slices.Contains(header, "Content-Type") {
		header = append(header, "Content-Type", "application/json")
	}
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

func (a answer) wantStatus(t *testing.T, status int) {
	t.Helper()
	if a.status != status {
		t.Errorf("answer = %d %s, want %d", a.status, a.body, status)
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
