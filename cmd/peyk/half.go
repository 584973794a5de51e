package main

import (
	"fmt"
	"net/http"

	"peyk/internal/api"
)

// half says which half of a server's work a node does. A node that does one is
// locked out of the other, so that moving over one half of a shop cannot touch
// the other by mistake.
type half string

const (
	both   half = "both"
	push   half = "push"   // shows what the bus carries, and takes no positions
	ingest half = "ingest" // takes positions, which the bus carries on, and shows none
)

func parseHalf(text string) (half, error) {
	switch h := half(text); h {
	case both, push, ingest:
		return h, nil
	}
	return "", fmt.Errorf("unknown role %q", text)
}

// noPosts is what a phone is told where positions are not taken; empty: they are.
func (h half) noPosts() string {
	if h != push {
		return ""
	}
	return "This server takes no positions: it runs with --role push."
}

// noViewers is what a page is told where nothing is shown; empty: everything is.
func (h half) noViewers() string {
	if h != ingest {
		return ""
	}
	return "This server takes positions and shows none: it runs with --role ingest."
}

// named is the role for those who look after the node; empty: nothing is special.
func (h half) named() string {
	if h == both {
		return ""
	}
	return string(h)
}

// announced follows the address that is told to who started the node.
func (h half) announced() string {
	if h == both {
		return ""
	}
	return fmt.Sprintf(" (--role %s)", h)
}

// checkRole sees to it that the two halves have something that joins them.
func (c Config) checkRole() error {
	return firstWrong(rule{"bus", c.Bus, c.Role == both || c.Bus != "memory:",
		fmt.Sprintf("redis://… or rediss://…, by which --role %s is joined to the other half", c.Role)})
}

// absent mounts, in place of all that shows couriers, why there is nothing.
func absent(mux *http.ServeMux, a *api.Server, why string) {
	for _, path := range []string{"/ws", "/api/v1/stream", "/"} {
		mux.Handle(path, a.Absent(why))
	}
}
