package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"peyk"
)

// Errors of ParseWatch; their texts are the names that the protocol gives them.
var (
	ErrBadMessage  = errors.New("bad_message")
	ErrUnknownView = errors.New("unknown_view")
)

// ParseWatch reads what a viewer says, in whichever language it listens. A
// message of a type that is not known is no error: ok is false.
func ParseWatch(message []byte) (in peyk.Interest, ok bool, err error) {
	var m struct {
		Type  string                     `json:"type"`
		View  view                       `json:"view"`
		Epoch string                     `json:"epoch"`
		Have  map[peyk.Part]peyk.Version `json:"have"`
	}
	if err := json.Unmarshal(message, &m); err != nil {
		return in, false, fmt.Errorf("%w: want a JSON object with a type: %v", ErrBadMessage, err)
	}
	if m.Type == "" {
		return in, false, fmt.Errorf(`%w: want a "type"`, ErrBadMessage)
	}
	if m.Type != "watch" {
		return in, false, nil
	}
	if len(m.Have) > peyk.MaxParts {
		return in, false, fmt.Errorf("%w: have names %d parts (want at most %d)", ErrBadMessage, len(m.Have), peyk.MaxParts)
	}
	if in.View, err = m.View.view(); err != nil {
		return in, false, err
	}
	if in.Have = m.Have; m.Epoch != "" {
		if in.Epoch, err = ParseEpoch(m.Epoch); err != nil {
			return in, false, fmt.Errorf("%w: %w", ErrBadMessage, err)
		}
	}
	return in, true, nil
}

// view is a view as it is written.
type view struct {
	All      bool      `json:"all"`
	Box      []float64 `json:"box"`
	Zoom     float64   `json:"zoom"`
	Limit    int       `json:"limit"`
	Couriers []string  `json:"couriers"`
}

func (v view) view() (peyk.View, error) {
	out := peyk.View{All: v.All, Couriers: v.Couriers}
	if v.Box != nil {
		if len(v.Box) != 4 {
			return out, fmt.Errorf("%w: box: want [south,west,north,east]", ErrUnknownView)
		}
		if v.Limit == 0 {
			v.Limit = peyk.Limits[0]
		}
		out.Box = &peyk.Box{South: v.Box[0], West: v.Box[1], North: v.Box[2], East: v.Box[3], Zoom: v.Zoom, Limit: v.Limit}
	}
	if err := out.Validate(); err != nil {
		return out, fmt.Errorf("%w: %w", ErrUnknownView, err)
	}
	return out, nil
}

// ErrorName returns the name that the protocol gives to an error of ParseWatch.
func ErrorName(err error) string {
	if errors.Is(err, ErrUnknownView) {
		return ErrUnknownView.Error()
	}
	return ErrBadMessage.Error()
}

// ParseEpoch reads 16 hexadecimal digits.
func ParseEpoch(text string) (peyk.Epoch, error) {
	e, err := strconv.ParseUint(text, 16, 64)
	if err != nil || len(text) != 16 {
		return 0, fmt.Errorf("epoch: want 16 hexadecimal digits: %q", text)
	}
	return peyk.Epoch(e), nil
}

// AppendWatch appends what a client says to watch; ParseWatch reads it.
func AppendWatch(dst []byte, in peyk.Interest) []byte {
	dst = append(dst, `{"type":"watch","view":{`...)
	switch v := in.View; {
	case v.Box != nil:
		b := v.Box
		for i, degrees := range [...]float64{b.South, b.West, b.North, b.East} {
			dst = append(dst, [...]string{`"box":[`, ",", ",", ","}[i]...)
			dst = strconv.AppendFloat(dst, degrees, 'f', -1, 64)
		}
		dst = strconv.AppendFloat(append(dst, `],"zoom":`...), b.Zoom, 'f', -1, 64)
		dst = appendNumber(dst, `,"limit":`, int64(b.Limit))
	case v.Couriers != nil:
		dst = append(dst, `"couriers":[`...)
		for i, id := range v.Couriers {
			dst = appendString(appendComma(dst, i), id)
		}
		dst = append(dst, ']')
	default:
		dst = append(dst, `"all":true`...)
	}
	dst = append(dst, '}')
	if in.Epoch == 0 {
		return append(dst, '}')
	}
	dst = append(dst, `,"epoch":"`...)
	dst = append(dst, in.Epoch.String()...)
	dst = append(dst, `","have":{`...)
	i := 0
	for part, v := range in.Have {
		dst = appendString(appendComma(dst, i), string(part))
		dst = appendNumber(dst, ":", int64(v))
		i++
	}
	return append(dst, "}}"...)
}
