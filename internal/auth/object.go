package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"peyk"
)

// object is a JSON object whose members are read by their exact names, each at
// most once. What was wrong first stays in err; what is read after that does
// not count.
type object struct {
	members map[string]json.RawMessage
	err     error
}

// maxNested bounds the lists and the objects in a token, so that no depth of
// theirs costs memory.
const maxNested = 50

var errObject = errors.New("want one JSON object in UTF-8, each of its names once")

// readObject compares names as they are read back, so that no two spellings of
// one name pass as two. encoding/json would take the last of them, in capitals
// as well; another program that reads the same token may take the first.
func readObject(text []byte) (*object, error) {
	if bytes.Count(text, []byte("[")) > maxNested || bytes.Count(text, []byte("{")) > maxNested {
		return nil, errObject
	}
	o := &object{members: make(map[string]json.RawMessage)}
	d := json.NewDecoder(bytes.NewReader(text))
	if begin, err := d.Token(); err != nil || begin != json.Delim('{') || !utf8.Valid(text) {
		return nil, errObject
	}
	for d.More() {
		token, err := d.Token()
		name, isText := token.(string)
		_, twice := o.members[name]
		var value json.RawMessage
		if err != nil || !isText || twice || d.Decode(&value) != nil {
			return nil, errObject
		}
		o.members[name] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, errObject
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errObject
	}
	return o, nil
}

// get returns nil for what is not there, or is null.
func (o *object) get(name string) json.RawMessage {
	if value := o.members[name]; string(value) != "null" {
		return value
	}
	return nil
}

func (o *object) fail(err error) {
	if o.err == nil {
		o.err = err
	}
}

func (o *object) want(name, what string) { o.fail(fmt.Errorf("%s: want %s", name, what)) }

// inside takes over what is wrong with the object of that name.
func (o *object) inside(name string, inner *object) {
	if inner.err != nil {
		o.fail(fmt.Errorf("%s: %w", name, inner.err))
	}
}

func (o *object) text(name string) (s string) {
	if value := o.get(name); value != nil && json.Unmarshal(value, &s) != nil {
		o.want(name, "a string")
	}
	return s
}

func (o *object) flag(name string) (b bool) {
	if value := o.get(name); value != nil && json.Unmarshal(value, &b) != nil {
		o.want(name, "true or false")
	}
	return b
}

// seconds reads a NumericDate (RFC 7519, section 2) in whole seconds.
func (o *object) seconds(name string) int64 {
	value := o.get(name)
	if value == nil {
		return 0
	}
	n, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || n <= 0 || n > 253402300799 { // the last second of the year 9999
		o.want(name, "whole seconds since 1970")
	}
	return n
}

// id reads a string, or a number in the one form in which it is written.
func (o *object) id(name string) string {
	var one id
	if value := o.get(name); value != nil && json.Unmarshal(value, &one) != nil {
		o.want(name, "a string or a whole number")
	}
	return string(one)
}

// ids reads a list of them. Its room is made at once: a token may hold a
// thousand.
func (o *object) ids(name string) []string {
	value := o.get(name)
	if value == nil {
		return nil
	}
	list := make([]id, 0, 1+bytes.Count(value, []byte(",")))
	if json.Unmarshal(value, &list) != nil {
		o.want(name, fmt.Sprintf("a list of strings or whole numbers, each of 1 to %d bytes without control characters", peyk.MaxName))
		return nil
	}
	ids := make([]string, len(list))
	for i, one := range list {
		ids[i] = string(one)
	}
	return ids
}

type id string

func (i *id) UnmarshalJSON(text []byte) error {
	switch {
	case text[0] != '"':
		if *i = id(text); !peyk.NumericID(string(*i)) {
			return errObject
		}
	case bytes.IndexByte(text, '\\') < 0:
		*i = id(text[1 : len(text)-1])
	default:
		if err := json.Unmarshal(text, (*string)(i)); err != nil {
			return err
		}
	}
	return peyk.Team{ID: string(*i)}.Validate()
}

// texts reads a string, or a list of strings.
func (o *object) texts(name string) (list []string) {
	value := o.get(name)
	if value == nil || json.Unmarshal(value, &list) == nil {
		return list
	}
	return []string{o.text(name)}
}

// object reads an object; an empty one where there is none.
func (o *object) object(name string) *object {
	value := o.get(name)
	if value == nil {
		return &object{}
	}
	inner, err := readObject(value)
	if err != nil {
		o.want(name, "an object, each of its names once")
		return &object{}
	}
	return inner
}
