package socket_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/live"
	"peyk/internal/order"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// Who there is. No text is part of another, so that each can be looked for.
var (
	orderIDs = []string{"order-A", "order-B", "order-C", "order-D"}
	crew     = []peyk.Courier{
		{ID: "courier-kkk", Username: "user-uuu", Name: "Sara Karimi"},
		{ID: "courier-lll", Username: "user-vvv", Name: "Reza Ahmadi"},
		{ID: "courier-mmm", Username: "user-www", Name: "Mina Rahimi"},
	}
)

// rules are what shops may want. Within is left to unit tests: it goes by how
// fast a courier was.
var rules = []order.Rule{
	{From: peyk.OrderPickedUp, Stops: 1, Metres: 2000, Exactly: 500, Cell: 50},
	{From: peyk.OrderAssigned, Metres: 2000, Exactly: 500, Cell: 50, Names: true},
	{From: peyk.OrderPickedUp, Stops: 2, Metres: -2 * rounded, Exactly: 1000, Cell: 50, Names: true},
}

// deed is one thing that happens in the life of orders.
type deed struct {
	Do      string
	Order   int
	Courier int
	Stop    int
	State   peyk.OrderState
	Metres  float64
	Bearing int // eighths of a circle
	Wait    time.Duration
	Count   int
}

func anyDeed() *rapid.Generator[deed] {
	return rapid.Custom(func(t *rapid.T) deed {
		return deed{
			Do: rapid.SampledFrom([]string{
				"bring", "bring", "bring", "stall", "stall", "move", "move", "move", "assign", "assign", "advance", "advance", "finish", "finish", "delete", "duty", "forget",
				"wait", "wait", "wait", "connect", "read", "read", "resume", "restart",
			}).Draw(t, "do"),
			Order:   rapid.IntRange(0, len(orderIDs)-1).Draw(t, "order"),
			Courier: rapid.IntRange(0, len(crew)-1).Draw(t, "courier"),
			Stop:    rapid.IntRange(0, 3).Draw(t, "stop"),
			State:   rapid.SampledFrom([]peyk.OrderState{peyk.OrderDelivered, peyk.OrderCancelled, peyk.OrderFailed}).Draw(t, "state"),
			Metres:  rapid.SampledFrom([]float64{0, 100, 420, 600, 900, 1200, 1900, 2100, 2900, 3100, 9000}).Draw(t, "metres"),
			Bearing: rapid.IntRange(0, 7).Draw(t, "bearing"),
			Wait: rapid.SampledFrom([]time.Duration{
				time.Millisecond, 50 * time.Millisecond, 150 * time.Millisecond, 1300 * time.Millisecond, 3 * time.Second, 7 * time.Second, 40 * time.Second, 80 * time.Second,
			}).Draw(t, "wait"),
			Count: rapid.IntRange(0, 7).Draw(t, "count"),
		}
	})
}

// TestCustomersAreToldWhatTheyMayKnow drives orders through random lives, with
// couriers that carry several of them, and customers that read slowly, break off
// and resume. All that ever reached a customer is held against the law.
func TestCustomersAreToldWhatTheyMayKnow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		rule := rapid.SampledFrom(rules).Draw(r, "rule")
		customers := rapid.SliceOfN(anyDeed(), 1, 4).Draw(r, "customers")
		deeds := rapid.SliceOfN(anyDeed(), 10, 80).Draw(r, "deeds")
		var wrong []string
		synctest.Test(t, func(*testing.T) { wrong = runShop(rule, customers, deeds) })
		if len(wrong) > 0 {
			r.Fatalf("%s", strings.Join(wrong, "\n"))
		}
	})
}

// shop is one run of the property test: a node, its orders, and their customers.
type shop struct {
	law       *law
	book      *order.Book
	world     *live.World
	hub       *socket.Hub
	stop      func()
	epoch     peyk.Epoch
	customers []*customer
	moves     int

	mu    sync.Mutex // guards wrong
	wrong []string
}

