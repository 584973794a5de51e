package tile

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"syscall"
	"time"
)

var (
	errPrivate  = errors.New("it is on a private address, and the map is not")
	errRedirect = errors.New("it sends us elsewhere")
)

// outlet is the way out to the hosts of a map. What an operator named it
// reaches wherever that is. What a style names beside that must not be on a
// private address, unless the operator's own map is on one as well: else a
// style from the internet could have us ask the machines next to us.
type outlet struct {
	own     []string // host:port of what the operator named
	proxies sync.Map // host:port of proxies on our way out that the environment named
}

// newClient returns a client whose answers begin within half of patience. The
// caller bounds the rest by its contexts.
func newClient(addresses []string, patience time.Duration) *http.Client {
	o := &outlet{}
	for _, address := range addresses {
		if u, err := parseTemplate(address); err == nil {
			o.own = append(o.own, dialed(u))
		}
	}
	return &http.Client{
		CheckRedirect: sameOrigin,
		Transport: &http.Transport{
			Proxy:                  o.proxy,
			DialContext:            o.dial,
			DisableCompression:     true, // what comes packed is kept and sent packed
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    patience / 2,
			ResponseHeaderTimeout:  patience / 2,
			MaxIdleConnsPerHost:    hostSlots,
			IdleConnTimeout:        90 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
}

func sameOrigin(r *http.Request, before []*http.Request) error {
	if len(before) > 3 || origin(r.URL) != origin(before[0].URL) {
		return errRedirect
	}
	return nil
}

// proxy notes which proxies the environment names, for dial to let through. To
// which address a proxy then goes, it alone knows.
func (o *outlet) proxy(r *http.Request) (*url.URL, error) {
	u, err := http.ProxyFromEnvironment(r)
	if u != nil {
		o.proxies.Store(dialed(u), true)
	}
	return u, err
}

func (o *outlet) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 5 * time.Second}
	if _, proxy := o.proxies.Load(address); !proxy && !slices.Contains(o.own, address) {
		// After the name was looked up: a name may come to mean a private address.
		dialer.ControlContext = func(ctx context.Context, _, address string, _ syscall.RawConn) error {
			at, err := netip.ParseAddrPort(address)
			if err != nil || public(at.Addr()) || o.isPrivate(ctx) {
				return err
			}
			return errPrivate
		}
	}
	return dialer.DialContext(ctx, network, address)
}

// isPrivate reports whether the operator's own map is on a private address.
func (o *outlet) isPrivate(ctx context.Context) bool {
	for _, own := range o.own {
		host, _, err := net.SplitHostPort(own)
		if err != nil {
			continue
		}
		found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		if err == nil && slices.ContainsFunc(found, func(ip netip.Addr) bool { return !public(ip) }) {
			return true
		}
	}
	return false
}

// dialed is the address that net/http dials for a URL.
func dialed(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// reserved is what IANA's registries of special-purpose addresses hold beyond
// what netip knows by name.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // a carrier's own network
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), // IPv4 behind a translator
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

func public(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(ip) })
}
