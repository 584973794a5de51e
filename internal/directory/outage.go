package directory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// sayEvery bounds how often the log is told that something still does not work.
const sayEvery = time.Minute

// outage is whether one thing works, and what the log is told of it.
type outage struct {
	what   string // it is, in words
	log    *slog.Logger
	now    func() time.Time
	failed atomic.Uint64

	mu    sync.Mutex // guards the rest
	why   error      // nil while it works
	since time.Time  // when it stopped
	said  time.Time  // when the log was told of an outage last
	told  bool       // of this one
}

// note takes down how it went. Who has gone away while it waited tells nothing.
func (o *outage) note(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	if err != nil {
		o.failed.Add(1)
	}
	now := o.now()
	o.mu.Lock()
	begins, ends := o.why == nil && err != nil, o.why != nil && err == nil
	if o.why = err; begins {
		o.since, o.told = now, false
	}
	lasted, told := now.Sub(o.since), o.told
	say := err != nil && now.Sub(o.said) >= sayEvery
	if say {
		o.said, o.told = now, true
	}
	o.mu.Unlock()
	switch {
	case say:
		o.log.Warn(o.what, "err", err, "count", o.failed.Load())
	case ends && told:
		o.log.Info("the store works again", "was", o.what, "dur", lasted)
	}
}

func (o *outage) err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.why == nil {
		return nil
	}
	return fmt.Errorf("%s since %s: %w", o.what, o.since.UTC().Format(time.RFC3339), o.why)
}
