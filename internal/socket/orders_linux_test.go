package socket

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/order"
)

// BenchmarkOrders has 10,000 couriers that report every 5 s on their way to one
// customer each, who watches: the cores that all of it costs (aim: 0.15) and
// those that positions cost alone, from a position's arrival to the customer's
// reading (aim: p99 150 ms), and, where all orders end at once, how long it takes
// until the last customer is told, after which no byte about a courier is
// written (aim: 1 s).
func BenchmarkOrders(b *testing.B) {
	b.Run("customers=10000", func(b *testing.B) {
		for b.Loop() {
			deliver(b, 10_000)
		}
	})
}

// samples are the customers that measure.
const samples = 200

func deliver(b *testing.B, customers int) {
	const seconds = 20
	d := newDelivery(customers)
	alone := d.drive(b, seconds/2)
	hub, server := d.serve(b)
	for range samples {
		d.sample(b, server.Listener.Addr().String())
	}
	watches := strings.NewReader(strings.Repeat(`{"type":"watch","view":{"all":true}}`+"\n", customers-samples))
	child := drainer(b, server.Listener.Addr(), watches, 0)
	defer child.Wait()
	defer child.Process.Kill()
	d.wait(b, "all customers are there", func() bool { return hub.Stats().Viewers == customers })
	d.drive(b, 5) // until everybody is in step
	d.arrived()
	wrote := hub.Stats().Ticks
	all := d.drive(b, seconds)
	wrote = hub.Stats().Ticks - wrote
	delays := d.arrived()
	b.ReportMetric(all.Seconds()/seconds, "cores")
	b.ReportMetric(alone.Seconds()/(seconds/2), "cores-of-feed")
	b.ReportMetric(float64(wrote)/seconds, "writes/s")
	b.ReportMetric(delays[len(delays)/2].Seconds()*1000, "ms-p50-delay")
	b.ReportMetric(delays[len(delays)*99/100].Seconds()*1000, "ms-p99-delay")
	b.ReportMetric(d.finish(b, hub).Seconds()*1000, "ms-all-end")
	if got := hub.Stats(); got.Viewers != customers || got.Purged != 0 {
		b.Errorf("Stats = %+v, want everybody to be there", got)
	}
}

// delivery is many couriers on their way.
type delivery struct {
	orders []peyk.Order
	book   *order.Book
	world  *live.World
	taken  []atomic.Int64 // when the courier's last position was, in nanoseconds
	next   int
	guests atomic.Int64 // who has shaken hands
	told   atomic.Int64 // customers among the samples who were told of the end

	mu     sync.Mutex // guards delays
	delays []time.Duration
}

func newDelivery(n int) *delivery {
	d := &delivery{taken: make([]atomic.Int64, n)}
	d.book = order.NewBook(order.Options{
		Rule: order.DefaultRule, Afterlife: time.Hour, Changed: func(ids []string) { d.world.Retrack(ids) },
	})
	d.world = live.NewWorld(live.Options{Epoch: 1, Tick: 100 * time.Millisecond, MaxCouriers: n, Forget: time.Hour, Orders: d.book})
	for i := range n {
		o := peyk.Order{
			ID: fmt.Sprintf("order-%d", i), State: peyk.OrderPickedUp, Courier: fmt.Sprintf("courier-%d", i), Code: "4711", ShopPhone: "+98 21 000",
			Destination: peyk.Place{Lat: 35.7, Lon: 51.4, Known: true, Address: "Valiasr Street 7, Tehran"}, Promised: time.Now().Add(time.Hour),
		}
		o.At[o.State] = time.Now()
		d.orders = append(d.orders, o)
	}
	d.book.Update(d.orders, true)
	return d
}

// serve is a hub whose nth guest is the customer of the nth order, and a world
// that ticks.
func (d *delivery) serve(b *testing.B) (*Hub, *httptest.Server) {
	hub := NewHub(Options{World: d.world, Who: Granting(func(*http.Request) (peyk.Grant, error) {
		n := int(d.guests.Add(1)-1) % len(d.orders)
		return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{{Kind: peyk.ScopeOrder, Name: d.orders[n].ID}}}, nil
	})})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = hub.Run(ctx) })
	running.Go(func() { _ = d.world.Run(ctx, hub.Tell) })
	server := httptest.NewServer(hub)
	b.Cleanup(func() { cancel(); running.Wait(); server.Close() })
	return hub, server
}

