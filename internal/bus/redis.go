package bus

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	mathrand "math/rand/v2"
	"time"

	"peyk"
)

// Between two attempts to connect. The longest is so short that a broker that
// is back is used within a second; the spread keeps nodes from coming all at once.
const (
	firstWait = 100 * time.Millisecond
	lastWait  = 600 * time.Millisecond
)

// redis is a bus over one Redis. A connection's life is a session; what
// outlives it is here.
type redis struct {
	target     target
	options    Options
	node       string
	outbox     *outbox
	peers      *peers
	health     *health
	complaints complaints
	counters   counters

	told peyk.Micros // note.To of the last round that succeeded; owned by the sender of the session
}

func newRedis(t target, o Options) *redis {
	node := randomName()
	return &redis{
		target: t, options: o, node: node,
		outbox: newOutbox(), peers: newPeers(node), health: newHealth(t.addr, o.Log),
		complaints: complaints{addr: t.addr, log: o.Log},
	}
}

func randomName() string {
	var b [8]byte
	rand.Read(b[:]) // it never fails, by its documentation
	return hex.EncodeToString(b[:])
}

func (b *redis) Publish(r peyk.Report) {
	if n, why := b.outbox.put(r); n > 0 {
		b.counters.drop(why, n)
	}
}

func (b *redis) Health() error { return b.health.err() }

func (b *redis) Stats() Stats { return b.counters.stats() }

func (b *redis) Run(ctx context.Context, hear func(peyk.Report)) error {
	defer func() { b.health.lost(errStopped) }()
	for wait := firstWait; ; wait = min(2*wait, lastWait) {
		carried, err := b.session(ctx, hear)
		if ctx.Err() != nil {
			return nil
		}
		if b.health.lost(b.target.redacted(err)) {
			b.counters.outages.Add(1)
		}
		if carried {
			wait = firstWait
		}
		if !pause(ctx, wait/2+mathrand.N(wait/2)) {
			return nil
		}
	}
}

// pause waits and reports whether it was not interrupted.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
