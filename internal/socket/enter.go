package socket

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"peyk"
)

// Seats says whether there is room for one viewer more. It is safe for
// concurrent use, and waits for nothing.
type Seats interface {
	// Enter takes a seat, or returns a *peyk.Later: peyk.ErrLimited, of who has
	// seats enough, or peyk.ErrCrowded.
	Enter(subject string) error
	// Leave gives a seat back. The subject is that of Enter.
	Leave(subject string)
}

type anySeat struct{}

func (anySeat) Enter(string) error { return nil }
func (anySeat) Leave(string)       {}

// refusal is the answer to who does not become a viewer.
type refusal struct {
	status int
	detail string
	after  int // seconds, where there is any use in coming again; 0: as the status has it
}

// receive returns who asks, or why it may see nothing.
func (h *Hub) receive(r *http.Request) (peyk.Identity, *refusal) {
	who, err := h.o.Who.Identity(r)
	var later *peyk.Later
	switch {
	case errors.As(err, &later):
		return who, postponed(later)
	case errors.Is(err, peyk.ErrUnauthorized):
		return who, &refusal{status: http.StatusUnauthorized, detail: "Authentication credentials were not provided, or are not good."}
	case errors.Is(err, peyk.ErrForbidden) || err == nil && !mayWatch(who):
		return who, &refusal{status: http.StatusForbidden, detail: "You do not have permission to perform this action."}
	case errors.Is(err, peyk.ErrUnavailable):
		return who, &refusal{status: http.StatusServiceUnavailable, detail: "Who you are cannot be found out now."}
	case err != nil:
		h.o.Log.Error("ask who is there", "err", err)
		return who, &refusal{status: http.StatusInternalServerError, detail: "Who you are could not be found out."}
	case h.isStopped():
		return who, &refusal{status: http.StatusServiceUnavailable, detail: "The server stops."}
	}
	return who, nil
}

func (h *Hub) isStopped() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.stopped
}

// enter takes a seat for a viewer, who gives it back when it is dismissed.
func (h *Hub) enter(who peyk.Identity) *refusal {
	err := h.o.Seats.Enter(who.Subject)
	if later, ok := errors.AsType[*peyk.Later](err); ok {
		return postponed(later)
	}
	return nil
}

// postponed is the answer to who may come again.
func postponed(later *peyk.Later) *refusal {
	if errors.Is(later, peyk.ErrCrowded) {
		return &refusal{http.StatusServiceUnavailable, "As many viewers are connected as there is room for.", later.Seconds()}
	}
	return &refusal{http.StatusTooManyRequests, "Too many connections, or too many attempts without a good credential.", later.Seconds()}
}

func (h *Hub) refuse(w http.ResponseWriter, no *refusal) {
	h.stats.refuse(reasonOf(no.status))
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Cache-Control", "no-store")
	switch no.status {
	case http.StatusUnauthorized:
		header.Set("WWW-Authenticate", "Bearer")
	case http.StatusUpgradeRequired:
		header.Set("Upgrade", "websocket")
		header.Set("Sec-WebSocket-Version", "13")
	case http.StatusMethodNotAllowed:
		header.Set("Allow", http.MethodGet)
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		header.Set("Retry-After", strconv.Itoa(max(no.after, 1)))
		header.Set("Connection", "close") // files may be short
	}
	w.WriteHeader(no.status)
	_ = json.NewEncoder(w).Encode(map[string]string{"detail": no.detail}) // the client may be gone
}

func (h *Hub) brokeOff(who peyk.Identity, err error) {
	h.o.Seats.Leave(who.Subject)
	h.stats.refuse(refusedBroken)
	h.o.Log.Debug("handshake broke off", "err", err)
}

// Reasons for which somebody does not become a viewer.
const (
	refusedMalformed    = iota // it was no handshake, or no request for the stream
	refusedUnauthorized        // no good credential
	refusedForbidden           // it may not watch
	refusedLimited             // it has viewers enough, or its address tries too often
	refusedUnavailable         // there is no room, or the server stops
	refusedFault               // who it is could not be found out
	refusedBroken              // it was gone before the answer
)

func reasonOf(status int) int {
	switch status {
	case http.StatusUnauthorized:
		return refusedUnauthorized
	case http.StatusForbidden:
		return refusedForbidden
	case http.StatusTooManyRequests:
		return refusedLimited
	case http.StatusServiceUnavailable:
		return refusedUnavailable
	case http.StatusInternalServerError:
		return refusedFault
	}
	return refusedMalformed
}

// Refusals say how often somebody did not become a viewer, by reason.
type Refusals struct {
	Malformed, Unauthorized, Forbidden, Limited, Unavailable, Fault, Broken uint64
}

// All is how often it was in all.
func (r Refusals) All() uint64 {
	return r.Malformed + r.Unauthorized + r.Forbidden + r.Limited + r.Unavailable + r.Fault + r.Broken
}

func (s *stats) refuse(why int) { s.refusals[why].Add(1) }

func (s *stats) refused() Refusals {
	n := func(why int) uint64 { return s.refusals[why].Load() }
	return Refusals{
		n(refusedMalformed), n(refusedUnauthorized), n(refusedForbidden), n(refusedLimited),
		n(refusedUnavailable), n(refusedFault), n(refusedBroken),
	}
}
