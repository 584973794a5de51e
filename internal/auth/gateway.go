package auth

import (
	"cmp"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"peyk"
)

// ErrGateway is a peyk.ErrForbidden.
var ErrGateway error = gatewayError("")

// gatewayError is an ErrGateway and says why.
type gatewayError string

func (e gatewayError) Error() string {
	return "what only a gateway may say was not taken: " + string(e)
}

// Is reports whether target is what every gatewayError is.
func (gatewayError) Is(target error) bool { return target == ErrGateway || target == peyk.ErrForbidden }

// Gateway says which peers have found out already who somebody is, and how they
// tell: by headers, beside a secret that only they know. The zero Gateway is
// none.
//
// Of a request from such a peer nothing else counts, no Authorization and no
// cookie. From any other peer a request with one of the headers is refused and
// not let in without them: whoever sends them expects them to count.
type Gateway struct {
	From    []string  // addresses, or networks like 10.1.0.0/16
	Secret  string    // at least 16 bytes
	Headers []string  // other headers in place of DefaultHeaders
	Role    peyk.Role // of whom the gateway says none; empty: they are refused
}

// DefaultHeaders are what a gateway says, and in which header: the secret, the
// user's id, the username, a name to show, the role, and teams with commas
// between them, or * for everybody.
func DefaultHeaders() []string {
	return []string{
		"secret=X-Peyk-Gateway", "user=X-User-Id", "username=X-User-Username", "name=X-User-Name", "role=X-User-Role", "teams=X-User-Teams",
	}
}

const (
	minGatewaySecret = 16
	everyTeam        = "*"
)

type gateway struct {
	from    []netip.Prefix
	secret  [sha256.Size]byte
	role    peyk.Role
	headers map[string]string // canonical, by what they say
	says    map[string]string // the other way round, by folded names
}

// newGateway returns nil for the zero Gateway.
func newGateway(o Gateway) (*gateway, error) {
	if len(o.From) == 0 {
		if o.Secret != "" || o.Role != "" {
			return nil, wrongOption("gateway from", "want the addresses of the gateway, which has a secret or a role")
		}
		return nil, nil
	}
	if len(o.Secret) < minGatewaySecret {
		return nil, wrongOption("gateway secret", "want at least %d bytes: %d", minGatewaySecret, len(o.Secret))
	}
	if o.Role != "" && !slices.Contains(peyk.Roles[:], o.Role) {
		return nil, wrongOption("gateway role", "want one of %v: %q", peyk.Roles, o.Role)
	}
	g := &gateway{secret: sha256.Sum256([]byte(o.Secret)), role: o.Role, headers: make(map[string]string), says: make(map[string]string)}
	for _, text := range o.From {
		network, err := parseNetwork(text)
		if err != nil {
			return nil, err
		}
		g.from = append(g.from, network)
	}
	return g, g.name(o)
}

// parseNetwork takes an address for the network of it alone. All addresses are
// no gateway.
func parseNetwork(text string) (netip.Prefix, error) {
	network, err := netip.ParsePrefix(text)
	if err != nil {
		addr, err := netip.ParseAddr(text)
		if err != nil || addr.Zone() != "" {
			return netip.Prefix{}, wrongOption("gateway from", "want addresses, or networks like 10.1.0.0/16: %q", text)
		}
		network = netip.PrefixFrom(addr, addr.BitLen())
	}
	if network.Addr().Is4In6() && network.Bits() >= 96 { // as peers are told apart
		network = netip.PrefixFrom(network.Addr().Unmap(), network.Bits()-96)
	}
	if network.Bits() == 0 {
		return netip.Prefix{}, wrongOption("gateway from", "want the gateway's own addresses and not everybody's: %q", text)
	}
	return network, nil
}

// name reads which header says what.
func (g *gateway) name(o Gateway) error {
	for i, pair := range slices.Concat(DefaultHeaders(), o.Headers) {
		what, header, _ := strings.Cut(pair, "=")
		if _, known := g.headers[what]; !known && i >= len(DefaultHeaders()) {
			return wrongOption("gateway headers", "want secret, user, username, name, role or teams, = and a header, like user=X-Consumer-Username: %q", pair)
		}
		g.headers[what] = header
	}
	for what, header := range g.headers {
		if header == "" || strings.Trim(header, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			return wrongOption("gateway headers", "want names of letters, digits and -: %q", header)
		}
		if g.says[fold(header)] != "" || slices.Contains([]string{"authorization", "cookie", "connection", "host", "origin"}, fold(header)) {
			return wrongOption("gateway headers", "want a header for each, and none that means something else: %q", header)
		}
		g.headers[what], g.says[fold(header)] = http.CanonicalHeaderKey(header), what
	}
	return nil
}

