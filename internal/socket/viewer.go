package socket

import (
	"encoding/binary"
	"strings"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// Times of a viewer's life.
const (
	pingEvery   = 25 * time.Second  // below the idle time-outs of common proxies, which are 60 s
	beatAfter   = pingEvery / 2     // without a word
	stuckAfter  = 120 * time.Second // without a byte that the socket would take
	silentAfter = 150 * time.Second // without a byte from the client: longer than stuckAfter, since a ping may wait behind data
	frameWithin = 10 * time.Second  // from the first byte of a client's frame to its last
	endWithin   = time.Second       // from the decision to close to the end
)

// maxReason bounds, in bytes, how much of a complaint is answered: it may quote
// what was complained about.
const maxReason = 300

// outRoom is how many chunks a tick's write has room for at once: most of the
// parts of a box, each of which is one.
const outRoom = 16

// viewer is one connection that watches: what it has of the world, and what it
// has yet to be told. It does no input or output: whoever owns it feeds it what
// arrived, takes from out what is to be written, and looks at its deadline.
// Only one goroutine ever touches it.
type viewer struct {
	hub   *Hub
	lang  language
	talks bool // the language has words besides positions, and waits for a watch
	deaf  bool // the client has nothing to say: server-sent events
	right *right

	parser parser
	budget budget
	heard  time.Time // last, a byte, or that there was room again for ours
	whole  time.Time // by when the client's frame must be; zero: between two frames

	progress
	output

	pinged time.Time
	ending *closeError // why the connection closes; nil: it does not
	endBy  time.Time
	last   bool // out holds the farewell
}

// progress is how far a viewer has come in the history of its parts.
type progress struct {
	have    []live.Have
	at      []int32      // where it stands among the watchers of each part: its loop's business
	views   int          // how often it began to watch something else
	late    bool         // not in step with all its parts
	skipped peyk.Version // of the last moment that skipped it
	naming  bool         // the parts are to be named
	opening bool         // was not in step yet
	walks   []live.Walk  // that are under way, one after the other
	parts   []int        // of walks: indexes into have
}

func newViewer(h *Hub, lang language, r *right) *viewer {
	now := time.Now()
	v := &viewer{
		hub: h, lang: lang, talks: lang.say(wire.Message{Type: "beat"}) != nil, right: r, parser: parser{bounds: &viewerBounds},
		budget: budget{left: burst, since: now}, heard: now, progress: progress{opening: true}, output: output{wrote: now, spoke: now}, pinged: now,
	}
	if v.talks {
		// Not the last tick's version: where nothing changes that is of long ago,
		// and the client would take everybody for just heard until the first beat.
		v.say(wire.Message{Type: "hello", Epoch: h.o.World.Epoch(), Version: peyk.VersionAt(peyk.MicrosOf(now))})
		return v
	}
	_ = v.watch(&peyk.Interest{View: peyk.View{All: true}}, now) // there is nothing wrong with it
	return v
}

// feed takes what arrived from the client.
func (v *viewer) feed(b []byte, now time.Time) {
	if v.ending != nil || len(b) == 0 {
		return // of no interest any more
	}
	v.heard = now
	if v.deaf {
		why := &closeError{code: codeProtocol, reason: "nothing may follow the request"}
		v.hub.countBreach(why)
		v.end(why, now)
		return
	}
	frames := v.parser.frames
	err := v.parser.push(b, func(opcode byte, payload []byte) error {
		if !v.budget.spend(now) {
			return &closeError{code: codePolicy, reason: "too many messages"}
		}
		return v.hear(opcode, payload, now)
	})
	switch {
	case err != nil:
		why := err.(*closeError) // the parser and hear return no other errors
		v.hub.countBreach(why)
		v.end(why, now)
	case v.parser.between():
		v.whole = time.Time{}
	case v.whole.IsZero() || v.parser.frames != frames:
		v.whole = now.Add(frameWithin)
	}
}

// hear takes one message or control frame.
func (v *viewer) hear(opcode byte, payload []byte, now time.Time) error {
	switch opcode {
	case opPing:
		return v.answer(appendFrame(nil, opPong, payload))
	case opPong:
		return nil
	case opClose:
		return &closeError{code: closeCode(payload), echo: true}
	}
	if !v.talks {
		return nil
	}
	reply, err := v.obey(payload, now)
	if err != nil {
		reason := err.Error()
		reason = strings.ToValidUTF8(reason[:min(len(reason), maxReason)], "")
		reply = wire.Message{Type: "error", Error: wire.ErrorName(err), Reason: reason}
	}
	if reply.Type == "" {
		return nil
	}
	return v.answer(v.lang.say(reply))
}

// obey does what the client asks for, and returns what to reply, if anything.
func (v *viewer) obey(message []byte, now time.Time) (reply wire.Message, err error) {
	r, err := wire.ParseRequest(message)
	switch {
	case err != nil:
	case r.Watch != nil:
		err = v.watch(r.Watch, now)
	case r.Token != "":
		if err = v.renew(r.Token, now); err == nil {
			reply = wire.Message{Type: "right", Until: v.right.who.Until}
		}
	}
	return reply, err
}

// name tells the client which parts it watches.
func (v *viewer) name() {
	parts := make([]peyk.Watched, len(v.have))
	for i, h := range v.have {
		parts[i] = h.Part.Watched()
	}
	v.naming = false
	for more := true; more; {
		n := wire.FitParts(parts)
		more = n < len(parts)
		v.say(wire.Message{Type: "parts", Parts: parts[:n], More: more})
		parts = parts[n:]
	}
}

// say puts a message into out, if the language has such a thing.
func (v *viewer) say(m wire.Message) {
	if frame := v.lang.say(m); frame != nil {
		v.out = append(v.out, frame)
	}
}

// take takes the moment's nth change, of the part at index i, and reports
// whether it did. A viewer that cannot is late from then on.
func (v *viewer) take(m *telling, n, i int) bool {
	have, c := &v.have[i], &m.tick.Changes[n]
	if v.ending != nil || v.right.over(m.version().Micros()) || !c.Reset && have.Version >= c.Frame.To { // a walk can be faster than the tick
		return false
	}
	if why, skipped := v.skips(c, have.Version); skipped {
		v.skip(m.version(), why)
		return false
	}
	if v.out == nil {
		v.out = make([][]byte, 0, outRoom)
	}
	v.out = append(v.out, m.change(n)...)
	have.Version = c.Frame.To
	return true
}

// upto ends a tick's write that leaves the viewer in step.
func (v *viewer) upto(m *telling) {
	v.mark(m.version())
	v.out = append(v.out, m.upto()...)
}

// more puts what is due into out, if that is empty, and reports whether there
// is something to write. A viewer that is late gets as many pieces as make one
// good write: a box is many small parts, and a write costs more than its bytes.
func (v *viewer) more(m *moment) bool {
	if len(v.out) > 0 || v.last {
		return len(v.out) > 0
	}
	v.expire(time.Now())
	for v.ending == nil && v.late && size(v.out) < wire.MaxFrame {
		v.catchUp(m)
	}
	if v.ending != nil {
		v.farewell()
	}
	return len(v.out) > 0
}

// catchUp takes a viewer that is late one piece further. At the end it is in step.
func (v *viewer) catchUp(m *moment) {
	world := v.hub.o.World
	if v.naming {
		v.name()
	}
	if len(v.walks) == 0 {
		var version peyk.Version
		if v.walks, v.parts, version = world.Behind(v.have); len(v.walks) == 0 {
			v.late, v.opening = false, false
			for i := range v.have {
				v.have[i].Version = version
			}
			v.mark(version)
			v.say(wire.Message{Type: "upto", Version: version})
			return
		}
		v.hub.stats.walks.Add(uint64(len(v.walks)))
	}
	walk, have := v.walks[0], &v.have[v.parts[0]]
	p := m.behind.step(world, place{v.lang, walk, v.opening}, have.Version)
	v.out = append(v.out, p.bytes...)
	if !p.walk.Done {
		v.walks[0] = p.walk
		return
	}
	if have.Version = p.walk.To; !walk.Started {
		v.replay(m.behind, have)
	}
	v.walks, v.parts = v.walks[1:], v.parts[1:]
}

// end closes the connection with a code as soon as what is in out is written,
// and within endWithin.
func (v *viewer) end(why *closeError, now time.Time) {
	if v.ending != nil {
		return
	}
	v.ending, v.endBy = why, now.Add(endWithin)
}

// farewell puts the last thing a viewer hears into out.
func (v *viewer) farewell() {
	v.last = true
	why := v.ending
	if (why.code == codeGoingAway || why.code == codeTryLater) && !why.echo || v.deaf {
		v.say(wire.Message{Type: "bye", Code: why.code, Reason: why.reason, After: v.hub.comeBack()})
	}
	if end := v.lang.end(why.code, why.reason); end != nil {
		v.out = append(v.out, end)
	}
}

// written notes that the socket took n bytes of out.
func (v *viewer) written(n int, now time.Time) {
	v.hub.stats.bytes.Add(uint64(n))
	if v.held { // the client has made room: it is alive, and may not have come to our pings yet
		v.heard = now
	}
	v.output.written(n, now)
}

// cutReason is why a connection is cut off.
type cutReason uint8

const (
	cutNot    cutReason = iota
	cutEnded            // it was told to end, and a second has passed
	cutStuck            // it took no byte for 120 s
	cutSilent           // nothing was heard from it, or half a frame
	cutLost             // its right has ended, or it did not take what was made under another
)

// check does what is due at this time. It returns why the connection must be
// cut off, if it must.
func (v *viewer) check(now time.Time) (cut cutReason) {
	v.expire(now)
	switch {
	case v.ending != nil && !now.Before(v.endBy):
		if v.ending.lost() {
			return cutLost
		}
		return cutEnded
	case len(v.out) > 0 && now.Sub(v.wrote) >= stuckAfter:
		return cutStuck
	case !v.deaf && now.Sub(v.heard) >= silentAfter, !v.whole.IsZero() && !now.Before(v.whole):
		return cutSilent
	case len(v.out) > 0 || v.ending != nil:
		return cutNot
	}
	v.wrote = now
	ping := now.Sub(v.pinged) >= pingEvery
	if ping {
		v.pinged = now
		v.out = append(v.out, v.lang.ping())
	}
	if v.talks && (ping || now.Sub(v.spoke) >= beatAfter) { // one write is cheaper than two, and browsers do not show pings
		v.spoke = now
		v.out = append(v.out, v.hub.beats.at(v.lang, peyk.VersionAt(peyk.MicrosOf(now))))
	}
	return cutNot
}

// deadline is when check has something to do next.
func (v *viewer) deadline() time.Time {
	if v.ending != nil {
		return v.endBy
	}
	at := v.pinged.Add(pingEvery)
	switch {
	case len(v.out) > 0:
		at = v.wrote.Add(stuckAfter)
	case v.talks:
		at = earlier(at, v.spoke.Add(beatAfter))
	}
	if !v.deaf {
		at = earlier(at, v.heard.Add(silentAfter))
	}
	if !v.whole.IsZero() {
		at = earlier(at, v.whole)
	}
	if v.right.until != 0 {
		at = earlier(at, v.right.who.Until)
	}
	if len(v.purges) > 0 {
		at = earlier(at, v.purges[0].by)
	}
	return at
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// closeCode returns the code of a close frame's payload.
func closeCode(payload []byte) int {
	if len(payload) < 2 {
		return codeNormal
	}
	return int(binary.BigEndian.Uint16(payload))
}
