// Package redistest starts real Redis servers for tests, and breaks them. Each
// is on a port of its own, keeps nothing on disk, and ends with its test. It
// needs Debian's package redis-server and does not skip without it.
package redistest

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// soon bounds what happens at once, on a machine that does much else.
const soon = 20 * time.Second

// Server is a running redis-server. Its methods belong to the test's goroutine.
type Server struct {
	Addr string // host:port, the same after Restart
	URL  string // redis://host:port; a password of the arguments is not in it

	t     testing.TB
	dir   string
	args  []string
	cmd   *exec.Cmd     // nil: killed
	ended chan struct{} // closed once the process of cmd was waited for
}

// Start runs a redis-server until the test ends. args go to its command line,
// like "--requirepass", "secret". It returns once the server answers.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Fatal("this test needs a real Redis: install Debian's package redis-server")
	}
	s := &Server{t: t, dir: t.TempDir(), args: args}
	t.Cleanup(s.Kill)
	s.Addr = FreeAddr(t)
	s.URL = "redis://" + s.Addr
	if !s.run() {
		t.Fatalf("redis-server does not start: %s", s.log())
	}
	return s
}

// FreeAddr returns a port of 127.0.0.1 that is the test's until its end: the
// kernel gives it to nobody who wants any port, and to everybody who names it,
// one after the other. So a server may be stopped and started on it.
func FreeAddr(t testing.TB) string {
	t.Helper()
	syscall.ForkLock.RLock()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(fd) })
	loopback := &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}
	if err := errors.Join(syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1), syscall.Bind(fd, loopback)); err != nil {
		t.Fatal(err)
	}
	bound, err := syscall.Getsockname(fd) // it is bound and listens not, so that others may
	if err != nil {
		t.Fatal(err)
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(bound.(*syscall.SockaddrInet4).Port))
}

// run starts the process and reports whether it answers.
func (s *Server) run() bool {
	s.t.Helper()
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		s.t.Fatal(err)
	}
	args := append([]string{
		"--bind", host, "--port", port, "--dir", s.dir, "--logfile", s.logFile(),
		"--save", "", "--appendonly", "no", "--daemonize", "no",
	}, s.args...)
	s.cmd, s.ended = exec.Command("redis-server", args...), make(chan struct{})
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	go func(cmd *exec.Cmd, ended chan<- struct{}) {
		_ = cmd.Wait() // "signal: killed" is what we want
		close(ended)
	}(s.cmd, s.ended)
	if Eventually(soon, func() bool { return s.answers() || s.exited() }) && !s.exited() {
		return true
	}
	s.Kill()
	return false
}

// answers reports whether our process is the one that answers on the port.
func (s *Server) answers() bool {
	info, err := s.cli("INFO", "server")
	denied := bytes.Contains(info, []byte("NOAUTH")) // it has a password, so it answers
	return err == nil && (denied || bytes.Contains(info, []byte("process_id:"+strconv.Itoa(s.cmd.Process.Pid))))
}

func (s *Server) exited() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// Kill ends the server at once, as kill -9 does. It may be killed already.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Kill() // it may have ended by itself
	<-s.ended
	s.cmd = nil
}

// Restart starts a killed server again on the same port, empty.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	if !s.run() {
		s.t.Fatalf("redis-server does not start again on %s: %s", s.Addr, s.log())
	}
}

// Stop makes the server hang: connections stay and nothing is answered.
func (s *Server) Stop() { s.signal(syscall.SIGSTOP) }

// Continue ends Stop.
func (s *Server) Continue() { s.signal(syscall.SIGCONT) }

func (s *Server) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		s.t.Fatalf("send %v to redis-server: %v", sig, err)
	}
}

// CLI runs redis-cli with args against the server and returns what it prints.
func (s *Server) CLI(args ...string) string {
	s.t.Helper()
	out, err := s.cli(args...)
	if err != nil {
		s.t.Fatalf("redis-cli %q: %v: %s", args, err, out)
	}
	return string(bytes.TrimSpace(out))
}

func (s *Server) cli(args ...string) ([]byte, error) {
	host, port, _ := net.SplitHostPort(s.Addr)
	return exec.Command("redis-cli", append([]string{"-h", host, "-p", port}, args...)...).CombinedOutput()
}

func (s *Server) logFile() string { return filepath.Join(s.dir, "redis.log") }

func (s *Server) log() []byte {
	b, err := os.ReadFile(s.logFile())
	if err != nil {
		return []byte(err.Error())
	}
	return b
}

// Eventually asks ok again and again, and reports whether it was true within
// the bound. It is for what another process does; within one, use synctest.
func Eventually(bound time.Duration, ok func() bool) bool {
	const often = 2 * time.Millisecond
	for end := time.Now().Add(bound); ; <-time.After(often) {
		if ok() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
