package api

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"peyk"
	"peyk/internal/ingest"
	rules "peyk/internal/order"
	"peyk/internal/store"
)

// edit is a change of orders that somebody asks for, and how it is answered.
type edit struct {
	who    peyk.Identity
	body   []byte // of the request
	ids    []string
	make   func(was []peyk.Order) ([]peyk.Order, error)
	answer func(are []peyk.Order) answered
}

// answered is an answer that can be given a second time.
type answered struct {
	Status int             `json:"status"`
	ETag   string          `json:"etag,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// errStale is an If-Match that does not hold.
var errStale = errors.New("the order is not as If-Match says")

// edit makes a change, has it take effect on this node, and answers. With an
// Idempotency-Key it takes place once, and is answered each time as at first.
func (s *Server) edit(w http.ResponseWriter, r *http.Request, e edit) error {
	once, err := onceOf(r, e)
	if err != nil {
		return err
	}
	change := store.Edit{IDs: e.ids, Once: once, Make: e.make}
	if once != nil {
		change.Answer = func(are []peyk.Order) string { return string(encode(e.answer(are))) }
	}
	edited, err := s.o.Store.EditOrders(r.Context(), change)
	if err != nil {
		return s.refusedEdit(err)
	}
	s.reached(r.Context(), edited.Revision)
	var answer answered
	if once == nil {
		answer = e.answer(edited.Orders)
	} else if err := json.Unmarshal([]byte(edited.Answer), &answer); err != nil {
		return fmt.Errorf("read what was answered before: %w", err)
	}
	answer.write(w)
	return nil
}

func (a answered) write(w http.ResponseWriter) {
	if a.ETag != "" {
		w.Header().Set("ETag", a.ETag)
	}
	if a.Body == nil {
		w.WriteHeader(a.Status)
		return
	}
	writeBytes(w, a.Status, a.Body)
}

// refusedEdit puts into words of the API why orders cannot be changed so.
func (s *Server) refusedEdit(err error) error {
	field := func(name, sentence string) error {
		return ingest.FieldErrors{{Field: name, Sentences: []string{sentence}}}
	}
	switch _, ofState := errors.AsType[rules.Conflict](err); {
	case errors.Is(err, rules.ErrNobody):
		return field("courier", required)
	case errors.Is(err, rules.ErrState):
		return field("state", sentence(rules.ErrState))
	case errors.Is(err, rules.ErrCode):
		return field("code", sentence(rules.ErrCode))
	case errors.Is(err, rules.ErrNoReason):
		return field("reason", required)
	case errors.Is(err, peyk.ErrConflict) && !ofState:
		return ingest.Detail{Status: http.StatusUnprocessableEntity, Text: "This Idempotency-Key was used for another request."}
	}
	return err
}

// onceOf returns by what a request is known again; nil: it need not be.
func onceOf(r *http.Request, e edit) (*store.Once, error) {
	const most = 255
	said := r.Header.Values("Idempotency-Key")
	if len(said) == 0 {
		return nil, nil
	}
	if len(said) > 1 || said[0] == "" || len(said[0]) > most {
		return nil, ingest.Detail{Status: http.StatusBadRequest, Text: fmt.Sprintf("Idempotency-Key: one of 1 to %d bytes is required.", most)}
	}
	return &store.Once{
		ID:      digest(e.who.Subject, said[0]),
		Request: digest(r.Method, r.URL.Path, strings.Join(r.Header.Values("If-Match"), ","), string(e.body)),
	}, nil
}

// digest is different for texts that are not the same, one by one.
func digest(texts ...string) [sha256.Size]byte {
	h := sha256.New()
	for _, text := range texts {
		fmt.Fprintf(h, "%d:%s", len(text), text)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// matches returns errStale unless the order is as the request's If-Match
// says, if it says anything (RFC 9110, section 13.1.1).
func matches(r *http.Request, is peyk.Order) error {
	said := r.Header.Values("If-Match")
	if len(said) == 0 {
		return nil
	}
	var tags []string
	for tag := range strings.SplitSeq(strings.Join(said, ","), ",") {
		tags = append(tags, strings.TrimSpace(tag))
	}
	if is.State == 0 || !slices.Contains(tags, "*") && !slices.Contains(tags, etag(is)) {
		return errStale
	}
	return nil
}

func etag(o peyk.Order) string { return strconv.Quote(strconv.FormatInt(o.Version, 10)) }
