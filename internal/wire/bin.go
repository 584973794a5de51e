package wire

import (
	"encoding/binary"
	"math"

	"peyk"
)

// peyk.v1.bin is peyk.v1.json in the encoding of Protocol Buffers, as
// docs/peyk.proto describes it. Positions are columns of packed varints, each
// the difference from the courier before, as in the dense nodes of
// OpenStreetMap: what is alike costs a byte.

// Field numbers of docs/peyk.proto.
const (
	binHello, binParts, binFrame, binUpto, binBeat, binBye, binError = 1, 2, 3, 4, 5, 6, 7

	binPart, binFrom, binTo, binFull, binMore, binLeft                   = 1, 2, 3, 4, 5, 6
	binNew, binID, binName, binTeam, binUsername                         = 7, 8, 9, 10, 11
	binNumber, binLat, binLon, binHeading, binSpeed, binAge, binInterval = 12, 13, 14, 15, 16, 17, 18
	binYoungest, binGrid                                                 = 19, 20
	binCell, binCount, binCellLat, binCellLon                            = 21, 22, 23, 24
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
			b = appendBytes(b, 1, string(p))
		}
		return appendBytes(dst, binParts, b)
	case "bye":
		b = appendBytes(appendUint(b, 1, uint64(m.Code)), 2, m.Reason)
		return appendBytes(dst, binBye, appendUint(b, 3, uint64(m.After.Milliseconds())))
	case "error":
		return appendBytes(dst, binError, appendBytes(appendBytes(b, 1, m.Error), 2, m.Reason))
	}
	panic("wire: no message " + m.Type)
}

// AppendBinFrame is AppendFrame in peyk.v1.bin.
func AppendBinFrame(dst []byte, f peyk.Frame) (_ []byte, rest peyk.Frame) {
	const tail = 64 // tags and lengths of all columns, and more
	b := appendBytes(make([]byte, 0, 256), binPart, string(f.Part))
	b = appendUint(appendUint(b, binFrom, uint64(f.From)), binTo, uint64(f.To))
	if f.Full {
		b = appendUint(b, binFull, 1)
	}
	limit := MaxFrame - tail
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
	var index, count, lats, lons []byte
	var lat, lon delta
	for _, c := range cells {
		index = append(index, binary.AppendUvarint(nil, uint64(c.Index))...)
		count = binary.AppendUvarint(count, uint64(c.Count))
		lats, lons = lat.append(lats, micro(c.Lat)), lon.append(lons, micro(c.Lon))
	}
	dst = appendUint(dst, binGrid, 1)
	dst = appendColumn(appendColumn(dst, binCell, index), binCount, count)
	return appendColumn(appendColumn(dst, binCellLat, lats), binCellLon, lons)
}

func micro(degrees float64) int64 { return int64(math.Round(degrees * 1e6)) }

// delta writes differences from the value before.
type delta struct{ last int64 }

func (d *delta) append(dst []byte, v int64) []byte {
	dst = binary.AppendVarint(dst, v-d.last)
	d.last = v
	return dst
}

// columns are the positions and introductions of a frame.
type columns struct {
	news, texts                                      []byte
	numbers, lats, lons, headings, speeds, ages, due []byte
	new, number, lat, lon, interval                  delta
	youngest                                         int64 // milliseconds: ages are told from it
	varied                                           bool  // not all intervals are the same
}

func (c *columns) size() int {
	return len(c.news) + len(c.texts) + len(c.numbers) + len(c.lats) + len(c.lons) + len(c.headings) + len(c.speeds) + len(c.ages) + len(c.due)
}

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
	dst = appendColumn(appendColumn(appendColumn(dst, binNumber, c.numbers), binLat, c.lats), binLon, c.lons)
	dst = appendColumn(appendColumn(appendColumn(dst, binHeading, c.headings), binSpeed, c.speeds), binAge, c.ages)
	if !c.varied && len(c.due) > 0 { // the same for all is said once
		_, n := binary.Varint(c.due)
		c.due = c.due[:n]
	}
	dst = appendColumn(dst, binInterval, c.due)
	if c.youngest != 0 && len(c.ages) > 0 {
		dst = binary.AppendUvarint(appendTag(dst, binYoungest, varint), zigzag(c.youngest))
	}
	return dst, rest
}

func zigzag(v int64) uint64 { return uint64(v)<<1 ^ uint64(v>>63) }

func age(e peyk.Entry, to peyk.Version) int64 { return int64(to)/1000 - int64(e.Position.Stamp)/1000 }

// youngest is the least age in the frame, if anybody is younger than the frame's To.
func youngest(f peyk.Frame) (least int64) {
	for _, e := range f.Entries {
		if e.Moved {
			least = min(least, age(e, f.To))
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
	c.numbers = binary.AppendUvarint(c.numbers, uint64(int64(e.Number)-c.number.last))
	c.number.last = int64(e.Number)
	c.lats, c.lons = c.lat.append(c.lats, micro(p.Lat)), c.lon.append(c.lons, micro(p.Lon))
	heading, speed := uint64(0), uint64(0) // not known; else one more than the value
	if v, known := p.Heading.Value(); known {
		heading = uint64(math.Round(v))%360 + 1
	}
	if v, known := p.Speed.Value(); known {
		speed = uint64(math.Round(v*10)) + 1
	}
	c.headings, c.speeds = binary.AppendUvarint(c.headings, heading), binary.AppendUvarint(c.speeds, speed)
	c.ages = binary.AppendUvarint(c.ages, uint64(age(e, to)-c.youngest))
	interval := milliseconds(p)
	c.varied = c.varied || len(c.due) > 0 && interval != c.interval.last
	c.due = c.interval.append(c.due, interval)
}

// milliseconds is the position's interval, 0 if it is not known.
func milliseconds(p peyk.Position) int64 {
	if p.Interval <= 0 {
		return 0
	}
	return max(int64(math.Round(float64(p.Interval)/1e6)), 1)
}
