package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server under measurement.
type process struct {
	cmd    *exec.Cmd
	url    string
	tokens []string // that positions are posted with, by turns; nil: none is wanted
}

var printedURL = regexp.MustCompile(`http://[0-9.:]+`)

// start runs a server that prints its URL once it listens.
func start(ctx context.Context, name string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	if len(args) == 0 || args[0] != "serve" { // Peyk's log; what is wrong with it shows in the checks
		cmd.Stderr = os.Stderr
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	lines := bufio.NewReader(out)
	for p.url == "" && err == nil {
		var line string
		line, err = lines.ReadString('\n')
		p.url = printedURL.FindString(line)
	}
	if p.url == "" {
		return nil, errors.Join(fmt.Errorf("%s %q printed no URL", name, args), p.stop())
	}
	go io.Copy(io.Discard, lines) // until the process ends, which stop waits for
	return p, nil
}

// startPeyk runs Peyk, which knows nobody yet; on the Redis if positions come by it.
func (h *house) startPeyk(ctx context.Context, more ...string) (*process, error) {
	data, err := os.MkdirTemp(h.dir, "data")
	if err != nil {
		return nil, err
	}
	return start(ctx, h.peyk, append([]string{
		"serve", "--insecure", "--listen", "127.0.0.1:0", "--ops-listen", "", "--map-style", "builtin", "--data-dir", data,
	}, more...)...)
}

// startRedis runs a Redis that keeps nothing.
func startRedis(ctx context.Context, dir string) (*process, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := free.Addr().(*net.TCPAddr)
	if err := free.Close(); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "redis-server", "--bind", "127.0.0.1", "--port", strconv.Itoa(addr.Port),
		"--dir", dir, "--save", "", "--appendonly", "no")
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, url: "redis://" + addr.String()}
	for range 100 {
		conn, err := net.Dial("tcp", addr.String())
		if err == nil {
			return p, conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("redis-server does not answer within 5 s"), p.stop())
}

func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := p.cmd.Wait()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signaled() {
		return nil // a rival that does not know SIGTERM
	}
	return err
}

// cpu is the process's user and system time so far.
func (p *process) cpu() (time.Duration, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The command in parentheses may hold spaces; utime and stime are the
	// 12th and 13th fields after it, in ticks of 10 ms: proc(5).
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, err1 := strconv.Atoi(fields[11])
	system, err2 := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, errors.Join(err1, err2)
}

// resident is the process's memory in bytes.
func (p *process) resident() (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
	n, err := strconv.Atoi(kilobytes)
	return float64(n) * 1024, err
}
