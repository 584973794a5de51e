package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"peyk/internal/bench"
)

// idle is row 6: viewers to whom nothing happens.
func (h *house) idle(ctx context.Context) error {
	const what = "KB resident per idle viewer after 8 s"
	ours, cpu, err := h.rest(ctx, h.ours("bin"), h.lasting(75*time.Second))
	if err != nil {
		return err
	}
	h.table.add(row{"6", fmt.Sprintf("%s, %d viewers", what, h.scaled(10_000)), "", ours, 0, atMost(2.5, "")})
	h.table.add(row{"6", "CPU µs per second and idle viewer, pings every 25 s", "", cpu, 0, atMost(2, "")})
	for _, rival := range []side{h.gorilla(), h.coder(), h.asItComes()} {
		theirs, _, err := h.rest(ctx, rival, 0)
		if err != nil {
			return err
		}
		h.table.add(row{"6", what, rival.name, ours, theirs, aim{}})
	}
	return nil
}

// rest connects viewers and returns what each costs: memory in KB, and CPU in
// microseconds per second.
func (h *house) rest(ctx context.Context, s side, d time.Duration) (memory, cpu float64, err error) {
	server, err := s.start(ctx)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	viewers := h.scaled(10_000)
	before, err := server.resident()
	if err != nil {
		return 0, 0, err
	}
	run, err := bench.Open(ctx, bench.Load{
		URL: server.url, Couriers: 1, Every: time.Second, Viewers: viewers, Watch: bench.WatchAll, Language: s.language,
		Feed: bench.FeedRedis, Redis: h.redis, Channel: channel,
	})
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, run.Close()) }()
	if err := pause(ctx, 8*time.Second); err != nil {
		return 0, 0, err
	}
	after, err := server.resident()
	if err != nil {
		return 0, 0, err
	}
	memory = (after - before) / float64(viewers) / 1024
	if d == 0 {
		return memory, 0, nil
	}
	used1, err1 := server.cpu()
	err = pause(ctx, d)
	used2, err2 := server.cpu()
	cpu = float64((used2 - used1).Microseconds()) / d.Seconds() / float64(viewers)
	return memory, cpu, errors.Join(err, err1, err2, run.Settle(ctx))
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
