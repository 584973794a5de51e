package bench

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"peyk"
)

// Run is a load that stands: couriers that are known to the server, and
// viewers that are connected.
type Run struct {
	load    Load
	fleet   *fleet
	feeder  feeder
	viewers []*viewer
	delays  delays
	reading sync.WaitGroup

	mu      sync.Mutex // guards the rest
	closed  bool
	lost    []error // why connections ended before Close
	refused refused
}

// Open tells the server where every courier is, and connects the viewers. Who
// gets a Run closes it.
func Open(ctx context.Context, l Load) (*Run, error) {
	if l.Beside != nil {
		l.Couriers, l.Every, l.Feed = l.Beside.load.Couriers, l.Beside.load.Every, l.Beside.load.Feed
	}
	if err := l.validate(); err != nil {
		return nil, err
	}
	r := &Run{load: l, viewers: make([]*viewer, l.Viewers)}
	err := r.populate(ctx)
	if err == nil {
		err = r.connect(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	for _, v := range r.viewers {
		r.reading.Go(func() { r.end(v.read()) })
	}
	return r, nil
}

// maxSend is how many positions go out together at most.
const maxSend = 1000

// populate tells the server where every courier is.
func (r *Run) populate(ctx context.Context) (err error) {
	if r.load.Beside != nil {
		r.fleet, r.feeder = r.load.Beside.fleet, nothing{}
		return nil
	}
	r.fleet = newFleet(r.load.Couriers)
	if r.feeder, err = openFeeder(ctx, r.load); err != nil {
		r.feeder = nothing{}
		return err
	}
	for left := r.load.Couriers; left > 0; left -= maxSend {
		if _, err := r.send(ctx, min(left, maxSend)); err != nil {
			return fmt.Errorf("tell where the couriers are: %w", err)
		}
	}
	return nil
}

func (r *Run) send(ctx context.Context, n int) (taken int, err error) {
	reports := r.fleet.take(n, r.load.Every, peyk.MicrosOf(time.Now()))
	taken, err = r.feeder.send(ctx, reports)
	if no, some := errors.AsType[*refused](err); some { // for Settle to tell
		r.refuse(no)
		err = nil
	}
	if err == nil {
		r.fleet.sent(reports)
	}
	return taken, err
}

func (r *Run) refuse(no *refused) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refused.count += no.count; r.refused.first == "" {
		r.refused.first = no.first
	}
}

func (r *Run) end(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.lost = append(r.lost, err)
	}
}

// Measure drives the couriers for that long, and returns what the viewers got
// meanwhile.
func (r *Run) Measure(ctx context.Context, d time.Duration) (Result, error) {
	r.delays.reset()
	before := r.count()
	began := time.Now()
	fed, err := r.drive(ctx, began, d)
	after := r.count()
	result := r.result(time.Since(began), fed, before, after)
	return result, err
}

// drive sends positions, spread over the time as evenly as beats allow.
func (r *Run) drive(ctx context.Context, began time.Time, d time.Duration) (fed int, err error) {
	const beat = 5 * time.Millisecond
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	rate := float64(r.load.Couriers) / r.load.Every.Seconds()
	for {
		elapsed := min(time.Since(began), d)
		// No courier twice in one sending: those go out side by side.
		due := min(int(rate*elapsed.Seconds())-fed, maxSend, r.load.Couriers)
		if due > 0 {
			n, err := r.send(ctx, due)
			if fed += n; err != nil {
				return fed, err
			}
		}
		if elapsed == d {
			return fed, nil // what could not be sent in time is missing in the result
		}
		select {
		case <-ctx.Done():
			return fed, ctx.Err()
		case <-ticker.C:
		}
	}
}

// Settle waits until every picture that is checked equals the truth, and
// returns everything that was wrong since Open; nil: nothing was.
func (r *Run) Settle(ctx context.Context) error {
	const within, beat = 5 * time.Second, 20 * time.Millisecond
	truth := r.fleet.last()
	deadline := time.Now().Add(within)
	var problems []error
	for i, v := range r.viewers {
		if v.checker == nil {
			continue
		}
		err := v.checker.compare(truth)
		for err != nil && time.Now().Before(deadline) && ctx.Err() == nil {
			time.Sleep(beat)
			err = v.checker.compare(truth)
		}
		if err := v.problems(i, err); err != nil {
			problems = append(problems, err)
		}
	}
	if more := len(problems) - maxProblems; more > 0 {
		problems = append(problems[:maxProblems], fmt.Errorf("and %d viewers more", more))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refused.count > 0 {
		problems = append(problems, &r.refused)
	}
	if len(r.lost) > 0 {
		problems = append(problems, fmt.Errorf("%d connections ended, the first because of: %w", len(r.lost), r.lost[0]))
	}
	return errors.Join(problems...)
}

func (v *viewer) problems(i int, last error) error {
	v.checker.mu.Lock()
	defer v.checker.mu.Unlock()
	var problems []error
	if v.checker.problem > 0 {
		problems = append(problems, fmt.Errorf("viewer %d: %d times what must not be, like %q", i+1, v.checker.problem, v.checker.problems))
	}
	if last != nil {
		problems = append(problems, fmt.Errorf("viewer %d, at the end: %w", i+1, last))
	}
	return errors.Join(problems...)
}

// Stall lets every viewer stop reading; Resume goes on.
func (r *Run) Stall() {
	for _, v := range r.viewers {
		v.gate.Lock()
	}
}

// Resume is the end of Stall.
func (r *Run) Resume() {
	for _, v := range r.viewers {
		v.gate.Unlock()
	}
}

// Close ends all connections. Viewers that are stalled have to be resumed before.
func (r *Run) Close() error {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	for _, v := range r.viewers {
		if v != nil {
			_ = v.conn.net.Close() // the other side may have been first
		}
	}
	r.reading.Wait()
	return r.feeder.close()
}
