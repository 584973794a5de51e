//go:build !linux

package socket

import (
	"context"
	"net"
)

// loop serves nobody where there is no epoll: every viewer has goroutines.
type loop struct{}

func newLoop(*Hub, int) (*loop, error)      { return &loop{}, nil }
func descriptor(net.Conn, bool) (int, bool) { return 0, false }
func closeDescriptor(int)                   {}
func (*loop) join(*viewer, int) bool        { return false }
func (*loop) tell(*moment)                  {}
func (*loop) end(*closeError, bool)         {}
func (*loop) recheck()                      {}
func (*loop) close()                        {}
func (*loop) run(ctx context.Context) error { <-ctx.Done(); return nil }
