package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"peyk/internal/bus/redistest"
	"peyk/internal/wire"
)

// canary returns a text that nothing else holds, which can stand in a URL.
func canary(of string) string {
	return "canary-of-" + strings.ReplaceAll(of, " ", "-") + "-5f1c7a9e-5f1c7a9e"
}

// trap is a node that is given secrets in every place that takes one, and some
// that does not, and all that it was heard to say.
type trap struct {
	*process
	heard  transcript
	hidden map[string]string // what must not be heard, by what it is
	told   map[string]string // what only who watches the stream must not hear
	jwt    string
	key    string
	redis  *redistest.Server
	bus    *redistest.Listener
	db     string // name of its database
}

// TestSecrets plants canaries and greps.
func TestSecrets(t *testing.T) {
	t.Parallel()
	s := setTrap(t)
	viewers := s.watchAll(t)
	s.askEverything(t)
	s.askWithWrongThings(t)
	s.breakThings(t)
	s.askOps(t)
	s.askCommands(t)
	stream := s.bus.Next(soon) + s.bus.Next(soon)
	for _, v := range viewers {
		stream += v.end()
	}
	s.hear("streams", stream)
	s.signal(syscall.SIGQUIT) // a crash tells all that it can
	within(t, soon, "the server ends", s.over)
	s.hear("stderr", s.log.String())
	s.log = new(transcript) // a trace is no fault here
	first, _, _ := strings.Cut(s.token[len("peyk_"):], "_")
	s.hear("stdout", strings.ReplaceAll(s.said.String(), s.token, first)) // where it is meant to be
	s.hearFiles(t)

	heard := s.heard.String()
	for what, secret := range s.hidden {
		if at := strings.Index(heard, secret); at >= 0 {
			t.Errorf("%s was heard: …%.400q", what, heard[max(at-300, 0):])
		}
	}
	for what, text := range s.told {
		if at := strings.Index(stream, text); at >= 0 {
			t.Errorf("%s was told on a stream: …%.300q", what, stream[max(at-200, 0):])
		}
		if !strings.Contains(heard, text) {
			t.Errorf("%s is not in the list, so that it is on no stream shows nothing", what)
		}
	}
}

