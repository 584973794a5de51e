package live

import (
	"hash/maphash"
	"math"
	"time"

	"peyk"
)

// record is what the world holds of one courier. It has no pointers, so that
// a million of them are nothing to the garbage collector.
type record struct {
	text     textRef
	stamp    peyk.Micros
	time     peyk.Micros
	moved    peyk.Version // the tick that told the position last
	lat, lon int32        // 1e-7 degrees
	x, y     uint32       // web mercator, as of the last tick: where it is on the grid
	next     uint32       // in the same bucket
	prev     uint32       // in the same bucket

	accuracy, altitude, speed, heading, battery float32

	interval   uint32 // milliseconds; 0: not known
	number     uint32 // in the scope of all; never used again
	team       uint32 // index into teams; 0: none
	teamNumber uint32 // in the team's scope; never used again
	known      uint8  // which measures are: bits in the order of the fields
	flags      flags
}

type flags uint8

const (
	fresh   flags = 1 << iota // in the list of what changed
	renamed                   // to be introduced anew
	placed                    // on the grid: the last tick knew it
	own                       // its position was taken on this node
	named                     // its name is the directory's: phones do not change it
	leaving                   // nobody finds it any more: the next tick takes it out
)

func (r *record) is(f flags) bool { return r.flags&f != 0 }

// set stores a position.
func (r *record) set(p peyk.Position) {
	r.lat, r.lon = int32(math.Round(p.Lat*1e7)), int32(math.Round(p.Lon*1e7))
	r.stamp, r.time = p.Stamp, p.Time
	r.interval = uint32(max((p.Interval+time.Millisecond/2)/time.Millisecond, min(p.Interval, 1))) // one that is known is never 0
	r.known = 0
	for i, m := range [...]struct {
		at      *float32
		measure peyk.Measure
	}{{&r.accuracy, p.Accuracy}, {&r.altitude, p.Altitude}, {&r.speed, p.Speed}, {&r.heading, p.Heading}, {&r.battery, p.Battery}} {
		v, known := m.measure.Value()
		*m.at = float32(v)
		if known {
			r.known |= 1 << i
		}
	}
}

// position returns what set stored, to 1e-7 degrees and a millisecond of interval.
func (r *record) position() peyk.Position {
	p := peyk.Position{
		Lat: float64(r.lat) / 1e7, Lon: float64(r.lon) / 1e7,
		Time: r.time, Stamp: r.stamp, Interval: time.Duration(r.interval) * time.Millisecond,
	}
	if r.known == 0 {
		return p
	}
	for i, m := range [...]struct {
		from    float32
		measure *peyk.Measure
	}{{r.accuracy, &p.Accuracy}, {r.altitude, &p.Altitude}, {r.speed, &p.Speed}, {r.heading, &p.Heading}, {r.battery, &p.Battery}} {
		if r.known&(1<<i) != 0 {
			*m.measure = peyk.Measured(float64(m.from))
		}
	}
	return p
}

// records is a table of couriers by index, in chunks, so that growing moves
// nothing. Index 0 is nobody.
type records struct {
	chunks [][]record
	used   uint32   // indexes that were ever given
	free   []uint32 // indexes to give again
	byID   map[uint64]uint32
	seed   maphash.Seed
	texts  texts

	touched uint32 // nothing of interest: see touch
}

const chunkBits = 12

func newRecords() records {
	return records{byID: map[uint64]uint32{}, seed: maphash.MakeSeed()}
}

func (t *records) at(i uint32) *record { return &t.chunks[i>>chunkBits][i&(1<<chunkBits-1)] }

// touchBatch is how many are touched before they are used: so many that the
// misses overlap, and so few that they stay in the caches.
const touchBatch = 256

// touch reads from all of these records. Couriers report in no order, so that
// each record is a miss of the processor's caches; here the misses overlap.
// With all couriers at one point a tick took 2.6 ms in place of 4.9
// (BenchmarkTick, 2 shared cores, 2026-11-22); spread out the gain is within
// the noise.
func (t *records) touch(indexes []uint32) {
	all := uint32(0)
	for _, i := range indexes {
		r := t.at(i)
		all |= r.text.at | r.x | uint32(r.flags) // a record lies on up to three lines of the cache
	}
	t.touched = all // so that the compiler lets the reads stand
}

// find returns the index of the courier with this id, or 0.
func (t *records) find(id string) uint32 {
	// Two ids with the same hash of 64 bits stand at keys that follow one another.
	for key := maphash.String(t.seed, id); ; key++ {
		i, found := t.byID[key]
		if !found || t.texts.same(t.at(i).text, id) {
			return i
		}
	}
}

// add makes a record for an id that is not there.
func (t *records) add(c peyk.Courier) uint32 {
	var i uint32
	if n := len(t.free); n > 0 {
		i, t.free = t.free[n-1], t.free[:n-1]
	} else {
		t.used++
		i = t.used
		if int(i>>chunkBits) == len(t.chunks) {
			t.chunks = append(t.chunks, make([]record, 1<<chunkBits))
		}
	}
	*t.at(i) = record{text: t.texts.put(c)}
	t.byID[t.vacant(c.ID)] = i
	return i
}

func (t *records) vacant(id string) uint64 {
	key := maphash.String(t.seed, id)
	for t.byID[key] != 0 {
		key++
	}
	return key
}

// remove gives the index back.
func (t *records) remove(i uint32) {
	if !t.at(i).is(leaving) {
		t.unlink(i)
	}
	t.texts.drop(t.at(i).text)
	*t.at(i) = record{}
	t.free = append(t.free, i)
}

// unlink makes that nobody finds the courier by its id, which another record
// may take.
func (t *records) unlink(i uint32) {
	id := t.texts.id(t.at(i).text)
	key := maphash.String(t.seed, id)
	for t.byID[key] != i {
		key++
	}
	delete(t.byID, key)
	for key++; t.byID[key] != 0; key++ { // who stood behind it moves up
		j := t.byID[key]
		delete(t.byID, key)
		t.byID[t.vacant(t.texts.id(t.at(j).text))] = j
	}
}

func (t *records) len() int { return len(t.byID) }

// rename stores the courier's texts anew.
func (t *records) rename(i uint32, c peyk.Courier) {
	t.texts.drop(t.at(i).text)
	t.at(i).text = t.texts.put(c)
	if t.texts.wasteful() {
		t.repack()
	}
}

// repack copies all texts, without those that were dropped.
func (t *records) repack() {
	var packed texts
	for i := uint32(1); i <= t.used; i++ {
		if r := t.at(i); r.text.id > 0 {
			r.text = packed.put(t.texts.courier(r.text))
		}
	}
	t.texts = packed
}
