package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
	"peyk/internal/client"
)

// feeder brings positions to the server.
type feeder interface {
	// send sends the reports and returns once they were answered, with how many were
	// taken. A *refused says why some were not; after any other error it is of no use.
	send(ctx context.Context, reports []peyk.Report) (taken int, err error)
	close() error
}

func openFeeder(ctx context.Context, l Load) (feeder, error) {
	switch l.Feed {
	case FeedHTTP:
		c := client.New(l.URL, l.Token)
		c.HTTP.Transport.(*http.Transport).TLSClientConfig = l.TLS.Clone()
		return &posts{c}, nil
	case FeedBatch:
		return newBatches(l), nil
	case FeedRedis:
		return dialRedis(ctx, l.Redis, l.Channel)
	}
	return nil, fmt.Errorf("unknown feed %q (want %s, %s or %s)", l.Feed, FeedHTTP, FeedBatch, FeedRedis)
}

// posts sends each position in a POST of its own.
type posts struct{ client *client.Client }

// postsAtOnce is how many requests are under way together.
const postsAtOnce = 32

func (p *posts) send(ctx context.Context, reports []peyk.Report) (int, error) {
	var next, taken atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, min(postsAtOnce, len(reports))) // they fail for the same reason, so one is told
	for k := range errs {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(len(reports)) && errs[k] == nil; i = next.Add(1) {
				r := reports[i-1]
				if _, errs[k] = p.client.Post(ctx, r.Courier, r.Position); errs[k] == nil {
					taken.Add(1)
				}
			}
		})
	}
	wg.Wait()
	err := cmp.Or(errs...)
	if status, ok := errors.AsType[*client.StatusError](err); ok && status.Status == http.StatusTooManyRequests {
		err = fmt.Errorf("%w (more of one courier takes a server with a higher --post-rate)", err)
	}
	return int(taken.Load()), err
}

func (p *posts) close() error {
	p.client.HTTP.CloseIdleConnections()
	return nil
}

// nothing feeds nothing: somebody else does.
type nothing struct{}

func (nothing) send(context.Context, []peyk.Report) (int, error) { return 0, nil }

func (nothing) close() error { return nil }

// Reports returns positions of n couriers to post, ever the same.
func Reports(n int) []peyk.Report { return newFleet(n).take(n, time.Second, 0) }
