package auth_test

import (
	"bufio"
	"errors"
	"net/http"
	"strings"
	"testing"

	"peyk/internal/auth"
)

// request is read from the bytes of a real one, so that headers are as net/http
// gives them to a handler.
func request(t *testing.T, host, header string) *http.Request {
	t.Helper()
	text := "GET /ws HTTP/1.1\r\nHost: " + host + "\r\n"
	for line := range strings.Lines(header) {
		text += strings.TrimSpace(line) + "\r\n"
	}
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text + "\r\n")))
	if err != nil {
		t.Fatalf("read request %q: %v", text, err)
	}
	return r
}

func TestDoor(t *testing.T) {
	door, err := auth.NewDoor([]string{
		"https://shop.example", "https://panel.shop.example:8443", "http://[2001:db8::1]:8080",
		"https://xn--mgbx4cd0ab.example", "https://default.example:443",
	})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, host, origin string // origin empty: none; | separates two headers
		listed             string
		want               error
	}{
		{name: "no page asks", host: "127.0.0.1:8082"},
		{name: "own page", host: "127.0.0.1:8082", origin: "http://127.0.0.1:8082"},
		{name: "own page by name", host: "localhost:8082", origin: "http://localhost:8082"},
		{name: "own page, IPv6", host: "[::1]:8082", origin: "http://[::1]:8082"},
		{name: "own page, default port said by the host", host: "localhost:80", origin: "http://localhost"},
		{name: "own page, default port said by the page", host: "localhost", origin: "http://localhost:80"},
		{name: "own page, host in capitals", host: "LOCALHOST:8082", origin: "http://localhost:8082"},
		{name: "listed", host: "127.0.0.1:8082", origin: "https://shop.example", listed: "https://shop.example"},
		{name: "listed, by its own name", host: "shop.example", origin: "https://shop.example", listed: "https://shop.example"},
		{name: "listed with a port", host: "localhost", origin: "https://panel.shop.example:8443", listed: "https://panel.shop.example:8443"},
		{name: "listed, IPv6", host: "localhost", origin: "http://[2001:db8::1]:8080", listed: "http://[2001:db8::1]:8080"},
		{name: "listed, IDN", host: "localhost", origin: "https://xn--mgbx4cd0ab.example", listed: "https://xn--mgbx4cd0ab.example"},
		{name: "listed, default port said", host: "localhost", origin: "https://shop.example:443", listed: "https://shop.example:443"},
		{name: "listed with its default port", host: "localhost", origin: "https://default.example", listed: "https://default.example"},

		{name: "stranger", host: "localhost", origin: "https://evil.example", want: auth.ErrOrigin},
		{name: "subdomain", host: "localhost", origin: "https://a.shop.example", want: auth.ErrOrigin},
		{name: "parent domain", host: "localhost", origin: "https://example", want: auth.ErrOrigin},
		{name: "prefix", host: "localhost", origin: "https://shop.example.evil.example", want: auth.ErrOrigin},
		{name: "suffix", host: "localhost", origin: "https://evilshop.example", want: auth.ErrOrigin},
		{name: "scheme downgrade", host: "localhost", origin: "http://shop.example", want: auth.ErrOrigin},
		{name: "scheme downgrade, by its own name", host: "shop.example", origin: "http://shop.example", want: auth.ErrOrigin},
		{name: "another port, by its own name", host: "shop.example:8443", origin: "https://shop.example:8443", want: auth.ErrOrigin},
		{name: "own page over https", host: "localhost:8082", origin: "https://localhost:8082", want: auth.ErrOrigin},
		{name: "another port", host: "localhost", origin: "https://shop.example:8443", want: auth.ErrOrigin},
		{name: "port left out", host: "localhost", origin: "https://panel.shop.example", want: auth.ErrOrigin},
		{name: "the other scheme's default port", host: "localhost", origin: "https://shop.example:80", want: auth.ErrOrigin},
		{name: "own page, another port", host: "localhost:8082", origin: "http://localhost:8083", want: auth.ErrOrigin},
		{name: "own page, another name for it", host: "127.0.0.1:8082", origin: "http://localhost:8082", want: auth.ErrOrigin},
		{name: "null", host: "localhost", origin: "null", want: auth.ErrOrigin},
		{name: "capitals", host: "localhost", origin: "https://SHOP.example", want: auth.ErrOrigin},
		{name: "scheme in capitals", host: "localhost", origin: "HTTPS://shop.example", want: auth.ErrOrigin},
		{name: "trailing dot", host: "localhost", origin: "https://shop.example.", want: auth.ErrOrigin},
		{name: "trailing slash", host: "localhost", origin: "https://shop.example/", want: auth.ErrOrigin},
		{name: "path", host: "localhost", origin: "https://shop.example/x", want: auth.ErrOrigin},
		{name: "query", host: "localhost", origin: "https://shop.example?x", want: auth.ErrOrigin},
		{name: "userinfo", host: "localhost", origin: "https://shop.example@evil.example", want: auth.ErrOrigin},
		{name: "userinfo before ours", host: "localhost", origin: "https://evil@shop.example", want: auth.ErrOrigin},
		{name: "backslash", host: "localhost", origin: `https://evil.example\shop.example`, want: auth.ErrOrigin},
		{name: "IDN in its own letters", host: "localhost", origin: "https://پیک.example", want: auth.ErrOrigin},
		{name: "IPv6 written otherwise", host: "localhost", origin: "http://[2001:db8:0::1]:8080", want: auth.ErrOrigin},
		{name: "IPv6 without brackets", host: "localhost", origin: "http://2001:db8::1:8080", want: auth.ErrOrigin},
		{name: "empty port", host: "localhost", origin: "https://shop.example:", want: auth.ErrOrigin},
		{name: "port with a zero before", host: "localhost", origin: "https://shop.example:0443", want: auth.ErrOrigin},
		{name: "two in one header", host: "localhost", origin: "https://shop.example https://evil.example", want: auth.ErrOrigin},
		{name: "two headers", host: "localhost", origin: "https://shop.example|https://evil.example", want: auth.ErrOrigin},
		{name: "two headers, the same", host: "localhost", origin: "https://shop.example|https://shop.example", want: auth.ErrOrigin},
		{name: "no scheme", host: "localhost", origin: "shop.example", want: auth.ErrOrigin},
		{name: "file", host: "localhost", origin: "file://", want: auth.ErrOrigin},
		{name: "extension", host: "localhost", origin: "chrome-extension://shop.example", want: auth.ErrOrigin},

		{name: "rebound name", host: "evil.example:8082", origin: "http://evil.example:8082", want: auth.ErrHost},
		{name: "rebound name, no origin", host: "evil.example:8082", want: auth.ErrHost},
		{name: "listed origin through another name", host: "evil.example", origin: "https://shop.example", want: auth.ErrHost},
		{name: "subdomain of a listed host", host: "a.shop.example", want: auth.ErrHost},
		{name: "address as a name", host: "127.0.0.1.evil.example", want: auth.ErrHost},
		{name: "address in another form", host: "0x7f.0.0.1", want: auth.ErrHost},
		{name: "address as a number", host: "2130706433", want: auth.ErrHost},
		{name: "name that begins like ours", host: "localhost.evil.example", want: auth.ErrHost},
		{name: "trailing dot in the host", host: "localhost.", want: auth.ErrHost},
		{name: "port that is none", host: "localhost:x", want: auth.ErrHost},
		{name: "userinfo in the host", host: "localhost@evil.example", want: auth.ErrHost},
		{name: "no host", host: "", want: auth.ErrHost},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			header := ""
			if test.origin != "" {
				header = "Origin: " + strings.ReplaceAll(test.origin, "|", "\nOrigin: ")
			}
			listed, err := door.Check(request(t, test.host, header))
			if !errors.Is(err, test.want) || listed != test.listed {
				t.Errorf("Check = %q, %v, want %q, %v", listed, err, test.listed, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), "--origins") && !strings.Contains(err.Error(), "want one Origin") {
				t.Errorf("Check = %q, want the sentence to name --origins", err)
			}
		})
	}
}

