package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// guesses is row "guess": a thousand addresses guess at the secrets of shares,
// 2,000 times a second in all, for a minute.
func (h *house) guesses(ctx context.Context) (err error) {
	server, err := h.startPeyk(ctx, "--insecure=false")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	const addresses, perSecond = 1000, 2000
	lasting := time.Duration(h.scaled(60)) * time.Second
	before, err := server.cpu()
	if err != nil {
		return err
	}
	var hits, heard, failed atomic.Int64
	var passed [addresses]atomic.Int64 // guesses that were looked at and not put off
	var guessing sync.WaitGroup
	for i := range addresses {
		guessing.Go(func() {
			g := guesser{url: server.url, client: clientFrom(i)}
			defer g.client.CloseIdleConnections()
			tick := time.NewTicker(addresses * time.Second / perSecond)
			defer tick.Stop()
			for began := time.Now(); time.Since(began) < lasting && ctx.Err() == nil; <-tick.C {
				switch status := g.guess(ctx); status {
				case http.StatusOK:
					hits.Add(1)
				case http.StatusUnauthorized:
					passed[i].Add(1)
				case http.StatusTooManyRequests:
				default:
					failed.Add(1)
					continue
				}
				heard.Add(1)
			}
		})
	}
	guessing.Wait()
	after, err := server.cpu()
	most := int64(0)
	for i := range passed {
		most = max(most, passed[i].Load())
	}
	if n := failed.Load(); n > 0 {
		err = errors.Join(err, fmt.Errorf("%d guesses were not answered", n))
	}
	h.table.add(row{"guess", "guesses a second that were answered", "", float64(heard.Load()) / lasting.Seconds(), 0, aim{}})
	h.table.add(row{"guess", "hits", "", float64(hits.Load()), 0, atMost(0, "")})
	h.table.add(row{"guess", "guesses of one address before it was stopped, the most", "", float64(most), 0, atMost(20, "")})
	h.table.add(row{"guess", "cores of the server", "", (after - before).Seconds() / lasting.Seconds(), 0, atMost(0.2, "")})
	return err
}

// guesser is one address.
type guesser struct {
	url    string
	client *http.Client
}

// clientFrom comes from an address of its own.
func clientFrom(i int) *http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 1, byte(i>>8), byte(i))}}
	return &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}, Timeout: 10 * time.Second}
}

// guess returns the answer's status, 0 if there was none.
func (g guesser) guess(ctx context.Context) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, g.url+"/api/v1/track", nil)
	if err != nil {
		return 0
	}
	request.Header.Set("Authorization", "Bearer peyk_share_"+rand.Text()[:22])
	response, err := g.client.Do(request)
	if err != nil {
		return 0
	}
	defer response.Body.Close()               // it was only read
	_, _ = io.Copy(io.Discard, response.Body) // the status says all
	return response.StatusCode
}
