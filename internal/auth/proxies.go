package auth

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies knows who stands in front of this server, so that it can tell who
// sent a request. Only X-Forwarded-For is read, and only as far as it was
// written by one of them: the rest of it anybody can have made up. Whether the
// client spoke TLS, and to which host, no header is believed about; Options.Door
// knows that. Proxies is immutable.
type Proxies struct {
	nets []netip.Prefix
	unix bool // whoever may open our unix socket
}

// UnixPeers stands, in the list for NewProxies, for the programs that may open
// the unix socket on which the server listens.
const UnixPeers = "unix"

// What nobody's proxies are spread over: a list this wide would let clients
// choose their address.
const (
	widest4 = 8 // 10.0.0.0/8
	widest6 = 7 // fc00::/7
)

// NewProxies takes addresses, networks like 10.0.0.0/8, and UnixPeers.
func NewProxies(list []string) (*Proxies, error) {
	p := new(Proxies)
	for _, text := range list {
		if text == UnixPeers {
			p.unix = true
			continue
		}
		prefix, err := parseNet(text)
		if err != nil {
			return nil, err
		}
		p.nets = append(p.nets, prefix)
	}
	return p, nil
}

// parseNet reads an address or a network. One with bits beyond its mask is
// refused: which of the two was meant nobody knows.
func parseNet(text string) (netip.Prefix, error) {
	whole := text
	if addr, err := netip.ParseAddr(text); err == nil {
		whole = fmt.Sprintf("%s/%d", text, addr.BitLen()) // no prefix has a zone
	}
	prefix, err := netip.ParsePrefix(whole)
	widest := widest6
	if prefix.Addr().Is4() {
		widest = widest4
	}
	if err != nil || prefix.Addr().Is4In6() || prefix != prefix.Masked() || prefix.Bits() < widest {
		return netip.Prefix{}, fmt.Errorf("want addresses or networks like 192.0.2.7 or 10.0.0.0/8, none wider than /8 (IPv6: /7), or %s: %q", UnixPeers, text)
	}
	return prefix, nil
}

// Client returns the address of who sent a request: of the peer, or, where that
// is one of the proxies, of the last in X-Forwarded-For who is not. Its port is 0
// where a proxy told of it. A peer on a unix socket counts as loopback.
func (p *Proxies) Client(r *http.Request) netip.AddrPort {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	client, trusted := netip.AddrPortFrom(peer.Addr().Unmap(), peer.Port()), p.trusts(peer.Addr().Unmap())
	if err != nil { // a unix socket has no address
		client, trusted = Loopback, p.unix
	}
	told := strings.Split(strings.Join(r.Header["X-Forwarded-For"], ","), ",")
	for i := len(told) - 1; i >= 0 && trusted; i-- {
		addr, err := netip.ParseAddr(strings.TrimSpace(told[i]))
		if err != nil {
			break // who wrote this is the last of whom we know
		}
		addr = addr.Unmap().WithZone("")
		client, trusted = netip.AddrPortFrom(addr, 0), p.trusts(addr)
	}
	return client
}

// Loopback is what the other end of a unix socket counts as.
var Loopback = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 0)

func (p *Proxies) trusts(addr netip.Addr) bool {
	for _, prefix := range p.nets {
		if prefix.Contains(addr.WithZone("")) {
			return true
		}
	}
	return false
}