// drive lets every courier report every 5 s, at about 5 m/s, and returns the CPU
// time of this process.
func (d *delivery) drive(b *testing.B, seconds int) time.Duration {
	before, every := cpu(b), len(d.orders)/5000
	for began, n := time.Now(), 0; n < seconds*1000; n++ {
		for range every {
			i, round := d.next%len(d.orders), float64(d.next/len(d.orders))
			d.next++
			turn := float64(i%360) * math.Pi / 180
			far := 0.05 - round*0.00023 // degrees: 25 m less each time
			p := peyk.Position{Lat: 35.7 + far*math.Sin(turn), Lon: 51.4 + far*math.Cos(turn), Interval: 5 * time.Second}
			d.taken[i].Store(time.Now().UnixNano())
			if _, _, err := d.world.Take(peyk.Report{Courier: peyk.Courier{ID: d.orders[i].Courier, Name: "Sara Karimi"}, Position: p}); err != nil {
				b.Fatal(err)
			}
		}
		<-time.After(time.Until(began.Add(time.Duration(n+1) * time.Millisecond)))
	}
	return cpu(b) - before
}

// sample is a customer that measures.
func (d *delivery) sample(b *testing.B, addr string) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close() })
	i := int(d.guests.Load())
	fmt.Fprintf(conn, "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: peyk.v1.json\r\n\r\n%s", addr, frame(0x81, `{"type":"watch","view":{"all":true}}`))
	in := bufio.NewReader(conn)
	if answer, err := http.ReadResponse(in, nil); err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		b.Fatal(answer, err)
	}
	go func() {
		for {
			payload, err := readPayload(in)
			switch {
			case err != nil:
				return
			case bytes.Contains(payload, []byte(`"state":"delivered"`)):
				d.told.Add(1)
			case bytes.Contains(payload, []byte(`"courier":{`)):
				d.mu.Lock()
				d.delays = append(d.delays, time.Duration(time.Now().UnixNano()-d.taken[i].Load()))
				d.mu.Unlock()
			}
		}
	}()
}

// readPayload reads a frame of at most 64 KiB.
func readPayload(in *bufio.Reader) ([]byte, error) {
	head, err := in.Peek(2)
	if err != nil {
		return nil, err
	}
	length, skip := int(head[1]), 2
	if length == 126 {
		if head, err = in.Peek(4); err != nil {
			return nil, err
		}
		length, skip = int(binary.BigEndian.Uint16(head[2:])), 4
	}
	payload := make([]byte, skip+length)
	_, err = io.ReadFull(in, payload)
	return payload[skip:], err
}

// arrived returns the delays since it was asked last, the shortest first.
func (d *delivery) arrived() []time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	delays := d.delays
	d.delays = nil
	slices.Sort(delays)
	return delays
}

// finish ends all orders at once, and returns how long it takes until the last
// write of it.
func (d *delivery) finish(b *testing.B, hub *Hub) time.Duration {
	began, last := time.Now(), d.world.Version()
	for i := range d.orders {
		d.orders[i].State, d.orders[i].At[peyk.OrderDelivered] = peyk.OrderDelivered, began
	}
	d.book.Update(d.orders, false)
	d.wait(b, "everybody is told of the end", func() bool {
		for _, l := range *hub.loops.Load() {
			if l.served.Load() < int64(d.world.Version()) {
				return false
			}
		}
		return d.world.Version() > last && d.told.Load() == samples
	})
	return time.Since(began)
}

func (d *delivery) wait(b *testing.B, what string, done func() bool) {
	for began := time.Now(); !done(); <-time.After(time.Millisecond) {
		if time.Since(began) > 30*time.Second {
			b.Fatalf("not yet: %s", what)
		}
	}
}
