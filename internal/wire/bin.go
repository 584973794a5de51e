package wire

import (
	"encoding/binary"
	"math"

	"peyk"
)

// peyk.v1.bin is peyk.v1.json in the encoding of Protocol Buffers, as
// docs/peyk.proto describes it. Positions are packed varints, places as
// differences from the courier before, as in the dense nodes of OpenStreetMap:
// what is near costs a byte or two. They are rows of one column, since a tile's
// frame has few couriers, and every further column would cost two bytes.

// Field numbers of docs/peyk.proto.
const (
	binHello, binParts, binFrame, binUpto, binBeat, binBye, binError, binRight = 1, 2, 3, 4, 5, 6, 7, 8

	binPart, binTo, binSpan, binFull, binMore, binLeft = 1, 2, 3, 4, 5, 6
	binNew, binID, binName, binTeam, binUsername       = 7, 8, 9, 10, 11
	binAt, binInterval, binIntervals, binYoungest      = 12, 13, 14, 15
	binGrid, binCells, binOrder                        = 16, 17, 18
)

// Wire types of Protocol Buffers.
const (
	varint    = 0
	delimited = 2
)

func appendTag(dst []byte, field, kind int) []byte {
	return binary.AppendUvarint(dst, uint64(field)<<3|uint64(kind))
}

func appendUint(dst []byte, field int, v uint64) []byte {
	if v == 0 { // proto3: what is not there is 0
		return dst
	}
	return binary.AppendUvarint(appendTag(dst, field, varint), v)
}

func appendBytes[T string | []byte](dst []byte, field int, b T) []byte {
	dst = binary.AppendUvarint(appendTag(dst, field, delimited), uint64(len(b)))
	return append(dst, b...)
}

// appendColumn leaves out a column without values.
func appendColumn(dst []byte, field int, column []byte) []byte {
	if len(column) == 0 {
		return dst
	}
	return appendBytes(dst, field, column)
}

// AppendBinMessage is AppendMessage in peyk.v1.bin.
func AppendBinMessage(dst []byte, m Message) []byte {
	var b []byte
	switch m.Type {
	case "hello":
		b = binary.LittleEndian.AppendUint64(append(b, 1<<3|1), uint64(m.Epoch)) // fixed64
		return appendBytes(dst, binHello, appendUint(b, 2, uint64(m.Version)))
	case "upto":
		return appendUint(dst, binUpto, uint64(m.Version))
	case "beat":
		return appendUint(dst, binBeat, uint64(m.Version))
	case "parts":
		for _, p := range m.Parts {
			b = appendBytes(b, 1, appendBytes(appendUint(nil, 1, p.Number), 2, string(p.Part)))
		}
		if m.More {
			b = appendUint(b, 2, 1)
		}
		return appendBytes(dst, binParts, b)
	case "bye":
		b = appendBytes(appendUint(b, 1, uint64(m.Code)), 2, m.Reason)
		return appendBytes(dst, binBye, appendUint(b, 3, uint64(m.After.Milliseconds())))
	case "right":
		return appendBytes(dst, binRight, appendUint(b, 1, uint64(untilMillis(m.Until))))
	case "error":
		return appendBytes(dst, binError, appendBytes(appendBytes(b, 1, m.Error), 2, m.Reason))
	}
	panic("wire: no message " + m.Type)
}

// AppendBinFrame is AppendFrame in peyk.v1.bin.
func AppendBinFrame(dst []byte, f peyk.Frame) (_ []byte, rest peyk.Frame) {
	const tail = 64 // tags and lengths of all columns, and more
	b := appendUint(make([]byte, 0, 256), binPart, f.Part)
	b = appendUint(appendUint(b, binTo, uint64(f.To)), binSpan, uint64(span(f)))
	if f.Full {
		b = appendUint(b, binFull, 1)
	}
	limit := MaxFrame - tail
	if f.Order != nil {
		return appendBytes(dst, binFrame, appendBytes(b, binOrder, AppendTracking(nil, *f.Order))), peyk.Frame{}
	}
	if f.Cells != nil {
		return appendBytes(dst, binFrame, appendBinCells(b, f.Cells)), peyk.Frame{}
	}
	b, f.Left = appendBinLeft(b, f.Left, limit)
	if len(f.Left) == 0 {
		b, f.Entries = appendBinEntries(b, f, limit)
	}
	if f.Full = false; f.More || len(f.Left) > 0 || len(f.Entries) > 0 {
		b = appendUint(b, binMore, 1)
	}
	return appendBytes(dst, binFrame, b), f
}

