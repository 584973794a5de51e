package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"peyk/internal/ingest"
)

// maxDepth is how deep what is sent to the admin API may be nested. Nothing of
// ours goes below four; the rest is for what a shop keeps of its couriers.
const maxDepth = 16

// The sentences about fields; those of REST framework where it has one.
const (
	required     = "This field is required."
	mayNotBeNull = "This field may not be null."
	notAText     = "Not a valid string."
	notABoolean  = "Must be a valid boolean."
	notAList     = "Expected a list of items."
	notADict     = "Expected a dictionary of items."
	notAMoment   = "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu]{+HH:MM|-HH:MM|Z}."
	notAField    = "There is no such field."
)

// object is a JSON object that was sent by somebody who manages. What a phone
// posts may hold more than we know; here that is a mistake, and all mistakes are
// told at once. The fields are to be read one after the other, and then end.
type object struct {
	body    []byte                     // it was read from; nil: it is a part of another
	members map[string]json.RawMessage // what was not read yet
	wrong   ingest.FieldErrors
}

// readObject reads a body of at most so many bytes.
func readObject(w http.ResponseWriter, r *http.Request, most int) (*object, error) {
	said := r.Header.Get("Content-Type")
	if media, _, _ := strings.Cut(said, ";"); !strings.EqualFold(strings.TrimSpace(media), "application/json") {
		return nil, ingest.Detail{Status: http.StatusUnsupportedMediaType, Text: `Unsupported media type "` + said + `" in request.`}
	}
	body, err := readBody(w, r, most)
	if err != nil {
		return nil, err
	}
	if err := checkJSON(body); err != nil {
		return nil, ingest.Detail{Status: http.StatusBadRequest, Text: "JSON parse error - " + err.Error()}
	}
	o, err := objectOf(body)
	if err == nil {
		o.body = body
	}
	return o, err
}

// objectOf takes a JSON object apart.
func objectOf(raw json.RawMessage) (*object, error) {
	var o object
	if json.Unmarshal(raw, &o.members) != nil || o.members == nil {
		return nil, ingest.FieldErrors{{Field: ingest.WholeBody, Sentences: []string{"Invalid data. Expected a dictionary."}}}
	}
	return &o, nil
}

// read puts what the field says where to points; a field that is left out says
// nothing. Only a moment can be null. If it cannot be read, otherwise is said.
func (o *object) read(name string, to any, otherwise string) {
	raw, found := o.members[name]
	if !found {
		return
	}
	delete(o.members, name)
	_, nullable := to.(**time.Time)
	if string(raw) == "null" && !nullable {
		o.complain(name, mayNotBeNull)
		return
	}
	if json.Unmarshal(raw, to) != nil {
		o.complain(name, otherwise)
	}
}

func (o *object) text(name string) (text string) {
	o.read(name, &text, notAText)
	return text
}

// moment returns a moment, to the microsecond; zero where it is null or not said.
func (o *object) moment(name string) time.Time {
	var said *time.Time
	if o.read(name, &said, notAMoment); said == nil {
		return time.Time{}
	}
	return said.UTC().Truncate(time.Microsecond)
}

// dictionary returns an object as it stands there, without spaces; nil if it is
// empty.
func (o *object) dictionary(name string) json.RawMessage {
	var raw json.RawMessage
	o.read(name, &raw, notADict)
	if raw != nil && raw[0] != '{' {
		o.complain(name, notADict)
		return nil
	}
	var compact bytes.Buffer
	if raw == nil || json.Compact(&compact, raw) != nil || compact.Len() <= len("{}") {
		return nil
	}
	return compact.Bytes()
}

// complain notes what is wrong with a field, unless something else is already.
func (o *object) complain(about, sentence string) {
	if !slices.ContainsFunc(o.wrong, func(e ingest.FieldError) bool { return e.Field == about }) {
		o.wrong.Add(about, sentence)
	}
}

// check notes err, if there is one, about a field.
func (o *object) check(about string, err error) {
	if err != nil {
		o.complain(about, sentence(err))
	}
}

// end returns what is wrong, with every field that nobody has read.
func (o *object) end() error {
	for _, name := range slices.Sorted(maps.Keys(o.members)) {
		o.complain(name, notAField)
	}
	return o.wrong.Err()
}

// checkJSON returns an error unless body is one JSON value, in which no object
// names a member twice: which of the two counts would depend on who reads it.
func checkJSON(body []byte) error {
	if !utf8.Valid(body) {
		return errors.New("not valid UTF-8")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	return checkNames(d, maxDepth)
}

// checkNames reads the next value, which is at most so deep.
func checkNames(d *json.Decoder, depth int) error {
	t, err := d.Token()
	opens, nested := t.(json.Delim)
	if err != nil || !nested {
		return err
	}
	if depth == 0 {
		return fmt.Errorf("nested deeper than %d", maxDepth)
	}
	names := make(map[json.Token]bool)
	for d.More() {
		if opens == '{' {
			name, err := d.Token()
			if err != nil {
				return err
			}
			if names[name] {
				return fmt.Errorf("%q is there twice (byte %d)", name, d.InputOffset())
			}
			names[name] = true
		}
		if err := checkNames(d, depth-1); err != nil {
			return err
		}
	}
	_, err = d.Token() // the bracket that closes
	return err
}
