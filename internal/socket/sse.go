package socket

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// events is peyk.v1.json as server-sent events (WHATWG HTML, section 9.2): each
// message is the data of one event. They go one way, so the view comes with the
// request, and what one has of it with the id of the last event that left one in
// step.
type events struct{ v1 }

func newEvents() *events {
	return &events{v1{appendFrame: wire.AppendFrame, appendMessage: wire.AppendMessage, frame: event}}
}

// event is a message as an event. A message has no line breaks.
func event(message []byte) []byte {
	b := make([]byte, 0, len("data: \n\n")+len(message))
	return append(append(append(b, "data: "...), message...), "\n\n"...)
}

func (e *events) say(m wire.Message) []byte {
	if m.Type == "bye" { // EventSource obeys this by itself
		return append(fmt.Appendf(nil, "retry: %d\n", m.After.Milliseconds()), e.v1.say(m)...)
	}
	return e.v1.say(m)
}

func (*events) ping() []byte           { return []byte(":\n\n") }
func (*events) end(int, string) []byte { return nil }

// ServeStream answers a request for server-sent events and hands the viewer to
// a loop.
func (h *Hub) ServeStream(w http.ResponseWriter, r *http.Request) {
	who, no := h.receive(r)
	if no == nil {
		no = checkStream(r)
	}
	var in peyk.Interest
	if no == nil {
		in, no = asked(r, who.Scopes, h.o.World.Epoch())
	}
	if no == nil {
		no = h.enter(who)
	}
	if no != nil {
		h.refuse(w, no)
		return
	}
	conn, early, err := takeOver(w, streamHead(w.Header()))
	if err != nil {
		h.brokeOff(who, err)
		return
	}
	v := newViewer(h, h.events, newRight(who, r.RemoteAddr))
	v.deaf = true
	_ = v.watch(&in, time.Now()) // asked has covered it
	h.host(conn, early, v)
}

// checkStream returns why r cannot be answered with a stream, or nil.
func checkStream(r *http.Request) *refusal {
	switch {
	case r.Method != http.MethodGet:
		return &refusal{status: http.StatusMethodNotAllowed, detail: fmt.Sprintf("Method %q not allowed.", r.Method)}
	case !r.ProtoAtLeast(1, 1) || r.ProtoMajor != 1:
		return &refusal{status: http.StatusHTTPVersionNotSupported, detail: "The stream is spoken over HTTP/1.1."}
	case r.ContentLength != 0:
		return &refusal{status: http.StatusBadRequest, detail: "A request for the stream has no body."}
	}
	return nil
}

// streamHead is the head of the answer; it keeps what was set on the way here.
// The body has no length: it ends with the connection.
func streamHead(h http.Header) []byte {
	h = h.Clone()
	for key, value := range map[string]string{
		"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no", "Connection": "close",
		"Date": time.Now().UTC().Format(http.TimeFormat),
	} {
		h.Set(key, value)
	}
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 200 OK\r\n")
	_ = h.Write(&b) // a buffer takes everything
	b.WriteString("\r\n")
	return b.Bytes()
}

// something is the version that a client has of which we do not know what it
// holds: it is told of every part anew, be it empty.
const something peyk.Version = 1

// asked returns what the request asks to watch, and what the client has of it.
func asked(r *http.Request, scopes []peyk.Scope, now peyk.Epoch) (in peyk.Interest, no *refusal) {
	view, err := viewOf(r.URL.Query())
	if err != nil {
		return in, &refusal{status: http.StatusBadRequest, detail: "The view is not understood: " + err.Error() + "."}
	}
	keys, err := live.Cover(scopes, view)
	if err != nil {
		return in, &refusal{status: http.StatusBadRequest, detail: "The view is not understood: " + err.Error() + "."}
	}
	epoch, version, parts, ok := parseEventID(r.Header.Get("Last-Event-Id"))
	if !ok || epoch != now || parts != fingerprint(len(keys), func(i int) peyk.Part { return keys[i].Name() }) {
		version = something
	}
	in = peyk.Interest{View: view, Epoch: now, Have: make(map[peyk.Part]peyk.Version, len(keys))}
	for _, key := range keys {
		in.Have[key.Name()] = version
	}
	return in, nil
}

// viewOf reads a view from a query: all=1, or box=south,west,north,east with
// zoom and limit, or couriers=a,b. None of them means all.
func viewOf(query url.Values) (v peyk.View, err error) {
	switch all := query.Get("all"); {
	case all != "":
		if v.All, err = strconv.ParseBool(all); err != nil {
			return v, fmt.Errorf("all: want 1: %q", cut(all))
		}
	case !query.Has("box") && !query.Has("couriers"):
		v.All = true
	}
	if query.Has("box") {
		if v.Box, err = boxOf(query); err != nil {
			return v, err
		}
	}
	for _, list := range query["couriers"] {
		v.Couriers = append(v.Couriers, strings.Split(list, ",")...)
	}
	return v, v.Validate()
}

func boxOf(query url.Values) (*peyk.Box, error) {
	b := &peyk.Box{Limit: peyk.Limits[0]}
	edges := strings.Split(query.Get("box"), ",")
	into := [...]*float64{&b.South, &b.West, &b.North, &b.East, &b.Zoom}
	if len(edges) != len(into)-1 {
		return nil, fmt.Errorf("box: want south,west,north,east: %q", cut(query.Get("box")))
	}
	if zoom := query.Get("zoom"); zoom != "" {
		edges = append(edges, zoom)
	}
	for i, edge := range edges {
		var err error
		if *into[i], err = strconv.ParseFloat(strings.TrimSpace(edge), 64); err != nil {
			return nil, fmt.Errorf("box and zoom: want numbers: %q", cut(edge))
		}
	}
	if limit := query.Get("limit"); limit != "" {
		var err error
		if b.Limit, err = strconv.Atoi(limit); err != nil {
			return nil, fmt.Errorf("limit: want one of %v: %q", peyk.Limits, cut(limit))
		}
	}
	return b, nil
}

// cut shortens what is quoted in an answer.
func cut(text string) string { return text[:min(len(text), 40)] }

// mark puts the id of the event that follows into out: the state in which it
// leaves the viewer. It names the parts too, so that a right or a view that has
// changed meanwhile makes it start anew instead of lacking somebody.
func (v *viewer) mark(version peyk.Version) {
	if !v.deaf {
		return
	}
	parts := fingerprint(len(v.have), func(i int) peyk.Part { return v.have[i].Part.Name() })
	v.out = append(v.out, fmt.Appendf(nil, "id: %s.%d.%016x\n", v.hub.o.World.Epoch(), version, parts))
}

func parseEventID(id string) (epoch peyk.Epoch, version peyk.Version, parts uint64, ok bool) {
	fields := strings.Split(id, ".")
	if len(fields) != 3 {
		return 0, 0, 0, false
	}
	epoch, err := wire.ParseEpoch(fields[0])
	if err != nil {
		return 0, 0, 0, false
	}
	number, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0, 0, 0, false
	}
	parts, err = strconv.ParseUint(fields[2], 16, 64)
	return epoch, peyk.Version(number), parts, err == nil
}

// fingerprint names a list of parts.
func fingerprint(n int, name func(i int) peyk.Part) uint64 {
	sum := fnv.New64a()
	for i := range n {
		sum.Write(append([]byte(name(i)), 0)) // it takes everything
	}
	return sum.Sum64()
}
