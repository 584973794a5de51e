package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"peyk"
)

// What can be wrong with a request; the texts are the names that the protocol
// gives them.
var (
	ErrBadMessage  = errors.New("bad_message")
	ErrUnknownView = errors.New("unknown_view")
	ErrBadToken    = errors.New("bad_token")
)

// Request is what a viewer says: one of the two, or neither, if it is of a type
// that is not known.
type Request struct {
	Watch *peyk.Interest
	Token string // a fresh credential
}

// request is any request as it is written.
type request struct {
	Type  string                     `json:"type"`
	View  view                       `json:"view"`
	Epoch string                     `json:"epoch"`
	Have  map[peyk.Part]peyk.Version `json:"have"`
	Token string                     `json:"token"`
}

// ParseRequest reads what a viewer says, in whichever language it listens. Its
// errors quote no token.
func ParseRequest(message []byte) (r Request, err error) {
	var m request
	if err := json.Unmarshal(message, &m); err != nil {
		return r, fmt.Errorf("%w: want a JSON object with a type", ErrBadMessage)
	}
	switch m.Type {
	case "":
		return r, fmt.Errorf(`%w: want a "type"`, ErrBadMessage)
	case "token":
		if r.Token = m.Token; m.Token == "" {
			return r, fmt.Errorf(`%w: want a "token"`, ErrBadToken)
		}
	case "watch":
		in, err := m.interest()
		if err != nil {
			return r, err
		}
		r.Watch = &in
	}
	return r, nil
}

func (m request) interest() (in peyk.Interest, err error) {
	if len(m.Have) > peyk.MaxParts {
		return in, fmt.Errorf("%w: have names %d parts (want at most %d)", ErrBadMessage, len(m.Have), peyk.MaxParts)
	}
	if in.View, err = m.View.view(); err != nil {
		return in, err
	}
	if in.Have = m.Have; m.Epoch != "" {
		if in.Epoch, err = ParseEpoch(m.Epoch); err != nil {
			return in, fmt.Errorf("%w: %w", ErrBadMessage, err)
		}
	}
	return in, nil
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

// ErrorName returns the name that the protocol gives to an error of ParseRequest.
func ErrorName(err error) string {
	for _, known := range [...]error{ErrUnknownView, ErrBadToken} {
		if errors.Is(err, known) {
			return known.Error()
		}
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

// AppendToken appends what a client says to show a fresh credential.
func AppendToken(dst []byte, token string) []byte {
	return append(appendString(append(dst, `{"type":"token","token":`...), token), '}')
}

// AppendWatch appends what a client says to watch; ParseRequest reads it.
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
