package original

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"peyk/internal/ingest"
)

// Batch reads the posts of one body one after the other, as it arrives: a JSON
// array of them (application/json), or one on each line (application/x-ndjson).
// It holds one at a time.
type Batch struct {
	from  io.Reader
	lines bool

	buf        []byte
	start, end int   // of what is not used yet
	failed     error // of from

	place place
	index int // of the next post
}

// place is where in an array a batch stands.
type place uint8

const (
	beforeArray place = iota
	first             // a post, or the end
	between           // a comma, or the end
	next              // a post
	afterArray
)

const (
	roomAtFirst = 16 << 10 // bytes
	maxPost     = 64 << 10 // bytes of one
)

// NewBatch returns a batch of a body of the given content type. Its error is an
// ingest.Detail.
func NewBatch(contentType string, from io.Reader) (*Batch, error) {
	media, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "application/json":
		return &Batch{from: from}, nil
	case "application/x-ndjson":
		return &Batch{from: from, lines: true}, nil
	}
	return nil, unsupported(contentType)
}

// Next returns the next post, or io.EOF after the last. ingest.FieldErrors says
// what is wrong with one post; the next may be right. After any other error, an
// ingest.Detail or one of the reader's, no more can be read.
func (b *Batch) Next() (Post, error) {
	var j judge
	one, read, err := b.cut(&j.fields)
	if err != nil {
		return Post{}, err
	}
	index := b.index
	b.index++
	if !read || !utf8.Valid(one) {
		j.fields = fields{}
		err = j.fields.readJSON(one)
	}
	if err == nil {
		return j.post()
	}
	detail, broken := errors.AsType[ingest.Detail](err)
	switch {
	case !broken:
		return Post{}, err
	case b.lines: // the next line stands for itself
		return Post{}, ingest.FieldErrors{{Field: ingest.WholeBody, Sentences: []string{detail.Text}}}
	}
	return Post{}, malformed(fmt.Sprintf("%s of element %d", detail.Text, index))
}

// cut returns the bytes of the next post, which are valid until the next call,
// and whether they were read into f on the way: then they are JSON for certain.
func (b *Batch) cut(f *fields) (one []byte, read bool, err error) {
	if b.lines {
		one, err = b.line()
		return one, false, err
	}
	for {
		c, err := b.peek()
		if err == io.EOF && b.place == afterArray {
			return nil, false, io.EOF
		}
		if err != nil {
			return nil, false, b.broken(err)
		}
		switch {
		case b.place == beforeArray && c == '[':
			b.place = first
		case b.place == between && c == ',':
			b.place = next
		case (b.place == first || b.place == between) && c == ']':
			b.place = afterArray
		case b.place == first || b.place == next:
			b.place = between
			return b.element(f)
		default:
			return nil, false, malformed(fmt.Sprintf("JSON parse error - unexpected character %q where %s was wanted", c, b.place.wanted()))
		}
		b.start++
	}
}

func (p place) wanted() string {
	return [...]string{"an array", "", "a comma or the end of the array", "", "nothing more"}[p]
}

// broken is a body that ends where it must not, or could not be read.
func (b *Batch) broken(err error) error {
	if err == io.EOF {
		return malformed(fmt.Sprintf("JSON parse error - unexpected end of JSON input after %d elements", b.index))
	}
	return err
}

// peek returns the next byte that is no space, which stays unused.
func (b *Batch) peek() (byte, error) {
	for {
		for ; b.start < b.end; b.start++ {
			if c := b.buf[b.start]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
				return c, nil
			}
		}
		if err := b.fill(); err != nil {
			return 0, err
		}
	}
}

// element returns the value that begins here.
func (b *Batch) element(f *fields) (one []byte, read bool, err error) {
	s := scan{b.buf[b.start:b.end]}
	if f.readOnce(&s) { // it is all there, as most are
		one = b.buf[b.start : b.end-len(s.rest)]
		b.start += len(one)
		return one, true, nil
	}
	var e extent
	for {
		if e.over(b.buf[b.start:b.end]) {
			one = b.buf[b.start : b.start+e.length]
			b.start += e.length
			return one, false, nil
		}
		if err := b.fill(); err != nil {
			return nil, false, b.broken(err)
		}
	}
}

// line returns the next line that is not blank.
func (b *Batch) line() ([]byte, error) {
	looked := 0
	for {
		end := bytes.IndexByte(b.buf[b.start+looked:b.end], '\n')
		if looked += end; end < 0 {
			looked = b.end - b.start
			if err := b.fill(); err == nil {
				continue
			} else if err != io.EOF || looked == 0 {
				return nil, err
			}
		}
		one := bytes.TrimSpace(b.buf[b.start : b.start+looked])
		b.start = min(b.start+looked+1, b.end)
		if looked = 0; len(one) > 0 {
			return one, nil
		}
	}
}

// fill reads more, behind what is not used yet.
func (b *Batch) fill() error {
	if b.failed != nil {
		return b.failed
	}
	if b.end-b.start > maxPost {
		return ingest.Detail{Status: http.StatusRequestEntityTooLarge, Text: fmt.Sprintf("Element %d has more than %d bytes.", b.index, maxPost)}
	}
	room := b.buf
	if b.end-b.start > len(b.buf)/2 || room == nil {
		room = make([]byte, max(2*len(b.buf), roomAtFirst))
	}
	b.end = copy(room, b.buf[b.start:b.end])
	b.buf, b.start = room, 0
	n, err := io.ReadAtLeast(b.from, b.buf[b.end:], 1)
	b.end += n
	if n == 0 {
		b.failed = err
		return err
	}
	return nil
}

// extent finds the end of a value that arrives in pieces, by brackets and
// quotes alone: whether it is one is looked at when it is whole.
type extent struct {
	length  int // that was looked at
	depth   int
	quoted  bool
	escaped bool
}

// over goes on where it stopped, and reports whether b holds the whole value;
// then length is that of the value.
func (e *extent) over(b []byte) bool {
	for ; e.length < len(b); e.length++ {
		switch c := b[e.length]; {
		case e.escaped:
			e.escaped = false
		case e.quoted:
			switch c {
			case '\\':
				e.escaped = true
			case '"':
				e.quoted = false
			}
		case c == '"':
			e.quoted = true
		case c == '{' || c == '[':
			e.depth++
		case (c == '}' || c == ']') && e.depth > 0:
			if e.depth--; e.depth == 0 {
				e.length++
				return true
			}
		case e.depth == 0 && (c == ',' || c == '}' || c == ']'):
			return true
		}
	}
	return false
}
