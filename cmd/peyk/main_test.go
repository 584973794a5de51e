package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"peyk": main})
}

// TestScripts runs testdata/*.txt. $SERVER there answers posts that carry the
// token "good", and $TAKEN is an address on which somebody listens.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup:               setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"wrong": wrong,
			"posts": posts,
			"stop":  stop,
		},
	})
}

func setup(env *testscript.Env) error {
	posted := new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer good" {
			http.Error(w, `{"detail":"Invalid token."}`, http.StatusUnauthorized)
			return
		}
		posted.Add(1)
		fmt.Fprint(w, `{"update_interval": "20/s"}`)
	}))
	env.Defer(server.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	env.Defer(func() { _ = listener.Close() }) // nothing came through it
	env.Values["posted"] = posted
	env.Setenv("SERVER", server.URL)
	env.Setenv("TAKEN", listener.Addr().String())
	env.Setenv("GORACE", "atexit_sleep_ms=0") // else the race detector makes every end a second late
	return nil
}

// wrong SENTENCE COMMAND… fails unless the command ends with status 2, says
// exactly this one sentence on stderr, and nothing on stdout.
func wrong(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: wrong SENTENCE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitUsage {
		ts.Fatalf("it ended with %v, want exit status %d", err, exitUsage)
	}
	if got, want := ts.ReadFile("stderr"), "peyk: "+args[0]+"\n"; got != want {
		ts.Fatalf("stderr is  %qwant       %q", got, want)
	}
	if got := ts.ReadFile("stdout"); got != "" {
		ts.Fatalf("stdout is %q, want nothing", got)
	}
}

// posts N waits until $SERVER took N posts.
func posts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: posts N")
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	posted := ts.Value("posted").(*atomic.Int64)
	if !eventually(func() bool { return posted.Load() >= n }) {
		ts.Fatalf("the server took %d posts, want %d", posted.Load(), n)
	}
}

// stop sends SIGTERM to the program in the background, as service managers do.
func stop(ts *testscript.TestScript, neg bool, args []string) {
	running := ts.BackgroundCmds()
	if neg || len(args) != 0 || len(running) != 1 {
		ts.Fatalf("usage: stop, with one program in the background")
	}
	ts.Check(running[0].Process.Signal(syscall.SIGTERM))
}

// eventually reports whether done came true within ten seconds.
func eventually(done func() bool) bool {
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); <-ticker.C {
		if done() {
			return true
		}
	}
	return done()
}
