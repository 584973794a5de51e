package auth_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/auth"
)

func TestWhoATokenStandsFor(t *testing.T) {
	in10 := start.Add(10 * time.Minute)
	rights := func(text string) map[string]any { return map[string]any{"peyk": raw(text)} }
	north := []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "north"}}
	own := func(id string) peyk.Grant {
		return peyk.Grant{Actions: peyk.Watch | peyk.Publish, Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: id}}, Until: in10}
	}
	courier := func(user string) map[string]any {
		return map[string]any{"user": raw(user), "peyk": raw(`{"role":"courier","all":true,"teams":["north"]}`)}
	}
	tests := []struct {
		name   string
		change map[string]any
		want   peyk.Identity
	}{
		{"viewer of a team", nil, peyk.Identity{Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: in10}, Role: peyk.RoleViewer}},
		{"with a name", map[string]any{"name": "سارا"}, peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: in10}, Role: peyk.RoleViewer, Name: "سارا"}},
		{"admin", rights(`{"role":"admin","all":true}`), peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch | peyk.Publish | peyk.Manage, Scopes: []peyk.Scope{peyk.All}, Until: in10}, Role: peyk.RoleAdmin}},
		{"service for couriers", rights(`{ "role" : "service", "couriers" : [ 10, "10", "x\u0041" ] }`), peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Publish, Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: "10"}, {Kind: peyk.ScopeCourier, Name: "10"},
				{Kind: peyk.ScopeCourier, Name: "xA"}}, Until: in10}, Role: peyk.RoleService}},
		{"customer", rights(`{"role":"customer","orders":["A-7"]}`), peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{{Kind: peyk.ScopeOrder, Name: "A-7"}}, Until: in10}, Role: peyk.RoleCustomer}},
		{"viewer of nobody", rights(`{"role":"viewer","all":false,"teams":null}`), peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Until: in10}, Role: peyk.RoleViewer}},
		{"courier without user", courier(`null`), peyk.Identity{Grant: own("sara"), Role: peyk.RoleCourier, Self: peyk.Courier{ID: "sara"}}},
		{"courier by number", courier(`10`), peyk.Identity{Grant: own("10"), Role: peyk.RoleCourier, Self: peyk.Courier{ID: "10"}}},
		{"courier by text", courier(`"10"`), peyk.Identity{Grant: own("10"), Role: peyk.RoleCourier, Self: peyk.Courier{ID: "10"}}},
		{"courier by both", courier(`{"id": 10, "username": "test_driver1", "more": []}`), peyk.Identity{
			Grant: own("10"), Role: peyk.RoleCourier, Self: peyk.Courier{ID: "10", Username: "test_driver1"}}},
		{"a list of audiences", map[string]any{"aud": []string{"shop", "peyk"}}, peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: in10}, Role: peyk.RoleViewer}},
		{"the shop's clock is ahead", map[string]any{"iat": start.Unix() + 30, "nbf": start.Unix() + 30}, peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: in10}, Role: peyk.RoleViewer}},
		{"user of others counts for nothing", map[string]any{"user": []int{1}}, peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: in10}, Role: peyk.RoleViewer}},
		{"a long life", map[string]any{"exp": start.AddDate(1, 0, 0).Unix()}, peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: start.Add(24 * time.Hour)}, Role: peyk.RoleViewer}},
		{"the last second there is", map[string]any{"exp": 253402300799}, peyk.Identity{
			Grant: peyk.Grant{Actions: peyk.Watch, Scopes: north, Until: start.Add(24 * time.Hour)}, Role: peyk.RoleViewer}},
	}
	desk := openDesk(t, nil)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.want.Subject = "sara"
			for range 2 { // verified, and then remembered
				got, err := desk.Token(t.Context(), ours().hs(but(test.change)))
				if test.want.Scopes == nil {
					test.want.Scopes = []peyk.Scope{}
				}
				if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
					t.Errorf("Token: %v, (-want +got):\n%s", err, diff)
				}
			}
		})
	}
}

// raw is JSON as it is.
type raw string

func (r raw) MarshalJSON() ([]byte, error) { return []byte(r), nil }

// Headers that name keys of their own are only names: what we sign is good, and
// nobody is asked (openDesk's transport).
func TestEveryAlgorithmWhateverTheHeaderNames(t *testing.T) {
	desk := openDesk(t, nil)
	for _, alg := range []string{"HS256", "RS256", "ES256", "EdDSA"} {
		header := fmt.Sprintf(`{"typ":"JWT","alg":%q,"kid":"../x","jku":"https://evil.example","x5u":"file:///etc/passwd","jwk":{"kty":"oct","k":""},"x5c":[]}`, alg)
		if who, err := desk.Token(t.Context(), ours().sign(alg, header, but(nil))); err != nil || who.Subject != "sara" {
			t.Errorf("%s: Token = %+v, %v, want sara", alg, who, err)
		}
	}
}