// TestDoorBehindProxy: the robust rows once more, for the origin that a proxy gives
// to the server's own pages.
func TestDoorBehindProxy(t *testing.T) {
	door, err := auth.NewDoor([]string{"https://other.example"}, "https://xn--mgbx4cd0ab.example:8443", "https://shop.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, host, origin string // | separates two headers
		listed             string
		want               error
	}{
		{"host passed on", "shop.example", "https://shop.example", "", nil},
		{"host not passed on", "127.0.0.1:8082", "https://shop.example", "", nil},
		{"no page asks", "shop.example", "", "", nil},
		{"default port said", "shop.example:443", "https://shop.example:443", "", nil},
		{"IDN with a port", "xn--mgbx4cd0ab.example:8443", "https://xn--mgbx4cd0ab.example:8443", "", nil},
		{"past the proxy, from its own machine", "127.0.0.1:8082", "http://127.0.0.1:8082", "", nil},
		{"another site", "shop.example", "https://other.example", "https://other.example", nil},

		{"subdomain", "shop.example", "https://a.shop.example", "", auth.ErrOrigin},
		{"parent domain", "shop.example", "https://example", "", auth.ErrOrigin},
		{"prefix", "shop.example", "https://shop.example.evil.example", "", auth.ErrOrigin},
		{"suffix", "shop.example", "https://evilshop.example", "", auth.ErrOrigin},
		{"scheme downgrade", "shop.example", "http://shop.example", "", auth.ErrOrigin},
		{"scheme downgrade with the other's port", "shop.example", "http://shop.example:443", "", auth.ErrOrigin},
		{"another port", "shop.example", "https://shop.example:8443", "", auth.ErrOrigin},
		{"another port, the host's too", "shop.example:8443", "https://shop.example:8443", "", auth.ErrOrigin},
		{"port left out", "xn--mgbx4cd0ab.example:8443", "https://xn--mgbx4cd0ab.example", "", auth.ErrOrigin},
		{"null", "shop.example", "null", "", auth.ErrOrigin},
		{"capitals", "shop.example", "https://Shop.example", "", auth.ErrOrigin},
		{"trailing dot", "shop.example", "https://shop.example.", "", auth.ErrOrigin},
		{"userinfo", "shop.example", "https://shop.example@evil.example", "", auth.ErrOrigin},
		{"IPv6 with the name's end", "shop.example", "https://[::1].shop.example", "", auth.ErrOrigin},
		{"IDN in its own letters", "shop.example", "https://پیک.example:8443", "", auth.ErrOrigin},
		{"two headers, the same", "shop.example", "https://shop.example|https://shop.example", "", auth.ErrOrigin},
		{"two headers", "shop.example", "https://shop.example|https://evil.example", "", auth.ErrOrigin},
		{"path", "shop.example", "https://shop.example/peyk", "", auth.ErrOrigin},
		{"rebound name", "evil.example", "https://shop.example", "", auth.ErrHost},
		{"subdomain as the host", "a.shop.example", "https://shop.example", "", auth.ErrHost},
	} {
		t.Run(test.name, func(t *testing.T) {
			header := ""
			if test.origin != "" {
				header = "Origin: " + strings.ReplaceAll(test.origin, "|", "\nOrigin: ")
			}
			// What a proxy says of itself, or somebody in its place, changes nothing.
			for _, said := range []string{"", "\nX-Forwarded-Proto: https\nX-Forwarded-Host: shop.example\nForwarded: host=shop.example;proto=https"} {
				if listed, err := door.Check(request(t, test.host, header+said)); !errors.Is(err, test.want) || listed != test.listed {
					t.Errorf("Check with %q = %q, %v, want %q, %v", said, listed, err, test.listed, test.want)
				}
			}
		})
	}
}

