package auth

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
)

// Door knows for which pages browsers may speak to this server. A browser says
// in Origin whose page asks, and in Host which name the page thinks we have;
// neither can be forged by a page, so both are checked before any credential,
// and all the more where no credential is asked for. Other programs can say
// what they like; them the credential stops. A Door is immutable.
type Door struct {
	origins map[origin]bool
	hosts   map[string]bool // of the origins
}

// NewDoor returns a door that lets in, besides the server's own pages, those of
// the listed origins, like https://shop.example.
func NewDoor(origins []string) (*Door, error) {
	d := &Door{origins: make(map[origin]bool), hosts: make(map[string]bool)}
	for _, text := range origins {
		o, err := parseOrigin(text)
		if err != nil {
			return nil, err
		}
		d.origins[o], d.hosts[o.host] = true, true
	}
	return d, nil
}

// Check returns ErrHost or ErrOrigin for what may not come in. If a page of a
// listed origin asks, listed is that origin as the browser wrote it: the answer
// has to name it (CORS). For the server's own pages, and where no page asks, it
// is "".
func (d *Door) Check(r *http.Request) (listed string, err error) {
	host, port, ok := splitHost(strings.ToLower(r.Host))
	if !ok || !d.knows(host) {
		return "", fmt.Errorf("%w (want localhost, an IP address or the host of one of --origins): %q", ErrHost, r.Host)
	}
	said := r.Header["Origin"]
	if len(said) == 0 {
		return "", nil
	}
	if len(said) > 1 {
		return "", fmt.Errorf("%w (want one Origin): %q", ErrOrigin, said)
	}
	from, err := parseOrigin(said[0])
	if err == nil && d.origins[from] {
		return said[0], nil
	}
	if err == nil && from == (origin{"http", host, ownPort("http", port)}) {
		return "", nil
	}
	return "", fmt.Errorf("%w (want the server's own or one of --origins): %q", ErrOrigin, said[0])
}

// knows keeps DNS rebinding out: there a page of evil.example has its own name
// resolve to our address, so that to the browser we are evil.example. An
// address in place of a name cannot be rebound.
func (d *Door) knows(host string) bool {
	if host == "localhost" || d.hosts[host] {
		return true
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}
