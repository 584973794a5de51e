package main

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"peyk"
	"peyk/internal/wire"

	"github.com/alecthomas/kong"
)

// wrongOption is an option whose value cannot be used. Its text is the one
// sentence with which the program ends.
type wrongOption struct {
	name string // of the flag, without dashes
	from string // where the value stood, like PEYK_TICK; empty: on the command line, or nowhere
	is   string // the value, quoted and redacted, or a word for what stood in its place
	want string
}

// Error says which option it is, where it was given, its value and what was wanted.
func (w *wrongOption) Error() string {
	if w.from == "" {
		return fmt.Sprintf("--%s is %s (want %s)", w.name, w.is, w.want)
	}
	return fmt.Sprintf("--%s, from %s, is %s (want %s)", w.name, w.from, w.is, w.want)
}

// sentence is what to tell a person about err: of a wrong option its own
// sentence, without what kong puts before it.
func sentence(err error) string {
	if wrong, ok := errors.AsType[*wrongOption](err); ok {
		return wrong.Error()
	}
	return err.Error()
}

// given is the value of an option as the environment or the file has it.
type given struct {
	texts []string
	list  bool   // it was written as a list
	odd   string // what stood where a text should: "null", "a mapping"; else empty
	from  string // where, for people
}

// taken returns the next value of the command line, or what a resolver found.
func taken(ctx *kong.DecodeContext) given {
	token, err := ctx.Scan.PopValue("")
	if err != nil {
		return given{odd: "without a value"}
	}
	if g, resolved := token.Value.(given); resolved {
		return g
	}
	return given{texts: []string{token.String()}}
}

// mappers read the texts of options into the types that options have, in place
// of kong's own: those do not know where a text came from, say what was wrong
// each in its own way, and would repeat a secret.
func mappers() []kong.Option {
	const duration = "a number with a unit, like 100ms, 30s or 24h"
	const rate = "a whole number, a slash and s, m, h or d, like 1/m"
	return []kong.Option{
		mapper("text", func(text string) (string, error) { return text, nil }),
		mapper("text", func(text string) (secret, error) { return secret(text), nil }),
		mapper("true or false", strconv.ParseBool),
		mapper("a whole number", strconv.Atoi),
		mapper(duration, time.ParseDuration),
		mapper(rate, peyk.ParseRate),
		mapper("both, push or ingest", parseHalf),
		mapper("number or string", wire.ParseDecimals),
		kong.NamedMapper("list", kong.MapperFunc(decodeList)),
	}
}

func mapper[T any](want string, parse func(text string) (T, error)) kong.Option {
	return kong.TypeMapper(reflect.TypeFor[T](), scalar[T]{want, parse})
}

// scalar reads one text as a T. It implements kong.Mapper and kong.BoolMapper.
type scalar[T any] struct {
	want  string
	parse func(text string) (T, error)
}

// IsBool reports whether the flag may stand without a value.
func (scalar[T]) IsBool() bool { return reflect.TypeFor[T]().Kind() == reflect.Bool }

// Decode implements kong.Mapper.
func (s scalar[T]) Decode(ctx *kong.DecodeContext, target reflect.Value) error {
	if s.IsBool() && ctx.Scan.Peek().Type != kong.FlagValueToken {
		target.SetBool(true)
		return nil
	}
	g := taken(ctx)
	if g.list {
		g.odd = "a list"
	}
	if g.odd != "" {
		return &wrongOption{ctx.Value.Name, g.from, g.odd, s.want}
	}
	value, err := s.parse(g.texts[0])
	if err != nil {
		return &wrongOption{ctx.Value.Name, g.from, quote(g.texts[0]), s.want}
	}
	target.Set(reflect.ValueOf(value))
	return nil
}

// decodeList takes texts separated by commas, the flag more than once, and in
// the file a list. What was given is never nil, so that an empty list is not
// taken for none.
func decodeList(ctx *kong.DecodeContext, target reflect.Value) error {
	g := taken(ctx)
	if g.odd != "" {
		return &wrongOption{ctx.Value.Name, g.from, g.odd, "a list"}
	}
	if target.IsNil() {
		target.Set(reflect.MakeSlice(target.Type(), 0, len(g.texts)))
	}
	for _, text := range g.texts {
		for item := range strings.SplitSeq(text, ",") {
			if item = strings.TrimSpace(item); item != "" {
				target.Set(reflect.Append(target, reflect.ValueOf(item)))
			}
		}
	}
	return nil
}

func quote(value string) string { return strconv.Quote(redact(value)) }

// redact hides what may be secret in a URL: the password, and the query, in
// which map services want their keys. It looks at the text and not at what a
// parser makes of it, so that what is no URL is no leak either.
func redact(text string) string {
	var scheme string
	if i := strings.Index(text, "://"); i >= 0 {
		scheme, text = text[:i+3], text[i+3:]
	}
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		if user, _, found := strings.Cut(text[:at], ":"); found {
			text = user + ":" + hidden + text[at:]
		}
	}
	if scheme != "" {
		if i := strings.IndexAny(text, "?#"); i >= 0 {
			text = text[:i+1] + hidden
		}
	}
	const password = "password=" // in what PostgreSQL takes instead of a URL
	if i := strings.Index(text, password); i >= 0 {
		text = text[:i+len(password)] + hidden
	}
	return scheme + text
}

const hidden = "REDACTED"
