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

// unknown reports whether somebody is a stranger: who was somebody until a
// moment ago is none, and has to be told that its time is over.
func unknown(err error) bool { return errors.Is(err, auth.ErrNone) || errors.Is(err, auth.ErrWrong) }
