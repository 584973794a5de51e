package limit

import (
	"runtime/debug"
	"sync"
	"time"
)

// A crowd begins with so many connections that came or went, and is over when
// fewer than a tenth of that do in as long as this.
const (
	crowdSize = 1000
	crowdRest = 3 * time.Second
)

// crowd gives memory back to the system while and after many come in or go, as
// after a restart or in an attack. net/http drops some 12 KB for each
// connection, more than a viewer needs from then on. The collector would let that
// lie: it runs when the heap has doubled, which among viewers who are quiet takes
// minutes, and keeps what was free already. This is the one moment at which we
// know better than it does; what a thousand connections cost pays for it many
// times over.
type crowd struct {
	mu     sync.Mutex // guards the rest
	moved  int        // since memory was given back
	waking bool       // a timer runs
}

// add counts one that came or went.
func (c *crowd) add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moved++; c.moved >= crowdSize && !c.waking {
		c.waking = true
		time.AfterFunc(crowdRest, c.giveBack)
	}
}

func (c *crowd) giveBack() {
	c.mu.Lock()
	c.waking = c.moved >= crowdSize/10
	again := c.waking
	c.moved = 0
	c.mu.Unlock()
	debug.FreeOSMemory()
	if again {
		time.AfterFunc(crowdRest, c.giveBack)
	}
}
