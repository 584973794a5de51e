package socket

import (
	"runtime/debug"
	"sync"
	"time"
)

// A crowd is so many viewers, with no pause as long as this between them.
const (
	crowdSize = 1000
	crowdRest = 2 * time.Second
)

// crowd gives memory back to the system once a crowd has come in, as after a
// restart. net/http drops some 12 KB for each handshake, more than a viewer
// needs from then on. The collector would let that lie: it runs when the heap has
// doubled, which among viewers who are quiet takes minutes, and keeps what was
// free already. This is the one moment at which we know better than it does;
// what a thousand handshakes cost pays for it many times over.
type crowd struct {
	mu    sync.Mutex // guards the rest
	came  int        // since memory was given back
	timer *time.Timer
}

// add counts a viewer who comes in.
func (c *crowd) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch c.came++; {
	case c.came < crowdSize:
	case c.timer == nil:
		c.timer = time.AfterFunc(crowdRest, c.giveBack)
	default:
		c.timer.Reset(crowdRest)
	}
}

func (c *crowd) giveBack() {
	c.mu.Lock()
	c.came = 0
	c.mu.Unlock()
	debug.FreeOSMemory()
}
