// Command bench measures a whole Peyk from outside: the server runs in a
// process of its own, and what counts is that process's CPU time, since load
// and server share the machine. Every figure that is a ratio has its other side
// in the same run. Rivals live in this module, so that their dependencies stay
// out of Peyk's; each runs as this program in a process of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// roles are what this program is as the process of a rival.
var roles = map[string]func(arguments []string) error{
	"bare":       func([]string) error { return bare() },
	"raw":        raw,
	"centrifuge": centrifugeServer,
	"gorilla":    plainServer(acceptGorilla),
	"coder":      plainServer(acceptCoder),
	"hostile":    attacker,
}

func main() {
	if len(os.Args) > 1 && roles[os.Args[1]] != nil {
		if err := roles[os.Args[1]](os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, os.Args[1]+":", err)
			os.Exit(1)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// house is what all measurements share.
type house struct {
	peyk  string // the binary
	self  string // this binary
	dir   string // temporary
	redis string // URL of a real Redis; one server at a time uses it
	quick bool
	table table
}

// measurements in the order in which they are made, by the numbers of their rows.
var measurements = []struct {
	rows    string
	measure func(*house, context.Context) error
}{
	{"1", (*house).everything},
	{"1b", (*house).busy},
	{"1c", (*house).untuned},
	{"2", (*house).boxes},
	{"3", (*house).sizes},
	{"4", (*house).original},
	{"5", (*house).single},
	{"6", (*house).idle},
	{"9", (*house).slow},
	{"10", (*house).delay},
	{"11", (*house).posts},
	{"12", (*house).withJWT},
	{"door", (*house).door},
	{"flood", (*house).flood},
	{"files", (*house).files},
	{"guess", (*house).guesses},
	{"forward", (*house).forward},
}

func run(ctx context.Context) error {
	quick := flag.Bool("quick", false, "a tenth of the load, to see that everything works; its figures mean nothing")
	rows := flag.String("rows", "", "only these, like 1,5,11; empty: all")
	binary := flag.String("peyk", "", "this build of Peyk, to compare two; empty: builds the one beside it")
	flag.Parse()
	dir, err := os.MkdirTemp("", "peyk-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a temporary directory
	h := &house{peyk: *binary, dir: dir, quick: *quick}
	if h.self, err = os.Executable(); err != nil {
		return err
	}
	if h.peyk == "" {
		h.peyk = filepath.Join(dir, "peyk")
		if err := build(ctx, h.peyk); err != nil {
			return fmt.Errorf("build peyk: %w", err)
		}
	}
	redis, err := startRedis(ctx, dir)
	if err != nil {
		return err
	}
	defer redis.stop() // it kept nothing
	h.redis = redis.url
	fmt.Printf("%s, %s, %d cores, %s\n\n", time.Now().Format(time.DateOnly), runtime.Version(), runtime.NumCPU(), strings.Join(os.Args[1:], " "))
	h.table.head()
	var errs []error
	for _, m := range measurements {
		if *rows != "" && !slices.Contains(strings.Split(*rows, ","), m.rows) {
			continue
		}
		if err := m.measure(h, ctx); err != nil {
			errs = append(errs, fmt.Errorf("row %s: %w", m.rows, err))
		}
		if ctx.Err() != nil {
			break
		}
	}
	h.table.foot()
	return errors.Join(errs...)
}

// scaled is a tenth of n in a quick run.
func (h *house) scaled(n int) int {
	if h.quick {
		return max(n/10, 1)
	}
	return n
}

// lasting is a fifth of d in a quick run.
func (h *house) lasting(d time.Duration) time.Duration {
	if h.quick {
		return max(d/5, 2*time.Second)
	}
	return d
}

// build builds Peyk with its own module's versions, and not with this one's.
func build(ctx context.Context, binary string) error {
	home, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", "peyk").Output()
	if err != nil {
		return err
	}
	build := exec.CommandContext(ctx, "go", "build", "-C", strings.TrimSpace(string(home)), "-o", binary, "./cmd/peyk")
	build.Stderr = os.Stderr
	return build.Run()
}
