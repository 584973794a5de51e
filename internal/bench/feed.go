package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/wire"
)

// feeder brings positions to the server.
type feeder interface {
	// send sends the reports and returns once they were taken, with how many were.
	send(ctx context.Context, reports []peyk.Report) (taken int, err error)
	close() error
}

func openFeeder(ctx context.Context, l Load) (feeder, error) {
	switch l.Feed {
	case FeedHTTP:
		return &posts{client.New(l.URL, l.Token)}, nil
	case FeedBatch:
		return &batches{url: strings.TrimRight(l.URL, "/") + "/api/v1/positions", token: l.Token}, nil
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
	errs := make([]error, min(postsAtOnce, len(reports)))
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
	return int(taken.Load()), errors.Join(errs...)
}

func (p *posts) close() error {
	p.client.HTTP.CloseIdleConnections()
	return nil
}

// batches sends many positions in one POST.
type batches struct {
	url, token string
	http       http.Client
}

func (b *batches) send(ctx context.Context, reports []peyk.Report) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url, bytes.NewReader(Batch(reports)))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	if b.token != "" {
		request.Header.Set("Authorization", "Bearer "+b.token)
	}
	b.http.Timeout = 10 * time.Second
	response, err := b.http.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close() // it was only read
	answer, err := io.ReadAll(io.LimitReader(response.Body, 4<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("POST of %d positions: %s: %.200s", len(reports), response.Status, answer)
	}
	if err != nil {
		return 0, err
	}
	return len(reports), nil
}

func (b *batches) close() error {
	b.http.CloseIdleConnections()
	return nil
}

// nothing feeds nothing: somebody else does.
type nothing struct{}

func (nothing) send(context.Context, []peyk.Report) (int, error) { return 0, nil }

func (nothing) close() error { return nil }

// Batch is the body of a POST of many positions.
func Batch(reports []peyk.Report) []byte {
	body := []byte{'['}
	for i, r := range reports {
		if i > 0 {
			body = append(body, ',')
		}
		r.Position.Stamp = 0 // the server's to give
		body = wire.AppendOriginal(body, r, wire.Number)
	}
	return append(body, ']')
}

// Reports returns positions of n couriers to post, ever the same.
func Reports(n int) []peyk.Report { return newFleet(n).take(n, time.Second, 0) }
