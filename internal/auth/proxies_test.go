package auth_test

import (
	"net/netip"
	"strings"
	"testing"

	"peyk/internal/auth"
)

// TestClient has clients and proxies say who they are, of whom only the
// trusted ones are believed.
func TestClient(t *testing.T) {
	proxies, err := auth.NewProxies([]string{"127.0.0.1", "10.0.0.0/8", "fd00::/8", "2001:db8::7", "unix"})
	if err != nil {
		t.Fatal(err)
	}
	nobody, err := auth.NewProxies(nil)
	if err != nil {
		t.Fatal(err)
	}
	const xff = "X-Forwarded-For: "
	for _, test := range []struct {
		name, peer, header string
		want               string
	}{
		{"no proxy", "203.0.113.7:5000", "", "203.0.113.7:5000"},
		{"a proxy that says nothing", "127.0.0.1:5000", "", "127.0.0.1:5000"},
		{"one proxy", "127.0.0.1:5000", xff + "203.0.113.7", "203.0.113.7:0"},
		{"two proxies", "127.0.0.1:5000", xff + "203.0.113.7, 10.1.2.3", "203.0.113.7:0"},
		{"in two headers", "127.0.0.1:5000", xff + "203.0.113.7\n" + xff + "10.1.2.3", "203.0.113.7:0"},
		{"without spaces", "127.0.0.1:5000", xff + "203.0.113.7,10.1.2.3", "203.0.113.7:0"},
		{"IPv6", "[fd00::1]:5000", xff + "2001:db8::1", "[2001:db8::1]:0"},
		{"IPv6, one address trusted", "[2001:db8::7]:5000", xff + "2001:db8::8", "[2001:db8::8]:0"},
		{"IPv4 in IPv6", "[::ffff:127.0.0.1]:5000", xff + "::ffff:203.0.113.7", "203.0.113.7:0"},
		{"a unix socket", "@", xff + "203.0.113.7", "203.0.113.7:0"},
		{"a unix socket that says nothing", "@", "", "127.0.0.1:0"},
		{"a client inside", "127.0.0.1:5000", xff + "10.1.2.3", "10.1.2.3:0"},
		{"clients inside all the way", "127.0.0.1:5000", xff + "10.1.2.3, 10.1.2.4", "10.1.2.3:0"},

		{"a stranger claims to be a proxy", "203.0.113.7:5000", xff + "10.1.2.3", "203.0.113.7:5000"},
		{"a stranger claims to be us", "203.0.113.7:5000", xff + "127.0.0.1", "203.0.113.7:5000"},
		{"an untrusted network beside the trusted", "11.0.0.1:5000", xff + "203.0.113.7", "11.0.0.1:5000"},
		{"IPv4 in IPv6 of a stranger", "[::ffff:203.0.113.7]:5000", xff + "10.1.2.3", "203.0.113.7:5000"},
		{"a client makes up who it is", "127.0.0.1:5000", xff + "198.51.100.1, 203.0.113.7", "203.0.113.7:0"},
		{"a client makes up a chain of ours", "127.0.0.1:5000", xff + "198.51.100.1, 10.1.2.3, 203.0.113.7", "203.0.113.7:0"},
		{"through two proxies", "127.0.0.1:5000", xff + "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7:0"},
		{"in a header of its own", "127.0.0.1:5000", xff + "198.51.100.1\n" + xff + "203.0.113.7", "203.0.113.7:0"},
		{"rubbish in its place", "127.0.0.1:5000", xff + "unknown", "127.0.0.1:5000"},
		{"rubbish behind it", "127.0.0.1:5000", xff + "198.51.100.1, 203.0.113.7 x", "127.0.0.1:5000"},
		{"rubbish before it", "127.0.0.1:5000", xff + "<script>, 203.0.113.7", "203.0.113.7:0"},
		{"rubbish before a proxy", "127.0.0.1:5000", xff + "198.51.100.1, x, 10.1.2.3", "10.1.2.3:0"},
		{"nothing between commas", "127.0.0.1:5000", xff + "198.51.100.1,,10.1.2.3", "10.1.2.3:0"},
		{"with a port", "127.0.0.1:5000", xff + "203.0.113.7:80", "127.0.0.1:5000"},
		{"with a zone", "127.0.0.1:5000", xff + "fe80::1%x", "[fe80::1]:0"},
		{"a zone hides no proxy", "127.0.0.1:5000", xff + "198.51.100.1, fd00::1%x", "198.51.100.1:0"},
		{"an address in an old form", "127.0.0.1:5000", xff + "0177.0.0.1", "127.0.0.1:5000"},
		{"other headers", "127.0.0.1:5000", "X-Real-IP: 198.51.100.1\nForwarded: for=198.51.100.1\nTrue-Client-IP: 198.51.100.1", "127.0.0.1:5000"},
		{"an underscore", "127.0.0.1:5000", "X_Forwarded_For: 198.51.100.1", "127.0.0.1:5000"},
		{"very many", "127.0.0.1:5000", xff + strings.Repeat("198.51.100.1,", 1000) + "203.0.113.7", "203.0.113.7:0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := request(t, "localhost", test.header)
			r.RemoteAddr = test.peer
			if got := proxies.Client(r).String(); got != test.want {
				t.Errorf("Client = %s, want %s", got, test.want)
			}
			peer, err := netip.ParseAddrPort(test.peer)
			if err != nil {
				peer = auth.Loopback
			}
			if got, want := nobody.Client(r), netip.AddrPortFrom(peer.Addr().Unmap(), peer.Port()); got != want {
				t.Errorf("Client, where nobody is trusted = %s, want %s", got, want)
			}
		})
	}
}

func TestNewProxiesRefuses(t *testing.T) {
	for _, text := range []string{
		"0.0.0.0/0", "::/0", "0.0.0.0/1", "128.0.0.0/7", "::ffff:0:0/96", "::ffff:127.0.0.1", "2000::/3", "10.0.0.1/8", "10.0.0.0/33", "10.0.0", "10.0.0.0/",
		"", "*", "localhost", "fe80::1%eth0", "10.0.0.0-10.0.0.9", " 10.0.0.1", "127.0.0.1:80", "unix:", "Unix",
	} {
		if _, err := auth.NewProxies([]string{"127.0.0.1", text}); err == nil || !strings.Contains(err.Error(), "want addresses or networks like ") {
			t.Errorf("NewProxies(%q) = %v, want an error that says what was wanted", text, err)
		}
	}
}
