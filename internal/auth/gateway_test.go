package auth_test

import (
	"errors"
	"net"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"peyk"
	"peyk/internal/auth"
)

const shared = "a-secret-that-both-have"

func openGateway(t *testing.T, change func(*auth.Gateway)) *auth.Desk {
	t.Helper()
	door, err := auth.NewDoor([]string{"https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	return openDesk(t, func(o *auth.Options) {
		o.Door, o.Cookie = door, "jwt"
		o.Gateway = auth.Gateway{From: []string{"10.1.0.0/16", "192.0.2.7", "2001:db8::/64"}, Secret: shared}
		if change != nil {
			change(&o.Gateway)
		}
	})
}

// TestGatewaySpoofing has the ways in which somebody may try to be somebody
// else, and those in which the gateway itself may tell.
func TestGatewaySpoofing(t *testing.T) {
	const secret = "X-Peyk-Gateway: " + shared + "\n"
	const sara = secret + "X-User-Id: sara\nX-User-Role: viewer\nX-User-Teams: north\n"
	jwt := "Authorization: Bearer " + ours().hs(but(map[string]any{"sub": "reza"})) + "\n"
	cookie := "Origin: https://shop.example\nCookie: jwt=" + ours().hs(but(map[string]any{"sub": "reza"})) + "\n"
	const inside, outside = "10.1.2.3", "10.2.0.1"
	for _, c := range []struct {
		name, peer, header string
		subject            string
		want               error
	}{
		{"the gateway", inside, sara, "sara", nil},
		{"the gateway by its one address", "192.0.2.7", sara, "sara", nil},
		{"the gateway, IPv6", "2001:db8::9", sara, "sara", nil},
		{"the gateway, IPv4 as IPv6", "::ffff:10.1.2.3", sara, "sara", nil},
		{"with a JWT of somebody else", inside, sara + jwt, "sara", nil},
		{"with a cookie of somebody else", inside, sara + cookie, "sara", nil},
		{"names in other letters", inside, strings.ReplaceAll(sara, "X-User-Id", "x-uSER-iD"), "sara", nil},

		{"nobody, although there is a JWT", inside, secret + jwt, "", auth.ErrNone},
		{"nobody, although there is a cookie", inside, secret + cookie, "", auth.ErrNone},
		{"without the secret, although there is a JWT", inside, jwt, "", auth.ErrNone},
		{"nothing at all", inside, "", "", auth.ErrNone},
		{"without the secret", inside, strings.TrimPrefix(sara, secret), "", auth.ErrGateway},
		{"another secret", inside, strings.Replace(sara, shared, shared+"x", 1), "", auth.ErrGateway},
		{"an empty secret", inside, strings.Replace(sara, shared, "", 1), "", auth.ErrGateway},
		{"the beginning of the secret", inside, strings.Replace(sara, shared, shared[:5], 1), "", auth.ErrGateway},
		{"two secrets, one good", inside, sara + secret, "", auth.ErrGateway},
		{"two users", inside, sara + "X-User-Id: admin\n", "", auth.ErrGateway},
		{"two users in one header", inside, strings.Replace(sara, "sara", "sara, admin", 1), "", auth.ErrGateway},
		{"two roles", inside, sara + "X-User-Role: admin\n", "", auth.ErrGateway},
		{"two roles in one header", inside, strings.Replace(sara, "viewer", "viewer,admin", 1), "", auth.ErrGateway},
		{"the user once more with underscores", inside, sara + "X_User_Id: admin\n", "", auth.ErrGateway},
		{"the user with underscores alone", inside, strings.Replace(sara, "X-User-Id", "X_User_Id", 1), "", auth.ErrGateway},
		{"the role with one underscore", inside, sara + "X-User_Role: admin\n", "", auth.ErrGateway},
		{"the user named in Connection", inside, sara + "Connection: keep-alive, x-user-id\n", "", auth.ErrGateway},
		{"the role, which is not there, named in Connection", inside, secret + "X-User-Id: sara\nConnection: X_User_Role\n", "", auth.ErrGateway},
		{"an empty user", inside, strings.Replace(sara, "sara", "", 1), "", auth.ErrGateway},
		{"an empty role", inside, strings.Replace(sara, "viewer", "", 1), "", auth.ErrGateway},
		{"no role", inside, secret + "X-User-Id: sara\n", "", auth.ErrGateway},
		{"a role that there is not", inside, strings.Replace(sara, "viewer", "Viewer", 1), "", auth.ErrGateway},
		{"a control character", inside, strings.Replace(sara, "sara", "sa\tra", 1), "", auth.ErrGateway},
		{"not UTF-8", inside, strings.Replace(sara, "sara", "sara\xff", 1), "", auth.ErrGateway},
		{"the subject of an API key", inside, strings.Replace(sara, "sara", "key:1", 1), "", auth.ErrGateway},
		{"an empty team", inside, strings.Replace(sara, "north", "north,,south", 1), "", auth.ErrGateway},
		{"a team with a control character", inside, strings.Replace(sara, "north", "north,\xc2\x85", 1), "", auth.ErrGateway},

		{"from elsewhere", outside, sara, "", auth.ErrGateway},
		{"from elsewhere, IPv6", "2001:db8:0:1::9", sara, "", auth.ErrGateway},
		{"from elsewhere, in the name of the gateway's address", outside, sara + "X-Forwarded-For: 10.1.2.3\n", "", auth.ErrGateway},
		{"from elsewhere with a JWT of one's own", outside, sara + jwt, "", auth.ErrGateway},
		{"only the user from elsewhere", outside, "X-User-Id: sara\n" + jwt, "", auth.ErrGateway},
		{"only the secret from elsewhere", outside, secret + jwt, "", auth.ErrGateway},
		{"underscores from elsewhere", outside, "X_User_Teams: north\n" + jwt, "", auth.ErrGateway},
		{"Connection from elsewhere", outside, "Connection: X-User-Id\n" + jwt, "", auth.ErrGateway},
		{"nothing of a gateway from elsewhere", outside, jwt, "reza", nil},
		{"a cookie from elsewhere", outside, cookie, "reza", nil},
		{"from nobody knows where", "", sara, "", auth.ErrGateway},
		{"a JWT from nobody knows where", "", jwt, "reza", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := request(t, "localhost", c.header)
			r.RemoteAddr = "10.1.2.3:99" // which proxies that are trusted may set
			if c.peer != "" {
				r = r.WithContext(auth.WithPeer(r.Context(), netip.AddrPortFrom(netip.MustParseAddr(c.peer), 1)))
			}
			who, err := openGateway(t, nil).Identity(r)
			if !errors.Is(err, c.want) || who.Subject != c.subject {
				t.Errorf("Identity = %+v, %v, want %q, %v", who, err, c.subject, c.want)
			}
			if err != nil && strings.Contains(err.Error(), shared) {
				t.Errorf("the error tells the secret: %v", err)
			}
			if errors.Is(c.want, auth.ErrGateway) && !errors.Is(err, peyk.ErrForbidden) {
				t.Errorf("Identity = %v, want a peyk.ErrForbidden", err)
			}
		})
	}
}