func runShop(rule order.Rule, customers, deeds []deed) []string {
	s := &shop{law: newLaw(rule)}
	s.book = order.NewBook(order.Options{Rule: rule, Afterlife: 1000 * time.Hour, Changed: func(ids []string) { s.world.Retrack(ids) }})
	s.law.change(func() {})
	s.open()
	for _, d := range customers {
		s.connect(d)
	}
	for _, d := range deeds {
		s.do(d)
	}
	s.settle()
	s.stop()
	for _, c := range s.customers {
		c.hangUp()
	}
	return s.wrong
}

func (s *shop) fail(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrong = append(s.wrong, fmt.Sprintf(format, args...))
}

// open starts a node that knows the orders, and of couriers nothing.
func (s *shop) open() {
	s.epoch++
	ctx, cancel := context.WithCancel(context.Background())
	s.world = live.NewWorld(live.Options{
		Epoch: s.epoch, Tick: 100 * time.Millisecond, MaxCouriers: 100, Forget: 24 * time.Hour, Listed: s.law.said, Orders: s.book,
	})
	s.hub = socket.NewHub(socket.Options{World: s.world, Who: socket.Granting(func(r *http.Request) (peyk.Grant, error) {
		return peyk.Claims{Role: peyk.RoleCustomer, Orders: r.Header["Orders"]}.Grant(time.Time{})
	})})
	var running sync.WaitGroup
	world, hub := s.world, s.hub
	running.Go(func() { _ = world.Run(ctx, hub.Tell) })
	s.stop = func() {
		hub.Shutdown(ctx)
		cancel()
		running.Wait()
	}
}

func (s *shop) do(d deed) {
	switch d.Do {
	case "move":
		s.move(d)
	case "bring": // it is on its way, and where everybody is told of it
		d.Order = s.watched(d)
		s.doAll(d, "create", "assign", "advance", "move")
	case "stall": // and who was about to be told of it reads on later
		d.Order = s.watched(d)
		s.doAll(d, []string{"finish", "assign", "duty"}[d.Stop%3], "wait")
		for _, c := range s.customers {
			c.read(d.Count)
		}
	case "create", "assign", "advance", "finish", "delete":
		s.handle(d)
	case "duty":
		off := d.Count%3 > 0
		s.law.change(func() {
			if s.law.off[crew[d.Courier].ID] = off; off {
				delete(s.law.couriers, crew[d.Courier].ID)
			}
		})
		s.world.Set(crew[d.Courier].ID, live.Listed{OffDuty: off})
	case "forget":
		s.law.change(func() { delete(s.law.couriers, crew[d.Courier].ID) })
		s.world.Remove(crew[d.Courier].ID)
	case "restart":
		s.stop()
		s.law.change(func() { clear(s.law.couriers) })
		s.open()
		for _, c := range s.customers {
			c.reconnect(s.hub)
		}
	case "wait":
		time.Sleep(d.Wait) // in a bubble: the clock jumps
		synctest.Wait()
	case "connect":
		if len(s.customers) < 6 {
			s.connect(d)
		}
	case "read", "resume":
		c := s.customers[d.Order%len(s.customers)]
		if d.Do == "resume" {
			c.reconnect(s.hub)
			return
		}
		c.read(d.Count)
	}
}

// watched is an order of some customer.
func (s *shop) watched(d deed) int {
	return slices.Index(orderIDs, s.customers[d.Count%len(s.customers)].orders[0])
}

func (s *shop) doAll(d deed, deeds ...string) {
	for _, d.Do = range deeds {
		s.do(d)
	}
}

// move takes a courier to a place near where an order goes, where nobody was.
func (s *shop) move(d deed) {
	s.moves++
	to := home(d.Order)
	turn := float64(d.Bearing) * math.Pi / 4
	jitter := float64(s.moves) * 1e-6
	p := peyk.Position{
		Lat: to.Lat + d.Metres*math.Sin(turn)/111_195 + jitter,
		Lon: to.Lon + d.Metres*math.Cos(turn)/111_195/math.Cos(to.Lat*math.Pi/180) + jitter,
	}
	c := crew[d.Courier]
	s.law.change(func() {
		s.law.places = append(s.law.places, p)
		p.Stamp = peyk.MicrosOf(time.Now())
		name := ""
		if s.law.rule.Names {
			name, _, _ = strings.Cut(c.Name, " ")
		}
		if !s.law.off[c.ID] {
			s.law.couriers[c.ID] = known{p, name}
		}
	})
	if _, _, err := s.world.Take(peyk.Report{Courier: c, Position: p}); err != nil {
		s.fail("take: %v", err)
	}
}

