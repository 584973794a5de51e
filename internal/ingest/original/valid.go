package original

import (
	"bytes"
	"encoding/json"
)

// deepest is how deep an array or object may be nested for shallow to say
// anything. What phones post has a depth of two.
const deepest = 32

// valid is json.Valid in a quarter of its time, which else is the most that a
// position of a batch costs.
func valid(body []byte) bool {
	s := scan{body}
	return s.value(deepest) && len(skipSpace(s.rest)) == 0 || json.Valid(body)
}

// scan is what is left of a JSON text (RFC 8259). Its methods drop what they
// find, and report whether they found it.
type scan struct{ rest []byte }

func skipSpace(b []byte) []byte {
	for i, c := range b {
		if c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return b[i:]
		}
	}
	return nil
}

// next drops spaces, and then c.
func (s *scan) next(c byte) bool {
	s.rest = skipSpace(s.rest)
	if len(s.rest) == 0 || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

func (s *scan) value(depth int) bool {
	s.rest = skipSpace(s.rest)
	if len(s.rest) == 0 || depth == 0 {
		return false
	}
	switch s.rest[0] {
	case '"':
		return s.text()
	case '{':
		return s.list('{', '}', depth, s.member)
	case '[':
		return s.list('[', ']', depth, s.value)
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	}
	return s.number()
}

func (s *scan) member(depth int) bool {
	_, ok := s.key()
	return ok && s.value(depth)
}

// key drops a member's name and its colon. The name comes as it stands there.
func (s *scan) key() (name []byte, ok bool) {
	s.rest = skipSpace(s.rest)
	name = s.rest
	if len(name) == 0 || name[0] != '"' || !s.text() {
		return nil, false
	}
	return name[:len(name)-len(s.rest)], s.next(':')
}

// list drops a list of what one drops.
func (s *scan) list(open, end byte, depth int, one func(int) bool) bool {
	if !s.next(open) {
		return false
	}
	if s.next(end) {
		return true
	}
	for one(depth - 1) {
		if s.next(end) {
			return true
		}
		if !s.next(',') {
			return false
		}
	}
	return false
}

func (s *scan) word(word string) bool {
	rest, found := bytes.CutPrefix(s.rest, []byte(word))
	s.rest = rest
	return found
}

// text drops a string, of which the first quote is there.
func (s *scan) text() bool {
	b := s.rest
	for i := 1; i < len(b); i++ {
		switch c := b[i]; {
		case c == '"':
			s.rest = b[i+1:]
			return true
		case c < ' ':
			return false
		case c == '\\':
			size := escape(b[i:])
			if size == 0 {
				return false
			}
			i += size - 1
		}
	}
	return false
}

// escape returns how long the escape is with which b begins; 0: it is none.
func escape(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(b) >= 6 && isHex(b[2]) && isHex(b[3]) && isHex(b[4]) && isHex(b[5]) {
			return 6
		}
	}
	return 0
}

// number drops -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
func (s *scan) number() bool {
	if s.rest[0] == '-' {
		s.rest = s.rest[1:]
	}
	if len(s.rest) > 0 && s.rest[0] == '0' {
		s.rest = s.rest[1:]
	} else if !s.digits() {
		return false
	}
	if len(s.rest) > 0 && s.rest[0] == '.' {
		if s.rest = s.rest[1:]; !s.digits() {
			return false
		}
	}
	if len(s.rest) > 0 && s.rest[0]|0x20 == 'e' {
		if _, s.rest = sign(s.rest[1:]); !s.digits() {
			return false
		}
	}
	return true
}

func (s *scan) digits() bool {
	i := 0
	for i < len(s.rest) && '0' <= s.rest[i] && s.rest[i] <= '9' {
		i++
	}
	s.rest = s.rest[i:]
	return i > 0
}
