package peyk

import "errors"

// Errors that cross rooms; errors.Is decides.
var (
	ErrFull         = errors.New("as many couriers as --max-couriers allows are known already")
	ErrUnauthorized = errors.New("no good credential was given")
	ErrForbidden    = errors.New("the identity may not do this")
	ErrUnavailable  = errors.New("who asks cannot be found out now")
	ErrNotFound     = errors.New("there is no such thing")
	ErrConflict     = errors.New("it is in use")
)
