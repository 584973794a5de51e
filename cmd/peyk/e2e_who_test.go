package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// manage asks what the first admin may ask, and wants this status.
func (n *process) manage(method, path, body string, status int) answer {
	n.t.Helper()
	a := n.ask(method, path, body, "Authorization", "Bearer "+n.token)
	if a.status != status {
		n.t.Fatalf("%s %s %s is answered %d %s, want %d", method, path, body, a.status, a.body, status)
	}
	return a
}

// key makes an API key.
func (n *process) key(body string) (id, text string) {
	n.t.Helper()
	var made struct{ ID, Key string }
	a := n.manage("POST", "/api/v1/keys", body, http.StatusCreated)
	if err := json.Unmarshal([]byte(a.body), &made); err != nil || !apiKey.MatchString(made.Key) {
		n.t.Fatalf("a new key is answered %s (%v)", a.body, err)
	}
	return made.ID, made.Key
}

// me is who the holder of the token is, or what is wrong with it.
func (n *process) me(token string) answer {
	n.t.Helper()
	return n.ask("GET", "/api/v1/me", "", "Authorization", "Bearer "+token)
}

// run runs a command of Peyk in the directory of the node and returns what it
// printed.
func (n *process) run(args ...string) string {
	n.t.Helper()
	cmd := exec.Command("peyk", args...)
	cmd.Dir, cmd.Env = n.dir, append(environ(), n.env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		n.t.Fatalf("peyk %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// fail runs a command that shall end by itself with an error, and returns how it
// did and all that it said.
func (n *process) fail(args ...string) (status int, said string) {
	n.t.Helper()
	ctx, cancel := context.WithTimeout(n.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "peyk", args...)
	cmd.Dir, cmd.Env = n.dir, append(environ(), n.env...)
	out, err := cmd.CombinedOutput()
	if err == nil {
		n.t.Errorf("peyk %s ends without an error", strings.Join(args, " "))
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// knockAs shakes hands with a token in the header.
func (n *process) knockAs(t *testing.T, token string) (s *stream, status int) {
	t.Helper()
	return n.knock(t, websocket.DialOptions{Subprotocols: []string{"peyk.v1.json"}, HTTPHeader: bearer(token)})
}

// join opens a viewer of everything that the token lets it see, in step.
func (n *process) join(t *testing.T, token string) *stream {
	t.Helper()
	s, status := n.knockAs(t, token)
	if s == nil {
		t.Fatalf("a handshake is answered with %d, want 101", status)
	}
	s.until(`"hello"`)
	s.say(`{"type":"watch","view":{"all":true}}`)
	s.until(`"upto"`)
	return s
}

// events are server-sent events of everything.
type events struct {
	t     *testing.T
	in    *bufio.Reader
	close func()
}

// subscribe opens a stream of events; it is in step.
func (n *process) subscribe(t *testing.T, token string) *events {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 6*soon) // for all that is read
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", n.url+"/api/v1/stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = bearer(token)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	if response.StatusCode != http.StatusOK {
		t.Fatalf("the stream is answered with %d, want 200", response.StatusCode)
	}
	e := &events{t, bufio.NewReader(response.Body), cancel}
	e.until(`"upto"`)
	return e
}

// next returns the data of the next event.
func (e *events) next() string {
	e.t.Helper()
	for {
		line, err := e.in.ReadString('\n')
		if err != nil {
			e.t.Fatalf("read an event: %v", err)
		}
		if data, found := strings.CutPrefix(line, "data: "); found {
			return strings.TrimSpace(data)
		}
	}
}

func (e *events) until(text string) {
	e.t.Helper()
	for !strings.Contains(e.next(), text) {
	}
}

// wantBye wants nothing more than beats and then a bye with the code, and the
// end after it.
func (e *events) wantBye(code int) {
	e.t.Helper()
	bye := e.next()
	for strings.HasPrefix(bye, `{"type":"beat"`) {
		bye = e.next()
	}
	if want := fmt.Sprintf(`{"type":"bye","code":%d,`, code); !strings.HasPrefix(bye, want) {
		e.t.Errorf("the stream says %s, want %s…", bye, want)
	}
	for {
		if line, err := e.in.ReadString('\n'); err != nil {
			return
		} else if strings.HasPrefix(line, "data:") {
			e.t.Errorf("after bye comes %s, want the end", line)
		}
	}
}
