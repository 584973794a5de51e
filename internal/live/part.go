package live

import (
	"fmt"
	"sort"
	"strconv"
	"time"

	"peyk"
)

// memory is how long a part remembers who entered and left, and how long it
// outlives its last viewer. Who comes back later gets a full frame.
const memory = time.Minute

// maxEvents bounds what a part remembers; a full frame says the same.
const maxEvents = 20_000

// Key says which part: a scope and an area.
type Key struct {
	scope   peyk.Scope
	tile    tileID // zoom 0: everywhere
	limit   int    // more couriers than that are told as counts; 0: never
	courier string // an area of one courier; then tile and limit are zero
}

// Name is the part's name on the wire.
func (k Key) Name() peyk.Part {
	name := [...]string{peyk.ScopeAll: "all", peyk.ScopeTeam: "team", peyk.ScopeCourier: "courier", peyk.ScopeOrder: ""}[k.scope.Kind]
	if k.scope.Name != "" {
		name += ":" + strconv.Quote(k.scope.Name)
	}
	switch {
	case k.scope.Kind == peyk.ScopeOrder:
		return peyk.Part("order/" + k.scope.Name)
	case k.courier != "":
		return peyk.Part(name + "/courier:" + k.courier)
	case k.limit == 0:
		return peyk.Part(name + "/everything")
	}
	return peyk.Part(fmt.Sprintf("%s/%d/%d/%d/%d", name, k.tile.zoom, k.tile.x, k.tile.y, k.limit))
}

// Part is a part that somebody watches, or did a minute ago. What changes in it
// is guarded by the world's mutex; its key, name and number never change.
type Part struct {
	key    Key
	name   peyk.Part
	number uint64 // never used again
	in     *scope

	beside   *Part // another one of the same tile
	watchers int
	left     peyk.Micros  // when the last watcher went; 0: not yet, or it is forgotten
	since    peyk.Version // differences from an older version are full
	changed  peyk.Version // the last tick in which something in it changed
	members  int          // couriers in it
	events   []event      // ascending by version

	entered, moved []uint32 // indexes, since the last tick
	gone           []uint32 // numbers, since the last tick
	dirty          bool     // in the world's list of parts to be told
	counts         *counts  // not nil while it is told as counts

	order *orderPart // not nil if it is an order's: then it has none of these
}

// event is somebody who entered a part, was renamed in it, or left it.
type event struct {
	version peyk.Version
	number  uint32
	gone    bool
}

// Name is the part's name on the wire.
func (p *Part) Name() peyk.Part { return p.name }

// Watched is the part as its viewers are told of it.
func (p *Part) Watched() peyk.Watched { return peyk.Watched{Number: p.number, Part: p.name} }

// after returns the events after the version.
func (p *Part) after(v peyk.Version) []event {
	return p.events[sort.Search(len(p.events), func(i int) bool { return p.events[i].version > v }):]
}

// note remembers an event.
func (p *Part) note(number uint32, gone bool, v peyk.Version) {
	p.events = append(p.events, event{v, number, gone})
}

// prune forgets what is older than memory.
func (p *Part) prune(now peyk.Version) {
	old := 0
	for old < len(p.events) && (len(p.events)-old > maxEvents || p.events[old].version < now-peyk.Version(memory.Milliseconds())) {
		p.since = max(p.since, p.events[old].version)
		old++
	}
	if old > 0 {
		p.events = append(p.events[:0], p.events[old:]...)
	}
}

// base returns the version from which a viewer that has the given one is told
// the difference. Older versions are rounded down to checkpoints, so that many
// who come back share what is made; 0 means the whole part.
func (p *Part) base(have, now peyk.Version) peyk.Version {
	const second = 1000
	from := have
	switch age := now - have; {
	case have < p.since || age < 0 || age > peyk.Version(memory.Milliseconds()):
		return 0
	case age > 10*second:
		from -= from % (10 * second)
	case age > second:
		from -= from % second
	}
	return max(from, p.since)
}

// scope is a set of couriers that has numbers of its own.
type scope struct {
	peyk.Scope
	last   uint32   // the number given last
	order  []member // ascending by number; who has gone stays until compact
	stale  int      // of order
	parts  map[Key]*Part
	tiles  map[uint64]*Part // the first part of each tile, by its code; zoom 0: everything
	zooms  [bucketZoom + 1]int
	pinned map[string]*Part // by the courier's id
}

type member struct{ number, index uint32 }

func newScope(s peyk.Scope) *scope {
	return &scope{Scope: s, parts: map[Key]*Part{}, tiles: map[uint64]*Part{}, pinned: map[string]*Part{}}
}

// admit gives a courier its number.
func (s *scope) admit(index uint32) uint32 {
	s.last++
	s.order = append(s.order, member{s.last, index})
	return s.last
}

// from returns the index in order of the first number above n.
func (s *scope) from(n uint32) int {
	return sort.Search(len(s.order), func(i int) bool { return s.order[i].number > n })
}

// add makes the part known to the scope, so that ticks find it.
func (s *scope) add(p *Part) {
	s.parts[p.key] = p
	if p.key.courier != "" {
		s.pinned[p.key.courier] = p
		return
	}
	tile := p.key.tile.code()
	p.beside, s.tiles[tile] = s.tiles[tile], p
	s.zooms[p.key.tile.zoom]++
}

// drop is the other way round.
func (s *scope) drop(p *Part) {
	delete(s.parts, p.key)
	if p.key.courier != "" {
		delete(s.pinned, p.key.courier)
		return
	}
	tile := p.key.tile.code()
	at := s.tiles[tile]
	switch {
	case at != p:
		for at.beside != p {
			at = at.beside
		}
		at.beside = p.beside
	case p.beside != nil:
		s.tiles[tile] = p.beside
	default:
		delete(s.tiles, tile)
	}
	s.zooms[p.key.tile.zoom]--
}
