package tile

import (
	"context"
	"errors"
	"sync"
)

// errLost is what the others get when the one who fetches panics.
var errLost = errors.New("fetching it broke off")

// flights lets one of those who want the same thing fetch it for all.
type flights[T any] struct {
	mu    sync.Mutex // guards under
	under map[string]*flight[T]
}

type flight[T any] struct {
	done chan struct{} // closed by who fetches, after the rest is written
	got  T
	err  error
}

// do returns what fetch returns. Of several callers with one key the first runs
// it, and the others wait for it. Where the first goes away, its ctx ends what
// it fetches, and the next one begins anew.
func (f *flights[T]) do(ctx context.Context, key string, fetch func() (T, error)) (T, error) {
	for {
		own, first := f.join(key)
		if first {
			defer f.land(key, own)
			own.got, own.err = fetch()
			return own.got, own.err
		}
		select {
		case <-own.done:
			if ctx.Err() == nil && errors.Is(own.err, context.Canceled) {
				continue
			}
			return own.got, own.err
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
	}
}

func (f *flights[T]) join(key string) (own *flight[T], first bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if under, found := f.under[key]; found {
		return under, false
	}
	if f.under == nil {
		f.under = make(map[string]*flight[T])
	}
	own = &flight[T]{done: make(chan struct{}), err: errLost}
	f.under[key] = own
	return own, true
}

func (f *flights[T]) land(key string, own *flight[T]) {
	f.mu.Lock()
	delete(f.under, key)
	f.mu.Unlock()
	close(own.done)
}
