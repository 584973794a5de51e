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

// What the shop's forward request is measured with.
const (
	sessions = 100
	knocks   = 1000                  // handshakes a second, of all sessions
	thinking = 20 * time.Millisecond // of the shop
)

// forward is the forward request: the shop's sessions open connections, and the
// shop itself, which takes its time, is asked who they are. Beside it stands the
// same where nobody is asked.
func (h *house) forward(ctx context.Context) error {
	var asked atomic.Int64
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		time.Sleep(thinking)
		_, _ = w.Write([]byte(`{"sub":"` + r.Header.Get("Cookie") + `","role":"viewer","all":true}`)) // who asked may be gone
	}))
	defer shop.Close()
	ours, err := h.knocked(ctx, h.lasting(90*time.Second), "--auth-forward", shop.URL) // longer than an answer counts
	if err != nil {
		return err
	}
	bare, err := h.knocked(ctx, h.lasting(30*time.Second), "--insecure")
	if err != nil {
		return err
	}
	const other = "nobody is asked"
	what := fmt.Sprintf("%d handshakes/s of %d sessions, the shop answers in %v", knocks, sessions, thinking)
	perSecond := float64(asked.Load()) / h.lasting(90*time.Second).Seconds()
	h.table.add(row{"forward", "requests/s to the shop, " + what, "", perSecond, 0, atMost(5, "")})
	h.table.add(row{"forward", "p50 ms of a handshake", other, milliseconds(percentile(ours, 50)), milliseconds(percentile(bare, 50)), aim{}})
	h.table.add(row{"forward", "p99 ms of a handshake", other, milliseconds(percentile(ours, 99)), milliseconds(percentile(bare, 99)), aim{}})
	h.table.add(row{"forward", "p99 ms of a handshake", "", milliseconds(percentile(ours, 99)), 0, atMost(100, "")})
	return nil
}

// knocked returns how long handshakes with a Peyk of its own took, shortest
// first.
func (h *house) knocked(ctx context.Context, lasting time.Duration, more ...string) ([]time.Duration, error) {
	data, err := os.MkdirTemp(h.dir, "data")
	if err != nil {
		return nil, err
	}
	server, err := start(ctx, h.peyk, append([]string{
		"serve", "--listen", "127.0.0.1:0", "--ops-listen", "", "--map-style", "builtin", "--data-dir", data,
	}, more...)...)
	if err != nil {
		return nil, err
	}
	delays, err := knock(ctx, server.url, lasting)
	slices.Sort(delays)
	return delays, errors.Join(err, server.stop())
}

// knock opens connections at a rate, whether those before have been answered or
// not, and keeps the last of each session. It returns how long each took from
// the moment at which it was due.
func knock(ctx context.Context, url string, lasting time.Duration) ([]time.Duration, error) {
	n := int(lasting.Seconds() * knocks)
	delays, errs := make([]time.Duration, n), make([]error, n)
	open := make([]net.Conn, sessions)
	var mu sync.Mutex // guards open
	var all sync.WaitGroup
	began := time.Now()
	for i := range n {
		due := began.Add(time.Duration(i) * time.Second / knocks)
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
