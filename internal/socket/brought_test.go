package socket_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/order"
	"peyk/internal/socket"
)

// TestOrderEndsForWhoDoesNotRead: its connection is reset with what it was told
// of the courier and has not got. That of another order's customer is not.
func TestOrderEndsForWhoDoesNotRead(t *testing.T) {
	counters(t, func(t *testing.T, c *counter) {
		for _, id := range []string{"a", "b"} {
			c.bring(id, peyk.OrderPickedUp)
			c.desk.put(id+"/1", time.Time{}, peyk.Scope{Kind: peyk.ScopeOrder, Name: id})
		}
		_, lost := c.enter(t, "a/1")
		_, kept := c.enter(t, "b/1")
		c.fill(t, "a")
		c.fill(t, "b")
		ended := time.Now()
		c.bring("a", peyk.OrderDelivered)
		if c.url == "" {
			time.Sleep(time.Second + time.Millisecond) // in a bubble; and a tick
			synctest.Wait()
		}
		eventually(t, "the connection is gone", func() bool { return c.hub.Stats().Viewers == 1 })
		if took := time.Since(ended); c.url == "" && took > time.Second+time.Millisecond {
			t.Errorf("it was reset after %v, want a second", took)
		}
		if _, err := io.Copy(io.Discard, lost); c.url != "" && err == nil {
			t.Error("the connection ended in good order, so what waited in the kernel was sent")
		}
		for last := ""; !strings.HasPrefix(last, `{"type":"upto"`); { // it is in step in the end
			last = next(t, kept)
		}
	})
}

// TestOriginalStreamTellsCustomersNothing, whatever happens.
func TestOriginalStreamTellsCustomersNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, end := inBubble()
		defer end()
		c.desk.put("a/1", time.Time{}, peyk.Scope{Kind: peyk.ScopeOrder, Name: "a"})
		c.bring("a", peyk.OrderPickedUp)
		near, far := net.Pipe()
		defer near.Close()
		request := handshake("a/1")
		request.Header.Del("Sec-Websocket-Protocol")
		go c.hub.ServeHTTP(&hijackable{conn: far}, request)
		if answer, err := readUntil(near, "\r\n\r\n"); err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 101") {
			t.Fatalf("%s, %v", answer, err)
		}
		for i := range 5 {
			c.move(t, "a", i)
			time.Sleep(time.Second)
		}
		c.bring("a", peyk.OrderDelivered)
		if opcode, payload, err := readFrame(near); opcode != 9 || err != nil {
			t.Errorf("got opcode %d with %.200q, %v; want a ping and nothing before it", opcode, payload, err)
		}
	})
}

// counter is a node with orders, and a desk.
type counter struct {
	*ward
	book *order.Book
}

func newCounter() (*counter, socket.Options) {
	c := &counter{ward: &ward{node: &node{}, desk: &desk{}}}
	c.book = order.NewBook(order.Options{
		Rule: order.DefaultRule, Afterlife: time.Hour, Changed: func(ids []string) { c.world.Retrack(ids) },
	})
	c.world = live.NewWorld(live.Options{Epoch: 7, Tick: time.Millisecond, MaxCouriers: 10, Forget: time.Hour, Orders: c.book})
	return c, socket.Options{World: c.world, Who: c.desk}
}

// inBubble runs it until end is called; connections are pipes.
func inBubble() (c *counter, end func()) {
	c, o := newCounter()
	c.hub = socket.NewHub(o)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = c.world.Run(ctx, c.hub.Tell) })
	return c, func() { c.hub.Shutdown(ctx); cancel(); running.Wait() }
}

// counters runs a test on pipes, and on sockets that loops serve.
func counters(t *testing.T, test func(t *testing.T, c *counter)) {
	t.Run("pipe", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c, end := inBubble()
			defer end()
			test(t, c)
		})
	})
	t.Run("loop", func(t *testing.T) {
		c, o := newCounter()
		hub, server := serveHub(t, o)
		c.hub, c.url = hub, server.URL
		test(t, c)
	})
}

// bring makes an order, with long texts, which a courier of its own brings.
func (c *counter) bring(id string, state peyk.OrderState) {
	o := peyk.Order{ID: id, State: state, Courier: "courier of " + id, CourierPhone: strings.Repeat("<", peyk.MaxName), ShopPhone: strings.Repeat("<", peyk.MaxName)}
	o.Destination.Address = strings.Repeat("<", peyk.MaxAddress)
	o.At[state] = time.Now()
	c.book.Update([]peyk.Order{o}, false)
}

// fill moves the courier of an order until nothing more goes into the socket of
// its only viewer, who does not read.
func (c *counter) fill(t *testing.T, order string) {
	t.Helper()
	if c.url == "" {
		synctest.Wait()
		c.move(t, order, 0)
		synctest.Wait() // until it is written as far as it goes
		return
	}
	full, i := c.hub.Stats().Skipped.Full, 0
	eventually(t, "the socket is full", func() bool {
		i++
		c.move(t, order, i)
		return c.hub.Stats().Skipped.Full > full+enough
	})
}

func (c *counter) move(t *testing.T, order string, i int) {
	t.Helper()
	p := peyk.Position{Lat: 35 + float64(i%1000)/1000, Lon: 51}
	if _, _, err := c.world.Take(peyk.Report{Courier: peyk.Courier{ID: "courier of " + order, Username: fmt.Sprint("of ", order)}, Position: p}); err != nil {
		t.Fatal(err)
	}
}
