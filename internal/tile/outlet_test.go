package tile

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.215.14": true, "2606:2800:21f:cb07:6820:80da:af6b:8b2c": true,
		"127.0.0.1": false, "::1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "fd00::1": false,
		"169.254.169.254": false, "fe80::1": false, "0.0.0.0": false, "0.1.2.3": false, "::": false, "100.64.0.1": false, "224.0.0.1": false,
		"255.255.255.255": false, "198.18.0.1": false, "::ffff:127.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("public(%s) = %v, want %v", address, got, want)
		}
	}
}

// TestPrivateNeighbours: a map on a public address leads to no private one,
// whatever names lead there; one on a private address may.
func TestPrivateNeighbours(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		own, to string
		want    error
	}{
		{"93.184.215.14:443", "127.0.0.1:" + port, errPrivate},
		{"93.184.215.14:443", "localhost:" + port, errPrivate},
		{"127.0.0.1:" + port, "127.0.0.1:" + port, nil},
		{"127.0.0.1:1", "127.0.0.1:" + port, nil},
		{"127.0.0.1:1", "localhost:" + port, nil},
	} {
		o := &outlet{own: []string{c.own}}
		conn, err := o.dial(t.Context(), "tcp4", c.to)
		if !errors.Is(err, c.want) {
			t.Errorf("from a map on %s to %s: %v, want %v", c.own, c.to, err, c.want)
		}
		if conn != nil {
			conn.Close()
		}
	}
}

// TestPrivateNeighbourInWords: what a page is told where a style leads to a
// private address.
func TestPrivateNeighbourInWords(t *testing.T) {
	client := newClient([]string{"https://93.184.215.14/style.json"}, 0)
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://127.0.0.1:1/latest/meta-data", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Do(r)
	f := failed("127.0.0.1:1", err)
	if want := "the map's host 127.0.0.1:1 is not asked: it is on a private address, and the map is not"; f.reason != Forbidden || f.Error() != want {
		t.Errorf("failed = %d %q, want %d %q", f.reason, f, Forbidden, want)
	}
}
