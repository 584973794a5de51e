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

// ParseWatch reads what a viewer of peyk.v1.json says. A message of a type
// that is not known is no error: ok is false.
func ParseWatch(message []byte) (w peyk.Interest, ok bool, err error) {
	var m struct {
		Type string                     `json:"type"`
		View *struct{ All bool }        `json:"view"`
		Epo  string                     `json:"epoch"`
		Have map[peyk.Part]peyk.Version `json:"have"`
	}
	if err := json.Unmarshal(message, &m); err != nil {
		return w, false, fmt.Errorf("%w: want a JSON object with a type: %v", ErrBadMessage, err)
	}
	if m.Type == "" {
		return w, false, fmt.Errorf(`%w: want a "type"`, ErrBadMessage)
	}
	if m.Type != "watch" {
		return w, false, nil
	}
	if m.View == nil || !m.View.All {
		return w, false, fmt.Errorf(`%w: want "view":{"all":true}`, ErrUnknownView)
	}
	if len(m.Have) > peyk.MaxParts {
		return w, false, fmt.Errorf("%w: have names %d parts (want at most %d)", ErrBadMessage, len(m.Have), peyk.MaxParts)
	}
	w = peyk.Interest{View: peyk.View{All: true}, Have: m.Have}
	if m.Epo != "" {
		if w.Epoch, err = ParseEpoch(m.Epo); err != nil {
			return w, false, fmt.Errorf("%w: %w", ErrBadMessage, err)
		}
	}
	return w, true, nil
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
func AppendWatch(dst []byte, w peyk.Interest) []byte {
	dst = append(dst, `{"type":"watch","view":{"all":true}`...)
	if w.Epoch == 0 {
		return append(dst, '}')
	}
	dst = append(dst, `,"epoch":"`...)
	dst = append(dst, w.Epoch.String()...)
	dst = append(dst, `","have":{`...)
	i := 0
	for part, v := range w.Have {
		dst = appendString(appendComma(dst, i), string(part))
		dst = strconv.AppendInt(append(dst, ':'), int64(v), 10)
		i++
	}
	return append(dst, "}}"...)
}