func TestDoorWithoutOriginsKnowsItself(t *testing.T) {
	door, err := auth.NewDoor(nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := door.Check(request(t, "192.0.2.7:8082", "Origin: http://192.0.2.7:8082")); err != nil {
		t.Errorf("own page: %v", err)
	}
	if _, err := door.Check(request(t, "shop.example", "")); !errors.Is(err, auth.ErrHost) {
		t.Errorf("unlisted host: %v, want ErrHost", err)
	}
}

func TestNewDoorRefusesWhatIsNoOrigin(t *testing.T) {
	for _, text := range []string{
		"", "*", "null", "shop.example", "https://", "https://*", "https://*.shop.example", "https://shop.example/",
		"https://shop.example/path", "https://Shop.example", "HTTPS://shop.example", "https://shop.example.",
		"https://.shop.example", "https://shop..example", "https://user@shop.example", "https://u:p@shop.example", "https://shop.example:",
		"https://shop.example:0", "https://shop.example:65536", "https://shop.example:+1", "https://shop.example:http",
		"ws://shop.example", "file:///", "https://shop.example?x", "https://shop.example#x", " https://shop.example",
		"https://shop.example ", "https://a.example,https://b.example", "https://shop example", "https://پیک.example",
		"http://127.1", "http://0x7f.0.0.1", "http://::1", "http://[::1", "http://[::1]x", "http://[127.0.0.1]",
		"https://" + strings.Repeat("a.", 126) + "example",
	} {
		if _, err := auth.NewDoor([]string{"https://good.example", text}); err == nil || !strings.Contains(err.Error(), "like https://shop.example: ") {
			t.Errorf("NewDoor(%q) = %v, want an error that says what was wanted", text, err)
		}
	}
}
