// Package auth knows who is asking. The Desk turns a request's credential, an
// API key, a share's secret or a JWT of the shop, into an identity, asks the shop
// about any other, or takes the word of a gateway in front; the Door decides,
// before that and in every mode, whether the page a browser speaks for may speak
// to this server at all.
//
// Nothing here ever logs or returns a credential, nor keeps one, but that package
// forward has in memory what it asks the shop about; they are looked up by their
// SHA-256, so that the time it takes tells nothing about them. Nothing that a
// token says decides whom this package asks, or has it read any file; the shop's
// key set is fetched again, at a bounded rate, when a token names a key that is
// not in it. No answers are written here: the errors say what was wrong, package
// api says it to the client.
package auth

import (
	"errors"
	"fmt"

	"peyk"
	"peyk/internal/auth/forward"
)

// Errors of this room; ErrGateway is another. All but the door's two are
// peyk.ErrUnauthorized.
var (
	ErrNone    = fmt.Errorf("no credential was given: %w", peyk.ErrUnauthorized)
	ErrWrong   = fmt.Errorf("the credential is not known: %w", peyk.ErrUnauthorized)
	ErrNoShare = fmt.Errorf("there is no such share: %w", ErrWrong)
	ErrExpired = fmt.Errorf("the credential has ended: %w", peyk.ErrUnauthorized)
	ErrRevoked = fmt.Errorf("the credential was taken back: %w", peyk.ErrUnauthorized)
	ErrHost    = errors.New("this server is not known by that name")
	ErrOrigin  = errors.New("pages of that origin may not use this server")
)

// OptionError is an option of a desk that cannot be used.
type OptionError struct {
	Option string // in words, like "key set" or "gateway from"
	Err    error  // what was wanted; it quotes no secret
}

// Error names the option and says what was wanted.
func (e *OptionError) Error() string { return e.Option + ": " + e.Err.Error() }

// Unwrap returns what was wanted.
func (e *OptionError) Unwrap() error { return e.Err }

func wrongOption(option, format string, args ...any) error {
	return &OptionError{option, fmt.Errorf(format, args...)}
}

// ErrStranger is beside the shop's refusal, peyk.ErrUnauthorized or
// peyk.ErrForbidden, unless somebody was known by the credential just now.
var ErrStranger = forward.ErrStranger

// Unfit is an ErrWrong about a token that the shop did sign, by which nobody can
// be let in. Who holds it may know the reason: it is about the token alone, and
// whoever makes tokens has nothing else to go by.
type Unfit struct{ Reason error }

// Error names the claim, and says what is wanted of it.
func (u *Unfit) Error() string { return u.Reason.Error() }

// Unwrap returns the reason, and ErrWrong.
func (u *Unfit) Unwrap() []error { return []error{u.Reason, ErrWrong} }