func TestGatewaySays(t *testing.T) {
	north, all := []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "north"}}, []peyk.Scope{peyk.All}
	kong := func(g *auth.Gateway) { g.Headers, g.Role = []string{"user=X-Consumer-Username"}, peyk.RoleViewer }
	for _, c := range []struct {
		name   string
		change func(*auth.Gateway)
		header string
		want   peyk.Identity
	}{
		{"a viewer", nil, "X-User-Id: 7\nX-User-Role: viewer\nX-User-Name: سارا\nX-User-Teams: north", peyk.Identity{
			Subject: "7", Name: "سارا", Role: peyk.RoleViewer, Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north}}},
		{"two teams", nil, "X-User-Id: 7\nX-User-Role: viewer\nX-User-Teams: north, south", peyk.Identity{
			Subject: "7", Role: peyk.RoleViewer, Grant: peyk.Grant{Actions: peyk.Watch, Scopes: append(north, peyk.Scope{Kind: peyk.ScopeTeam, Name: "south"})}}},
		{"everybody", nil, "X-User-Id: 7\nX-User-Role: viewer\nX-User-Teams: *", peyk.Identity{
			Subject: "7", Role: peyk.RoleViewer, Grant: peyk.Grant{Actions: peyk.Watch, Scopes: all}}},
		{"nobody", nil, "X-User-Id: 7\nX-User-Role: viewer", peyk.Identity{
			Subject: "7", Role: peyk.RoleViewer, Grant: peyk.Grant{Actions: peyk.Watch}}},
		{"an admin", nil, "X-User-Id: 7\nX-User-Role: admin", peyk.Identity{
			Subject: "7", Role: peyk.RoleAdmin, Grant: peyk.Grant{Actions: peyk.RoleAdmin.Actions(), Scopes: all}}},
		{"an admin of nobody", nil, "X-User-Id: 7\nX-User-Role: admin\nX-User-Teams:", peyk.Identity{
			Subject: "7", Role: peyk.RoleAdmin, Grant: peyk.Grant{Actions: peyk.RoleAdmin.Actions()}}},
		{"a courier", nil, "X-User-Id: 7\nX-User-Role: courier\nX-User-Username: sara\nX-User-Teams: *", peyk.Identity{
			Subject: "7", Name: "sara", Role: peyk.RoleCourier, Self: peyk.Courier{ID: "7", Username: "sara"},
			Grant: peyk.Grant{Actions: peyk.Watch | peyk.Publish, Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: "7"}}}}},
		{"Kong", kong, "X-Consumer-Username: sara\nX-User-Teams: north", peyk.Identity{
			Subject: "sara", Role: peyk.RoleViewer, Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north}}},
		{"a role goes before the usual one", kong, "X-Consumer-Username: sara\nX-User-Role: admin\nX-User-Teams: north", peyk.Identity{
			Subject: "sara", Role: peyk.RoleAdmin, Grant: peyk.Grant{Actions: peyk.RoleAdmin.Actions(), Scopes: north}}},
		{"another secret header", func(g *auth.Gateway) { g.Headers = []string{"secret=x-key"} }, "X-Key: " + shared + "\nX-User-Id: 7\nX-User-Role: admin", peyk.Identity{
			Subject: "7", Role: peyk.RoleAdmin, Grant: peyk.Grant{Actions: peyk.RoleAdmin.Actions(), Scopes: all}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := openGateway(t, c.change)
			header := c.header
			if !strings.Contains(header, shared) {
				header += "\nX-Peyk-Gateway: " + shared
			}
			r := request(t, "localhost", header)
			r = r.WithContext(auth.WithPeer(r.Context(), netip.MustParseAddrPort("10.1.2.3:1")))
			who, err := desk.Identity(r)
			if len(who.Scopes) == 0 {
				who.Scopes = nil
			}
			if err != nil || !reflect.DeepEqual(who, c.want) {
				t.Errorf("Identity = %+v, %v\nwant %+v", who, err, c.want)
			}
			if now, err := desk.Again(who); err != nil || now.Subject != who.Subject {
				t.Errorf("Again = %+v, %v, want the same", now, err)
			}
		})
	}
}

