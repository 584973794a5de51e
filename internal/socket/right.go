package socket

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// Who tells who is asking. Its methods are safe for concurrent use.
type Who interface {
	// Identity returns who is behind a handshake: peyk.ErrUnauthorized,
	// peyk.ErrForbidden, peyk.ErrUnavailable. It may take its time.
	Identity(r *http.Request) (peyk.Identity, error)
	// Token returns who holds a credential that is sent on an open connection.
	// It waits for nothing once ctx has ended.
	Token(ctx context.Context, token string) (peyk.Identity, error)
	// Again returns what an identity has become since. With a
	// peyk.ErrUnavailable that is not known any more; with another error its
	// right was taken away. It waits for nothing.
	Again(who peyk.Identity) (peyk.Identity, error)
}

// Watching is what somebody watched, for an audit.
type Watching struct {
	Who      peyk.Identity
	View     peyk.View
	Address  string    // of the connection
	From, To time.Time // To is zero at the beginning; the same comes again at the end
}

// right is what a viewer may see and asked to see.
type right struct {
	who     peyk.Identity
	until   peyk.Micros // who.Until; 0: it does not end
	view    *peyk.View  // nil: it has not asked
	address string
	seat    string    // whose seat it has: the subject with which it came
	since   time.Time // it watches the view; zero: there is none
}

func newRight(who peyk.Identity, address string) *right {
	r := &right{who: who, address: address, seat: who.Subject}
	r.set(who)
	return r
}

func (r *right) set(who peyk.Identity) {
	r.who, r.until = who, 0
	if !who.Until.IsZero() {
		r.until = max(peyk.MicrosOf(who.Until), 1)
	}
}

// over reports whether the right has ended by the given moment.
func (r *right) over(at peyk.Micros) bool { return r.until != 0 && at >= r.until }

// lose ends the connection of a viewer whose right has ended. What it has not
// got yet is thrown away. Where half a frame has gone out nothing can be said
// any more, so the connection is cut.
func (v *viewer) lose(code int, reason string, now time.Time) {
	if v.ending != nil && v.ending.lost() {
		return
	}
	v.ending, v.endBy = &closeError{code: code, reason: reason}, now.Add(endWithin)
	if v.last = len(v.out) > 0; v.last {
		v.endBy = now
	}
	v.out, v.walks, v.late = nil, nil, false
	v.hub.stats.lost[lostReason(code)].Add(1)
}

// lost reports whether the connection ends because the viewer's right did.
func (e *closeError) lost() bool {
	return e.code == codeExpired || e.code == codeRevoked || e.code == codeTryLater
}

func lostReason(code int) int {
	switch code {
	case codeRevoked:
		return lostRevoked
	case codeTryLater:
		return lostUnconfirmed
	}
	return lostExpired
}

// expire ends a viewer whose time has come.
func (v *viewer) expire(now time.Time) {
	if v.right.over(peyk.MicrosOf(now)) {
		v.lose(codeExpired, "your right to watch has expired", now)
	}
}

// again asks what has become of the viewer's right.
func (v *viewer) again(now time.Time) {
	if v.ending != nil && v.ending.lost() {
		return
	}
	who, err := v.hub.o.Who.Again(v.right.who)
	switch {
	case err != nil && v.right.over(peyk.MicrosOf(now)):
		v.expire(now)
	case errors.Is(err, peyk.ErrUnavailable):
		v.lose(codeTryLater, "who you are cannot be confirmed now", now)
	case err != nil || !mayWatch(who):
		v.lose(codeRevoked, "your right to watch was taken away", now)
	default:
		v.allow(who, now)
	}
}

// renew takes a fresh credential of the same identity.
func (v *viewer) renew(token string, now time.Time) error {
	patience, cancel := context.WithCancel(context.Background())
	cancel()
	who, err := v.hub.o.Who.Token(patience, token)
	if err != nil || who.Subject != v.right.who.Subject || !mayWatch(who) {
		return wire.ErrBadToken
	}
	v.allow(who, now)
	return nil
}

func mayWatch(who peyk.Identity) bool { return who.Actions&peyk.Watch != 0 }

// allow gives the viewer another right. What it may see no longer it is not
// told from here on; what it may see now comes by itself.
func (v *viewer) allow(who peyk.Identity, now time.Time) {
	same := slices.Equal(who.Scopes, v.right.who.Scopes)
	if !same {
		v.note(now) // as it was
	}
	v.right.set(who)
	if same || v.right.view == nil {
		return
	}
	if err := v.watch(&peyk.Interest{View: *v.right.view}, now); err != nil {
		v.end(&closeError{code: codePolicy, reason: "what you may see now takes too many parts"}, now)
	}
	v.seal(now)
}

// watch makes the viewer watch what it asks for. What it watches already goes
// on, unless it says what it has.
func (v *viewer) watch(in *peyk.Interest, now time.Time) error {
	keys, err := live.Cover(v.right.who.Scopes, in.View)
	if err != nil {
		return err
	}
	world := v.hub.o.World
	has := make(map[*live.Part]peyk.Version, len(v.have))
	for _, h := range v.have {
		has[h.Part] = h.Version
	}
	parts := world.Watch(keys)
	have := make([]live.Have, len(parts))
	for i, p := range parts {
		have[i].Part = p
		switch {
		case in.Epoch == world.Epoch():
			have[i].Version = p.Claim(in.Have[p.Name()])
		case in.Epoch == 0:
			have[i].Version = has[p]
		}
	}
	v.unwatch()
	// The parts are named when their turn comes, so that somebody who asks
	// for much and reads nothing costs no memory.
	v.have, v.late, v.naming, v.walks = have, true, true, nil
	v.views++
	v.right.view, v.right.since = &in.View, now
	if watched := v.hub.o.Watched; watched != nil {
		watched(Watching{Who: v.right.who, View: in.View, Address: v.right.address, From: now})
	}
	return nil
}

// note says, for the audit, that the viewer no longer watches what it did.
func (v *viewer) note(now time.Time) {
	r := v.right
	if watched := v.hub.o.Watched; watched != nil && !r.since.IsZero() {
		watched(Watching{Who: r.who, View: *r.view, Address: r.address, From: r.since, To: now})
	}
	r.since = time.Time{}
}

func (v *viewer) unwatch() {
	v.note(time.Now())
	parts := make([]*live.Part, len(v.have))
	for i, h := range v.have {
		parts[i] = h.Part
	}
	v.hub.o.World.Unwatch(parts)
	v.have = nil
}
