package peyk

import "strconv"

// Version is the moment of a tick in microseconds since 1970, or the version
// before plus one where the clock has not moved. Versions of different epochs
// do not compare.
type Version int64

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

// Everything is the part of all couriers everywhere.
const Everything Part = "all/everything"

// Frame is the difference of a part between two versions, or a piece of it.
// It applies to every picture whose version of the part is at or after From.
// Its slices are shared by everyone who holds the frame: nobody changes them.
type Frame struct {
	Part    Part
	From    Version  // 0: the frame stands alone
	To      Version  // the picture's version of the part once a frame without More was applied
	Full    bool     // the first piece of a whole part: what the picture held of it and is not named again is gone
	More    bool     // another piece of the same difference follows
	Left    []uint32 // numbers that are gone from the part; they come before Entries
	Entries []Entry  // ascending by number
}

// Entry is one courier in a frame.
type Entry struct {
	Number   uint32 // of the courier, for this epoch and scope; never used again
	New      bool   // the courier entered the part or was renamed after From: introduce it
	Moved    bool   // the position changed after From: tell it
	Courier  Courier
	Position Position
}
