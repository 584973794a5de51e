package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"peyk/internal/bench"
)

// secretOfBench signs the token of those who may come in.
const secretOfBench = "nobody else has this secret, has one"

// startGuarded runs Peyk as it stands on the open internet, with every limit,
// and so many files. The token may do everything.
func (h *house) startGuarded(ctx context.Context, files int) (server *process, token string, err error) {
	out, err := exec.CommandContext(ctx, h.peyk, "token", "--auth-jwt-secret", secretOfBench, "--subject", "bench", "--role", "admin").Output()
	if err != nil {
		return nil, "", err
	}
	token = strings.TrimSpace(string(out))
	command := fmt.Sprintf(`ulimit -n %d; exec "$@"`, files)
	server, err = start(ctx, "sh", "-c", command, "sh", h.peyk, "serve", "--listen", "127.0.0.1:0", "--ops-listen", "", "--map-style", "builtin",
		"--store", "none", "--bus", h.redis, "--auth-jwt-secret", secretOfBench, "--max-sockets", "1000000")
	return server, token, err
}

// guarded is a load beside which attacks are made.
func (h *house) guarded(ctx context.Context, files, viewers int) (server *process, run *bench.Run, token string, err error) {
	if server, token, err = h.startGuarded(ctx, files); err != nil {
		return nil, nil, "", err
	}
	run, err = bench.Open(ctx, bench.Load{
		URL: server.url, Token: token, Couriers: 200, Every: time.Second, Viewers: viewers, Watch: bench.WatchAll, Language: bench.Languages()["bin"],
		Feed: bench.FeedRedis, Redis: h.redis, Channel: channel, CheckEvery: 10,
	})
	if err != nil {
		return nil, nil, "", errors.Join(err, server.stop())
	}
	return server, run, token, nil
}

// door is a flood of strangers: sockets that dribble and handshakes that are
// wrong, beside good ones.
func (h *house) door(ctx context.Context) (err error) {
	server, run, token, err := h.guarded(ctx, 20_000, 100)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.Close(), server.stop()) }()
	calm, err := h.visit(ctx, server, run, token, 5*time.Second) // until the heap has its size
	if err != nil {
		return err
	}
	fresh, err := server.resident()
	if err != nil {
		return err
	}
	// What the runtime needs for so many connections at once it keeps: a second
	// flood shows whether anything else stays.
	if _, _, err := h.strangers(ctx, server, run, token, h.lasting(10*time.Second)); err != nil {
		return err
	}
	before, _, err := h.comesBack(ctx, server, run, fresh*1.1, 15*time.Second)
	if err != nil {
		return err
	}
	flooded, x, err := h.strangers(ctx, server, run, token, h.lasting(30*time.Second))
	if err != nil {
		return err
	}
	after, took, err := h.comesBack(ctx, server, run, before*1.1, time.Minute)
	if err != nil {
		return err
	}
	fmt.Printf("<!-- door: %d slow sockets; bad handshakes by status %v -->\n", x.Slow, x.Answers)
	h.table.add(row{"door", "p99 ms of good handshakes, in the flood", "before", p99(flooded), p99(calm), aim{}})
	h.table.add(row{"door", "p99 ms of good handshakes, in the flood", "", p99(flooded), 0, atMost(500, " ms")})
	h.table.add(row{"door", "s until the last slow socket was gone", "", x.SlowMax, 0, atMost(10, " s")})
	h.table.add(row{"door", "MB resident after a first flood", "just started", before / 1e6, fresh / 1e6, aim{}})
	h.table.add(row{"door", fmt.Sprintf("MB resident %.0f s after the flood", took.Seconds()), "before it", after / 1e6, before / 1e6, atMost(1.1, "")})
	return run.Settle(ctx)
}

// strangers is the flood, and what good handshakes took meanwhile, in ms.
func (h *house) strangers(ctx context.Context, server *process, run *bench.Run, token string, d time.Duration) (good []float64, x *hostile, err error) {
	ended, err := h.attack(ctx, server, token, "-for", d.String(), "-slow", fmt.Sprint(h.scaled(2000)), "-bad", fmt.Sprint(h.scaled(2000)))
	if err != nil {
		return nil, nil, err
	}
	good, err = h.visit(ctx, server, run, token, d)
	x, err2 := ended()
	return good, x, errors.Join(err, err2)
}

// comesBack waits until the server's memory is no more than that, or the time is over.
func (h *house) comesBack(ctx context.Context, server *process, run *bench.Run, most float64, d time.Duration) (now float64, took time.Duration, err error) {
	began := time.Now()
	for now = most + 1; now > most && took < d && err == nil; took = time.Since(began) {
		if _, err = run.Measure(ctx, time.Second); err == nil {
			now, err = server.resident()
		}
	}
	return now, took, err
}

// visit measures good handshakes, 20 a second, while the load goes on.
func (h *house) visit(ctx context.Context, server *process, run *bench.Run, token string, d time.Duration) (times []float64, err error) {
	x := &hostile{Address: server.url[len("http://"):], Token: token}
	var wg sync.WaitGroup
	var mu sync.Mutex
	visiting, stop := context.WithTimeout(ctx, d)
	defer stop()
	wg.Go(func() {
		for tick := time.NewTicker(50 * time.Millisecond); visiting.Err() == nil; <-tick.C {
			wg.Go(func() {
				took, failed := ask(x.Address, x.good(), http.StatusSwitchingProtocols)
				mu.Lock()
				defer mu.Unlock()
				times, err = append(times, float64(took)/float64(time.Millisecond)), errors.Join(err, failed)
			})
		}
	})
	_, failed := run.Measure(ctx, d)
	wg.Wait()
	return times, errors.Join(err, failed)
}

// ask is one request on a connection of its own, from the SYN to the answer.
func ask(address, request string, want int) (time.Duration, error) {
	began := time.Now()
	conn, err := net.DialTimeout("tcp", address, 10*time.Second)
	if err != nil {
		return 0, err
	}
	defer conn.Close() // it was only tried out
	_ = conn.SetDeadline(began.Add(10 * time.Second))
	if _, err := io.WriteString(conn, request); err != nil {
		return 0, err
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err == nil && answer.StatusCode != want {
		err = fmt.Errorf("%.40q is answered %s (want %d)", request, answer.Status, want)
	}
	return time.Since(began), err
}

func p99(times []float64) float64 {
	slices.Sort(times)
	return times[len(times)*99/100]
}
