package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"peyk/internal/ingest"
)

// MaxBody is how many bytes a request's body may have, where no more is said.
const MaxBody = 64 << 10

// retryAfter is when one may come again to a server that is full. Places get
// free as couriers are forgotten, which takes hours: more often is in vain.
const retryAfter = time.Minute

// bulkTime is what a large body may take: 8 MiB at 2.3 Mbit/s. ReadTimeout is
// for strangers as well; this is for those who were found to be somebody.
const bulkTime = 30 * time.Second

func takeTime(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bulkTime)) // it fails where there is nothing to wait for
}

// readBody never holds more than most bytes, and refuses what says that it is
// longer before reading any of it.
func readBody(w http.ResponseWriter, r *http.Request, most int) ([]byte, error) {
	if r.ContentLength > int64(most) {
		return nil, tooLong(w, bodyOver(most))
	}
	if most > MaxBody {
		takeTime(w)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(most)))
	return body, bodyError(w, err, most)
}

// bodyError says why a body of at most so many bytes could not be read. What is
// wrong with what was read stays as it is.
func bodyError(w http.ResponseWriter, err error, most int) error {
	var exceeded *http.MaxBytesError
	var detail ingest.Detail
	var large tooLarge
	switch {
	case err == nil || errors.As(err, &detail):
		return err
	case errors.As(err, &large):
		return tooLong(w, large)
	case errors.As(err, &exceeded):
		return tooLong(w, bodyOver(most))
	}
	return fmt.Errorf("%w: %w", errBody, err)
}

// tooLong sees to it that no more is read: else net/http reads 256 KiB more, or
// waits for them until ReadTimeout. Closing at once what has bytes unread resets
// it, and who still writes loses the answer: hence http.MaxBytesReader, which is
// the only way to have net/http close the half first and the rest after a moment.
func tooLong(w http.ResponseWriter, err tooLarge) error {
	_, _ = http.MaxBytesReader(w, io.NopCloser(strings.NewReader("too long")), 0).Read(make([]byte, 1))
	_ = http.NewResponseController(w).SetReadDeadline(time.Now()) // it fails where there is nothing to wait for
	return err
}

// unread returns err, for what is refused before its body was read. net/http
// reads the body all the same, so that the connection can be used again; it does
// not wait for it longer than this.
func unread(w http.ResponseWriter, err error) error {
	const enough = time.Second
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(enough)) // it fails where there is nothing to wait for
	return err
}

// writeJSON writes as REST framework does: compact, without a newline, text
// beyond ASCII as it is.
func writeJSON(w http.ResponseWriter, status int, body any) {
	writeBytes(w, status, encode(body))
}

// encode returns the JSON that writeJSON writes.
func encode(body any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		panic(fmt.Sprintf("encode an answer: %v", err)) // our own types cannot fail
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

func writeBytes(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // who is gone needs no answer
}

// moment is a time as the API writes it; the zero time is null.
type moment time.Time

// MarshalJSON writes RFC 3339, in UTC, to the microsecond: so exactly it is kept.
func (m moment) MarshalJSON() ([]byte, error) {
	if time.Time(m).IsZero() {
		return []byte("null"), nil
	}
	return time.Time(m).UTC().Truncate(time.Microsecond).MarshalJSON()
}

// sentence turns an error into what people read.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
