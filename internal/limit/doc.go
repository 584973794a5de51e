// Package limit says when it is enough: for one courier's phone, for one
// identity's viewers, for one address from which only strangers knock, and for
// the files that the process may have open. It promises that what counts against
// one courier, identity or address counts against no other; that a new connection
// finds a way in when files are short; that its own memory is bounded whoever
// comes, and what a crowd of connections cost is given back when it has gone;
// and that every refusal is counted by its reason and logged at a bounded rate.
//
// It knows neither requests nor rights: who asks calls it with a name. It sends
// nothing; the errors it returns say when to come again, and the connections that
// must make room it closes.
package limit
