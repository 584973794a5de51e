package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
)

// viewer is one connection, with a goroutine that reads it.
type viewer struct {
	conn    *conn
	checker *checker   // nil: it only counts
	gate    sync.Mutex // held: it does not read

	frames, bytes atomic.Int64 // of messages, without their headers
}

// read reads until the connection ends.
func (v *viewer) read() error {
	for {
		v.gate.Lock() // who stalls it waits for nothing longer than a message
		//lint:ignore SA2001 the mutex is a gate: nothing is guarded, passing it is all
		v.gate.Unlock()
		size, message, err := v.conn.next(v.checker != nil)
		if err != nil {
			return err
		}
		v.frames.Add(1)
		v.bytes.Add(int64(size))
		if v.checker == nil {
			continue
		}
		answer, err := v.checker.take(message)
		if err == nil && answer != nil {
			err = v.conn.write(opText, answer)
		}
		if err != nil {
			return err
		}
	}
}

// connect opens the connections of all viewers, many at a time.
func (r *Run) connect(ctx context.Context) error {
	const atOnce = 32
	var wg sync.WaitGroup
	var next atomic.Int64
	errs := make([]error, atOnce) // they fail for the same reason, so one is told
	for k := range atOnce {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(r.viewers) && errs[k] == nil; i = int(next.Add(1)) - 1 {
				r.viewers[i], errs[k] = r.open(ctx, i)
			}
		})
	}
	wg.Wait()
	return cmp.Or(errs...)
}

func (r *Run) open(ctx context.Context, i int) (*viewer, error) {
	c, err := dial(ctx, r.load, source(r.load, i))
	if err != nil {
		return nil, fmt.Errorf("viewer %d: %w", i+1, err)
	}
	v := &viewer{conn: c}
	view := r.load.View(i)
	if r.load.CheckEvery > 0 && i%r.load.CheckEvery == 0 {
		v.checker = newChecker(r.load, view, &r.delays)
	}
	if greeting := r.load.Language.Greeting(view); greeting != nil {
		if err := c.write(opText, greeting); err != nil {
			return nil, errors.Join(fmt.Errorf("viewer %d: %w", i+1, err), c.net.Close())
		}
	}
	return v, nil
}

// source spreads viewers over 127.0.0.0/8 where the server is on loopback, as
// they come from many addresses in life; nil: the kernel chooses.
func source(l Load, i int) net.Addr {
	u, err := url.Parse(l.URL)
	if err != nil {
		return nil
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if err != nil || !ip.Is4() || !ip.IsLoopback() {
		return nil
	}
	const perNet = 250
	group := byte(1)
	if l.Beside != nil {
		group = 2 // so that ss(8) tells the two apart
	}
	return &net.TCPAddr{IP: net.IPv4(127, group, byte(i/perNet%perNet), byte(1+i%perNet))}
}
