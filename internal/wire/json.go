package wire

import (
	"math"
	"strconv"
	"time"

	"peyk"
)

// MaxFrame is the longest message that Peyk sends to a viewer, in bytes.
const MaxFrame = 32 << 10

// AppendMessage appends any message of peyk.v1.json but a frame, which
// AppendFrame cuts to size. It panics on a Type that is not in the protocol.
func AppendMessage(dst []byte, m Message) []byte {
	dst = append(append(append(dst, `{"type":"`...), m.Type...), '"')
	switch m.Type {
	case "hello":
		dst = append(append(append(dst, `,"epoch":"`...), m.Epoch.String()...), '"')
		dst = appendNumber(dst, `,"version":`, int64(m.Version))
	case "upto", "beat":
		dst = appendNumber(dst, `,"version":`, int64(m.Version))
	case "parts":
		dst = append(dst, `,"parts":[`...)
		for i, p := range m.Parts {
			dst = strconv.AppendUint(append(appendComma(dst, i), '['), p.Number, 10)
			dst = append(appendString(append(dst, ','), string(p.Part)), ']')
		}
		if dst = append(dst, ']'); m.More {
			dst = append(dst, `,"more":true`...)
		}
	case "bye":
		dst = appendNumber(dst, `,"code":`, int64(m.Code))
		dst = appendString(append(dst, `,"reason":`...), m.Reason)
		dst = appendNumber(dst, `,"after":`, m.After.Milliseconds())
	case "right":
		dst = appendNumber(dst, `,"until":`, untilMillis(m.Until))
	case "error":
		dst = appendString(append(dst, `,"error":`...), m.Error)
		dst = appendString(append(dst, `,"detail":`...), m.Reason)
	default:
		panic("wire: no message " + m.Type)
	}
	return append(dst, '}')
}

func appendNumber(dst []byte, key string, n int64) []byte {
	return strconv.AppendInt(append(dst, key...), n, 10)
}

// AppendFrame appends one frame message of at most MaxFrame bytes with as much
// of f as fits, and returns what is left of f. Nothing is left if rest has
// neither Left nor Entries; then the message says "more" only if f does.
func AppendFrame(dst []byte, f peyk.Frame) (_ []byte, rest peyk.Frame) {
	const tail = len(`,"cells":[],"new":[],"at":[],"more":true}`)
	limit := len(dst) + MaxFrame - tail
	dst = append(dst, `{"type":"frame","part":`...)
	dst = strconv.AppendUint(dst, f.Part, 10)
	dst = appendNumber(dst, `,"to":`, int64(f.To))
	if span := span(f); span > 0 {
		dst = appendNumber(dst, `,"span":`, span)
	}
	if f.Full {
		dst = append(dst, `,"full":true`...)
	}
	if f.Order != nil {
		return append(AppendTracking(append(dst, `,"order":`...), *f.Order), '}'), peyk.Frame{}
	}
	if f.Cells != nil {
		return append(appendCells(dst, f.Cells), '}'), peyk.Frame{}
	}
	dst, f.Left = appendLeft(dst, f.Left, limit)
	dst, f.Entries = appendEntries(dst, f, limit)
	if f.More || len(f.Left) > 0 || len(f.Entries) > 0 {
		dst = append(dst, `,"more":true`...)
	}
	f.Full = false
	return append(dst, '}'), f
}

// span is how long before its To a frame begins; 0: it stands alone.
func span(f peyk.Frame) int64 {
	if f.From == 0 {
		return 0
	}
	return int64(f.To - f.From)
}

// FitParts returns how many of the parts one message can name, at least one.
func FitParts(parts []peyk.Watched) int {
	const around, each = 64, 32 // bytes, of what is not the names
	room, name := MaxFrame-around, []byte(nil)
	for i, p := range parts {
		name = appendString(name[:0], string(p.Part))
		if room -= len(name) + each; room < 0 {
			return max(i, 1)
		}
	}
	return len(parts)
}

// appendCells appends all cells: they always fit.
func appendCells(dst []byte, cells []peyk.Cell) []byte {
	dst = append(dst, `,"cells":[`...)
	for i, c := range cells {
		dst = appendNumber(appendComma(dst, i), "[", int64(c.Index))
		dst = appendNumber(dst, ",", int64(c.Count))
		if c.Count > 0 {
			dst = appendPoint(append(dst, ','), c.Lat, c.Lon)
		}
		dst = append(dst, ']')
	}
	return append(dst, ']')
}

