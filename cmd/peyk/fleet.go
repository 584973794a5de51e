package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/sim"

	"golang.org/x/sync/errgroup"
)

// fleet is a number of simulated couriers, each a phone of its own to the
// server: it posts, obeys the interval it is answered, and is patient with a
// server in trouble.
type fleet struct {
	client   *client.Client
	city     *sim.City
	couriers int
	every    time.Duration // between two positions of one courier; 0: as the server answers
	errands  *errands      // what they bring; nil: nothing
	tally    tally
}

// report runs the fleet, and writes a line about it every 10 s and one at the end.
func (f *fleet) report(ctx context.Context, out io.Writer) error {
	ended := make(chan error, 1) // one value, of the goroutine below
	go func() { ended <- f.run(ctx) }()
	ticker := time.NewTicker(10 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			fmt.Fprintln(out, f.tally.line())
		case err := <-ended:
			fmt.Fprintln(out, "in all:", f.tally.summary())
			return err
		}
	}
}

// run drives the couriers until ctx ends, and then returns nil. It ends before
// that only where the server does not know the token.
func (f *fleet) run(ctx context.Context) error { return f.drive(ctx, f.phones()) }

func (f *fleet) drive(ctx context.Context, phones []*phone) error {
	first := 0
	if f.every == 0 { // one asks for the interval, so that the others can share it out
		if err := phones[0].ask(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		first = 1 // and then comes last
	}
	interval := phones[0].pace.interval()
	start := time.Now()
	group, ctx := errgroup.WithContext(ctx)
	for i := range phones {
		p := phones[(first+i)%len(phones)]
		p.pace.answered = interval
		due := start.Add(slot(interval, first+i, len(phones)))
		group.Go(func() error { return p.drive(ctx, due) })
	}
	return group.Wait()
}

// slot is when in the interval the turn of courier i of n comes. In whole numbers
// a day times a million couriers would overflow.
func slot(interval time.Duration, i, n int) time.Duration {
	return time.Duration(float64(interval) * float64(i) / float64(n))
}

func (f *fleet) phones() []*phone {
	phones := make([]*phone, f.couriers)
	for i := range phones {
		name, username := sim.Person(i)
		phones[i] = &phone{
			fleet: f,
			// No shop's own courier has such an id, should somebody drive against theirs.
			who:     peyk.Courier{ID: fmt.Sprintf("sim-%d", i+1), Username: username, Name: name},
			courier: sim.NewCourier(f.city, i),
			pace:    pace{every: f.every, random: rand.Float64},
		}
	}
	return phones
}

// phone is what one courier carries. One goroutine at a time uses it.
type phone struct {
	fleet   *fleet
	who     peyk.Courier
	courier *sim.Courier
	driven  time.Time // until when the courier has driven; zero: it has not yet
	pace    pace
}

// ask posts until the server has said how often it wants positions, or ctx ends.
func (p *phone) ask(ctx context.Context) (err error) {
	for due := time.Now(); p.pace.answered == 0 && err == nil && wait(ctx, due); {
		due, err = p.post(ctx, due)
	}
	return err
}

// drive posts from the given moment on, until ctx ends.
func (p *phone) drive(ctx context.Context, due time.Time) (err error) {
	for err == nil && wait(ctx, due) {
		due, err = p.post(ctx, due)
	}
	return err
}

// post sends the position that was due and returns when the next one is. Its
// error means that there is no use in going on.
func (p *phone) post(ctx context.Context, due time.Time) (next time.Time, err error) {
	begun := time.Now()
	rate, err := p.fleet.client.Post(ctx, p.who, p.measure(begun))
	if e := p.fleet.errands; e != nil && err == nil {
		e.bring(ctx, p)
	}
	if ctx.Err() != nil {
		return due, nil // cut off by us: it says nothing about the server
	}
	ended := time.Now()
	p.fleet.tally.add(ended.Sub(begun), err)
	if status(err) == http.StatusUnauthorized {
		return due, fmt.Errorf("the server wants a good token (give it with --token or PEYK_TOKEN): %w", err)
	}
	return p.pace.next(due, ended, rate, err), nil
}

// measure drives on to the given moment and returns where that is.
func (p *phone) measure(now time.Time) peyk.Position {
	var since time.Duration
	if !p.driven.IsZero() {
		since = now.Sub(p.driven)
	}
	p.driven = now
	position := p.courier.Advance(since)
	position.Time = peyk.MicrosOf(now)
	return position
}

// pace decides when a phone posts next.
type pace struct {
	every    time.Duration  // 0: as answered
	answered time.Duration  // the server's last word; 0: none yet
	failures int            // since the last success
	random   func() float64 // 0 to 1
}

func (p *pace) interval() time.Duration {
	if p.every > 0 {
		return p.every
	}
	return p.answered
}

// next returns when the next position is due after the one that was due then
// and ended now. Successes keep their beat, so that phones that were spread out
// stay so. After an error the wait doubles from 0.5 s to 30 s, times 0.5 to 1.5
// at random; it is added to what the server asks for, and is no shorter than
// the interval where the server did not like what it got.
func (p *pace) next(then, now time.Time, rate peyk.Rate, err error) time.Time {
	if err == nil {
		p.failures, p.answered = 0, rate.Interval()
		missed := max(now.Sub(then), 0) / p.interval()
		return then.Add((missed + 1) * p.interval())
	}
	pause := min(500*time.Millisecond<<min(p.failures, 6), 30*time.Second)
	pause = time.Duration(float64(pause) * (0.5 + p.random()))
	p.failures++
	if s := status(err); s >= 400 && s < 500 {
		pause = max(pause, p.interval())
	}
	if refused, ok := errors.AsType[*client.StatusError](err); ok {
		pause += refused.RetryAfter
	}
	return now.Add(pause)
}

// status is that of the answer in err; 0 if there was none.
func status(err error) int {
	if refused, ok := errors.AsType[*client.StatusError](err); ok {
		return refused.Status
	}
	return 0
}

// wait reports whether the moment came before ctx ended.
func wait(ctx context.Context, until time.Time) bool {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}
