package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"peyk"
	"peyk/internal/store"
)

// child is set in a process of this binary that is there to be killed or to run
// out of disk: to the path of its database.
const child, childLimit = "PEYK_STORE_CHILD", "PEYK_STORE_CHILD_LIMIT"

// runChild is such a process; false: this is none.
func runChild() bool {
	path := os.Getenv(child)
	if path == "" {
		return false
	}
	if err := writeForever(path, os.Getenv(childLimit)); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	return true
}

// writeForever writes couriers and prints the number of each batch that the
// store has answered for. With a limit, files may not grow beyond it, as on a full disk;
// after the first error there is room again, and one batch more is written.
func writeForever(path, limit string) error {
	s, err := store.Open(context.Background(), "sqlite:"+path, store.Options{})
	if err != nil {
		return err
	}
	var room syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &room); err != nil {
		return err
	}
	if limit != "" {
		signal.Ignore(syscall.SIGXFSZ)
		bytes, err := strconv.ParseUint(limit, 10, 64)
		if err != nil {
			return err
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: room.Max}); err != nil {
			return err
		}
	}
	for i := 0; ; i++ {
		if err := writeBatch(s, i); err == nil {
			fmt.Println("written", i)
			continue
		} else if limit == "" {
			return err
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &room); err != nil {
			return err
		}
		fmt.Println("full", i)
		if err := writeBatch(s, i); err != nil {
			return err
		}
		fmt.Println("written", i)
		return s.Close()
	}
}

const batch = 10 // couriers

// writeBatch writes couriers and their positions, of which a failed attempt may
// have left the couriers.
func writeBatch(s *store.Store, i int) error {
	var list []peyk.Profile
	var reports []peyk.Report
	for k := range batch {
		p := profiles("a", strconv.Itoa(i*batch+k))[0]
		p.Metadata = []byte(`{"a":"` + strings.Repeat("x", 4000) + `"}`)
		list, reports = append(list, p), append(reports, heard(p.Courier.ID, 1))
	}
	if _, err := s.PutCouriers(context.Background(), list, nil); err != nil {
		return err
	}
	return s.KeepPositions(context.Background(), reports)
}

// startChild starts a process that writes, and returns its lines.
func startChild(t *testing.T, path, limit string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	self, err := os.Executable()
	ok(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), child+"="+path, childLimit+"="+limit)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	ok(t, err)
	ok(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // it has ended, if the test succeeded
	return cmd, bufio.NewScanner(out)
}

// holds fails unless every courier is there of the batches that were answered for.
func holds(t *testing.T, path string, written int) {
	t.Helper()
	s := subject{open(t, "sqlite:"+path, nil), nil, t.Context()}
	there := map[string]bool{}
	for _, r := range s.positions(t) {
		there[r.Courier.ID] = s.known(t, r.Courier.ID).Listed
	}
	for i := range written * batch {
		if !there[strconv.Itoa(i)] {
			t.Errorf("courier %d is not there, though the store answered for %d batches", i, written)
		}
	}
}

func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "peyk.db")
	cmd, lines := startChild(t, path, "")
	written := 0
	for lines.Scan() {
		if lines.Text() != fmt.Sprint("written ", written) {
			t.Fatalf("the process says %q", lines.Text())
		}
		if written++; written == 100 {
			ok(t, cmd.Process.Kill()) // it goes on writing until then
		}
	}
	_ = cmd.Wait() // "signal: killed"
	if written < 100 {
		t.Fatalf("the process ended after %d batches", written)
	}
	holds(t, path, written)
}

func TestFullDisk(t *testing.T) {
	for _, limit := range []int{100 << 10, 1 << 20, 5 << 20} { // while making, logging, and moving from the log
		path := filepath.Join(t.TempDir(), "peyk.db")
		cmd, lines := startChild(t, path, strconv.Itoa(limit))
		written, full := 0, false
		for lines.Scan() {
			full = full || strings.HasPrefix(lines.Text(), "full ")
			if strings.HasPrefix(lines.Text(), "written ") {
				written++
			}
		}
		if err := cmd.Wait(); err != nil || !full {
			t.Errorf("limit %d: the process ended with %v, full %v, after %q", limit, err, full, lines.Text())
		}
		holds(t, path, written)
	}
}
