package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"peyk/internal/store/storetest"
)

// postgres is for all tests that want a database of their own in it.
var postgres storetest.Server

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"peyk": main})
}

// tests are all of them, and what they leave to be done.
type tests struct{ *testing.M }

// Run runs them, more at a time than there are cores: mostly they wait.
func (m tests) Run() int {
	defer postgres.Stop()
	if err := flag.Set("test.parallel", "4"); err != nil { // go test's own -parallel comes after it, and wins
		panic(err)
	}
	return m.M.Run()
}

// TestScripts runs testdata/*.txt. $SERVER there answers posts that carry the
// token "good", and $TAKEN is an address on which somebody listens, at $TAKEN_PORT.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Setup:               setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"wrong":     wrong,
			"posts":     posts,
			"terminate": terminate,
			"grab":      grab,
			"pem":       pemFiles,
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
	env.Setenv("TAKEN_PORT", strconv.Itoa(listener.Addr().(*net.TCPAddr).Port))
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

// posts N waits until $SERVER took N more posts: who sends them is up and running.
func posts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: posts N")
	}
	n, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	posted := ts.Value("posted").(*atomic.Int64)
	before := posted.Load()
	if !eventually(func() bool { return posted.Load() >= before+n }) {
		ts.Fatalf("the server took %d posts, want %d", posted.Load()-before, n)
	}
}

// terminate sends SIGTERM to the program in the background, as service managers
// do. Testscript has a stop of its own, which ends the script there and then.
func terminate(ts *testscript.TestScript, neg bool, args []string) {
	running := ts.BackgroundCmds()
	if neg || len(args) != 0 || len(running) != 1 {
		ts.Fatalf("usage: terminate, with one program in the background")
	}
	ts.Check(running[0].Process.Signal(syscall.SIGTERM))
}

// grab VARIABLE PATTERN sets the variable to what the pattern's group matches on
// stdout.
func grab(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: grab VARIABLE PATTERN")
	}
	found := regexp.MustCompile("(?m)" + args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("%q is not on stdout, with one group", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// pemFiles writes a new pair of keys into private.pem and public.pem.
func pemFiles(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: pem")
	}
	private, public := newPEM()
	ts.Check(os.WriteFile(ts.MkAbs("private.pem"), private, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("public.pem"), public, 0o600))
}

// newPEM makes a pair of keys for EdDSA.
func newPEM() (private, public []byte) {
	pub, priv, _ := ed25519.GenerateKey(nil)      // chance never fails
	priv8, _ := x509.MarshalPKCS8PrivateKey(priv) // nor does a key of that kind
	pubIX, _ := x509.MarshalPKIXPublicKey(pub)    // likewise
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: priv8}), pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: pubIX})
}

// eventually reports whether done came true soon.
func eventually(done func() bool) bool {
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	for deadline := time.Now().Add(soon); time.Now().Before(deadline); <-ticker.C {
		if done() {
			return true
		}
	}
	return done()
}
