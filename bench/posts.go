package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// connections is how many phones post at the same time.
const connections = 32

// posts compares POSTs per second of CPU with the least that a Go server can
// do: net/http and encoding/json. The two take turns, so that the machine's
// moods meet both.
func posts(ctx context.Context, binary string, n int) (err error) {
	peyk, err := startPeyk(ctx, binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, peyk.stop()) }()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	bare, err := start(ctx, self, "bare")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bare.stop()) }()
	const rounds = 5
	var ours, theirs time.Duration
	for range rounds {
		for _, s := range []struct {
			server *process
			sum    *time.Duration
		}{{peyk, &ours}, {bare, &theirs}} {
			used, err := postAll(ctx, s.server, n/rounds)
			if err != nil {
				return err
			}
			*s.sum += used
		}
	}
	fmt.Printf("single POSTs per second of server CPU, %d over %d connections: peyk %.0f, bare net/http + encoding/json %.0f, ratio %.0f %% (aim 60 %%)\n",
		n, connections, float64(n)/ours.Seconds(), float64(n)/theirs.Seconds(), 100*theirs.Seconds()/ours.Seconds())
	return nil
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
				if err := postOne(ctx, &c, server.url, i); err != nil {
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

func postOne(ctx context.Context, c *http.Client, url string, i int64) error {
	body := fmt.Sprintf(`{"latitude": %.6f, "longitude": 51.4, "user": {"id": %d, "username": "courier%d"}}`, 35+float64(i)/1e6, i%1000, i%1000)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/v1/locations", bytes.NewReader([]byte(body)))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := c.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close() //nolint:errcheck // it was only read
	if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
		return fmt.Errorf("POST: %s: %w", response.Status, err)
	}
	return nil
}

// bare is the rival: it decodes the same JSON and gives the same answer.
func bare() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	panic(http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
	})))
}