// setTrap starts the node. Its JWKS host fails, and so does its map's.
func setTrap(t *testing.T) *trap {
	t.Helper()
	down := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(down.Close)
	redis := redistest.Start(t)
	s := &trap{redis: redis, bus: redis.Listen("dlchannel"), hidden: map[string]string{}}
	s.told = map[string]string{"a phone number": canary("phone"), "a vehicle": canary("vehicle"), "metadata": canary("metadata")}
	for _, what := range []string{"JWT secret", "database password", "bus password", "map token", "JWKS query", "wrong place", "wrong body"} {
		s.hidden[what] = canary(what)
	}
	redis.CLI("config", "set", "requirepass", s.hidden["bus password"])
	database := postgres.Database(t)
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	s.db = strings.TrimPrefix(u.Path, "/")
	u.User = url.UserPassword("peyk", s.hidden["database password"])
	s.process = newNode(t, "--pprof", "--config", "peyk.yaml", "--audit-log", "audit.jsonl", "--origins", "https://shop.example", "--auth-cookie", "session",
		"--map-proxy", "--map-style", down.URL+"/style.json?key={token}", "--auth-jwks", down.URL+"/keys?key="+s.hidden["JWKS query"])
	s.env = []string{
		"PEYK_STORE=" + u.String(),
		"PEYK_BUS=redis://:" + s.hidden["bus password"] + "@" + redis.Addr,
		"PEYK_MAP_TOKEN=" + s.hidden["map token"],
	}
	file := "auth-jwt-secret: " + s.hidden["JWT secret"] + "\n"
	if err := os.WriteFile(filepath.Join(s.dir, "peyk.yaml"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.wantReady(soon)
	s.plant(t)
	return s
}

// plant makes what can be stolen from a running server.
func (s *trap) plant(t *testing.T) {
	t.Helper()
	s.hidden["the first key"] = s.token[len(s.token)-32:]
	_, s.key = s.process.key(`{"name":"a viewer","role":"viewer","all":true}`)
	s.hidden["a key"] = s.key[len(s.key)-32:]
	s.jwt = s.run("token", "--role", "viewer", "--subject", "sara", "--auth-jwt-secret", s.hidden["JWT secret"])
	parts := strings.Split(s.jwt, ".")
	s.hidden["a JWT's payload"], s.hidden["a JWT's signature"] = parts[1], parts[2]
	s.manage("PUT", "/api/v1/couriers/10", fmt.Sprintf(`{"team":"north","phone":%q,"vehicle":%q,"metadata":{"note":%q}}`,
		s.told["a phone number"], s.told["a vehicle"], s.told["metadata"]), http.StatusCreated)
}

func (s *trap) hear(from string, texts ...string) {
	for _, text := range texts {
		fmt.Fprintf(&s.heard, "\n== %s:\n%s", from, text)
	}
}

// say sends a request and hears the answer.
func (s *trap) say(t *testing.T, method, url, body string, header ...string) {
	t.Helper()
	a, err := s.send(method, url, body, header...)
	if err != nil {
		t.Errorf("%s: %v", method, err)
	}
	s.hear(method, fmt.Sprint(a.status, a.header, a.body))
}

// recorder is a viewer that notes all it gets.
type recorder struct {
	heard transcript
	done  chan struct{} // closed when its connection has ended
	quit  func()
}

func (r *recorder) end() string {
	r.quit()
	<-r.done
	return r.heard.String()
}

// record notes what is read until there is no more.
func record(read func() ([]byte, error), quit func()) *recorder {
	r := &recorder{done: make(chan struct{}), quit: quit}
	go func() {
		defer close(r.done)
		for {
			text, err := read()
			if err != nil {
				return
			}
			_, _ = r.heard.Write(text) // into memory
		}
	}()
	return r
}

// watchAll watches in every language, by every way of bringing a credential, and
// has a courier move.
func (s *trap) watchAll(t *testing.T) (all []*recorder) {
	t.Helper()
	cookie := http.Header{"Cookie": {"session=" + s.jwt}, "Origin": {"https://shop.example"}}
	for _, o := range []websocket.DialOptions{
		{HTTPHeader: bearer(s.key)},
		{HTTPHeader: cookie, Subprotocols: []string{"peyk.v1.bin"}},
		{Subprotocols: []string{"peyk.v1.json", "bearer." + s.jwt}},
	} {
		v, status := s.knock(t, o)
		if v == nil {
			t.Fatalf("a handshake is answered %d, want 101", status)
		}
		if o.Subprotocols != nil {
			v.say(`{"type":"watch","view":{"all":true}}`)
			v.say(`{"type":"watch","view":{"nothing":true}}`)
			v.say(`{"type":"watch","token":"` + s.hidden["wrong body"] + `","view":{"box":[1]}}`)
			v.say(string(wire.AppendToken(nil, s.hidden["wrong body"])))
			v.say(`{"type":"token","token":"` + s.hidden["wrong body"])
			v.say(string(wire.AppendToken(nil, s.key))) // another subject's
			v.say(string(wire.AppendToken(nil, s.jwt)))
		}
		all = append(all, record(func() ([]byte, error) {
			_, text, err := v.conn.Read(t.Context())
			return text, err
		}, func() { _ = v.conn.CloseNow() })) // it may be closed already
	}
	e := s.subscribe(t, s.jwt)
	all = append(all, record(func() ([]byte, error) { return e.in.ReadBytes('\n') }, e.close))
	for lat := range 2 {
		s.post(at("10", float64(lat+1)), "Authorization", "Bearer "+s.token)
	}
	for _, r := range all {
		within(t, soon, "each viewer is told", func() bool { return len(r.heard.String()) > 100 })
	}
	return all
}

// askEverything asks all routes, with good credentials and bad ones.
func (s *trap) askEverything(t *testing.T) {
	t.Helper()
	credentials := [][]string{
		{"Authorization", "Bearer " + s.token},
		{"Authorization", "Bearer " + s.key},
		{"Authorization", "Bearer " + s.jwt},
		{"Authorization", "Bearer " + s.jwt + "x"},
		{"Authorization", "Bearer " + s.hidden["wrong place"]},
		{"Authorization", "Basic " + s.hidden["wrong place"]},
		{"Authorization", s.hidden["wrong place"]},
		{"Cookie", "session=" + s.jwt, "Origin", s.url},
		{"Cookie", "session=" + s.hidden["wrong place"], "Origin", s.url},
	}
	for _, credential := range credentials {
		for _, path := range []string{
			"/", "/config.json", "/map/light.json", "/ws", "/api/openapi.yaml", "/api/v1/me", "/api/v1/couriers", "/api/v1/couriers/none", "/api/v1/teams", "/api/v1/keys", "/nowhere",
		} {
			s.say(t, "GET", s.url+path, "", credential...)
		}
		s.say(t, "POST", s.url+"/api/v1/locations", at("11", 1), credential...)
		s.say(t, "PUT", s.url+"/api/v1/keys/none", `{"role":"viewer","all":true}`, credential...)
		s.say(t, "DELETE", s.url+"/api/v1/me", "", credential...)
	}
}

// askWithWrongThings puts secrets where none belong.
func (s *trap) askWithWrongThings(t *testing.T) {
	t.Helper()
	place, body := s.hidden["wrong place"], s.hidden["wrong body"]
	good := []string{"Authorization", "Bearer " + s.token}
	for _, path := range []string{
		"/?token=" + place, "/ws?token=" + place, "/api/v1/me?access_token=" + place, "/api/v1/couriers/" + place,
		"/api/v1/couriers?team=" + place, "/api/v1/couriers?limit=" + place, "/api/v1/" + place, "/" + place, "/map/" + place,
	} {
		for _, method := range []string{"GET", "POST", "DELETE", "OPTIONS"} {
			s.say(t, method, s.url+path, "", good...)
			s.say(t, method, s.url+path, "")
		}
	}
	s.say(t, "GET", s.url+"/api/v1/stream?token="+place, "")
	for _, text := range []string{
		body, `"` + body, `{"token":"` + body, `{"secret":"` + body + `"}`, `{"latitude":"` + body + `","longitude":"` + body + `"}`,
		`{"role":"viewer","all":"` + body + `"}`, `{"role":"viewer","all":true,"until":"` + body + `"}`, `{"role":"viewer","all":true,"key":"` + body + `"}`,
	} {
		for _, route := range []string{"POST /api/v1/locations", "POST /api/v1/positions", "POST /api/v1/keys", "PUT /api/v1/couriers", "PUT /api/v1/couriers/10", "PUT /api/v1/teams/north"} {
			method, path, _ := strings.Cut(route, " ")
			s.say(t, method, s.url+path, text, good...)
		}
	}
	for _, raw := range []string{
		"GET /" + place + "\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization Bearer " + place + "\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + strings.Repeat(place, 2000) + "\r\n\r\n",
		"POST /api/v1/locations HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: " + place + "\r\n\r\n",
		"\x16\x03\x01" + place,
	} {
		s.sayRaw(t, raw)
	}
}

// sayRaw sends what is no request.
func (s *trap) sayRaw(t *testing.T, text string) {
	t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(soon)) // a connection that is open takes one
	_, _ = io.WriteString(conn, text)          // the server may have had enough before the end
	if half, ok := conn.(*net.TCPConn); ok {
		_ = half.CloseWrite() // likewise
	}
	answer, _ := io.ReadAll(bufio.NewReader(conn)) // as far as it gets
	s.hear("the wire", string(answer))
}

// breakThings takes away what the server needs, so that it tells of errors.
func (s *trap) breakThings(t *testing.T) {
	t.Helper()
	postgres.Exec(t, "ALTER DATABASE "+s.db+" ALLOW_CONNECTIONS false")
	postgres.Exec(t, "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"+s.db+"'")
	s.wantLacking("")
	s.say(t, "GET", s.ops+"/readyz", "")
	for _, path := range []string{"/api/v1/couriers", "/api/v1/keys"} {
		s.say(t, "GET", s.url+path, "", "Authorization", "Bearer "+s.token)
	}
	s.say(t, "POST", s.url+"/api/v1/keys", `{"role":"viewer","all":true}`, "Authorization", "Bearer "+s.token)
	postgres.Exec(t, "ALTER DATABASE "+s.db+" ALLOW_CONNECTIONS true")
	s.redis.Kill()
	s.wantUnready("bus ")
	s.say(t, "GET", s.ops+"/readyz", "")
}

func (s *trap) askOps(t *testing.T) {
	t.Helper()
	for _, path := range []string{
		"/healthz", "/readyz", "/metrics", "/debug/pprof/", "/debug/pprof/cmdline", "/debug/pprof/goroutine?debug=2", "/debug/pprof/goroutine?debug=1",
		"/debug/pprof/heap?debug=1", "/debug/pprof/allocs?debug=1", "/debug/pprof/block?debug=1", "/debug/pprof/mutex?debug=1", "/debug/pprof/threadcreate?debug=1",
		"/debug/vars", "/" + s.hidden["wrong place"],
	} {
		s.say(t, "GET", s.ops+path, "")
	}
	for _, path := range []string{"heap", "allocs", "goroutine", "profile?seconds=1"} {
		a, err := s.send("GET", s.ops+"/debug/pprof/"+path, "")
		if err != nil {
			t.Fatal(err)
		}
		packed, err := gzip.NewReader(strings.NewReader(a.body))
		if err != nil {
			t.Fatalf("%s is no profile: %v", path, err)
		}
		profile, err := io.ReadAll(packed)
		if err != nil || len(profile) < 100 {
			t.Errorf("%s has %d bytes (%v), want a profile", path, len(profile), err)
		}
		s.hear(path, string(profile))
	}
}

// askCommands runs what shows what is configured, and what fails.
func (s *trap) askCommands(t *testing.T) {
	t.Helper()
	s.hear("config check", s.run(append([]string{"config", "check"}, s.args...)...))
	s.hear("key list", s.run("key", "list"))
	secret := s.hidden["database password"]
	for _, args := range [][]string{
		{"key", "list", "--store", "postgres://peyk:" + secret + "@127.0.0.1:1/peyk"},
		{"key", "list", "--store", "postgres://peyk:%" + secret + "@127.0.0.1:1/peyk"},
		{"key", "list", "--store", "postgres://127.0.0.1:1/peyk?password=" + secret},
		{"key", "make", "--name", "x", "--role", "admin", "--store", "mysql://peyk:" + secret + "@db/peyk"},
		{"key", "revoke", "none", "--config", "peyk.yaml"},
		{"serve", "--bus", "redis://peyk:" + s.hidden["bus password"] + "@redis:6379/x"},
		{"serve", "--map-style", "builtin", "--map-token", s.hidden["map token"]},
		{"serve", "--auth-jwks", "http://shop.example/keys?key=" + s.hidden["JWKS query"]},
		{"token", "--role", "admin", "--subject", "x", "--auth-jwt-secret", s.hidden["JWT secret"], "--key", "peyk.yaml"},
		{"token", "--role", "admin", "--subject", "x", "--key", "peyk.yaml"},
	} {
		_, said := s.fail(args...)
		s.hear(strings.Join(args[:2], " "), said)
	}
}

// hearFiles reads all that the server has written, but for the file that holds
// its secret because somebody put it there.
func (s *trap) hearFiles(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(s.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "peyk.yaml" {
			return err
		}
		text, err := os.ReadFile(path)
		s.hear(path, string(text))
		return err
	})
	if err != nil {
		t.Error(err)
	}
	audit, err := os.ReadFile(filepath.Join(s.dir, "audit.jsonl"))
	if err != nil || !strings.Contains(string(audit), `"subject":"sara"`) {
		t.Errorf("the audit log is %.300s (%v), want that sara watched", audit, err)
	}
}