func TestATokenEnds(t *testing.T) {
	now := start
	desk := openDesk(t, func(o *auth.Options) { o.Now = func() time.Time { return now } })
	token := ours().hs(but(nil))
	who, err := desk.Token(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	now = start.Add(10*time.Minute - 1)
	if _, err := desk.Token(t.Context(), token); err != nil {
		t.Errorf("just before its end: %v", err)
	}
	if again, err := desk.Again(who); err != nil || !cmp.Equal(who, again) {
		t.Errorf("Again = %+v, %v, want the same", again, err)
	}
	now = start.Add(10 * time.Minute)
	for range 2 {
		if _, err := desk.Token(t.Context(), token); !errors.Is(err, auth.ErrExpired) {
			t.Errorf("at its end: %v, want ErrExpired", err)
		}
	}
	if _, err := desk.Again(who); !errors.Is(err, auth.ErrExpired) {
		t.Errorf("Again at its end: %v, want ErrExpired", err)
	}
}

// A token of a year counts for nearly a day whenever it is shown.
func TestALongTokenCountsForADayAtATime(t *testing.T) {
	now := start
	desk := openDesk(t, func(o *auth.Options) { o.Now = func() time.Time { return now } })
	token := ours().hs(but(map[string]any{"exp": start.AddDate(1, 0, 0).Unix()}))
	for range 100 {
		who, err := desk.Token(t.Context(), token)
		if left := who.Until.Sub(now); err != nil || left > 24*time.Hour || left < 23*time.Hour {
			t.Fatalf("at %v it counts for %v more (%v), want nearly a day", now, left, err)
		}
		now = now.Add(35 * time.Minute)
	}
}

func TestWithoutKeysNobodyComesIn(t *testing.T) {
	desk, err := auth.NewDesk(auth.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{"", "x", ours().hs(but(nil)), "peyk_aaaaaaaa_b"} {
		if _, err := desk.Token(t.Context(), token); !errors.Is(err, auth.ErrWrong) {
			t.Errorf("Token(%q) = %v, want ErrWrong", token, err)
		}
	}
	if _, err := desk.Identity(request(t, "localhost", "")); !errors.Is(err, auth.ErrNone) {
		t.Errorf("Identity without a credential = %v, want ErrNone", err)
	}
}

func TestNewDeskSaysWhatItWants(t *testing.T) {
	canary := "c4n4ry" + long(8)
	tests := []struct {
		name string
		o    auth.Options
		want string
	}{
		{"short secret", auth.Options{Secret: []byte(canary)}, "secret: want a secret of at least 32 bytes"},
		{"PEM as a secret", auth.Options{Secret: publicPEM(ours().rsa)}, "secret: want a secret"},
		{"secret as PEM", auth.Options{PublicKeys: []byte(canary)}, "public keys: want PEM with a PUBLIC KEY"},
		{"private key as PEM", auth.Options{PublicKeys: privatePEM(ours().ec)}, "public keys: want PEM with a PUBLIC KEY"},
		{"rubbish after PEM", auth.Options{PublicKeys: append(publicPEM(ours().ec), canary...)}, "public keys: want PEM"},
		{"key set over http", auth.Options{KeySet: "http://shop.example/" + canary}, "key set: want an https:// URL"},
		{"key set of a file", auth.Options{KeySet: "file:///etc/passwd"}, "key set: want"},
		{"key set with a password", auth.Options{KeySet: "https://u:" + canary + "@shop.example/"}, "key set: want"},
		{"key set nearly on localhost", auth.Options{KeySet: "http://localhost.evil.example/"}, "key set: want"},
		{"cookie without a door", auth.Options{Cookie: "peyk"}, "cookie: want"},
		{"cookie with a space", auth.Options{Cookie: "a b", Door: new(auth.Door)}, "cookie: want"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := auth.NewDesk(test.o)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "c4n4ry") {
				t.Errorf("NewDesk = %v, want %q and no secret", err, test.want)
			}
		})
	}
}

func TestSignedTokensComeIn(t *testing.T) {
	desk := openDesk(t, nil)
	draft := auth.Draft{
		Subject: "sara", Name: "Sara", User: peyk.Courier{ID: "10", Username: "sara10"}, Claims: peyk.Claims{Role: peyk.RoleCourier},
		Issuer: "https://shop.example", Audience: "peyk", From: start, Until: start.Add(time.Hour),
	}
	want := peyk.Identity{
		Grant:   peyk.Grant{Actions: peyk.Watch | peyk.Publish, Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: "10"}}, Until: start.Add(time.Hour)},
		Subject: "sara", Name: "Sara", Role: peyk.RoleCourier, Self: draft.User,
	}
	for name, key := range map[string][]byte{
		"HS256": ours().secret, "RS256": privatePEM(ours().rsa), "ES256": privatePEM(ours().ec), "EdDSA": privatePEM(ours().ed),
	} {
		token, err := auth.Sign(draft, key)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := desk.Token(t.Context(), token)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v, (-want +got):\n%s", name, err, diff)
		}
	}
}

func TestSignRefusesWhatNobodyWouldTake(t *testing.T) {
	good := auth.Draft{Subject: "a", Claims: peyk.Claims{Role: peyk.RoleViewer}, Until: start}
	for name, test := range map[string]struct {
		change func(*auth.Draft)
		key    []byte
	}{
		"no subject":    {func(d *auth.Draft) { d.Subject = "" }, ours().secret},
		"no end":        {func(d *auth.Draft) { d.Until = time.Time{} }, ours().secret},
		"no role":       {func(d *auth.Draft) { d.Claims.Role = "root" }, ours().secret},
		"too large":     {func(d *auth.Draft) { d.Claims.Teams = []string{long(4 << 10)} }, ours().secret},
		"short secret":  {func(*auth.Draft) {}, []byte("c4n4ry")},
		"public key":    {func(*auth.Draft) {}, publicPEM(ours().rsa)},
		"broken key":    {func(*auth.Draft) {}, privatePEM(ours().rsa)[:100]},
		"another curve": {func(*auth.Draft) {}, privatePEM(p384())},
	} {
		draft := good
		test.change(&draft)
		if token, err := auth.Sign(draft, test.key); err == nil || token != "" || strings.Contains(err.Error(), "c4n4ry") {
			t.Errorf("%s: Sign = %q, %v, want an error without the secret", name, token, err)
		}
	}
}
