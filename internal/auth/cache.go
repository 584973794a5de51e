package auth

import (
	"crypto/sha256"
	"sync"
	"time"

	"peyk"
)

const (
	maxCached = 65536
	cacheFor  = time.Hour // once an hour costs nothing, and lets a token of many days always count for nearly another one
)

// cache remembers which tokens were verified, by their hash. Only what the
// shop signed comes in, so strangers cannot fill it.
type cache struct {
	mu      sync.Mutex // guards entries
	entries map[[sha256.Size]byte]*entry
}

type entry struct {
	who   peyk.Identity
	until time.Time // of the entry; never after the end of the identity
}

func newCache() *cache { return &cache{entries: make(map[[sha256.Size]byte]*entry)} }

// get forgets what has ended.
func (c *cache) get(hash [sha256.Size]byte, now time.Time) (peyk.Identity, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.entries[hash]
	if found == nil {
		return peyk.Identity{}, false
	}
	if !now.Before(found.until) {
		delete(c.entries, hash)
		return peyk.Identity{}, false
	}
	return found.who, true
}

// put makes room by forgetting any one: that costs it one verification more.
func (c *cache) put(hash [sha256.Size]byte, who peyk.Identity, now time.Time) {
	until := now.Add(cacheFor)
	if who.Until.Before(until) {
		until = who.Until
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.entries) >= maxCached {
		for any := range c.entries {
			delete(c.entries, any)
			break
		}
	}
	c.entries[hash] = &entry{who, until}
}
