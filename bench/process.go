package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
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
	cmd *exec.Cmd
	url string
}

var printedURL = regexp.MustCompile(`http://[0-9.:]+`)

// start runs a server that prints its URL once it listens.
func start(ctx context.Context, name string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd}
	for lines := bufio.NewScanner(out); p.url == "" && lines.Scan(); {
		p.url = printedURL.FindString(lines.Text())
	}
	if p.url == "" {
		return nil, errors.Join(fmt.Errorf("%s printed no URL", name), p.stop())
	}
	return p, nil
}

func startPeyk(ctx context.Context, binary string, more ...string) (*process, error) {
	return start(ctx, binary, append([]string{"serve", "--insecure", "--listen", "127.0.0.1:0", "--ops-listen", "", "--map-style", "builtin"}, more...)...)
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
