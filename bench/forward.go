package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// forward is the forward request: the shop's sessions open connections, and the
// shop itself, which takes its time, is asked who they are.
func (h *house) forward(ctx context.Context) error {
	const sessions, rate, thinking = 100, 1000, 20 * time.Millisecond
	var asked atomic.Int64
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		time.Sleep(thinking)
		_, _ = w.Write([]byte(`{"sub":"` + r.Header.Get("Cookie") + `","role":"viewer","all":true}`)) // who asked may be gone
	}))
	defer shop.Close()
	data, err := os.MkdirTemp(h.dir, "data")
	if err != nil {
		return err
	}
	server, err := start(ctx, h.peyk, "serve", "--listen", "127.0.0.1:0", "--ops-listen", "", "--map-style", "builtin",
		"--data-dir", data, "--auth-forward", shop.URL)
	if err != nil {
		return err
	}
	lasting := h.lasting(150 * time.Second) // twice as long as an answer counts, and more
	delays, err := knock(ctx, server.url, sessions, rate, lasting)
	if err := errors.Join(err, server.stop()); err != nil {
		return err
	}
	slices.Sort(delays)
	what := fmt.Sprintf("%d handshakes/s of %d sessions, the shop answers in %v", rate, sessions, thinking)
	h.table.add(row{"forward", "requests/s to the shop, " + what, "", float64(asked.Load()) / lasting.Seconds(), 0, atMost(5, "")})
	h.table.add(row{"forward", "p50 ms of a handshake", "", milliseconds(percentile(delays, 50)), 0, aim{}})
	h.table.add(row{"forward", "p99 ms of a handshake", "", milliseconds(percentile(delays, 99)), 0, atMost(100, "")})
	return nil
}

// knock opens connections at a rate, whether those before have been answered or
// not, and keeps the last of each session. It returns how long each took from
// the moment at which it was due.
func knock(ctx context.Context, url string, sessions, rate int, lasting time.Duration) ([]time.Duration, error) {
	n := int(lasting.Seconds() * float64(rate))
	delays, errs := make([]time.Duration, n), make([]error, n)
	open := make([]net.Conn, sessions)
	var mu sync.Mutex // guards open
	var all sync.WaitGroup
	began := time.Now()
	for i := range n {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(rate))
		if err := pause(ctx, time.Until(due)); err != nil {
			break
		}
		all.Go(func() {
			var conn net.Conn
			conn, errs[i] = handshake(ctx, url, fmt.Sprintf("sessionid=%d", i%sessions))
			delays[i] = time.Since(due)
			mu.Lock()
			defer mu.Unlock()
			if last := open[i%sessions]; last != nil {
				_ = last.Close() // it was only opened
			}
			open[i%sessions] = conn
		})
	}
	all.Wait()
	for _, conn := range open {
		if conn != nil {
			_ = conn.Close() // likewise
		}
	}
	return delays, errors.Join(append(errs, ctx.Err())...)
}

// handshake opens a WebSocket as a page of the server's own does.
func handshake(ctx context.Context, url, cookie string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	host := strings.TrimPrefix(url, "http://")
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline) // of a connection that is open
	_, err = fmt.Fprintf(conn, "GET /ws HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nCookie: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: peyk.v1.bin\r\n\r\n", host, url, cookie)
	if err == nil {
		var line string
		if line, err = bufio.NewReader(conn).ReadString('\n'); err == nil && !strings.HasPrefix(line, "HTTP/1.1 101 ") {
			err = fmt.Errorf("answered with %q", line)
		}
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}