func appendBinLeft(dst []byte, left []uint32, limit int) ([]byte, []uint32) {
	var column []byte
	last := uint32(0)
	for i, n := range left {
		if len(dst)+len(column)+binary.MaxVarintLen64 > limit {
			return appendColumn(dst, binLeft, column), left[i:]
		}
		column = binary.AppendVarint(column, int64(n)-int64(last))
		last = n
	}
	return appendColumn(dst, binLeft, column), nil
}

func appendBinCells(dst []byte, cells []peyk.Cell) []byte {
	var column []byte
	var lat, lon delta
	for _, c := range cells {
		column = binary.AppendUvarint(binary.AppendUvarint(column, uint64(c.Index)), uint64(c.Count))
		if c.Count == 0 {
			column = append(column, 0, 0) // where the one before is
			continue
		}
		column = lon.append(lat.append(column, micro(c.Lat)), micro(c.Lon))
	}
	return appendColumn(appendUint(dst, binGrid, 1), binCells, column)
}

// delta writes differences from the value before, in zigzag.
type delta struct{ last int64 }

func (d *delta) append(dst []byte, v int64) []byte {
	dst = binary.AppendVarint(dst, v-d.last)
	d.last = v
	return dst
}

// zigzag makes small numbers of small differences: 0, -1, 1, -2 are 0, 1, 2, 3.
func zigzag(v int64) uint64 { return uint64(v)<<1 ^ uint64(v>>63) }

// columns are the positions and introductions of a frame.
type columns struct {
	news, texts, at, intervals []byte
	new, lat, lon              delta
	number                     uint32 // of the position before
	interval                   int64  // milliseconds, of the position before
	varied                     bool   // not all intervals are the same
	youngest                   int64  // milliseconds: ages are told from it
}

func (c *columns) size() int { return len(c.news) + len(c.texts) + len(c.at) + len(c.intervals) }

// appendBinEntries appends as many entries as fit.
func appendBinEntries(dst []byte, f peyk.Frame, limit int) ([]byte, []peyk.Entry) {
	c := columns{youngest: youngest(f)}
	rest := f.Entries
	for i, e := range f.Entries {
		before := c
		if e.New {
			c.introduce(e)
		}
		if e.Moved {
			c.position(e, f.To)
		}
		if len(dst)+c.size() > limit {
			c = before
			break
		}
		rest = f.Entries[i+1:]
	}
	dst = append(appendColumn(dst, binNew, c.news), c.texts...)
	dst = appendColumn(dst, binAt, c.at)
	if c.varied {
		dst = appendColumn(dst, binIntervals, c.intervals)
	} else {
		dst = appendUint(dst, binInterval, uint64(c.interval))
	}
	if len(c.at) > 0 {
		dst = appendUint(dst, binYoungest, zigzag(c.youngest))
	}
	return dst, rest
}

// youngest is the least age in the frame, if anybody is younger than the frame's To.
func youngest(f peyk.Frame) (least int64) {
	for _, e := range f.Entries {
		if e.Moved {
			least = min(least, age(e.Position, f.To))
		}
	}
	return least
}

func (c *columns) introduce(e peyk.Entry) {
	c.news = c.new.append(c.news, int64(e.Number))
	c.texts = appendBytes(appendBytes(c.texts, binID, e.Courier.ID), binName, e.Courier.Shown())
	c.texts = appendBytes(appendBytes(c.texts, binTeam, e.Courier.Team), binUsername, e.Courier.Username)
}

func (c *columns) position(e peyk.Entry, to peyk.Version) {
	p := e.Position
	heading, speed := uint64(0), uint64(0) // not known; else one more than the value
	if v, known := p.Heading.Value(); known {
		heading = uint64(math.Round(v))%360 + 1
	}
	if v, known := p.Speed.Value(); known {
		speed = uint64(math.Round(v*10)) + 1
	}
	interval := milliseconds(p)
	c.varied = c.varied || len(c.at) > 0 && interval != c.interval
	c.intervals = binary.AppendUvarint(c.intervals, uint64(interval))
	c.at = binary.AppendUvarint(c.at, uint64(e.Number-c.number))
	c.at = c.lon.append(c.lat.append(c.at, micro(p.Lat)), micro(p.Lon))
	c.at = binary.AppendUvarint(binary.AppendUvarint(c.at, heading), speed)
	c.at = binary.AppendUvarint(c.at, uint64(age(p, to)-c.youngest))
	c.number, c.interval = e.Number, interval
}