// home is where an order goes.
func home(n int) peyk.Place {
	return peyk.Place{Lat: 35.701234 + float64(n)*0.006, Lon: 51.404321 - float64(n)*0.011, Known: true, Address: "home of " + orderIDs[n]}
}

// handle changes an order, of finish all that its courier brings.
func (s *shop) handle(d deed) {
	id := orderIDs[d.Order]
	var changed []peyk.Order
	s.law.change(func() {
		o := s.law.orders[id]
		was := o.State
		switch {
		case d.Do == "delete":
			delete(s.law.orders, id)
			changed = []peyk.Order{{ID: id}}
			return
		case o.State == 0:
			o = peyk.Order{ID: id, State: peyk.OrderCreated, Destination: home(d.Order), Code: "code of " + id, ShopPhone: "shop of " + id, CourierPhone: "call " + id}
		case o.State.Ended():
			return
		case d.Do == "assign":
			o.Courier, o.Stop, o.State = crew[d.Courier].ID, d.Stop, max(o.State, peyk.OrderAssigned)
		case d.Do == "advance" && o.State == peyk.OrderAssigned:
			o.State++
		case d.Do == "finish":
			o.State = d.State
		default: // it is there
			return
		}
		if d.Do == "finish" && o.Courier != "" {
			changed = s.finish(o.Courier, id, d.State)
		}
		if o.State != was {
			o.At[o.State] = time.Now()
		}
		s.law.orders[id] = o
		changed = append(changed, o)
	})
	if len(changed) > 0 {
		s.book.Update(changed, false)
	}
}

// finish ends all orders of a courier but one.
func (s *shop) finish(courier, but string, state peyk.OrderState) (changed []peyk.Order) {
	for id, o := range s.law.orders {
		if o.Courier == courier && id != but && !o.State.Ended() {
			o.State, o.At[state] = state, time.Now()
			s.law.orders[id] = o
			changed = append(changed, o)
		}
	}
	return changed
}

// settle lets everybody read all that there is, and looks whether it is what
// must be there.
func (s *shop) settle() {
	for _, c := range s.customers {
		c.wake()
	}
	time.Sleep(2 * time.Second)
	synctest.Wait()
	for _, c := range s.customers {
		select {
		case <-c.ended:
			c.reconnect(s.hub)
		default:
		}
	}
	time.Sleep(40 * time.Second)
	synctest.Wait()
	for i, c := range s.customers {
		c.mu.Lock()
		for _, id := range c.orders {
			list := s.law.lawful[id]
			got := c.picture.Orders()[id]
			if got == nil {
				s.fail("customer %d knows nothing of %s", i, id)
			} else if why := list[len(list)-1].accuse(got); why != "" {
				s.fail("customer %d has of %s in the end %+v %+v: %s", i, id, got, got.Courier, why)
			}
		}
		c.mu.Unlock()
	}
}

// customer is a viewer of orders at the other end of a pipe. It reads without a
// buffer, so that what it has not read has not left the node.
type customer struct {
	shop   *shop
	orders []string
	bin    bool
	events bool // it reads server-sent events
	slow   bool // it reads only when it is let

	conn    net.Conn
	reading chan struct{} // a token for each message it may read; closed: read on
	ended   chan struct{}
	mu      sync.Mutex // guards picture
	picture client.Picture
}

func (s *shop) connect(d deed) {
	c := &customer{shop: s, orders: []string{orderIDs[d.Order]}, bin: d.Bearing%2 == 0, events: d.Bearing > 5, slow: d.Count > 3}
	if d.Stop == 3 && d.Order > 0 {
		c.orders = append(c.orders, orderIDs[0])
	}
	c.connect(s.hub)
	s.customers = append(s.customers, c)
}

