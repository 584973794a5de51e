package auth

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Door knows for which pages browsers may speak to this server. A browser says
// in Origin whose page asks, and in Host which name the page thinks we have;
// neither can be forged by a page, so both are checked before any credential,
// and all the more where no credential is asked for. Other programs can say
// what they like; them the credential stops. A Door is immutable.
type Door struct {
	origins map[origin]bool // whether browsers find the server's own pages there
	hosts   map[string]bool // of the origins
}

// NewDoor returns a door that lets in, besides the server's own pages, those of
// the listed origins, like https://shop.example. Where a proxy stands in front,
// own is the origin that browsers find the server's pages at.
func NewDoor(listed []string, own ...string) (*Door, error) {
	d := &Door{origins: make(map[origin]bool), hosts: make(map[string]bool)}
	for i, text := range slices.Concat(listed, own) {
		o, err := parseOrigin(text)
		if err != nil {
			return nil, err
		}
		d.origins[o], d.hosts[o.host] = i >= len(listed), true
	}
	return d, nil
}

// Check returns ErrHost or ErrOrigin for what may not come in. If a page of a
// listed origin asks, listed is that origin as the browser wrote it: the answer
// has to name it (CORS). For the server's own pages, and where no page asks, it
// is "".
func (d *Door) Check(r *http.Request) (listed string, err error) {
	host, port, ok := splitHost(strings.ToLower(r.Host))
	if !ok || !address(host) && !d.hosts[host] {
		return "", fmt.Errorf("%w (want localhost, an IP address, or the host of --public-url or of one of --origins): %q", ErrHost, r.Host)
	}
	said := r.Header["Origin"]
	if len(said) == 0 {
		return "", nil
	}
	if len(said) > 1 {
		return "", fmt.Errorf("%w (want one Origin): %q", ErrOrigin, said)
	}
	from, err := parseOrigin(said[0])
	own, known := d.origins[from]
	switch {
	case err != nil:
	case known && !own:
		return said[0], nil
	case known, address(host) && from == origin{"http", host, ownPort("http", port)}:
		return "", nil
	}
	return "", fmt.Errorf("%w (want the server's own, also by --public-url, or one of --origins): %q", ErrOrigin, said[0])
}

// address reports whether a host needs no list. DNS rebinding has a page of
// evil.example resolve its own name to our address, so that to the browser we
// are evil.example; what is no name cannot be rebound. A name that is listed is
// listed with its scheme and port, so that no page of another counts as ours.
func address(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil || host == "localhost"
}
