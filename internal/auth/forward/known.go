package forward

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"peyk"
)

// Bounds of what is kept.
const (
	maxKnown = 65536
	maxBytes = 64 << 20 // of credentials
	rivals   = 16       // entries of which one goes when there is no room
)

// known is what the shop said, by key. It is not safe for concurrent use.
type known struct {
	entries map[string]*entry
	bytes   int // of their credentials
}

// entry is the last answer about one credential.
type entry struct {
	credential Credential // empty where the shop did not confirm it: nobody asks again by itself
	who        peyk.Identity
	err        error     // in place of who
	was        bool      // the shop confirmed it, now or before
	until      time.Time // for how long it is fresh
	renew      time.Time // when to ask again if a connection is open
	confirmed  time.Time // when the shop last said who
	used       time.Time // when a connection was last seen that has it
}

func newKnown() known { return known{entries: make(map[string]*entry)} }

// fresh returns the answer if it still counts.
func (k *known) fresh(key string, now time.Time) *entry {
	e := k.entries[key]
	if e == nil || !now.Before(e.until) || e.who.Ended(now) {
		return nil
	}
	return e
}

// note takes in an answer, and returns what it comes to, and whether somebody
// who was known before may do other things now.
func (k *known) note(key string, c Credential, who peyk.Identity, err error, o Options) (e *entry, changed bool) {
	now := o.Now()
	old := k.entries[key]
	e = &entry{until: now.Add(failedFor), err: err, was: err == nil || old != nil && old.was}
	switch {
	case err == nil:
		e.credential, e.who, e.confirmed, e.until = c, who, now, now.Add(o.CacheFor)
		e.renew = now.Add(renewEvery*3/4 + rand.N(renewEvery/4)) // those who came together shall not stay together
	case !errors.Is(err, peyk.ErrUnavailable):
		e.until = now.Add(refusedFor)
		if !e.was {
			e.err = fmt.Errorf("%w: %w", err, ErrStranger)
		}
	case old != nil && old.err == nil && now.Sub(old.confirmed) < grace && !old.who.Ended(now):
		e = new(entry)
		*e = *old
		e.until, e.renew = now.Add(againAfter), now.Add(renewEvery)
	}
	if old != nil {
		e.used = old.used
		changed = old.err == nil && !same(old, e)
	}
	k.put(key, e, now)
	return e, changed
}

// same leaves out when a right ends: that may move with every answer, and is
// seen when those who are here are looked through.
func same(a, b *entry) bool {
	return b.err == nil && a.who.Actions == b.who.Actions && slices.Equal(a.who.Scopes, b.who.Scopes) &&
		a.who.Subject == b.who.Subject && a.who.Name == b.who.Name && a.who.Role == b.who.Role && a.who.Self == b.who.Self
}

// put keeps the entry if there is room, or can be made.
func (k *known) put(key string, e *entry, now time.Time) {
	k.drop(key)
	for len(k.entries) >= maxKnown || k.bytes+e.credential.Size() > maxBytes {
		worst := k.worst(now)
		if worst == "" {
			return
		}
		k.drop(worst)
	}
	k.entries[key] = e
	k.bytes += e.credential.Size()
}

func (k *known) drop(key string) {
	if e := k.entries[key]; e != nil {
		k.bytes -= e.credential.Size()
		delete(k.entries, key)
	}
}

// worst is who can be forgotten best, of a few: not who has a connection, and
// rather a refusal than somebody.
func (k *known) worst(now time.Time) (worst string) {
	seen := 0
	for key, e := range k.entries {
		if seen++; seen > rivals {
			break
		}
		if e.open(now) {
			continue
		}
		if than := k.entries[worst]; than == nil || e.confirmed.Before(than.confirmed) {
			worst = key
		}
	}
	return worst
}

// open reports whether somebody has a connection by it.
func (e *entry) open(now time.Time) bool {
	return e.err == nil && !e.used.IsZero() && now.Sub(e.used) < 3*lookEvery
}

// due returns of which open connections the shop is to be asked again.
func (k *known) due(now time.Time) (keys []string) {
	for key, e := range k.entries {
		if e.open(now) && !now.Before(e.renew) {
			keys = append(keys, key)
		}
	}
	return keys
}

// forget drops what is of no use any more. A refusal stays as long as it may
// take until everybody who had a connection by it has been asked about.
func (k *known) forget(now time.Time) {
	for key, e := range k.entries {
		end := e.confirmed.Add(grace)
		if e.err != nil {
			end = e.until.Add(3 * lookEvery)
		}
		if !now.Before(end) {
			k.drop(key)
		}
	}
}
