package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"peyk/internal/bus/redistest"
)

// soon bounds what happens at once, on a machine that does much else.
const soon = 20 * time.Second

// within fails the test unless ok comes true within the bound. Nothing else in
// the tests of whole servers waits for a state.
func within(t *testing.T, bound time.Duration, what string, ok func() bool) {
	t.Helper()
	if !redistest.Eventually(bound, ok) {
		t.Fatalf("not within %v: %s", bound, what)
	}
}

// process is a node: "peyk serve" in a directory of its own. Its methods
// belong to the test's goroutine, except ask.
type process struct {
	url   string // without a slash at its end
	ops   string // of health and metrics, likewise
	token string // the first admin's key, if a start printed it
	dir   string // where it runs

	t     *testing.T
	args  []string
	env   []string    // more of it
	addr  string      // where it listens
	said  *transcript // what the latest start printed
	log   *transcript // of all starts
	cmd   *exec.Cmd
	ended chan struct{} // closed once the process of cmd was waited for
	http  *http.Client
}

// startNode runs "peyk serve" with args until the test ends.
func startNode(t *testing.T, args ...string) *process {
	t.Helper()
	n := newNode(t, args...)
	n.start()
	return n
}

// newNode is startNode for those who want to change something first.
func newNode(t *testing.T, args ...string) *process {
	t.Helper()
	ops := redistest.FreeAddr(t)
	n := &process{
		t: t, dir: t.TempDir(), addr: redistest.FreeAddr(t), ops: "http://" + ops,
		args: append([]string{"--ops-listen", ops}, args...),
		log:  new(transcript),
		http: &http.Client{Timeout: 3 * soon, Transport: &http.Transport{DisableKeepAlives: true}}, // a restart breaks what is kept
	}
	t.Cleanup(n.autopsy)
	return n
}

var announcement = regexp.MustCompile(`^Peyk listens on ((?:http://)?(\S+))(?: \(--role \w+\))?\n(?:The map.*: (https?://\S+?)/(?:#token=(\S+))?\n|The first API key.*: (\S+)\n)?$`)

// start starts the process, the second time on the port that it had the first.
// It may have to make a database first.
func (n *process) start() {
	n.t.Helper()
	n.said = new(transcript)
	n.cmd = exec.Command("peyk", append([]string{"serve", "--listen", n.addr}, n.args...)...)
	n.cmd.Env = append(environ(), n.env...)
	n.cmd.Dir, n.cmd.Stdout, n.cmd.Stderr = n.dir, n.said, n.log
	if err := n.cmd.Start(); err != nil {
		n.t.Fatal(err)
	}
	n.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan<- struct{}) {
		_ = cmd.Wait() // ProcessState says what there is to know
		close(ended)
	}(n.cmd, n.ended)
	within(n.t, 3*soon, "the server listens", func() bool { return announcement.MatchString(n.said.String()) || n.over() })
	found := announcement.FindStringSubmatch(n.said.String())
	if found == nil {
		n.t.Fatalf("the server said %q, want where it listens", n.said)
	}
	n.url, n.addr = found[1], found[2]
	n.token = cmp.Or(found[4], found[5], n.token)
	if want := cmp.Or(n.public(), n.url); found[3] != "" && found[3] != want {
		n.t.Errorf("the link to the map leads to %s, want %s", found[3], want)
	}
}

// environ is ours, but that nothing in it is for Peyk.
func environ() []string {
	others := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "PEYK_") })
	return append(others, "GORACE=atexit_sleep_ms=0") // else the race detector makes every end a second late
}

// public returns the --public-url that it was given, if any.
func (n *process) public() string {
	if i := slices.Index(n.args, "--public-url"); i >= 0 {
		return n.args[i+1]
	}
	return ""
}

// over reports whether the process has ended.
func (n *process) over() bool {
	select {
	case <-n.ended:
		return true
	default:
		return false
	}
}

// kill ends the process at once, as kill -9 does.
func (n *process) kill() {
	_ = n.cmd.Process.Kill() // it may have ended by itself
	<-n.ended
}

