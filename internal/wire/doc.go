// Package wire is what Peyk's types look like as bytes: the original JSON that
// Redis and old pages carry, and the messages of peyk.v1.json and peyk.v1.bin,
// for both ends. It knows types of package peyk and nothing else: no network, no
// state, no clock. Everything that reads foreign bytes is bounded and returns an
// error that says what was wanted; nothing here panics on input.
package wire
