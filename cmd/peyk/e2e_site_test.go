package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// site is a real nginx in front of the old system and the new one. What it is
// told are the lines of docs/migration.md, word by word but for the addresses.
type site struct {
	url string // without a slash at its end

	t       *testing.T
	file    string // its configuration
	real    *strings.Replacer
	lines   []string // the upstreams: what the steps change
	server  string
	cmd     *exec.Cmd
	log     *transcript
	reloads int
}

// guide is what docs/migration.md has its readers write.
type guide struct {
	yaml    string   // peyk.yaml
	lines   []string // of nginx, before the first step
	server  string   // what goes into the server block
	a, b, c string   // the line of each step
	serve   []string // the commands that start Peyk
}

func readGuide(t *testing.T) (g guide) {
	t.Helper()
	text, err := os.ReadFile("../../docs/migration.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := map[string][]string{}
	for _, found := range regexp.MustCompile("(?s)\n```(\\w+)\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		blocks[found[1]] = append(blocks[found[1]], strings.TrimSpace(found[2]))
	}
	nginx := blocks["nginx"]
	if len(nginx) != 5 || len(blocks["yaml"]) != 1 {
		t.Fatalf("docs/migration.md has %d pieces of nginx and %d of YAML, want 5 and 1", len(nginx), len(blocks["yaml"]))
	}
	for line := range strings.Lines(strings.Join(blocks["sh"], "\n")) {
		if strings.HasPrefix(line, "peyk serve ") {
			g.serve = append(g.serve, strings.TrimSpace(line))
		}
	}
	g.yaml, g.lines, g.server = blocks["yaml"][0], strings.Split(nginx[0], "\n"), nginx[1]
	g.a, g.b, g.c = nginx[2], nginx[3], nginx[4]
	return g
}

// openSite runs nginx on the address until the test ends. real has the addresses
// that stand in the guide for others.
func openSite(t *testing.T, addr string, g guide, real *strings.Replacer) *site {
	t.Helper()
	s := &site{
		url: "http://" + addr, t: t, file: filepath.Join(t.TempDir(), "nginx.conf"), real: real,
		lines: g.lines, server: "listen " + addr + ";\n" + g.server, log: new(transcript),
	}
	s.write()
	nginx := "nginx"
	if _, err := exec.LookPath(nginx); err != nil {
		nginx = "/usr/sbin/nginx" // not on everybody's PATH
	}
	s.cmd = exec.Command(nginx, "-p", filepath.Dir(s.file), "-c", s.file, "-e", "stderr")
	s.cmd.Stderr = s.log
	if err := s.cmd.Start(); err != nil {
		t.Fatalf("this test needs a real nginx: install Debian's package nginx (%v)", err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
		_ = s.cmd.Wait()                          // how it ends is its own business
		if t.Failed() {
			t.Logf("nginx says:\n%s", s.log)
		}
	})
	within(t, soon, "nginx listens", func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			_ = conn.Close() // nothing was said
		}
		return err == nil
	})
	return s
}

func (s *site) write() {
	s.t.Helper()
	text := fmt.Sprintf("daemon off; worker_processes 1; pid nginx.pid; error_log stderr notice; events {}\n"+
		"http {\naccess_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"+
		"%s\nserver {\n%s\n}\n}\n", strings.Join(s.lines, "\n"), s.server)
	if err := os.WriteFile(s.file, []byte(s.real.Replace(text)), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

// change puts the line in place of the one that begins with the same two words,
// and has nginx go by it: everybody who comes from now on does.
func (s *site) change(line string) {
	s.t.Helper()
	name := strings.Join(strings.Fields(line)[:2], " ") + " "
	changed := false
	for i, old := range s.lines {
		if strings.HasPrefix(old, name) {
			s.lines[i], changed = line, true
		}
	}
	if !changed {
		s.t.Fatalf("no line of nginx begins with %q", name)
	}
	s.write()
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		s.t.Fatal(err)
	}
	s.reloads++
	within(s.t, soon, "nginx goes by its new line", func() bool {
		return strings.Count(s.log.String(), "gracefully shutting down") == s.reloads // of the worker that had the old one
	})
}
