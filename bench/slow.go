package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"time"

	"peyk/internal/bench"
)

// slow is row 9: viewers of everything that stop reading, beside load (a).
func (h *house) slow(ctx context.Context) (err error) {
	server, err := h.ours("bin").start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	l := h.loadA()
	l.URL, l.Language = server.url, bench.Languages()["bin"]
	l.Feed, l.Redis, l.Channel = bench.FeedRedis, h.redis, channel
	run, err := bench.Open(ctx, l)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.Close()) }()
	if _, err := run.Measure(ctx, 5*time.Second); err != nil { // until the server's heap has its size
		return err
	}
	resident, err := server.resident()
	if err != nil {
		return err
	}
	beside := l
	beside.Viewers, beside.Beside = h.scaled(100), run
	beside.CheckEvery = 10
	// Less than the kernel would keep on this side, so that the server's side
	// is full soon after the stop; but more than a segment of loopback, of 32
	// KB, or the kernel waits for its persist timer after the stop.
	beside.ReceiveBuffer = 64 << 10
	stuck, err := bench.Open(ctx, beside)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stuck.Close()) }()
	return h.stalls(ctx, server, run, stuck, resident)
}

// stalls measures pairs of windows, without and with the others stuck.
func (h *house) stalls(ctx context.Context, server *process, run, stuck *bench.Run, resident float64) error {
	pairs, calm, stopped := 5, h.lasting(6*time.Second), h.lasting(12*time.Second)
	var without, with []float64
	var kernel, own float64
	for i := range pairs {
		if _, err := run.Measure(ctx, time.Second); err != nil { // those who read again catch up
			return err
		}
		result, err := run.Measure(ctx, calm)
		if err != nil {
			return err
		}
		without = append(without, result.P99)
		stuck.Stall()
		result, err = run.Measure(ctx, stopped)
		if i == pairs-1 && err == nil {
			kernel, err = sendBuffers()
			if now, err2 := server.resident(); err2 == nil {
				own = now - resident
			}
		}
		began := time.Now()
		stuck.Resume()
		if err != nil {
			return err
		}
		with = append(with, result.P99)
		if i < pairs-1 {
			continue
		}
		if err := stuck.Settle(ctx); err != nil {
			return fmt.Errorf("viewers that read again: %w", err)
		}
		h.table.add(row{"9", "s until all who read again have the newest", "", time.Since(began).Seconds(), 0, atMost(1, "")})
	}
	slices.Sort(without)
	slices.Sort(with)
	viewers := float64(h.scaled(100))
	h.table.add(row{"9", "p99 ms of the others while 100 viewers are stuck, median of 5", "none stuck", with[pairs/2], without[pairs/2], atMost(1.1, "")})
	h.table.add(row{"9", "KB resident per stuck viewer", "", own / viewers / 1024, 0, atMost(64, "")})
	h.table.add(row{"9", "KB in the kernel per stuck viewer (ss -tm)", "", kernel / viewers / 1024, 0, atMost(256, "")})
	return run.Settle(ctx)
}

var skmem = regexp.MustCompile(`skmem:\(r(\d+),rb\d+,t(\d+),tb\d+,f(\d+),w(\d+),`)

// sendBuffers is what the kernel keeps on the server's side for the viewers
// from 127.2.0.0/16, in bytes.
func sendBuffers() (sum float64, err error) {
	out, err := exec.Command("ss", "-tmnH", "dst", "127.2.0.0/16").Output()
	if err != nil {
		return 0, fmt.Errorf("ss, of Debian's package iproute2: %w", err)
	}
	for _, m := range skmem.FindAllSubmatch(out, -1) {
		for _, field := range m[1:] { // received, being sent, ahead, to be sent
			n, err := strconv.ParseFloat(string(field), 64)
			if err != nil {
				return 0, err
			}
			sum += n
		}
	}
	return sum, nil
}