func appendLeft(dst []byte, left []uint32, limit int) ([]byte, []uint32) {
	if len(left) == 0 {
		return dst, nil
	}
	const longest = len(",4294967295") + len("]")
	dst = append(dst, `,"left":[`...)
	for i, n := range left {
		if len(dst)+longest > limit {
			return append(dst, ']'), left[i:]
		}
		dst = strconv.AppendUint(appendComma(dst, i), uint64(n), 10)
	}
	return append(dst, ']'), nil
}

// appendEntries appends the introductions, then the positions of as many
// entries as fit; none as long as there is somebody left to name as gone.
func appendEntries(dst []byte, f peyk.Frame, limit int) ([]byte, []peyk.Entry) {
	if len(f.Left) > 0 || len(f.Entries) == 0 {
		return dst, f.Entries
	}
	at := make([]byte, 0, min(64*len(f.Entries), MaxFrame))
	start := len(dst)
	rest := f.Entries
	for i, e := range f.Entries {
		intros, positions := len(dst), len(at)
		if e.New {
			dst = appendIntroduction(dst, e, intros == start)
		}
		if e.Moved {
			at = appendPosition(appendComma(at, positions), e, f.To)
		}
		if len(dst)+len(at) > limit {
			dst, at = dst[:intros], at[:positions]
			break
		}
		rest = f.Entries[i+1:]
	}
	if len(dst) > start {
		dst = append(dst, ']')
	}
	if len(at) > 0 {
		dst = append(append(append(dst, `,"at":[`...), at...), ']')
	}
	return dst, rest
}

func appendIntroduction(dst []byte, e peyk.Entry, first bool) []byte {
	if first {
		dst = append(dst, `,"new":[`...)
	} else {
		dst = append(dst, ',')
	}
	dst = strconv.AppendUint(append(dst, '['), uint64(e.Number), 10)
	dst = appendString(append(dst, ','), e.Courier.ID)
	dst = appendString(append(dst, ','), e.Courier.Shown())
	dst = appendString(append(dst, ','), e.Courier.Team)
	dst = appendString(append(dst, ','), e.Courier.Username)
	return append(dst, ']')
}

func appendPosition(dst []byte, e peyk.Entry, to peyk.Version) []byte {
	p := e.Position
	dst = strconv.AppendUint(append(dst, '['), uint64(e.Number), 10)
	dst = append(appendPoint(append(dst, ','), p.Lat, p.Lon), ',')
	if heading, known := p.Heading.Value(); known {
		dst = strconv.AppendInt(dst, int64(math.Round(heading))%360, 10)
	} else {
		dst = append(dst, "null"...)
	}
	dst = append(dst, ',')
	if speed, known := p.Speed.Value(); known {
		dst = appendFixed(dst, int64(math.Round(speed*10)), 1)
	} else {
		dst = append(dst, "null"...)
	}
	dst = strconv.AppendInt(append(dst, ','), age(p, to), 10)
	dst = append(dst, ',')
	if interval := milliseconds(p); interval > 0 {
		return append(appendFixed(dst, interval, 3), ']')
	}
	return append(dst, "null]"...)
}

// milliseconds is the position's interval, 0 if it is not known.
func milliseconds(p peyk.Position) int64 {
	if p.Interval <= 0 {
		return 0
	}
	return max(p.Interval.Round(time.Millisecond).Milliseconds(), 1)
}

func appendPoint(dst []byte, lat, lon float64) []byte {
	return appendFixed(append(appendFixed(dst, micro(lat), 6), ','), micro(lon), 6)
}

// micro is what both encodings tell of a latitude or longitude: millionths.
func micro(degrees float64) int64 { return int64(math.Round(degrees * 1e6)) }

// age is in milliseconds, as versions are: so To less age of a position is the
// same in every frame, and clients can compare what parts say of it.
func age(p peyk.Position, to peyk.Version) int64 { return int64(to) - int64(p.Stamp)/1000 }

// appendFixed appends v / 10^decimals without zeros at the end. It is what
// strconv.AppendFloat(…, 'f', …) and a trim do, at a quarter of the time.
func appendFixed(dst []byte, v int64, decimals int) []byte {
	if v < 0 {
		dst, v = append(dst, '-'), -v
	}
	for decimals > 0 && v%10 == 0 {
		v /= 10
		decimals--
	}
	if decimals == 0 {
		return strconv.AppendInt(dst, v, 10)
	}
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	dst = strconv.AppendInt(dst, v/scale, 10)
	dst = append(dst, '.')
	for scale /= 10; scale > 0; scale /= 10 {
		dst = append(dst, byte('0'+v/scale%10))
	}
	return dst
}

func appendComma(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ',')
	}
	return dst
}
