package socket

import (
	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// language is one way of telling the world. What its methods return are whole
// WebSocket frames, in chunks that are written in order and never changed.
type language interface {
	tick(t live.Tick) [][]byte
	// piece tells a frame of a walk; opening: it is the first walk of the viewer.
	piece(f peyk.Frame, opening bool) [][]byte
	// say returns a message of the protocol, or nil if the language has no such thing.
	say(m wire.Message) []byte
}

// languages are the subprotocols, and what is spoken without one.
func languages(d wire.Decimals, now func() peyk.Micros) map[string]language {
	old := &original{decimals: d, now: now}
	return map[string]language{"": old, "echo-protocol": old, "peyk.v1.json": v1JSON{}}
}

// v1JSON is peyk.v1.json.
type v1JSON struct{}

func (v1JSON) tick(t live.Tick) [][]byte { return v1JSON{}.piece(t.Frame, false) }

func (v1JSON) piece(f peyk.Frame, _ bool) [][]byte {
	var chunks [][]byte
	for {
		var message []byte
		message, f = wire.AppendFrame(nil, f)
		chunks = append(chunks, appendFrame(make([]byte, 0, len(message)+4), opText, message))
		if len(f.Left)+len(f.Entries) == 0 {
			return chunks
		}
	}
}

func (v1JSON) say(m wire.Message) []byte { return appendFrame(nil, opText, wire.AppendMessage(nil, m)) }

// original is the original stream: positions, and not a word besides.
type original struct {
	decimals wire.Decimals
	now      func() peyk.Micros
}

func (o *original) tick(t live.Tick) [][]byte {
	if t.Reports == nil {
		return o.piece(t.Frame, false)
	}
	var chunks chunked
	for _, r := range t.Reports {
		chunks.add(wire.AppendOriginal(nil, r, o.decimals))
	}
	return chunks
}

// piece tells who moved. A page that opens gets those who are not silent.
func (o *original) piece(f peyk.Frame, opening bool) [][]byte {
	var chunks chunked
	for _, e := range f.Entries {
		if !e.Moved || opening && e.Position.Silent(o.now()) {
			continue
		}
		chunks.add(wire.AppendOriginal(nil, peyk.Report{Courier: e.Courier, Position: e.Position}, o.decimals))
	}
	return chunks
}

func (*original) say(wire.Message) []byte { return nil }

// chunked gathers small frames into chunks of about wire.MaxFrame bytes.
type chunked [][]byte

func (c *chunked) add(message []byte) {
	last := len(*c) - 1
	if last < 0 || len((*c)[last])+len(message) > wire.MaxFrame {
		*c = append(*c, nil)
		last++
	}
	(*c)[last] = appendFrame((*c)[last], opText, message)
}
