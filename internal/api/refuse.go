package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/ingest"
	rules "peyk/internal/order"
	"peyk/internal/store"
)

// notAllowed is a method that a path does not offer.
type notAllowed struct{ method, allow string }

func (e notAllowed) Error() string { return fmt.Sprintf("Method %q not allowed.", e.method) }

// tooLarge is a body that is longer than it may be, and how long that is.
type tooLarge string

func (e tooLarge) Error() string { return string(e) }

func bodyOver(most int) tooLarge {
	return tooLarge(fmt.Sprintf("the body has more than %d bytes", most))
}

// absent is what this node does not serve, though others may: why.
type absent string

func (e absent) Error() string { return string(e) }

var errBody = errors.New("the body did not arrive whole")

// unavailable is an error that is answered as if it were ours.
type unavailable struct{ error }

func (u unavailable) Unwrap() error { return u.error }

// refusal is an answer other than success.
type refusal struct {
	status       int
	body         any
	header, says string // one header more; empty: none
}

// refuse answers with what err says. It is the only place that does.
func (s *Server) refuse(w http.ResponseWriter, path string, err error) {
	no := refusalOf(err)
	s.refused(path, no.status)
	switch {
	case no.status == http.StatusInternalServerError:
		s.o.Log.Error("request failed", "route", path, "err", err)
	case errors.Is(err, store.ErrFailed):
		s.o.Log.Warn("request failed", "route", path, "err", err)
	}
	if no.header != "" {
		w.Header().Set(no.header, no.says)
	}
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, no.status, no.body)
}

// refusalOf turns errors into statuses. The sentences are REST framework's.
func refusalOf(err error) refusal {
	var fields ingest.FieldErrors
	var detail ingest.Detail
	var method notAllowed
	var large tooLarge
	var cut cutOff
	var ours unavailable
	var later *peyk.Later
	var items wrongItems
	var state rules.Conflict
	var often tooOften
	var missing absent
	switch {
	case errors.As(err, &ours):
		no := refusalOf(ours.error)
		no.status = http.StatusServiceUnavailable
		return no
	case errors.As(err, &later):
		return throttled(later)
	case errors.As(err, &missing):
		return because(http.StatusNotFound, missing.Error())
	case errors.As(err, &cut):
		return cut.refusal()
	case errors.As(err, &items):
		return refusal{status: http.StatusBadRequest, body: items}
	case errors.As(err, &state):
		return because(http.StatusConflict, sentence(state))
	case errors.As(err, &often):
		return because(http.StatusTooManyRequests, sentence(often)).with("Retry-After", often.seconds())
	case errors.Is(err, errStale):
		return because(http.StatusPreconditionFailed, sentence(errStale))
	case errors.As(err, &fields):
		return refusal{status: http.StatusBadRequest, body: fields}
	case errors.As(err, &detail):
		return refusal{status: detail.Status, body: detail}
	case errors.As(err, &method):
		return because(http.StatusMethodNotAllowed, method.Error()).with("Allow", method.allow)
	case errors.As(err, &large):
		return because(http.StatusRequestEntityTooLarge, sentence(large)).with("Connection", "close")
	}
	return refusalOfKnown(err)
}

// refusalOfKnown is that of errors that say all by what they are.
func refusalOfKnown(err error) refusal {
	switch {
	case errors.Is(err, auth.ErrNone):
		return because(http.StatusUnauthorized, "Authentication credentials were not provided.").with("WWW-Authenticate", "Bearer")
	case errors.Is(err, auth.ErrExpired):
		return because(http.StatusUnauthorized, "Token has expired.").with("WWW-Authenticate", "Bearer")
	case errors.Is(err, peyk.ErrUnauthorized):
		return because(http.StatusUnauthorized, invalid(err)).with("WWW-Authenticate", "Bearer")
	case errors.Is(err, peyk.ErrUnavailable):
		return because(http.StatusServiceUnavailable, "Who you are cannot be found out now.").with("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
	case errors.Is(err, auth.ErrGateway):
		return because(http.StatusForbidden, sentence(err))
	case errors.Is(err, peyk.ErrForbidden):
		return because(http.StatusForbidden, "You do not have permission to perform this action.")
	case errors.Is(err, auth.ErrOrigin):
		return because(http.StatusForbidden, sentence(err))
	case errors.Is(err, auth.ErrHost):
		return because(http.StatusMisdirectedRequest, sentence(err))
	case errors.Is(err, peyk.ErrNotFound):
		return because(http.StatusNotFound, "Not found.")
	case errors.Is(err, peyk.ErrConflict):
		return because(http.StatusConflict, sentence(peyk.ErrConflict))
	case errors.Is(err, context.Canceled): // whoever asked is gone, and reads nothing
		return because(http.StatusRequestTimeout, "The request was given up.")
	case errors.Is(err, os.ErrDeadlineExceeded):
		return because(http.StatusRequestTimeout, sentence(errBody)).with("Connection", "close")
	case errors.Is(err, errBody):
		return because(http.StatusBadRequest, sentence(errBody)).with("Connection", "close")
	case errors.Is(err, store.ErrFailed):
		return because(http.StatusServiceUnavailable, "The store does not answer.").with("Retry-After", "1")
	case errors.Is(err, peyk.ErrFull):
		return because(http.StatusServiceUnavailable, sentence(err)).with("Retry-After", strconv.Itoa(int(retryAfter.Seconds())))
	}
	return because(http.StatusInternalServerError, "A server error occurred.")
}

// invalid is REST framework's sentence, and of a token that the shop signed also
// what is wrong with it.
func invalid(err error) string {
	if unfit := (*auth.Unfit)(nil); errors.As(err, &unfit) {
		return "Invalid token: " + unfit.Error() + "."
	}
	return "Invalid token."
}

// throttled has REST framework's sentence.
func throttled(later *peyk.Later) refusal {
	seconds, plural := later.Seconds(), "s"
	if seconds == 1 {
		plural = ""
	}
	return because(http.StatusTooManyRequests, fmt.Sprintf("Request was throttled. Expected available in %d second%s.", seconds, plural)).
		with("Retry-After", strconv.Itoa(seconds))
}

func because(status int, text string) refusal {
	return refusal{status: status, body: ingest.Detail{Status: status, Text: text}}
}

func (r refusal) with(header, says string) refusal {
	r.header, r.says = header, says
	return r
}