func TestGatewayOptions(t *testing.T) {
	good := auth.Gateway{From: []string{"10.0.0.1"}, Secret: shared}
	for _, c := range []struct {
		name   string
		change func(*auth.Gateway)
		want   string // of the error; empty: none
	}{
		{"good", func(*auth.Gateway) {}, ""},
		{"a large network", func(g *auth.Gateway) { g.From = []string{"10.0.0.0/8", "fd00::/8", "::1"} }, ""},
		{"everybody", func(g *auth.Gateway) { g.From = []string{"10.0.0.1", "0.0.0.0/0"} }, "gateway from: want the gateway's own"},
		{"everybody, IPv6", func(g *auth.Gateway) { g.From = []string{"::/0"} }, "gateway from: want the gateway's own"},
		{"everybody, IPv4 as IPv6", func(g *auth.Gateway) { g.From = []string{"::ffff:0:0/96"} }, "gateway from: want the gateway's own"},
		{"everybody, of some address", func(g *auth.Gateway) { g.From = []string{"10.0.0.1/0"} }, "gateway from: want the gateway's own"},
		{"a name", func(g *auth.Gateway) { g.From = []string{"gateway"} }, "gateway from: want addresses"},
		{"a zone", func(g *auth.Gateway) { g.From = []string{"fe80::1%eth0"} }, "gateway from: want addresses"},
		{"no secret", func(g *auth.Gateway) { g.Secret = "" }, "gateway secret: want at least 16 bytes"},
		{"a short secret", func(g *auth.Gateway) { g.Secret = "123456789012345" }, "gateway secret: want at least 16 bytes"},
		{"a secret for nobody", func(g *auth.Gateway) { g.From = nil }, "gateway from: want the addresses"},
		{"a role for nobody", func(g *auth.Gateway) { *g = auth.Gateway{Role: "viewer"} }, "gateway from: want the addresses"},
		{"a role that there is not", func(g *auth.Gateway) { g.Role = "root" }, "gateway role: want one of"},
		{"no secret header", func(g *auth.Gateway) { g.Headers = []string{"secret="} }, "gateway headers: want names"},
		{"a secret header that means something", func(g *auth.Gateway) { g.Headers = []string{"secret=Cookie"} }, "gateway headers: want a header for each"},
		{"a header with an underscore", func(g *auth.Gateway) { g.Headers = []string{"user=X_User"} }, "gateway headers: want names"},
		{"a header that means something", func(g *auth.Gateway) { g.Headers = []string{"user=authorization"} }, "gateway headers: want a header for each"},
		{"one header for two", func(g *auth.Gateway) { g.Headers = []string{"user=x-user-role"} }, "gateway headers: want a header for each"},
		{"something that is not said", func(g *auth.Gateway) { g.Headers = []string{"age=X-Age"} }, "gateway headers: want secret, user, username"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := good
			c.change(&g)
			_, err := auth.NewDesk(auth.Options{Gateway: g})
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)) {
				t.Errorf("NewDesk = %v, want %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), g.Secret) && len(g.Secret) > 0 {
				t.Errorf("the error tells the secret: %v", err)
			}
		})
	}
}

func TestPeer(t *testing.T) {
	unix, err := net.Listen("unix", t.TempDir()+"/s")
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close()
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer tcp.Close()
	for _, l := range []net.Listener{unix, tcp} {
		theirs, err := net.Dial(l.Addr().Network(), l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer theirs.Close()
		ours, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer ours.Close()
		peer, ok := auth.PeerOf(auth.KeepPeer(t.Context(), ours))
		if !ok || peer.Addr() != netip.MustParseAddr("127.0.0.1") {
			t.Errorf("the peer over %s is %v, %v, want 127.0.0.1", l.Addr().Network(), peer, ok)
		}
	}
	if peer, ok := auth.PeerOf(t.Context()); ok {
		t.Errorf("the peer of nothing is %v", peer)
	}
}
