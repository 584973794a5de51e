package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"peyk"
)

// errBin says that bytes are not a message of peyk.v1.bin.
var errBin = errors.New("not a message of docs/peyk.proto")

// field is one field of a Protocol Buffers message.
type field struct {
	number int
	value  uint64 // of a varint or a fixed64
	bytes  []byte // of a string, message or packed column
}

// fields calls visit with every field of the message.
func fields(b []byte, visit func(field) error) error {
	for len(b) > 0 {
		tag, n := binary.Uvarint(b)
		if n <= 0 || tag>>3 == 0 || tag>>3 > 1<<29 {
			return errBin
		}
		f := field{number: int(tag >> 3)}
		b = b[n:]
		switch tag & 7 {
		case varint:
			f.value, n = binary.Uvarint(b)
			if n <= 0 {
				return errBin
			}
		case 1:
			if n = 8; len(b) < n {
				return errBin
			}
			f.value = binary.LittleEndian.Uint64(b)
		case delimited:
			length, size := binary.Uvarint(b)
			if size <= 0 || length > uint64(len(b)-size) {
				return errBin
			}
			n = size + int(length)
			f.bytes = b[size:n]
		default:
			return errBin
		}
		b = b[n:]
		if err := visit(f); err != nil {
			return err
		}
	}
	return nil
}

// ParseBinMessage is ParseMessage in peyk.v1.bin.
func ParseBinMessage(b []byte) (m Message, err error) {
	err = fields(b, func(f field) error {
		switch f.number {
		case binHello:
			m.Type = "hello"
			return fields(f.bytes, func(f field) error {
				if f.number == 1 {
					m.Epoch = peyk.Epoch(f.value)
				} else if f.number == 2 {
					m.Version = peyk.Version(f.value)
				}
				return nil
			})
		case binUpto:
			m.Type, m.Version = "upto", peyk.Version(f.value)
		case binBeat:
			m.Type, m.Version = "beat", peyk.Version(f.value)
		case binParts:
			m.Type = "parts"
			return fields(f.bytes, func(f field) error {
				m.Parts = append(m.Parts, peyk.Part(f.bytes))
				return nil
			})
		case binBye, binError:
			m.farewell(f)
		case binFrame:
			m.Type = "frame"
			m.Frame, err = parseBinFrame(f.bytes)
			return err
		}
		return nil
	})
	return m, err
}

func (m *Message) farewell(f field) {
	m.Type = map[int]string{binBye: "bye", binError: "error"}[f.number]
	_ = fields(f.bytes, func(f field) error { // what is broken is left out
		switch {
		case f.number == 1 && m.Type == "bye":
			m.Code = int(f.value)
		case f.number == 1:
			m.Error = string(f.bytes)
		case f.number == 2:
			m.Reason = string(f.bytes)
		case f.number == 3:
			m.After = time.Duration(f.value) * time.Millisecond
		}
		return nil
	})
}

// binFrameColumns are the columns of a frame as they stand in it.
type binFrameColumns struct {
	columns  map[int][]byte
	texts    map[int][]string
	youngest int64
	grid     bool
}

