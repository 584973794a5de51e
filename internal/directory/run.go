package directory

import (
	"context"
	"sync"
	"time"
)

const (
	refreshEvery = 500 * time.Millisecond // a change is known within a second
	keepEvery    = 10 * time.Second
	forgetEvery  = 10 * time.Minute

	// patience is how long the store may take for what is done again and again.
	patience = 30 * time.Second
)

// Run learns of changes and keeps positions until ctx ends. Then it keeps what
// changed last, for at most Options.Farewell, and returns nil. What the store
// does not do is logged, counted and tried again.
func (d *Directory) Run(ctx context.Context) error {
	var jobs sync.WaitGroup
	jobs.Go(func() { every(ctx, refreshEvery, d.Refresh) })
	jobs.Go(func() { every(ctx, keepEvery, d.keepAll) })
	jobs.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.o.Farewell)
	defer cancel()
	_ = d.keepAll(last) // it is noted
	return nil
}

func (d *Directory) keepAll(ctx context.Context) error {
	for _, keep := range []func(context.Context) error{d.keepChanged, d.keepUsed, d.forget} {
		if err := keep(ctx); err != nil {
			return err
		}
	}
	return nil
}

// every does the job again and again until ctx ends. Jobs note their own errors.
func every(ctx context.Context, d time.Duration, job func(context.Context) error) {
	ticker := time.NewTicker(d)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			once, cancel := context.WithTimeout(ctx, patience)
			_ = job(once) // it is noted
			cancel()
		}
	}
}
