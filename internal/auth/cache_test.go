package auth

import (
	"crypto/sha256"
	"encoding/binary"
	"testing"
	"time"

	"peyk"
)

func TestCacheIsBounded(t *testing.T) {
	c, now := newCache(), time.Unix(1_800_000_000, 0)
	who := peyk.Identity{Grant: peyk.Grant{Until: now.Add(time.Minute)}}
	var hash [sha256.Size]byte
	for i := range 2*maxCached + 5 {
		binary.LittleEndian.PutUint64(hash[:], uint64(i))
		c.put(hash, who, now)
		if _, ok := c.get(hash, now); !ok {
			t.Fatalf("entry %d is not there", i)
		}
	}
	if len(c.entries) != maxCached {
		t.Errorf("%d entries, want %d", len(c.entries), maxCached)
	}
}
