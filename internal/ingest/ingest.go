// Package ingest is what every dialect of phones has in common: how an answer
// says what is wrong with a request. A dialect returns nothing but these two
// kinds of errors, and both marshal to the body of the answer. The package
// reads nothing itself; each dialect is a package below it.
package ingest

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Detail is what is wrong with a request as a whole. It marshals to
// {"detail": "…"}.
type Detail struct {
	Status int // of the HTTP answer
	Text   string
}

// Error returns the text.
func (d Detail) Error() string { return d.Text }

// MarshalJSON writes the body of the answer.
func (d Detail) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Detail string `json:"detail"`
	}{d.Text})
}

// FieldErrors are all the fields of a request that are wrong, in the order in
// which the answer names them: {"latitude": ["…"], …}. The status is 400.
type FieldErrors []FieldError

// FieldError is one field and what is wrong with it, in sentences.
type FieldError struct {
	Field     string // as the phone wrote it
	Sentences []string
}

// WholeBody is the field that stands for the request itself.
const WholeBody = "non_field_errors"

// Add appends one sentence about a field that was not named before.
func (e *FieldErrors) Add(field, sentence string) {
	*e = append(*e, FieldError{field, []string{sentence}})
}

// Err returns e, or nil if no field is wrong.
func (e FieldErrors) Err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// Error returns the fields and their sentences in one line.
func (e FieldErrors) Error() string {
	parts := make([]string, len(e))
	for i, f := range e {
		parts[i] = f.Field + ": " + strings.Join(f.Sentences, " ")
	}
	return strings.Join(parts, "; ")
}

// MarshalJSON writes the body of the answer; the fields keep their order.
func (e FieldErrors) MarshalJSON() ([]byte, error) {
	var out bytes.Buffer
	for i, f := range e {
		name, err := json.Marshal(f.Field)
		if err != nil {
			return nil, err
		}
		sentences, err := json.Marshal(f.Sentences)
		if err != nil {
			return nil, err
		}
		out.WriteByte("{,"[min(i, 1)])
		out.Write(name)
		out.WriteByte(':')
		out.Write(sentences)
	}
	if len(e) == 0 {
		out.WriteByte('{')
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}
