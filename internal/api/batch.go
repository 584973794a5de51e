package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"peyk"
	"peyk/internal/ingest"
	"peyk/internal/ingest/original"
)

// Bounds of a batch.
const (
	MaxBatch     = 10_000  // positions
	MaxBatchBody = 4 << 20 // bytes
)

var errTooMany = tooLarge(fmt.Sprintf("the batch has more than %d positions", MaxBatch))

// postPositions takes many positions, of many couriers, in the order in which
// they come. Each is judged for itself, as it arrives.
func (s *Server) postPositions(w http.ResponseWriter, r *http.Request, who peyk.Identity) error {
	if r.ContentLength > MaxBatchBody {
		return tooLong(w, bodyOver(MaxBatchBody))
	}
	from, err := original.NewBatch(r.Header.Get("Content-Type"), http.MaxBytesReader(w, r.Body, MaxBatchBody))
	if err != nil {
		return err
	}
	var done results
	if err := s.takeAll(from, who, &done); err != nil {
		return cutOff{bodyError(w, err, MaxBatchBody), done}
	}
	answer := make([]byte, 0, len(done.text)+64)
	answer = append(append(append(answer, `{"results":[`...), done.text...), "],"...)
	writeBytes(w, http.StatusOK, append(answer, s.answerTo(done.carries)[len("{"):]...))
	return nil
}

// takeAll takes positions until the batch ends. Its error says why no more can
// be read.
func (s *Server) takeAll(from *original.Batch, who peyk.Identity, done *results) error {
	now := s.o.Now() // the rights are those with which the request came
	for {
		post, err := from.Next()
		wrong, one := errors.AsType[ingest.FieldErrors](err)
		switch {
		case err == io.EOF:
			return nil
		case err != nil && !one:
			return err
		case done.count == MaxBatch:
			return errTooMany
		}
		became := refused
		if !one {
			var carries bool
			became, carries, err = s.take(post, who, now)
			done.carries = done.carries || carries
			wrong, _ = errors.AsType[ingest.FieldErrors](err)
		}
		s.posts[became].Inc()
		done.add(became, wrong)
	}
}

// results say of each position of a batch what became of it.
type results struct {
	text  []byte // JSON, without the brackets around
	count int

	carries bool // one of the couriers has an order on its way
}

func (r *results) add(became outcome, wrong ingest.FieldErrors) {
	if r.count++; r.count > 1 {
		r.text = append(r.text, ',')
	}
	r.text = append(append(append(r.text, `{"status":"`...), became.answer()...), '"')
	if wrong != nil {
		text, err := json.Marshal(wrong)
		if err != nil {
			panic(fmt.Sprintf("encode what is wrong: %v", err)) // our own type cannot fail
		}
		r.text = append(append(r.text, `,"errors":`...), text...)
	}
	r.text = append(r.text, '}')
}

// cutOff is a batch that could not be read to its end. The positions before have
// been taken, and the answer has their results.
type cutOff struct {
	err  error
	done results
}

func (c cutOff) Error() string { return c.err.Error() }

func (c cutOff) refusal() refusal {
	no := refusalOf(c.err)
	no.body = struct {
		Detail  string          `json:"detail"`
		Results json.RawMessage `json:"results"`
	}{fmt.Sprint(no.body), fmt.Appendf(nil, "[%s]", c.done.text)}
	return no
}
