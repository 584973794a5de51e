package original

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"peyk/internal/ingest"
)

// maxIntegerDigits is how many digits Python 3.11 reads in an integer.
const maxIntegerDigits = 4300

// readJSON reads the members of a body without copying them. encoding/json
// alone would take "Latitude" for "latitude".
func (f *fields) readJSON(body []byte) error {
	s := scan{body}
	if f.readOnce(&s) && len(skipSpace(s.rest)) == 0 && utf8.Valid(body) {
		return nil
	}
	*f = fields{}
	return f.readSlowly(body)
}

// readSlowly looks closely: it proves that the body is JSON first, and then
// walks through its members. It finds all that can be wrong.
func (f *fields) readSlowly(body []byte) error {
	if err := wellFormed(body); err != nil {
		return err
	}
	body = skip(body)
	if body[0] == '{' {
		return f.readObject(body)
	}
	top := valueOf(body[:length(body)])
	if top.kind == null {
		return ingest.FieldErrors{{Field: ingest.WholeBody, Sentences: []string{"No data provided"}}}
	}
	return ingest.FieldErrors{{Field: ingest.WholeBody, Sentences: []string{notADict + top.kind.String() + "."}}}
}

func wellFormed(body []byte) error {
	if !utf8.Valid(body) {
		return malformed(fmt.Sprintf("JSON parse error - not valid UTF-8 at byte %d", validPrefix(body)))
	}
	if valid(body) {
		return nil
	}
	var raw json.RawMessage
	err := json.Unmarshal(body, &raw)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return malformed(fmt.Sprintf("JSON parse error - %v (byte %d)", err, syntax.Offset))
	}
	return malformed(fmt.Sprintf("JSON parse error - %v", err))
}

// validPrefix returns how many bytes come before the first that is no UTF-8.
func validPrefix(body []byte) int {
	at := 0
	for at < len(body) {
		r, size := utf8.DecodeRune(body[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

func (f *fields) readObject(object []byte) error {
	if err := f.readMembers(object, "", latitude, user); err != nil {
		return err
	}
	if f[user].kind != dict {
		return nil
	}
	return f.readMembers(f[user].text, userPrefix, userID, userName)
}

// readMembers reads those members of an object that are fields from first to
// last, all of which have the prefix. A later one replaces an earlier one of the
// same name.
func (f *fields) readMembers(object []byte, prefix string, first, last field) error {
	for key, raw, rest := member(object[1:]); key != nil; key, raw, rest = member(rest) {
		at, known := find(unquote(key), prefix, first, last)
		if !known {
			continue
		}
		f[at] = valueOf(raw)
		if err := f[at].tooLong(); err != nil {
			return err
		}
	}
	return nil
}

// find returns the field from first to last that a member of that name is.
func find(name []byte, prefix string, first, last field) (field, bool) {
	for at := first; at <= last; at++ {
		if names[at][len(prefix):] == string(name) {
			return at, true
		}
	}
	return 0, false
}

// tooLong returns an error for an integer that Python would not read.
func (v value) tooLong() error {
	if v.kind != integer || len(v.text) <= maxIntegerDigits {
		return nil
	}
	digits := len(bytes.TrimPrefix(v.text, []byte("-")))
	if digits <= maxIntegerDigits {
		return nil
	}
	return malformed(fmt.Sprintf("JSON parse error - Exceeds the limit (%d digits) for integer string conversion: value has %d digits",
		maxIntegerDigits, digits))
}

// member returns the first member of what is left of an object, both halves
// as they stand there, and the rest; a nil key at the object's end. It and all
// below relies on the JSON being valid.
func member(object []byte) (key, raw, rest []byte) {
	object = skip(object)
	if object[0] == '}' {
		return nil, nil, nil
	}
	end := length(object)
	key, object = object[:end], skip(object[end:])
	end = length(object)
	return key, object[:end], object[end:]
}

// skip drops what stands before the next value or the end of an object.
func skip(b []byte) []byte {
	for i, c := range b {
		if c > ' ' && c != ',' && c != ':' {
			return b[i:]
		}
	}
	return nil
}

// length returns how long the value is with which b begins.
func length(b []byte) int {
	switch b[0] {
	case '"':
		return stringLength(b)
	case '{', '[':
		return nestLength(b)
	}
	for i, c := range b {
		if c <= ' ' || c == ',' || c == '}' || c == ']' {
			return i
		}
	}
	return len(b)
}

func stringLength(b []byte) int {
	i := 1
	for b[i] != '"' {
		if b[i] == '\\' {
			i++
		}
		i++
	}
	return i + 1
}

func nestLength(b []byte) int {
	depth := 0
	for i := 0; ; i++ {
		switch b[i] {
		case '"':
			i += stringLength(b[i:]) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
}

// valueOf returns the value that is written so.
func valueOf(raw []byte) value {
	switch raw[0] {
	case '"':
		return value{text, unquote(raw)}
	case '{':
		return value{dict, raw}
	case '[':
		return value{list, raw}
	case 'n':
		return value{null, raw}
	case 't', 'f':
		return value{boolean, raw}
	}
	for _, c := range raw {
		if c == '.' || c|0x20 == 'e' {
			return value{float, raw}
		}
	}
	return value{integer, raw}
}

// unquote returns what a JSON string says, without a copy where nothing is
// escaped.
func unquote(raw []byte) []byte {
	plain := raw[1 : len(raw)-1]
	if bytes.IndexByte(plain, '\\') < 0 {
		return plain
	}
	var s string
	_ = json.Unmarshal(raw, &s) // raw is a valid JSON string
	return []byte(s)
}
