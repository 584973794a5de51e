package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"peyk"
	"peyk/internal/bench"
	"peyk/internal/client"
)

// delay is row 10: from the start of a POST to the moment at which a viewer has
// decoded the frame.
func (h *house) delay(ctx context.Context) error {
	idle, err := h.postToFrame(ctx, h.scaled(150), false)
	if err != nil {
		return err
	}
	h.table.add(row{"10", "p50 ms from POST to frame, idle", "", milliseconds(percentile(idle, 50)), 0, atMost(2, "")})
	h.table.add(row{"10", "p99 ms from POST to frame, idle", "", milliseconds(percentile(idle, 99)), 0, atMost(10, "")})
	busy, err := h.postToFrame(ctx, h.scaled(100), true)
	if err != nil {
		return err
	}
	h.table.add(row{"10", "p50 ms from POST to frame, under load 1 (a)", "", milliseconds(percentile(busy, 50)), 0, aim{}})
	h.table.add(row{"10", "p99 ms from POST to frame, under load 1 (a)", "", milliseconds(percentile(busy, 99)), 0, atMost(150, "")})
	return nil
}

// postToFrame returns the delays of n POSTs, shortest first.
func (h *house) postToFrame(ctx context.Context, n int, loaded bool) (sorted []time.Duration, err error) {
	server, err := h.ours("bin").start(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if loaded {
		l := h.loadA()
		l.URL, l.Language, l.CheckEvery = server.url, bench.Languages()["bin"], 0
		l.Feed, l.Redis, l.Channel = bench.FeedRedis, h.redis, channel
		run, err := bench.Open(ctx, l)
		if err != nil {
			return nil, err
		}
		defer run.Close() // it only read
		loading := make(chan error, 1)
		go func() {
			_, err := run.Measure(ctx, time.Hour) // until ctx ends
			loading <- err
		}()
		defer func() {
			cancel()
			<-loading
		}()
		if err := pause(ctx, 2*time.Second); err != nil {
			return nil, err
		}
	}
	sorted, err = delays(ctx, client.New(server.url, ""), n)
	slices.Sort(sorted)
	return sorted, err
}

// delays posts a courier's positions, one per 250 ms, while it watches
// everything.
func delays(ctx context.Context, c *client.Client, n int) (list []time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	arrived := make(chan float64, 64)
	watching := make(chan error, 1)
	go func() {
		last := -1.0
		watching <- c.WatchView(ctx, peyk.View{All: true}, client.Binary, func(p *client.Picture) {
			if p.InStep() == 0 {
				return
			}
			lat := 0.0
			if shown := p.Couriers()["posted"]; shown != nil {
				lat = shown.Position.Lat
			}
			if lat != last {
				last = lat
				arrived <- lat
			}
		}, nil)
	}()
	<-arrived // the first picture
	for i := 1; i <= n; i++ {
		lat := float64(i) / 1000
		began := time.Now()
		if _, err := c.Post(ctx, peyk.Courier{ID: "posted"}, peyk.Position{Lat: lat, Lon: 2}); err != nil {
			return nil, err
		}
		for got := -1.0; got != lat; {
			select {
			case got = <-arrived:
			case <-time.After(5 * time.Second):
				return nil, fmt.Errorf("position %d did not arrive within 5 s", i)
			}
		}
		list = append(list, time.Since(began))
		if err := pause(ctx, 250*time.Millisecond); err != nil {
			return nil, err
		}
	}
	cancel()
	return list, <-watching
}

func percentile(sorted []time.Duration, p int) time.Duration { return sorted[len(sorted)*p/100] }

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
