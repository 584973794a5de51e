package tile

import (
	"context"
	"errors"
	"net"
	"net/url"
	"strings"
	"time"
)

// Reason says why nothing came from a map's host.
type Reason int

// The reasons, in the order of Stats.Failed.
const (
	Hanging   Reason = iota // no whole answer in time
	Broken                  // no connection, or one that broke
	Refused                 // an answer, but another than was asked for
	TooBig                  // more than anything on a map has
	Forbidden               // it led where we do not go
	Busy                    // no free slot in time
	Down                    // it failed a moment ago, and was not asked
	Gone                    // who wanted it went away
	Reasons                 // how many there are
)

// failure is why there is nothing from a host. Its text is a part of a
// sentence, without the address, which may hold a key.
type failure struct {
	reason Reason
	host   string
	what   string        // what the host did
	rest   time.Duration // it wants not to be asked for this long
	cause  error         // may be nil
}

func (f *failure) Error() string { return "the map's host " + f.host + " " + f.what }

func (f *failure) Unwrap() error { return f.cause }

// blames reports whether it is a sign that the host is not well.
func (f *failure) blames() bool { return f.reason == Hanging || f.reason == Broken || f.rest > 0 }

// failed says what an error of net/http means.
func failed(host string, err error) *failure {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return &failure{reason: Gone, host: host, what: "was not waited for", cause: err}
	case errors.Is(err, errPrivate):
		return &failure{reason: Forbidden, host: host, what: "is not asked: " + errPrivate.Error()}
	case errors.Is(err, errRedirect):
		return &failure{reason: Forbidden, host: host, what: "is not followed: " + errRedirect.Error()}
	case errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout():
		return &failure{reason: Hanging, host: host, what: "does not answer in time"}
	}
	what := "cannot be reached"
	if why := err.Error(); !strings.Contains(why, "?") { // or it may repeat an address with its key
		what += ": " + why
	}
	return &failure{reason: Broken, host: host, what: what}
}
