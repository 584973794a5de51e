package wire

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
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
			return m.hello(f.bytes)
		case binUpto:
			m.Type, m.Version = "upto", peyk.Version(f.value)
		case binBeat:
			m.Type, m.Version = "beat", peyk.Version(f.value)
		case binParts:
			return m.parts(f.bytes)
		case binBye:
			return m.bye(f.bytes)
		case binError:
			return m.complaint(f.bytes)
		case binRight:
			m.Type = "right"
			return fields(f.bytes, func(f field) error {
				if f.number == 1 {
					m.Until = untilOf(int64(f.value))
				}
				return nil
			})
		case binFrame:
			m.Type = "frame"
			m.Frame, err = parseBinFrame(f.bytes)
			return err
		}
		return nil
	})
	return m, err
}

func (m *Message) hello(b []byte) error {
	m.Type = "hello"
	return fields(b, func(f field) error {
		switch f.number {
		case 1:
			m.Epoch = peyk.Epoch(f.value)
		case 2:
			m.Version = peyk.Version(f.value)
		}
		return nil
	})
}

func (m *Message) parts(b []byte) error {
	m.Type = "parts"
	return fields(b, func(f field) error {
		switch f.number {
		case 1:
			p, err := parseBinPart(f.bytes)
			m.Parts = append(m.Parts, p)
			return err
		case 2:
			m.More = f.value != 0
		}
		return nil
	})
}

func parseBinPart(b []byte) (p peyk.Watched, err error) {
	err = fields(b, func(f field) error {
		switch f.number {
		case 1:
			p.Number = f.value
		case 2:
			p.Part = peyk.Part(f.bytes)
		}
		return nil
	})
	return p, err
}

func (m *Message) bye(b []byte) error {
	m.Type = "bye"
	return fields(b, func(f field) error {
		switch f.number {
		case 1:
			m.Code = int(f.value)
		case 2:
			m.Reason = string(f.bytes)
		case 3:
			m.After = time.Duration(f.value) * time.Millisecond
		}
		return nil
	})
}

func (m *Message) complaint(b []byte) error {
	m.Type = "error"
	return fields(b, func(f field) error {
		switch f.number {
		case 1:
			m.Error = string(f.bytes)
		case 2:
			m.Reason = string(f.bytes)
		}
		return nil
	})
}

// binFrameColumns are the columns of a frame as they stand in it.
type binFrameColumns struct {
	columns  map[int][]byte
	texts    map[int][]string
	span     peyk.Version
	interval uint64 // of all
	youngest int64
	grid     bool
	order    []byte
}

func parseBinFrame(b []byte) (f peyk.Frame, err error) {
	c := binFrameColumns{columns: map[int][]byte{}, texts: map[int][]string{}}
	err = fields(b, func(part field) error {
		switch part.number {
		case binPart:
			f.Part = part.value
		case binTo:
			f.To = peyk.Version(part.value)
		case binSpan:
			c.span = peyk.Version(part.value)
		case binFull:
			f.Full = part.value != 0
		case binMore:
			f.More = part.value != 0
		case binInterval:
			c.interval = part.value
		case binYoungest:
			c.youngest = unzigzag(part.value)
		case binGrid:
			c.grid = part.value != 0
		case binOrder:
			c.order = part.bytes
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
	f.From = from(f.To, c.span)
	left, err := signed(c.columns[binLeft])
	for _, n := range left {
		f.Left = append(f.Left, uint32(n))
	}
	switch {
	case err != nil:
	case c.order != nil:
		f.Order, err = order(c.order)
	case c.grid:
		f.Cells, err = c.cells()
	default:
		f.Entries, err = c.entries(f.To)
	}
	return f, err
}

func unzigzag(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

// unsigned reads a column that has so many values to a row.
func unsigned(b []byte, row int) (values []uint64, err error) {
	for len(b) > 0 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errBin
		}
		values = append(values, v)
		b = b[n:]
	}
	if len(values)%row != 0 {
		return nil, fmt.Errorf("%w: %d values in rows of %d", errBin, len(values), row)
	}
	return values, nil
}

// signed reads a column of differences.
func signed(b []byte) (values []int64, err error) {
	column, err := unsigned(b, 1)
	last := int64(0)
	for _, v := range column {
		last += unzigzag(v)
		values = append(values, last)
	}
	return values, err
}

func (c *binFrameColumns) cells() ([]peyk.Cell, error) {
	const index, count, lat, lon, row = 0, 1, 2, 3, 4
	column, err := unsigned(c.columns[binCells], row)
	if err != nil {
		return nil, err
	}
	cells := make([]peyk.Cell, 0, len(column)/row)
	var lats, lons int64
	for at := range slices.Chunk(column, row) {
		if at[index] > math.MaxUint8 || at[count] > math.MaxUint32 {
			return nil, fmt.Errorf("%w: cell %d with %d couriers", errBin, at[index], at[count])
		}
		lats, lons = lats+unzigzag(at[lat]), lons+unzigzag(at[lon])
		cell := peyk.Cell{Index: uint8(at[index]), Count: uint32(at[count])}
		if cell.Count > 0 {
			cell.Lat, cell.Lon = float64(lats)/1e6, float64(lons)/1e6
		}
		cells = append(cells, cell)
	}
	return cells, nil
}

// entries returns introductions first, then positions, each as an entry of its own.
func (c *binFrameColumns) entries(to peyk.Version) ([]peyk.Entry, error) {
	news, err := signed(c.columns[binNew])
	if err != nil {
		return nil, err
	}
	var entries []peyk.Entry
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
	const number, lat, lon, heading, speed, age, row = 0, 1, 2, 3, 4, 5, 6
	column, err1 := unsigned(c.columns[binAt], row)
	intervals, err2 := unsigned(c.columns[binIntervals], 1)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if len(intervals) == 0 {
		intervals = slices.Repeat([]uint64{c.interval}, len(column)/row)
	}
	if len(intervals) != len(column)/row {
		return nil, fmt.Errorf("%w: %d positions, %d intervals", errBin, len(column)/row, len(intervals))
	}
	last, lats, lons := uint32(0), int64(0), int64(0)
	for i, interval := range intervals {
		at := column[i*row:]
		last, lats, lons = last+uint32(at[number]), lats+unzigzag(at[lat]), lons+unzigzag(at[lon])
		e := peyk.Entry{Number: last, Moved: true}
		e.Position.Lat, e.Position.Lon = float64(lats)/1e6, float64(lons)/1e6
		e.Position.Stamp = to.Micros() - (peyk.Micros(at[age])+peyk.Micros(c.youngest))*1000
		if at[heading] > 0 {
			e.Position.Heading = peyk.Measured(float64(at[heading] - 1))
		}
		if at[speed] > 0 {
			e.Position.Speed = peyk.Measured(float64(at[speed]-1) / 10)
		}
		e.Position.Interval = time.Duration(interval) * time.Millisecond
		entries = append(entries, e)
	}
	return entries, nil
}
