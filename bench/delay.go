package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"peyk"
	"peyk/internal/client"
)

// delay measures from the start of a POST to the moment at which a viewer has
// decoded the frame, on a server that has nothing else to do.
func delay(ctx context.Context, binary string, n int) (err error) {
	server, err := startPeyk(ctx, binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := client.New(server.url, "")
	arrived := make(chan float64, 1)
	watching := make(chan error, 1)
	go func() {
		watching <- c.Watch(ctx, func(p *client.Picture) {
			if p.InStep() == 0 {
				return
			}
			lat := 0.0
			if shown := p.Couriers()["1"]; shown != nil {
				lat = shown.Position.Lat
			}
			select {
			case arrived <- lat:
			default: // nobody waits: a beat
			}
		}, nil)
	}()
	<-arrived // the first, empty picture
	delays, err := delays(ctx, c, arrived, n)
	if err != nil {
		return err
	}
	cancel()
	if err := <-watching; err != nil {
		return err
	}
	slices.Sort(delays)
	fmt.Printf("POST to frame, idle, %d POSTs, one per 250 ms: p50 %v, p99 %v, longest %v (aim: p50 2ms, p99 10ms)\n",
		n, percentile(delays, 50), percentile(delays, 99), delays[n-1].Round(10*time.Microsecond))
	return nil
}

func delays(ctx context.Context, c *client.Client, arrived <-chan float64, n int) ([]time.Duration, error) {
	var delays []time.Duration
	for i := 1; i <= n; i++ {
		lat := float64(i) / 1000
		began := time.Now()
		if _, err := c.Post(ctx, peyk.Courier{ID: "1"}, peyk.Position{Lat: lat, Lon: 2}); err != nil {
			return nil, err
		}
		for got := -1.0; got != lat; {
			select {
			case got = <-arrived:
			case <-time.After(5 * time.Second):
				return nil, fmt.Errorf("position %d did not arrive within 5 s", i)
			}
		}
		delays = append(delays, time.Since(began))
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
	return delays, nil
}

func percentile(sorted []time.Duration, p int) time.Duration {
	return sorted[len(sorted)*p/100].Round(10 * time.Microsecond)
}
