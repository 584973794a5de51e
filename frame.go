package peyk

import "strconv"

// Version is the moment of a tick in milliseconds since 1970, or the version
// before plus one where the clock has not moved. Versions of different epochs
// do not compare.
type Version int64

// Micros is the moment of the version.
func (v Version) Micros() Micros { return Micros(v) * 1000 }

// VersionAt is the version of a tick at the moment.
func VersionAt(m Micros) Version { return Version(m / 1000) }

// Epoch names the life of one world: 64 random bits.
type Epoch uint64

// String returns the epoch as 16 hexadecimal digits.
func (e Epoch) String() string {
	const digits = 16
	s := strconv.FormatUint(uint64(e), 16)
	return "0000000000000000"[:digits-len(s)] + s
}

// Part names a scope and an area: the unit of encoding and of watching.
// Viewers compare parts and never take them apart.
type Part string

// Watched is a part as a viewer is told of it. Frames say the number alone.
type Watched struct {
	Number uint64 // for this epoch; a part that was given up and begins again has another one
	Part   Part
}

// Frame is the difference of a part between two versions, or a piece of it.
// It applies to every picture whose version of the part is at or after From.
// Its slices are shared by everyone who holds the frame: nobody changes them.
type Frame struct {
	Part    uint64   // its number
	From    Version  // 0: the frame stands alone
	To      Version  // the picture's version of the part once a frame without More was applied
	Full    bool     // the first piece of a whole part: what the picture held of it and is not named again is gone
	More    bool     // another piece of the same difference follows
	Left    []uint32 // numbers that are gone from the part; they come before Entries
	Entries []Entry  // ascending by number
	// Cells is set for a part with more couriers than can be looked at, in
	// place of Left and Entries: those of its cells that changed.
	Cells []Cell
	// Order is set for the part of an order, in place of all of these: the frame
	// is full and stands alone. It is shared and never changed.
	Order *Tracking
}

// Entry is one courier in a frame.
type Entry struct {
	Number   uint32 // of the courier, for this epoch and scope; never used again
	New      bool   // the courier entered the part or was renamed after From: introduce it
	Moved    bool   // the position changed after From: tell it
	Courier  Courier
	Position Position
}

// GridSide is how many cells a tile has from side to side when it is told as
// counts.
const GridSide = 16

// Cell is one cell of a tile: how many couriers are in it, and their centre.
type Cell struct {
	Index    uint8   // row * GridSide + column, from the tile's north-west
	Count    uint32  // 0: nobody is left in it
	Lat, Lon float64 // degrees, of the centroid; 0 where nobody is left
}
