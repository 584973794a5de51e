package limit

import (
	"hash/maphash"
	"net/netip"
	"sync"
	"time"
)

// maxKeys bounds a table: 100,000 phones in the time that a burst takes to be
// forgotten, and some 10 MB.
const maxKeys = 1 << 17

// rates bounds how often each of many may come: burst times at once, then once
// an interval. Whoever stays away until its burst is whole again is as good as
// new, and is forgotten. When more come than maxKeys in that time, those who
// have been away for longest are forgotten early: they get a burst too many.
//
// It is the generic cell rate algorithm (ITU-T I.371): of each key it knows the
// moment at which the burst will be whole, and nothing else.
type rates struct {
	interval time.Duration
	slack    time.Duration // by which that moment may lie ahead
	began    time.Time     // moments count from here, by the monotonic clock
	seed     maphash.Seed  // so that nobody can choose two keys of one hash

	mu         sync.Mutex // guards the rest
	young, old map[uint64]time.Duration
	since      time.Duration // young began
}

func newRates(interval time.Duration, burst int, now time.Time) *rates {
	return &rates{
		interval: interval, slack: interval * time.Duration(burst-1), began: now, seed: maphash.MakeSeed(),
		young: make(map[uint64]time.Duration),
	}
}

// take takes one of what key may; otherwise it returns when the next can be had.
func (r *rates) take(key string, now time.Time) (wait time.Duration) {
	hash, at := maphash.String(r.seed, key), now.Sub(r.began)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(at)
	whole, known := r.young[hash]
	if !known {
		whole = r.old[hash]
	}
	whole = max(whole, at)
	if wait = whole - at - r.slack; wait > 0 {
		return wait
	}
	r.young[hash] = whole + r.interval
	return 0
}

// forget makes the young old when all the old are whole again. An entry is at
// most slack and an interval ahead.
func (r *rates) forget(at time.Duration) {
	if at-r.since < r.slack+r.interval && len(r.young) < maxKeys {
		return
	}
	r.old, r.young, r.since = r.young, make(map[uint64]time.Duration), at
}

// Household is what counts as one address, IP or IP:port: an IPv4 address, or
// the /64 that one customer of a provider gets of IPv6. What is no address counts
// as it is.
func Household(address string) string {
	ip, err := netip.ParseAddr(address)
	if both, err2 := netip.ParseAddrPort(address); err2 == nil {
		ip, err = both.Addr(), nil
	}
	if err != nil {
		return address
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
