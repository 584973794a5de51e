package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// files is more connections than the server may have files.
func (h *house) files(ctx context.Context) (err error) {
	const present = 100
	server, run, token, err := h.guarded(ctx, h.scaled(20_000), present)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.Close(), server.stop()) }()
	d := 40 * time.Second
	var ended []func() (*hostile, error)
	for range 3 { // of which each has files for its third
		end, err := h.attack(ctx, server, token, "-for", d.String(), "-crowd", fmt.Sprint(h.scaled(7000)), "-silent", fmt.Sprint(h.scaled(1500)))
		if err != nil {
			return err
		}
		ended = append(ended, end)
	}
	times, failed, err := h.asking(ctx, server.url[len("http://"):], token, func() error {
		_, err := run.Measure(ctx, d)
		return err
	})
	answers := map[int]int{}
	for _, end := range ended {
		x, err2 := end()
		err = errors.Join(err, err2)
		for status, n := range x.Answers {
			answers[status] += n
		}
	}
	if err != nil {
		return err
	}
	fmt.Printf("<!-- files: %d viewers beside, then %d handshakes by status %v -->\n", present, 3*h.scaled(7000), answers)
	surplus := float64(3*h.scaled(7000) - answers[http.StatusSwitchingProtocols])
	h.table.add(row{"files", "connections that are too many", "of them told 503", surplus, float64(answers[http.StatusServiceUnavailable]), atMost(1, "")})
	h.table.add(row{"files", fmt.Sprintf("REST requests without an answer, of %d", len(times)), "", float64(failed), 0, atMost(0, "")})
	h.table.add(row{"files", "p99 ms of REST meanwhile", "", p99(times), 0, aim{}})
	wrong := run.Settle(ctx)
	lost := 0.
	if wrong != nil {
		lost = 1
	}
	h.table.add(row{"files", "viewers from before that lost anything (0: none)", "", lost, 0, atMost(0, "")})
	return wrong
}

// asking asks for something 20 times a second, each time on a connection of its
// own, while meanwhile runs.
func (h *house) asking(ctx context.Context, address, token string, meanwhile func() error) (times []float64, failed int, err error) {
	request := fmt.Sprintf("GET /api/v1/me HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization: Bearer %s\r\n\r\n", address, token)
	ctx, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		for tick := time.NewTicker(50 * time.Millisecond); ctx.Err() == nil; <-tick.C {
			took, err := ask(address, request, http.StatusOK)
			if err != nil {
				failed++
				fmt.Println("<!-- files:", err, "-->")
			}
			times = append(times, float64(took)/float64(time.Millisecond))
		}
	})
	err = meanwhile()
	stop()
	wg.Wait()
	return times, failed, err
}
