package socket_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// BenchmarkExpire has the rights of 1,000 viewers end within one second, while
// couriers move, and reports how long after its end the last was closed. It
// fails if anybody was told of a tick after its end.
func BenchmarkExpire(b *testing.B) {
	const viewers, couriers = 1000, 1000
	for b.Loop() {
		d := &desk{}
		world := live.NewWorld(live.Options{Epoch: 7, Tick: 100 * time.Millisecond, MaxCouriers: couriers, Forget: time.Hour})
		hub, server := serveHub(b, socket.Options{World: world, Who: d})
		first := time.Now().Add(4 * time.Second) // all are here by then
		var lateness [viewers]time.Duration
		var watching sync.WaitGroup
		for i := range viewers {
			token := fmt.Sprintf("viewer%d/1", i)
			until := first.Add(time.Duration(i) * time.Second / viewers)
			d.put(token, until, peyk.All)
			conn, in := enterForBench(b, server.URL, token)
			watching.Go(func() {
				defer conn.Close()
				lateness[i] = closedAfter(b, in, until)
			})
		}
		stop := make(chan struct{})
		var moving sync.WaitGroup
		moving.Go(func() { move(world, couriers, stop) })
		watching.Wait()
		close(stop)
		moving.Wait()
		if s := hub.Stats(); s.Expired != viewers {
			b.Errorf("%d viewers expired, want %d", s.Expired, viewers)
		}
		slices.Sort(lateness[:])
		b.ReportMetric(float64(lateness[viewers/2].Milliseconds()), "ms-p50")
		b.ReportMetric(float64(lateness[viewers-1].Milliseconds()), "ms-latest")
	}
}

func move(world *live.World, couriers int, stop <-chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		case <-time.After(time.Millisecond):
			_, _, _ = world.Take(peyk.Report{ // there is room for all
				Courier: peyk.Courier{ID: fmt.Sprint(i % couriers)}, Position: peyk.Position{Lat: float64(i%900) / 10, Lon: 51},
			})
		}
	}
}

func enterForBench(b *testing.B, url, token string) (net.Conn, *bufio.Reader) {
	b.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		b.Fatal(err)
	}
	if err := handshake(token).Write(c); err != nil {
		b.Fatal(err)
	}
	in := bufio.NewReader(c)
	if response, err := http.ReadResponse(in, nil); err != nil || response.StatusCode != http.StatusSwitchingProtocols {
		b.Fatal(response, err)
	}
	if _, err := c.Write(maskedText([]byte(watchAll))); err != nil {
		b.Fatal(err)
	}
	return c, in
}

// closedAfter reads until the close frame with 4401 and returns how long after
// the end of the right it came.
func closedAfter(b *testing.B, in *bufio.Reader, until time.Time) time.Duration {
	for {
		opcode, payload, err := readFrame(in)
		if err != nil {
			b.Errorf("it ended without a close frame: %v", err)
			return time.Since(until)
		}
		switch opcode {
		case 0x8:
			if code := int(payload[0])<<8 | int(payload[1]); code != 4401 {
				b.Errorf("closed with %d, want 4401", code)
			}
			return time.Since(until)
		case 0x1:
			m, err := wire.ParseMessage(payload)
			if err != nil {
				b.Error(err)
			}
			if m.Type == "frame" && !m.Frame.To.Micros().Time().Before(until) {
				b.Errorf("told of %v, %v after the end", m.Frame.To.Micros().Time(), m.Frame.To.Micros().Time().Sub(until))
			}
		}
	}
}