func parseBinFrame(b []byte) (f peyk.Frame, err error) {
	c := binFrameColumns{columns: map[int][]byte{}, texts: map[int][]string{}}
	err = fields(b, func(part field) error {
		switch part.number {
		case binPart:
			f.Part = peyk.Part(part.bytes)
		case binFrom:
			f.From = peyk.Version(part.value)
		case binTo:
			f.To = peyk.Version(part.value)
		case binFull:
			f.Full = part.value != 0
		case binMore:
			f.More = part.value != 0
		case binYoungest:
			c.youngest = int64(part.value>>1) ^ -int64(part.value&1)
		case binGrid:
			c.grid = part.value != 0
		case binID, binName, binTeam, binUsername:
			c.texts[part.number] = append(c.texts[part.number], string(part.bytes))
		default:
			c.columns[part.number] = part.bytes
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	left, err := signed(c.columns[binLeft])
	for _, n := range left {
		f.Left = append(f.Left, uint32(n))
	}
	if err != nil {
		return f, err
	}
	if c.grid {
		f.Cells, err = c.cells()
		return f, err
	}
	f.Entries, err = c.entries(f.To)
	return f, err
}

// signed reads a column of differences.
func signed(b []byte) (values []int64, err error) {
	last := int64(0)
	for len(b) > 0 {
		v, n := binary.Varint(b)
		if n <= 0 {
			return nil, errBin
		}
		last += v
		values = append(values, last)
		b = b[n:]
	}
	return values, nil
}

// unsigned reads a column of values, or of differences that are never below 0.
func unsigned(b []byte, differences bool) (values []uint64, err error) {
	last := uint64(0)
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errBin
		}
		if differences {
			last += v
			v = last
		}
		values = append(values, v)
		b = b[n:]
	}
	return values, nil
}

func (c *binFrameColumns) cells() ([]peyk.Cell, error) {
	index, err1 := unsigned(c.columns[binCell], false)
	count, err2 := unsigned(c.columns[binCount], false)
	lat, err3 := signed(c.columns[binCellLat])
	lon, err4 := signed(c.columns[binCellLon])
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, err
	}
	cells := make([]peyk.Cell, len(index))
	for i := range cells {
		if len(count) != len(index) || len(lat) != len(index) || len(lon) != len(index) || index[i] > math.MaxUint8 || count[i] > math.MaxUint32 {
			return nil, fmt.Errorf("%w: columns of cells do not match", errBin)
		}
		cells[i] = peyk.Cell{Index: uint8(index[i]), Count: uint32(count[i]), Lat: float64(lat[i]) / 1e6, Lon: float64(lon[i]) / 1e6}
	}
	return cells, nil
}

// entries returns introductions first, then positions, each as an entry of its own.
func (c *binFrameColumns) entries(to peyk.Version) ([]peyk.Entry, error) {
	news, err := signed(c.columns[binNew])
	if err != nil {
		return nil, err
	}
	entries := make([]peyk.Entry, 0, len(news)+len(c.columns[binNumber]))
	for i, n := range news {
		e := peyk.Entry{Number: uint32(n), New: true}
		for field, text := range map[int]*string{binID: &e.Courier.ID, binName: &e.Courier.Name, binTeam: &e.Courier.Team, binUsername: &e.Courier.Username} {
			if len(c.texts[field]) != len(news) {
				return nil, fmt.Errorf("%w: %d introductions, %d texts", errBin, len(news), len(c.texts[field]))
			}
			*text = c.texts[field][i]
		}
		entries = append(entries, e)
	}
	return c.positions(entries, to)
}

func (c *binFrameColumns) positions(entries []peyk.Entry, to peyk.Version) ([]peyk.Entry, error) {
	number, err1 := unsigned(c.columns[binNumber], true)
	lat, err2 := signed(c.columns[binLat])
	lon, err3 := signed(c.columns[binLon])
	heading, err4 := unsigned(c.columns[binHeading], false)
	speed, err5 := unsigned(c.columns[binSpeed], false)
	ages, err6 := unsigned(c.columns[binAge], false)
	interval, err7 := signed(c.columns[binInterval])
	if err := errors.Join(err1, err2, err3, err4, err5, err6, err7); err != nil {
		return nil, err
	}
	n := len(number)
	if len(lat) != n || len(lon) != n || len(heading) != n || len(speed) != n || len(ages) != n || len(interval) != n && len(interval) != min(n, 1) {
		return nil, fmt.Errorf("%w: columns of positions do not match", errBin)
	}
	for i := range number {
		e := peyk.Entry{Number: uint32(number[i]), Moved: true}
		e.Position.Lat, e.Position.Lon = float64(lat[i])/1e6, float64(lon[i])/1e6
		e.Position.Stamp = (peyk.Micros(to)/1000 - peyk.Micros(ages[i]) - peyk.Micros(c.youngest)) * 1000
		if heading[i] > 0 {
			e.Position.Heading = peyk.Measured(float64(heading[i] - 1))
		}
		if speed[i] > 0 {
			e.Position.Speed = peyk.Measured(float64(speed[i]-1) / 10)
		}
		e.Position.Interval = time.Duration(interval[min(i, len(interval)-1)]) * time.Millisecond
		entries = append(entries, e)
	}
	return entries, nil
}