// fold makes one of all names that some program between here and there may take
// for the same: CGI writes - as _.
func fold(name string) string { return strings.ReplaceAll(strings.ToLower(name), "_", "-") }

// identity returns who the gateway says that somebody is; theirs is false if
// the request came from elsewhere, and says nothing in its name.
func (g *gateway) identity(r *http.Request) (who peyk.Identity, theirs bool, err error) {
	if g == nil {
		return who, false, nil
	}
	peer, known := PeerOf(r.Context())
	ours := known && g.trusts(peer.Addr())
	said, err := g.read(r.Header)
	switch {
	case !ours && (err != nil || len(said) > 0):
		return who, false, gatewayError("it came from elsewhere")
	case !ours:
		return who, false, nil
	case err != nil:
		return who, true, err
	case len(said) == 0:
		return who, true, ErrNone
	}
	hash := sha256.Sum256([]byte(said["secret"]))
	if subtle.ConstantTimeCompare(hash[:], g.secret[:]) == 0 {
		return who, true, gatewayError("the secret in " + g.headers["secret"] + " is not good")
	}
	if _, there := said["user"]; !there {
		return who, true, ErrNone
	}
	who, err = g.who(said)
	if err != nil {
		return peyk.Identity{}, true, gatewayError(err.Error())
	}
	return who, true, nil
}

func (g *gateway) trusts(peer netip.Addr) bool {
	peer = peer.Unmap().WithZone("")
	return slices.ContainsFunc(g.from, func(network netip.Prefix) bool { return network.Contains(peer) })
}

// read returns what the headers say. It refuses whatever two programs may read
// in two ways: then a client's own header may stand where the gateway's should.
func (g *gateway) read(h http.Header) (said map[string]string, err error) {
	said = make(map[string]string)
	for name, values := range h {
		what := g.says[fold(name)]
		if what == "" {
			continue
		}
		if name != g.headers[what] {
			return nil, gatewayError("it came as " + name)
		}
		if len(values) != 1 {
			return nil, gatewayError("there is more than one " + name)
		}
		if values[0] == "" && (what == "user" || what == "role") || strings.Contains(values[0], ",") && what != "teams" {
			return nil, gatewayError(name + " is empty or holds a comma")
		}
		said[what] = values[0]
	}
	for _, line := range h["Connection"] {
		for name := range strings.SplitSeq(line, ",") {
			if g.says[fold(strings.TrimSpace(name))] != "" {
				return nil, gatewayError("Connection names a header of it")
			}
		}
	}
	return said, nil
}

// who is what the gateway says in the words of the rest.
func (g *gateway) who(said map[string]string) (peyk.Identity, error) {
	claims := peyk.Claims{Role: cmp.Or(peyk.Role(said["role"]), g.role)}
	if claims.Role == "" {
		return peyk.Identity{}, fmt.Errorf("there is no %s, and no role for those without", g.headers["role"])
	}
	teams, there := said["teams"]
	switch {
	case !there:
		claims.All = allByDefault(claims)
	case teams == everyTeam:
		claims.All = true
	case teams != "":
		for team := range strings.SplitSeq(teams, ",") {
			claims.Teams = append(claims.Teams, strings.TrimSpace(team))
		}
	}
	who := peyk.Identity{Subject: said["user"], Name: cmp.Or(said["name"], said["username"]), Role: claims.Role}
	if claims.Role == peyk.RoleCourier {
		who.Self = peyk.Courier{ID: who.Subject, Username: said["username"]}
		claims.Self = who.Subject
	}
	if err := checkTexts(who); err != nil {
		return peyk.Identity{}, err
	}
	for _, team := range claims.Teams {
		if err := (peyk.Team{ID: team}).Validate(); err != nil {
			return peyk.Identity{}, err
		}
	}
	var err error
	who.Grant, err = claims.Grant(time.Time{})
	return who, err
}
