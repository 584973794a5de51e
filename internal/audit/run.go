package audit

import (
	"bytes"
	"context"
	"os"
	"time"
)

const (
	retryEvery = 5 * time.Second // while the file takes nothing
	sayEvery   = time.Minute     // how often the server's log is told of that
)

// Run writes until ctx ends; then it writes what waits, closes the file, and
// returns nil. While the file takes nothing it is tried again and again.
func (l *Log) Run(ctx context.Context) error {
	retry := time.NewTicker(retryEvery)
	defer retry.Stop()
	for ended := false; !ended; {
		select {
		case <-ctx.Done():
			ended = true
		case <-l.wake:
		case <-retry.C:
		}
		l.write()
	}
	if lost := l.left(); lost > 0 {
		l.o.Log.Error("audit lines are lost", "count", lost)
	}
	return l.out.file.Close()
}

// left is how many lines the file has not taken.
func (l *Log) left() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return bytes.Count(l.out.rest, []byte("\n")) + bytes.Count(l.waiting, []byte("\n"))
}

// write gives the file what waits for it, as far as it takes it.
func (l *Log) write() {
	l.take()
	for len(l.out.rest) > 0 {
		if err := l.out.write(); err != nil {
			l.complain(err)
			return
		}
		l.take()
	}
}

// take gives the output what waits, if it has nothing left, and the next file.
func (l *Log) take() {
	l.mu.Lock()
	next := l.next
	l.next = nil
	if len(l.out.rest) == 0 {
		l.mark()
		l.out.rest, l.waiting = l.waiting, nil
	}
	l.mu.Unlock()
	if next == nil {
		return
	}
	if err := l.out.file.Close(); err != nil {
		l.complain(err)
	}
	l.out.turn(next)
}

func (l *Log) complain(err error) {
	now := l.o.Now()
	l.mu.Lock()
	l.stats.Errors++
	l.mu.Unlock()
	if now.Sub(l.out.said) >= sayEvery {
		l.out.said = now
		l.o.Log.Error("the audit log cannot be written", "err", err)
	}
}

// output is the file, and what it has still to take.
type output struct {
	file   *os.File
	rest   []byte    // whole lines
	within bool      // the file ends within a line, which stays as it is
	said   time.Time // when the server's log was told of an error
}

// turn goes on with another file.
func (o *output) turn(file *os.File) {
	o.file, o.within = file, false
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return
	}
	last := make([]byte, 1)
	_, err = file.ReadAt(last, info.Size()-1)
	o.within = err == nil && last[0] != '\n' // a crash cut it off
}

// write gives the file the rest. A line that it took a piece of comes again as
// a whole.
func (o *output) write() error {
	if o.within {
		if _, err := o.file.WriteString("\n"); err != nil {
			return err
		}
		o.within = false
	}
	n, err := o.file.Write(o.rest)
	whole := bytes.LastIndexByte(o.rest[:n], '\n') + 1
	o.within, o.rest = n > whole, o.rest[whole:]
	return err
}