func (n *process) signal(s os.Signal) {
	n.t.Helper()
	if err := n.cmd.Process.Signal(s); err != nil {
		n.t.Fatalf("send %v: %v", s, err)
	}
}

// stop sends SIGTERM and wants an orderly end.
func (n *process) stop() {
	n.t.Helper()
	n.signal(syscall.SIGTERM)
	n.wantEnd()
}

// restart stops the process and starts it again.
func (n *process) restart() {
	n.t.Helper()
	n.stop()
	n.start()
}

func (n *process) wantEnd() {
	n.t.Helper()
	within(n.t, soon, "the server ends after SIGTERM", n.over)
	if status := n.cmd.ProcessState.ExitCode(); status != 0 {
		n.t.Errorf("the server ended with status %d, want 0", status)
	}
}

// autopsy ends the process and looks for what must never happen to one.
func (n *process) autopsy() {
	if n.cmd.Process != nil {
		n.kill()
	}
	log := n.log.String()
	if strings.Contains(log, "DATA RACE") || strings.Contains(log, "panic") || strings.Contains(log, "level=ERROR") {
		n.t.Error("the server's log tells of a fault of ours")
	}
	if n.t.Failed() {
		n.t.Logf("the log of %s:\n%s", n.url, log)
	}
}

// answer is what a request was answered with.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request to the API. header holds names and values in turn.
func (n *process) ask(method, path, body string, header ...string) answer {
	n.t.Helper()
	a, err := n.send(method, n.url+path, body, header...)
	if err != nil {
		n.t.Errorf("%s %s: %v", method, path, err)
	}
	return a
}

func (n *process) send(method, url, body string, header ...string) (answer, error) {
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for pair := range slices.Chunk(header, 2) {
		if pair[0] == "Host" {
			r.Host = pair[1]
		}
		r.Header.Set(pair[0], pair[1])
	}
	response, err := n.http.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close() // it is only read
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(text)}, err
}

// accepted is what a phone is answered by default.
const accepted = `{"update_interval":"1/m"}`

// post posts a position in JSON.
func (n *process) post(body string, header ...string) {
	n.t.Helper()
	n.ask("POST", "/api/v1/locations", body, header...).want(n.t, http.StatusOK, accepted)
}

func (a answer) want(t *testing.T, status int, body string) {
	t.Helper()
	if a.status != status || a.body != body {
		t.Errorf("answered %d %s\n want %d %s", a.status, a.body, status, body)
	}
}

// ready asks /readyz. The error is that of a node without an ops address, or
// without a life.
func (n *process) ready() (answer, error) { return n.send("GET", n.ops+"/readyz", "") }

func (n *process) wantReady(bound time.Duration) {
	n.t.Helper()
	within(n.t, bound, "the server is ready", func() bool {
		a, err := n.ready()
		return err == nil && a.status == http.StatusOK && a.body == `{"ready":true}`
	})
}

// wantUnready wants 503 from /readyz, with a reason that begins like this.
func (n *process) wantUnready(why string) {
	n.t.Helper()
	within(n.t, soon, "/readyz says "+why, func() bool { return n.unready(why) })
}

func (n *process) unready(why string) bool {
	a, err := n.ready()
	return err == nil && a.status == http.StatusServiceUnavailable && strings.HasPrefix(a.body, `{"ready":false,"why":["`+why)
}

// wantLacking wants 200 from /readyz, with something that does not work.
func (n *process) wantLacking(what string) {
	n.t.Helper()
	within(n.t, soon, "/readyz says "+what, func() bool {
		a, err := n.ready()
		return err == nil && a.status == http.StatusOK && strings.HasPrefix(a.body, `{"ready":true,"lacking":["`+what)
	})
}

// metric reads one number from /metrics.
func (n *process) metric(name string) float64 {
	n.t.Helper()
	a, err := n.send("GET", n.ops+"/metrics", "")
	for line := range strings.Lines(a.body) {
		text, found := strings.CutPrefix(line, name+" ")
		if !found {
			continue
		}
		value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			n.t.Fatalf("metric %s: %v", name, err)
		}
		return value
	}
	n.t.Fatal(errors.Join(err, errors.New("there is no metric "+name)))
	return 0
}

// transcript is text that is read while it is written.
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
