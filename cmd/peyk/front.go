package main

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"peyk/internal/auth"
)

// splitPublic takes --public-url apart: the origin that browsers name, and the
// path below which they find everything, "" or like /peyk.
func splitPublic(text string) (origin, base string, ok bool) {
	u, err := url.Parse(text)
	if err != nil {
		return "", "", false
	}
	origin, base = u.Scheme+"://"+u.Host, strings.TrimSuffix(u.Path, "/")
	_, err = auth.NewDoor([]string{origin})
	return origin, base, err == nil && (text == origin+base || text == origin+base+"/") && (base == "" || unambiguous(base))
}

// checkFront looks at what is said of the proxy in front.
func (c Config) checkFront() error {
	_, socket := unixPath(c.Listen)
	_, base, ok := splitPublic(c.PublicURL)
	err := firstWrong(
		rule{"public-url", c.PublicURL, c.PublicURL == "" || ok,
			"http:// or https://, a host in lower case, maybe a port, and maybe a path that Peyk does not use itself, like https://shop.example/peyk"},
		rule{"public-url", c.PublicURL, c.PublicURL != "" || !socket, "the URL at which a proxy shows the socket of --listen, like https://shop.example/peyk"},
		rule{"public-url", c.PublicURL, c.PublicURL == "" || !c.Insecure, "none, because --insecure lets everybody do everything"},
		rule{"location-path", c.LocationPath, base == "" || !strings.HasPrefix(c.LocationPath+"/", base+"/"),
			"a path without " + base + ", which --public-url has already"},
	)
	if err != nil {
		return err
	}
	for _, text := range c.TrustedProxies {
		if _, err := auth.NewProxies([]string{text}); err != nil {
			return &wrongOption{name: "trusted-proxies", is: quote(text),
				want: "addresses or networks like 192.0.2.7 or 10.0.0.0/8, none wider than /8 (IPv6: /7), or unix for who opens the socket of --listen"}
		}
	}
	return nil
}

// unambiguous reports whether no path of our own begins like base. Since our
// files all have a dot in their names, a base has none.
func unambiguous(base string) bool {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~/"
	first, _, _ := strings.Cut(base[1:], "/")
	return first != "" && path.Clean(base) == base && strings.Trim(base, letters) == "" && !slices.Contains([]string{"api", "c", "fonts", "map", "shop", "t", "ws"}, first)
}

// door lets in the pages of this server, be it by a proxy, and of --origins.
func (c Config) door() (*auth.Door, error) {
	if c.PublicURL == "" {
		return auth.NewDoor(c.Origins)
	}
	own, _, _ := splitPublic(c.PublicURL) // it was checked
	return auth.NewDoor(c.Origins, own)
}

// below serves next below the base, as browsers see it, and also without it, as
// a proxy asks that takes it away. Whoever forgot the slash after the base is
// sent there, since the page's addresses are relative.
func below(base string, next http.Handler) http.Handler {
	if base == "" {
		return next
	}
	mux := http.NewServeMux()
	mux.Handle(base+"/", http.StripPrefix(base, next))
	mux.Handle("/", next)
	return mux
}

// located has every request carry the address of its client, of which proxies tell.
func located(proxies *auth.Proxies, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.RemoteAddr = proxies.Client(r).String()
		next.ServeHTTP(w, r)
	})
}
