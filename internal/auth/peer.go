package auth

import (
	"context"
	"net/netip"
)

type peerKey struct{}

// WithPeer returns a context that holds who is at the other end of a
// connection itself, be it a proxy. A server puts it there when a connection
// begins; r.RemoteAddr is the client that the proxies tell of.
func WithPeer(ctx context.Context, peer netip.AddrPort) context.Context {
	return context.WithValue(ctx, peerKey{}, peer)
}

// PeerOf returns what WithPeer has put there. The other end of a unix socket
// counts as loopback.
func PeerOf(ctx context.Context) (peer netip.AddrPort, ok bool) {
	peer, ok = ctx.Value(peerKey{}).(netip.AddrPort)
	return peer, ok
}
