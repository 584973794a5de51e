// Command bench measures a whole Peyk from outside: the server runs in a
// process of its own, and what counts is that process's CPU time, since load
// and server share the machine. Every figure that is a ratio has its other side
// in the same run. Rivals live in this module, so that their dependencies stay
// out of Peyk's.
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
	"strings"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "bare" {
		bare() // this program as the rival's process
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	quick := flag.Bool("quick", false, "a tenth of the load, to see that everything works")
	flag.Parse()
	dir, err := os.MkdirTemp("", "peyk-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary directory
	binary := filepath.Join(dir, "peyk")
	if err := build(ctx, binary); err != nil {
		return fmt.Errorf("build peyk: %w", err)
	}
	fmt.Printf("%s, %s, %d cores\n", time.Now().Format(time.DateOnly), runtime.Version(), runtime.NumCPU())
	scale := 1
	if *quick {
		scale = 10
	}
	return errors.Join(
		delay(ctx, binary, 500/scale),
		posts(ctx, binary, 100_000/scale),
	)
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
