package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/bench"
)

// connections is how many phones post at the same time.
const connections = 32

// posts is row 11: POSTs per second of CPU beside the least that a Go server
// can do, net/http and encoding/json. The two take turns, so that the
// machine's moods meet both.
func (h *house) posts(ctx context.Context) (err error) {
	server, err := h.startPeyk(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	bare, err := start(ctx, h.self, "bare")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop()) }()
	n := h.scaled(100_000)
	ours, theirs, err := h.takeTurns(ctx, server, bare, n)
	if err != nil {
		return err
	}
	h.table.add(row{"11", "single POSTs per second of CPU", "bare net/http + encoding/json",
		float64(n) / ours.Seconds(), float64(n) / theirs.Seconds(), atLeast(0.7, "")})
	return h.batches(ctx, server)
}

// withJWT is row 12: POSTs by couriers who come with a JWT each, beside POSTs to
// a server that asks nobody who he is.
func (h *house) withJWT(ctx context.Context) (err error) {
	open, err := h.startPeyk(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, open.stop()) }()
	secret := strings.Repeat("secret ", 8)
	closed, err := h.startPeyk(ctx, "--insecure=false", "--auth-jwt-secret", secret, "--post-rate", "1000/s")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closed.stop()) }()
	for i := range 1000 {
		now := time.Now()
		token, err := auth.Sign(auth.Draft{Subject: strconv.Itoa(i), Claims: peyk.Claims{Role: peyk.RoleCourier}, From: now, Until: now.Add(time.Hour)}, []byte(secret))
		if err != nil {
			return err
		}
		closed.tokens = append(closed.tokens, token)
	}
	n := h.scaled(100_000)
	theirs, ours, err := h.takeTurns(ctx, open, closed, n)
	if err != nil {
		return err
	}
	h.table.add(row{"12", "POSTs with a JWT per second of CPU", "POSTs without", float64(n) / ours.Seconds(), float64(n) / theirs.Seconds(), atLeast(0.85, "")})
	return nil
}

// takeTurns posts n positions to each of two servers, in rounds.
func (h *house) takeTurns(ctx context.Context, a, b *process, n int) (used, usedByB time.Duration, err error) {
	const rounds = 5
	for range rounds {
		for _, s := range []struct {
			server *process
			sum    *time.Duration
		}{{a, &used}, {b, &usedByB}} {
			took, err := postAll(ctx, s.server, n/rounds)
			if err != nil {
				return 0, 0, err
			}
			*s.sum += took
		}
	}
	return used, usedByB, nil
}

// batches posts a thousand positions at a time.
func (h *house) batches(ctx context.Context, server *process) error {
	const size = 1000
	bodies := bench.Reports(10 * size)
	before, err := server.cpu()
	if err != nil {
		return err
	}
	n := h.scaled(500)
	for i := range n {
		from := i * size % len(bodies)
		answer, err := postBatch(ctx, server.url, bench.Batch(bodies[from:from+size]))
		if err == nil {
			_, err = bench.Taken(answer, size)
		}
		if err != nil {
			return err
		}
	}
	after, err := server.cpu()
	if err != nil {
		return err
	}
	h.table.add(row{"11", "positions in batches of 1,000 per second of CPU", "", float64(n*size) / (after - before).Seconds(), 0, atLeast(500_000, "")})
	return nil
}

func postBatch(ctx context.Context, url string, body []byte) (answer []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/v1/positions", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() // it was only read
	return io.ReadAll(response.Body)
}

// postAll posts n positions and returns the CPU time that the server used.
func postAll(ctx context.Context, server *process, n int) (time.Duration, error) {
	before, err := server.cpu()
	if err != nil {
		return 0, err
	}
	c := http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections}}
	defer c.CloseIdleConnections()
	var next atomic.Int64
	var wg sync.WaitGroup
	failed := make(chan error, connections)
	for range connections {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				if err := postOne(ctx, &c, server, i); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	if err := <-failed; err != nil {
		return 0, err
	}
	after, err := server.cpu()
	return after - before, err
}

func postOne(ctx context.Context, c *http.Client, server *process, i int64) error {
	body := fmt.Sprintf(`{"latitude": %.6f, "longitude": 51.4, "user": {"id": %d, "username": "courier%d"}}`, 35+float64(i)/1e6, i%1000, i%1000)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, server.url+"/api/v1/locations", bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	if server.tokens != nil {
		request.Header.Set("Authorization", "Bearer "+server.tokens[i%int64(len(server.tokens))])
	}
	response, err := c.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close() // it was only read
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("POST: %s", response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

// bare is the rival: it decodes the same JSON and gives the same answer.
func bare() error {
	return listen(func(w http.ResponseWriter, r *http.Request) {
		var position struct {
			Latitude, Longitude float64
			User                struct {
				ID       int64
				Username string
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&position); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"update_interval":"1/m"}`) // the client may be gone
	})
}
