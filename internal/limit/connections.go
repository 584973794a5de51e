package limit

import (
	"container/list"
	"net"
	"net/http"
	"sync"
	"time"
)

// maxPending bounds connections that have not finished their first request. Who
// means it has done so after a round trip; thousands come at once after a
// restart.
const maxPending = 4096

// sendBuffer is what the kernel may hold, in bytes, for a reader who takes its
// time over an answer; Linux doubles it. With it a page still comes at 1 MB/s over
// 200 ms, and many slow readers do not fill the kernel's memory.
const sendBuffer = 128 << 10

// connections are those that net/http has: all but the viewers', which it gave
// away. When there are no more files the one makes room that is least missed: who
// has been between two requests for longest, or, where nobody is, who has been
// in a request for longest, be it in its header. Among hundreds of files that is
// long: a request takes milliseconds.
type connections struct {
	most    int // with the viewers; 0: any number
	pending int // at most

	mu  sync.Mutex                    // guards the rest
	in  map[http.ConnState]*list.List // of *connection, in the order in which they came to be so
	all map[net.Conn]*list.Element
}

type connection struct {
	net   net.Conn
	state http.ConnState
	since time.Time
}

func newConnections(most int) *connections {
	c := &connections{most: most, pending: maxPending, in: make(map[http.ConnState]*list.List), all: make(map[net.Conn]*list.Element)}
	if most > 0 {
		c.pending = min(maxPending, max(most/2, 1))
	}
	for _, s := range [...]http.ConnState{http.StateNew, http.StateActive, http.StateIdle} {
		c.in[s] = list.New()
	}
	return c
}

// ConnState is for http.Server, which calls it when a connection changes: new is
// one until its first request's header has arrived. It closes connections that
// have to make room.
func (l *Limits) ConnState(conn net.Conn, to http.ConnState) {
	c := l.connections
	if to == http.StateNew || to == http.StateClosed {
		l.crowd.add()
	}
	if to != http.StateNew {
		c.change(conn, to, l.now())
		return
	}
	if tcp, ok := conn.(interface{ SetWriteBuffer(bytes int) error }); ok {
		_ = tcp.SetWriteBuffer(sendBuffer) // it works without, only less thriftily
	}
	late, least := c.add(conn, l.now(), l.seats.count())
	l.close(late, Pending)
	l.close(least, Connections)
}

func (l *Limits) close(conn net.Conn, why Reason) {
	if conn == nil {
		return
	}
	l.refuse(why, Household(conn.RemoteAddr().String()))
	_ = conn.Close() // it may be closed already
}

// add returns whom it takes to make room: who has not said for longest what it
// wants, and who else is least missed; nil: nobody. They are forgotten.
func (c *connections) add(conn net.Conn, now time.Time, viewers int) (late, least net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(conn, http.StateNew, now)
	if pending := c.in[http.StateNew]; pending.Len() > c.pending {
		late = c.remove(pending.Front())
	}
	if c.most > 0 && len(c.all)+viewers > c.most {
		least = c.remove(c.leastMissed())
	}
	return late, least
}

// leastMissed is somebody: who came just now is pending.
func (c *connections) leastMissed() *list.Element {
	idle, pending, busy := c.in[http.StateIdle].Front(), c.in[http.StateNew].Front(), c.in[http.StateActive].Front()
	switch {
	case idle != nil:
		return idle
	case busy == nil || pending.Value.(*connection).since.Before(busy.Value.(*connection).since):
		return pending
	}
	return busy
}

// change moves a connection to another state, or forgets it. One that was
// closed to make room is not known any more.
func (c *connections) change(conn net.Conn, to http.ConnState, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, known := c.all[conn]
	if !known {
		return
	}
	c.remove(at)
	if c.in[to] != nil {
		c.put(conn, to, now)
	}
}

func (c *connections) put(conn net.Conn, s http.ConnState, now time.Time) {
	c.all[conn] = c.in[s].PushBack(&connection{conn, s, now})
}

func (c *connections) remove(at *list.Element) net.Conn {
	one := at.Value.(*connection)
	c.in[one.state].Remove(at)
	delete(c.all, one.net)
	return one.net
}
