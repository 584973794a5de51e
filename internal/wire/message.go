package wire

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"peyk"
)

// Message is any message that a server of peyk.v1 sends, in either encoding.
// Which members are set goes by Type. AppendMessage writes all but frames, which
// AppendFrame does.
type Message struct {
	Type    string
	Epoch   peyk.Epoch     // hello
	Version peyk.Version   // hello, upto, beat
	Parts   []peyk.Watched // parts
	More    bool           // parts: the list goes on in the next message
	Frame   peyk.Frame     // frame; of a courier, what was not introduced is empty
	Code    int            // bye
	Reason  string         // bye, error: its detail
	Error   string         // error: its name
	After   time.Duration  // bye
	Until   time.Time      // right: zero: it does not end
}

// untilMillis writes the end of a right in milliseconds since 1970; 0: none.
func untilMillis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func untilOf(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(millis)
}

// message is any message of peyk.v1.json as it is written.
type message struct {
	Type    string              `json:"type"`
	Epoch   string              `json:"epoch"`
	Version peyk.Version        `json:"version"`
	Parts   [][]json.RawMessage `json:"parts"`
	Part    uint64              `json:"part"`
	To      peyk.Version        `json:"to"`
	Span    peyk.Version        `json:"span"`
	Full    bool                `json:"full"`
	More    bool                `json:"more"`
	Left    []uint32            `json:"left"`
	New     [][]json.RawMessage `json:"new"`
	At      [][]*float64        `json:"at"`
	Cells   [][]float64         `json:"cells"`
	Order   json.RawMessage     `json:"order"`
	Code    int                 `json:"code"`
	Reason  string              `json:"reason"`
	After   int64               `json:"after"`
	Until   int64               `json:"until"`
	Error   string              `json:"error"`
	Detail  string              `json:"detail"`
}

// ParseMessage reads one message. Types and members that it does not know are
// no error.
func ParseMessage(b []byte) (Message, error) {
	var raw message
	if err := json.Unmarshal(b, &raw); err != nil {
		return Message{}, fmt.Errorf("read message: %w", err)
	}
	m := Message{
		Type: raw.Type, Version: raw.Version, More: raw.More && raw.Type == "parts", Code: raw.Code, Reason: raw.Reason + raw.Detail,
		Error: raw.Error, After: time.Duration(raw.After) * time.Millisecond, Until: untilOf(raw.Until),
	}
	var err error
	if raw.Epoch != "" {
		if m.Epoch, err = ParseEpoch(raw.Epoch); err != nil {
			return Message{}, err
		}
	}
	if m.Parts, err = parts(raw.Parts); err != nil {
		return Message{}, err
	}
	if m.Frame, err = raw.frame(); err != nil {
		return Message{}, err
	}
	return m, nil
}

func (m message) frame() (f peyk.Frame, err error) {
	f = peyk.Frame{
		Part: m.Part, From: from(m.To, m.Span), To: m.To, Full: m.Full, More: m.More && m.Type == "frame", Left: m.Left,
	}
	if f.Entries, err = entries(m.New, m.At, m.To); err != nil {
		return f, err
	}
	if m.Cells != nil {
		if f.Cells, err = cells(m.Cells); err != nil {
			return f, err
		}
	}
	if m.Order != nil {
		f.Order, err = order(m.Order)
	}
	return f, err
}

func order(b []byte) (*peyk.Tracking, error) {
	t, err := ParseTracking(b)
	return &t, err
}

// from is the other way round of span.
func from(to, span peyk.Version) peyk.Version {
	if span <= 0 {
		return 0
	}
	return to - span
}

func parts(raw [][]json.RawMessage) (list []peyk.Watched, err error) {
	for _, each := range raw {
		var p peyk.Watched
		if err := elements(each, "part", &p.Number, &p.Part); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// elements reads those elements of an array that are known.
func elements(raw []json.RawMessage, what string, fields ...any) error {
	if len(raw) < len(fields) {
		return fmt.Errorf("%s has %d elements (want %d)", what, len(raw), len(fields))
	}
	for i, field := range fields {
		if err := json.Unmarshal(raw[i], field); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return nil
}

func cells(raw [][]float64) ([]peyk.Cell, error) {
	list := make([]peyk.Cell, 0, len(raw))
	for _, c := range raw {
		if len(c) < 2 || c[1] > 0 && len(c) < 4 || c[0] < 0 || c[0] >= peyk.GridSide*peyk.GridSide || c[1] < 0 || c[1] > math.MaxUint32 {
			return nil, fmt.Errorf("cell %v (want index, count, latitude, longitude)", c)
		}
		cell := peyk.Cell{Index: uint8(c[0]), Count: uint32(c[1])}
		if cell.Count > 0 {
			cell.Lat, cell.Lon = c[2], c[3]
		}
		list = append(list, cell)
	}
	return list, nil
}

// entries returns introductions first, then positions, each as an entry of its own.
func entries(intros [][]json.RawMessage, positions [][]*float64, to peyk.Version) ([]peyk.Entry, error) {
	all := make([]peyk.Entry, 0, len(intros)+len(positions))
	for _, raw := range intros {
		e := peyk.Entry{New: true}
		err := elements(raw, "introduction", &e.Number, &e.Courier.ID, &e.Courier.Name, &e.Courier.Team, &e.Courier.Username)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	for _, at := range positions {
		e, err := position(at, to)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func position(at []*float64, to peyk.Version) (peyk.Entry, error) {
	const number, lat, lon, heading, speed, age, interval, all = 0, 1, 2, 3, 4, 5, 6, 7
	if len(at) < all || at[number] == nil || at[lat] == nil || at[lon] == nil || at[age] == nil {
		return peyk.Entry{}, fmt.Errorf("position has %d elements, or null where none may be (want %d)", len(at), all)
	}
	if n := *at[number]; n < 0 || n > math.MaxUint32 {
		return peyk.Entry{}, fmt.Errorf("courier number %v is out of range", n)
	}
	e := peyk.Entry{Number: uint32(*at[number]), Moved: true}
	e.Position.Lat, e.Position.Lon = *at[lat], *at[lon]
	e.Position.Stamp = to.Micros() - peyk.Micros(*at[age])*1000
	if at[heading] != nil {
		e.Position.Heading = peyk.Measured(*at[heading])
	}
	if at[speed] != nil {
		e.Position.Speed = peyk.Measured(*at[speed])
	}
	if at[interval] != nil {
		e.Position.Interval = time.Duration(math.Round(*at[interval]*1000)) * time.Millisecond
	}
	return e, nil
}
