package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// flood is one socket after the other that says too much, beside viewers who do
// not.
func (h *house) flood(ctx context.Context) (err error) {
	server, run, token, err := h.guarded(ctx, 20_000, h.scaled(500))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.Close(), server.stop()) }()
	if _, err := run.Measure(ctx, 5*time.Second); err != nil {
		return err
	}
	const pairs = 5
	d := h.lasting(6 * time.Second)
	var without, with []float64
	var long float64
	closed := map[string]int{}
	for range pairs {
		calm, err := run.Measure(ctx, d)
		if err != nil {
			return err
		}
		ended, err := h.attack(ctx, server, token, "-for", (d + time.Second/2).String(), "-flood")
		if err != nil {
			return err
		}
		flooded, err := run.Measure(ctx, d)
		x, err2 := ended()
		if err := errors.Join(err, err2); err != nil {
			return err
		}
		without, with = append(without, calm.P99), append(with, flooded.P99)
		long = max(long, x.LongMax)
		for name, n := range x.Flooded {
			closed[name] += n
		}
	}
	slices.Sort(without)
	slices.Sort(with)
	fmt.Printf("<!-- flood: closed %v; p99 ms without %.0f, with %.0f -->\n", closed, without, with)
	h.table.add(row{"flood", "s until a flooding socket was closed, the longest", "", long, 0, atMost(2, " s")})
	h.table.add(row{"flood", "p99 ms of the others, median of 5", "no flood", with[pairs/2], without[pairs/2], atMost(1.1, "")})
	return run.Settle(ctx)
}
