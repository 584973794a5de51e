package bus

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"peyk"
	"peyk/internal/bus/redistest"
)

func TestParseTarget(t *testing.T) {
	secure := func(name string) *tls.Config { return &tls.Config{ServerName: name, MinVersion: tls.VersionTLS12} }
	for _, c := range []struct {
		url  string
		want target
	}{
		{"redis://shop:6379", target{addr: "shop:6379"}},
		{"redis://shop", target{addr: "shop:6379"}},
		{"redis://shop:7000/", target{addr: "shop:7000"}},
		{"redis://[::1]:7000/15", target{addr: "[::1]:7000", db: 15}},
		{"redis://u:p%40%2F%23@shop:1/2", target{addr: "shop:1", user: "u", password: "p@/#", db: 2}},
		{"redis://:p@shop:1", target{addr: "shop:1", password: "p"}},
		{"rediss://shop:7000", target{addr: "shop:7000", tls: secure("shop")}},
	} {
		got, err := parseTarget(c.url)
		if err != nil {
			t.Errorf("%s: %v", c.url, err)
			continue
		}
		opts := []cmp.Option{cmp.AllowUnexported(target{}), cmpopts.IgnoreUnexported(tls.Config{})}
		if d := cmp.Diff(c.want, got, opts...); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.url, d)
		}
	}
}

func TestWrongURLIsOneSentenceWithoutThePassword(t *testing.T) {
	for _, url := range []string{
		"", "memory", "memory:x", "memory://", "nats://u:s3cret@host:1", "host:6379", "//host", "redis:", "redis://", "redis:host:1",
		"redis://u:s3cret@", "redis://u:s3cret@host:port", "redis://u:s3cret@host:1/x", "redis://u:s3cret@host:1/-1",
		"redis://u:s3cret@host:1/1/2", "redis://u:s3cret@host:1?db=2", "redis://u:s3cret@host:1#x", "redis://s3cret@host:1",
		"redis://u:s3cret/1@host:1", "redis://u:s3cret#1@host:1", "redis://u:s3cret?1@host:1", "redis://u:s3cret%@host:1",
		"redis://u:123/s3cret@host:1", "redis://u:1s3cret#@host", "redis://u:s3cret @host:1", "unix:///run/redis.sock",
	} {
		_, err := Open(url, Options{})
		if err == nil {
			t.Errorf("Open(%q) succeeds", url)
			continue
		}
		text := err.Error()
		if strings.Contains(text, "s3cret") || strings.Contains(text, "\n") || !strings.Contains(text, wanted) {
			t.Errorf("Open(%q) = %q, want one sentence that says %q", url, text, wanted)
		}
	}
}

// A terminator in front of Redis, whose certificate the target trusts or not.
func TestTLS(t *testing.T) {
	s := redistest.Start(t)
	web := httptest.NewTLSServer(nil) // only its certificate is used
	defer web.Close()
	l, err := tls.Listen("tcp", "127.0.0.1:0", web.TLS)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go terminate(l, s.Addr)
	for _, trusted := range []bool{false, true} {
		to, err := parseTarget("rediss://" + l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if trusted {
			to.tls.RootCAs = x509.NewCertPool()
			to.tls.RootCAs.AddCert(web.Certificate())
		}
		n := runNode(t, func(o Options) (Bus, error) { return newRedis(to, o.withDefaults()), nil })
		if trusted {
			eventually(t, "healthy", n.carries)
			continue
		}
		eventually(t, "says why", func() bool { return unhealthy(n) && strings.Contains(n.Health().Error(), "certificate") })
	}
}

func terminate(l net.Listener, to string) {
	for {
		in, err := l.Accept()
		if err != nil {
			return
		}
		out, err := net.Dial("tcp", to)
		if err != nil {
			in.Close()
			continue
		}
		go pass(in, out)
		go pass(out, in)
	}
}

func FuzzParseNote(f *testing.F) {
	f.Add(string(note{Node: "a", Life: "b", Beat: 7, To: 1, Heard: []string{"c"}, Want: map[string]peyk.Micros{"d": 2}}.encode()))
	f.Add(`{"node":"a","life":"b","want":{}}`)
	f.Add(`{"node":"a","life":"b","heard":["` + strings.Repeat("\\u0000", 40) + `"],"to":-9223372036854775808}`)
	f.Fuzz(func(t *testing.T, text string) {
		n, err := parseNote(text)
		if err != nil {
			return
		}
		p := newPeers("me")
		p.begin("mine")
		p.hear(n)
		said := note{Node: "me", Life: "mine", To: n.To, Want: p.want()}
		if _, err := parseNote(string(said.encode())); err != nil {
			t.Errorf("after %q a node says what others refuse: %v", text, err)
		}
	})
}
