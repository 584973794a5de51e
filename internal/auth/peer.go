package auth

import (
	"context"
	"net"
	"net/netip"
)

type peerKey struct{}

// WithPeer keeps the address from which a connection came, whatever headers and
// r.RemoteAddr say later.
func WithPeer(ctx context.Context, peer netip.AddrPort) context.Context {
	return context.WithValue(ctx, peerKey{}, peer)
}

// PeerOf returns the address that WithPeer kept.
func PeerOf(ctx context.Context) (netip.AddrPort, bool) {
	peer, ok := ctx.Value(peerKey{}).(netip.AddrPort)
	return peer, ok
}

// KeepPeer is WithPeer for http.Server's ConnContext. Who comes over a unix
// socket is on this machine.
func KeepPeer(ctx context.Context, c net.Conn) context.Context {
	switch from := c.RemoteAddr().(type) {
	case *net.TCPAddr:
		peer := from.AddrPort()
		return WithPeer(ctx, netip.AddrPortFrom(peer.Addr().Unmap(), peer.Port()))
	case *net.UnixAddr:
		return WithPeer(ctx, Loopback)
	}
	return ctx
}
