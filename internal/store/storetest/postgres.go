// Package storetest starts a real PostgreSQL for tests. One server serves a
// whole test binary, on a Unix socket in a directory of its own; it keeps out
// of the way of any other server, and ends with the binary, however that ends.
// It needs Debian's package postgresql and does not skip without it.
package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Server is a PostgreSQL that the first test which needs it starts. The zero
// Server is ready. A test binary has one, and stops it in its TestMain:
//
//	var postgres storetest.Server
//
//	func TestMain(m *testing.M) {
//		code := m.Run()
//		postgres.Stop()
//		os.Exit(code)
//	}
type Server struct {
	once sync.Once
	err  error // of the start
	dir  string
	cmd  *exec.Cmd
	life io.WriteCloser // tells the shell what to do; the server ends when it is closed
}

// Database makes an empty database and returns its URL. Texts in it are in an
// order in which B comes after a, as in most shops' databases.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := "test_" + strings.ToLower(rand.Text())
	s.Exec(t, "CREATE DATABASE "+name)
	return s.url(name)
}

// Exec runs a statement in a database of the server that is no test's own.
func (s *Server) Exec(t testing.TB, statement string) {
	t.Helper()
	s.once.Do(func() { s.err = s.start() })
	if s.err != nil {
		t.Fatalf("this test needs a real PostgreSQL, Debian's package postgresql: %v", s.err)
	}
	if err := s.exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Stop ends the server, if it was started, and removes what it kept.
func (s *Server) Stop() {
	if s.life == nil {
		return
	}
	_ = s.life.Close() // nobody writes to it
	_ = s.cmd.Wait()   // the shell's own status says nothing
	s.life = nil
}

// Halt stops the server as its operator would, with everybody who is connected.
// It is for a Server that one test has for itself.
func (s *Server) Halt(t testing.TB) {
	t.Helper()
	s.tell(t, "halt")
	for end := time.Now().Add(bound); s.exec("SELECT 1") == nil; <-time.After(often) {
		if time.Now().After(end) {
			t.Fatal("PostgreSQL does not stop")
		}
	}
}

// Resume starts the server again, with what it had.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	s.tell(t, "run")
	if err := s.await(); err != nil {
		t.Fatal(err)
	}
}

func (s *Server) tell(t testing.TB, what string) {
	t.Helper()
	if _, err := fmt.Fprintln(s.life, what); err != nil {
		t.Fatalf("tell PostgreSQL to %s: %v", what, err)
	}
}

// lifetime is what a shell does: it makes the server, runs it until standard
// input ends, which is when this process closes it or dies, and removes it.
const lifetime = `
bin=$1 dir=$2
run() {
	"$bin/postgres" -D "$dir/data" -c listen_addresses= -c unix_socket_directories="$dir" -c fsync=off -c max_connections=200 &
}
halt() {
	kill -INT $!
	wait
}
if "$bin/initdb" --pgdata="$dir/data" --username=peyk --auth=trust --no-sync --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US; then
	run
	while read -r what; do $what; done
	kill -QUIT $!
	wait
fi
cd /
rm -rf "$dir"
`

func (s *Server) start() error {
	bin, err := findBin()
	if err != nil {
		return err
	}
	if s.dir, err = os.MkdirTemp("", "peyk-postgres"); err != nil {
		return err
	}
	s.cmd = exec.Command("sh", "-c", lifetime, "sh", bin, s.dir)
	s.cmd.Dir = s.dir
	if err := s.leaveRoot(); err != nil {
		return err
	}
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	life, err := s.cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	s.life = life
	return s.await()
}

// findBin returns the directory of the newest PostgreSQL's programs.
func findBin() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin") // Debian's
	if err != nil {
		return "", err
	}
	best, newest := "", 0
	for _, dir := range dirs {
		if version, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil && version > newest {
			best, newest = dir, version
		}
	}
	if best == "" {
		return "", errors.New("there is no initdb")
	}
	return best, nil
}

// leaveRoot gives the server to the user postgres, since it refuses to be root's.
func (s *Server) leaveRoot() error {
	if os.Getuid() != 0 {
		return nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return err
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return err
	}
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return os.Chown(s.dir, int(uid), int(gid))
}

// How long the server may take for anything, and how often it is asked: initdb
// alone takes seconds on a busy machine.
const bound, often = time.Minute, 10 * time.Millisecond

// await returns once the server answers.
func (s *Server) await() error {
	for end := time.Now().Add(bound); ; <-time.After(often) {
		err := s.exec("SELECT 1")
		if err == nil {
			return nil
		}
		if time.Now().After(end) {
			log, _ := os.ReadFile(filepath.Join(s.dir, "log")) // what there is of it
			return fmt.Errorf("it does not start: %w: %s", err, log)
		}
	}
}

func (s *Server) exec(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.url("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}

func (s *Server) url(database string) string {
	query := url.Values{"host": {s.dir}, "user": {"peyk"}}
	return "postgres:///" + database + "?" + query.Encode()
}
