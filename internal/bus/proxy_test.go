package bus

import (
	"io"
	"net"
	"sync"
	"testing"
)

// proxy is the line between one node and Redis, which can be cut.
type proxy struct {
	addr, to string

	mu    sync.Mutex // guards the rest
	whole bool
	conns []net.Conn
	group sync.WaitGroup
}

func newProxy(t *testing.T, to string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{addr: l.Addr().String(), to: to, whole: true}
	p.group.Go(func() { p.accept(l) })
	t.Cleanup(func() {
		l.Close()
		p.cut()
		p.group.Wait()
	})
	return p
}

func (p *proxy) accept(l net.Listener) {
	for {
		in, err := l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", p.to)
		if err != nil || !p.keep(in, out) {
			in.Close()
			continue
		}
		p.group.Go(func() { pass(in, out) })
		p.group.Go(func() { pass(out, in) })
	}
}

func pass(from, to net.Conn) {
	_, _ = io.Copy(to, from) // however it ends, both end
	from.Close()
	to.Close()
}

// keep remembers the connections, unless the line is cut.
func (p *proxy) keep(in, out net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.whole {
		out.Close()
		return false
	}
	p.conns = append(p.conns, in, out)
	return true
}

func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
	p.whole, p.conns = false, nil
}

func (p *proxy) mend() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.whole = true
}
