package socket

import (
	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// language is one way of telling the world. What its methods return is framed
// for the connection, in chunks that are written in order and never changed.
type language interface {
	// change tells what changed in a part; reports are those of the part's
	// scope, nil if they are not at hand.
	change(c live.Change, reports []peyk.Report) [][]byte
	// piece tells a frame of a walk; opening: it is the first walk of the viewer.
	piece(f peyk.Frame, opening bool) [][]byte
	// say returns a message of the protocol, or nil if the language has no such thing.
	say(m wire.Message) []byte
	// ping returns what keeps a connection awake and says nothing.
	ping() []byte
	// end returns what the connection ends with, or nil.
	end(code int, reason string) []byte
}

// webSocket is what every language has on a WebSocket.
type webSocket struct{}

func (webSocket) ping() []byte                       { return appendFrame(nil, opPing, nil) }
func (webSocket) end(code int, reason string) []byte { return appendClose(nil, code, reason) }

// languages are the subprotocols, and what is spoken without one.
func languages(d wire.Decimals, now func() peyk.Micros) map[string]language {
	old := &original{decimals: d, now: now}
	return map[string]language{
		"": old, "echo-protocol": old,
		"peyk.v1.json": &v1{appendFrame: wire.AppendFrame, appendMessage: wire.AppendMessage, frame: textFrame},
		"peyk.v1.bin":  &v1{appendFrame: wire.AppendBinFrame, appendMessage: wire.AppendBinMessage, frame: binaryFrame},
	}
}

// v1 is peyk.v1 in one of its encodings.
type v1 struct {
	webSocket
	appendFrame   func(dst []byte, f peyk.Frame) ([]byte, peyk.Frame)
	appendMessage func(dst []byte, m wire.Message) []byte
	frame         func(message []byte) []byte // puts it into a frame of the connection
}

func textFrame(message []byte) []byte   { return appendFrame(nil, opText, message) }
func binaryFrame(message []byte) []byte { return appendFrame(nil, opBinary, message) }

func (l *v1) change(c live.Change, _ []peyk.Report) [][]byte { return l.piece(c.Frame, false) }

func (l *v1) piece(f peyk.Frame, _ bool) [][]byte {
	var chunks [][]byte
	for {
		var message []byte
		message, f = l.appendFrame(nil, f)
		chunks = append(chunks, l.frame(message))
		if len(f.Left)+len(f.Entries) == 0 {
			return chunks
		}
	}
}

func (l *v1) say(m wire.Message) []byte { return l.frame(l.appendMessage(nil, m)) }

// original is the original stream: positions, and not a word besides.
type original struct {
	webSocket
	decimals wire.Decimals
	now      func() peyk.Micros
}

func (o *original) change(c live.Change, reports []peyk.Report) [][]byte {
	if reports == nil {
		return o.piece(c.Frame, false)
	}
	var chunks chunked
	for _, r := range reports {
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
