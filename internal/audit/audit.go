// Package audit is the log of who watched whom, from when to when: JSON lines in
// a file that only its owner reads. It never makes the one who records wait:
// what finds no room is counted, and the log itself says how much is missing,
// and where. It reads nothing back, and decides nothing. No line holds a
// credential, since none comes here.
package audit

import (
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// maxWaiting bounds what waits for the disk, in bytes of lines.
const maxWaiting = 4 << 20

// Options are what a log needs beside its path.
type Options struct {
	Log *slog.Logger     // told when the file takes nothing; no default
	Now func() time.Time // nil: time.Now
}

// Log is safe for concurrent use. A nil Log records nothing.
type Log struct {
	o    Options
	path string
	out  output // Run's alone

	mu      sync.Mutex // guards the rest
	waiting []byte     // whole lines
	missing int        // entries that found no room since the last line
	next    *os.File   // that Reopen has opened; nil: none
	stats   Stats

	wake chan struct{} // capacity 1; holds one when there is something for Run
}

// Stats is what was counted since Open.
type Stats struct {
	Recorded uint64 // entries that are in the file, or wait for it
	Dropped  uint64 // entries that found no room
	Errors   uint64 // times that the file took nothing
}

// Open opens the file, to write at its end. Run writes it, and closes it.
func Open(path string, o Options) (*Log, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	file, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("open the audit log: %w", err)
	}
	l := &Log{o: o, path: path, wake: make(chan struct{}, 1)}
	l.out.turn(file)
	return l, nil
}

func openFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
}

// Record adds a line. It does not wait.
func (l *Log) Record(e Entry) {
	if l == nil {
		return
	}
	line := e.line()
	l.mu.Lock()
	if len(l.waiting)+len(line) > maxWaiting {
		l.missing++
		l.stats.Dropped++
	} else {
		l.mark()
		l.waiting = append(l.waiting, line...)
		l.stats.Recorded++
	}
	l.mu.Unlock()
	l.rouse()
}

// mark says in the log that something is missing here, if it is. The caller
// holds the mutex.
func (l *Log) mark() {
	if l.missing > 0 {
		l.waiting = fmt.Appendf(l.waiting, "{\"missing\":%d,\"at\":%q}\n", l.missing, l.o.Now().UTC().Format(time.RFC3339Nano))
		l.missing = 0
	}
}

func (l *Log) rouse() {
	select {
	case l.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Reopen goes on with the file that is at the path now: another one, after the
// old one was renamed. With an error nothing changes.
func (l *Log) Reopen() error {
	if l == nil {
		return nil
	}
	file, err := openFile(l.path)
	if err != nil {
		return fmt.Errorf("open the audit log again: %w", err)
	}
	l.mu.Lock()
	unused := l.next
	l.next = file
	l.mu.Unlock()
	l.rouse()
	if unused != nil {
		return unused.Close()
	}
	return nil
}

// Stats returns what was counted since Open.
func (l *Log) Stats() Stats {
	if l == nil {
		return Stats{}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.stats
}