func (c *customer) connect(hub *socket.Hub) {
	near, far := net.Pipe()
	c.conn, c.reading, c.ended = near, make(chan struct{}, 1000), make(chan struct{})
	if !c.slow {
		close(c.reading)
	}
	request, serve := handshake(""), hub.ServeHTTP
	switch {
	case c.events:
		request, serve = httptest.NewRequest("GET", "/api/v1/stream", nil), hub.ServeStream
		request.Body = http.NoBody
	case c.bin:
		request.Header.Set("Sec-Websocket-Protocol", "peyk.v1.bin")
	}
	request.Header["Orders"] = c.orders
	go serve(&hijackable{ResponseWriter: httptest.NewRecorder(), conn: far}, request)
	if head, err := readUntil(near, "\r\n\r\n"); err != nil {
		c.shop.fail("answer %q: %v", head, err)
	}
	go c.follow(near, c.reading, c.ended)
}

// readUntil reads what ends with the text, byte by byte.
func readUntil(in io.Reader, end string) (all []byte, err error) {
	for b := make([]byte, 1); err == nil && !bytes.HasSuffix(all, []byte(end)); {
		if _, err = io.ReadFull(in, b); err == nil {
			all = append(all, b[0])
		}
	}
	return all, err
}

// follow reads messages, holds each against the law, and keeps the picture.
func (c *customer) follow(conn net.Conn, reading, ended chan struct{}) {
	defer close(ended)
	for {
		<-reading
		payload, err := c.next(conn)
		m, of := wire.Message{}, (*peyk.Tracking)(nil)
		if err == nil && payload != nil {
			m, of = c.parse(payload)
		}
		if found := c.shop.law.secrets(payload, c.orders, of); len(found) > 0 {
			c.shop.fail("%.300q has %q in it", payload, found)
		}
		if err != nil {
			return
		}
		c.mu.Lock()
		if err := c.picture.Apply(m); err != nil {
			c.shop.fail("message %.200q: %v", payload, err)
		}
		watch := maskedText(wire.AppendWatch(nil, c.picture.Interest()))
		c.mu.Unlock()
		if m.Type == "hello" && !c.events {
			go func() { _, _ = conn.Write(watch) }() // the pipe may be cut at any time
		}
	}
}

// next reads a message, or what came of it before the connection ended.
func (c *customer) next(conn net.Conn) (payload []byte, err error) {
	if c.events {
		event, err := readUntil(conn, "\n\n")
		if _, data, found := bytes.Cut(event, []byte("data: ")); found {
			payload = data
		}
		return payload, err
	}
	opcode, payload, err := readFrame(conn)
	if opcode != 1 && opcode != 2 && err == nil {
		return nil, nil
	}
	return payload, err
}

func (c *customer) parse(payload []byte) (wire.Message, *peyk.Tracking) {
	parse := wire.ParseMessage
	if c.bin && !c.events {
		parse = wire.ParseBinMessage
	}
	m, err := parse(payload)
	if err != nil || len(m.Frame.Entries)+len(m.Frame.Cells) > 0 {
		c.shop.fail("message %.300q: %v", payload, err)
	}
	t := m.Frame.Order
	if t == nil {
		return m, nil
	}
	if why := c.shop.law.accuse(t, m.Frame.To.Micros().Time()); why != "" {
		c.shop.fail("%v: a customer was told %+v %+v of %v: %s", time.Now(), t, t.Courier, m.Frame.To.Micros().Time(), why)
	}
	return m, t
}

func (c *customer) read(n int) {
	for range n {
		if !c.slow {
			return
		}
		select {
		case c.reading <- struct{}{}:
		default: // it may read enough as it is
		}
	}
}

// wake makes it read from now on.
func (c *customer) wake() {
	if c.slow {
		c.slow = false
		close(c.reading)
	}
}

func (c *customer) reconnect(hub *socket.Hub) {
	c.hangUp()
	c.connect(hub)
}

// hangUp breaks the connection off, wherever it is.
func (c *customer) hangUp() {
	c.conn.Close()
	if c.slow {
		close(c.reading)
	}
	<-c.ended
}
