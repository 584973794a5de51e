// Package bus carries positions from the node that took them to every node.
//
// It knows brokers, how one is lost and found again, and the original form in
// which positions travel; it does not know the world. It promises that Publish
// never waits; that a position that was published, or a newer one of the same
// courier, is heard by every node as soon as the broker works (note.go says
// why); and that memory stays bounded whatever the broker does or carries. It
// does not promise that every position arrives, that each arrives once, or, over
// an outage, their order: stamps decide which of two is newer. Who is behind
// gets each courier's newest.
//
// A message on a broker may come from anybody: it can show a position of the
// courier that it names, and make nodes publish positions again, and no more.
package bus

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"peyk"
	"peyk/internal/wire"
)

// Bus is one node's end of the bus. All methods are safe for concurrent use.
// It has more methods than three since the wiring needs each of them of each bus.
type Bus interface {
	// Publish takes a position that was taken on this node, after it was
	// applied to the world here. It never waits and never fails.
	Publish(r peyk.Report)

	// Run sends what is published and calls hear with every position that the
	// bus carries, this node's own among them, one at a time. It reconnects
	// for ever, returns nil once ctx has ended, and does not call hear after
	// that. hear must not block; it may keep the report. One Run at a time.
	Run(ctx context.Context, hear func(peyk.Report)) error

	// Health returns nil while the bus carries, else why it does not and
	// since when.
	Health() error

	// Stats returns what was counted since Open.
	Stats() Stats
}

// Options are what a bus needs beside its URL. The zero value of a field that
// says no default must not be used.
type Options struct {
	Channel  string        // on which positions travel; empty: dlchannel. Notes between nodes travel on Channel + ":peyk"
	Decimals wire.Decimals // how latitude and longitude are written

	// TakenSince returns each courier's newest position that was taken on
	// this node, where its stamp is after since. It must include whatever was
	// given to Publish before the call, and the slice becomes the bus's. It is
	// called only while Run runs. No default.
	TakenSince func(since peyk.Micros) []peyk.Report

	Log *slog.Logger     // no default
	Now func() time.Time // the clock that stamps this node's positions; nil: time.Now
}

func (o Options) withDefaults() Options {
	o.Channel = cmp.Or(o.Channel, "dlchannel")
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// Open returns the bus that the URL names, not connected yet: Run does that.
// An error says in one sentence what was wanted, and never holds a password.
func Open(url string, o Options) (Bus, error) {
	if url == "memory:" {
		return memory{}, nil
	}
	t, err := parseTarget(url)
	if err != nil {
		return nil, err
	}
	return newRedis(t, o.withDefaults()), nil
}
