package main

import (
	"errors"
	"log/slog"

	"peyk/internal/auth"
	"peyk/internal/limit"
)

// limits are how much is enough. What the system allows holds in every mode.
func (c Config) limits(log *slog.Logger) limit.Options {
	o := limit.Options{Files: openFiles(), Log: log}
	if !c.Insecure {
		o.Posts, o.Sockets, o.Strangers = c.PostRate, c.MaxSockets, true
	}
	return o
}

// failure says what is wrong with a credential. Who was somebody until a moment
// ago is no stranger, and has to be told that its time is over.
func failure(err error) limit.Failure {
	switch {
	case errors.Is(err, auth.ErrNoShare):
		return limit.Guess
	case errors.Is(err, auth.ErrNone), errors.Is(err, auth.ErrWrong), errors.Is(err, auth.ErrStranger):
		return limit.Stranger
	}
	return limit.NoFailure
}
