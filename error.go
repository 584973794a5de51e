package peyk

import (
	"errors"
	"time"
)

// Errors that cross rooms; errors.Is decides.
var (
	ErrFull         = errors.New("as many couriers as --max-couriers allows are known already")
	ErrUnauthorized = errors.New("no good credential was given")
	ErrForbidden    = errors.New("the identity may not do this")
	ErrUnavailable  = errors.New("who asks cannot be found out now")
	ErrNotFound     = errors.New("there is no such thing")
	ErrConflict     = errors.New("it is in use")
	ErrLimited      = errors.New("this comes too often")
	ErrCrowded      = errors.New("as many viewers are connected as there is room for")
)

// Later is an error that passes by itself.
type Later struct {
	Err   error
	After time.Duration // when to try again; above 0
}

// Error says what is wrong.
func (l *Later) Error() string { return l.Err.Error() }

// Unwrap returns what is wrong.
func (l *Later) Unwrap() error { return l.Err }

// Seconds returns the whole seconds of the header Retry-After: at least 1.
func (l *Later) Seconds() int { return int((l.After + time.Second - 1) / time.Second) }
