package auth_test

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"
)

// A counter is a desk with shares, a clock, and orders with when they ended.
type counter struct {
	*auth.Shares
	*auth.Desk
	now    time.Time
	orders map[string]time.Time
}

func openCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{now: start, orders: map[string]time.Time{"o": {}}}
	now := func() time.Time { return c.now }
	c.Shares = auth.NewShares(now, func(order string) (time.Time, bool) {
		at, found := c.orders[order]
		return at, found
	})
	c.Desk = openDesk(t, func(o *auth.Options) { o.Shares, o.Now = c.Shares, now })
	return c
}

func makeShare(t *testing.T, order string, until time.Time) (store.Share, string) {
	t.Helper()
	share, text, err := auth.NewShare(rand.Reader, start, order, until)
	if err != nil {
		t.Fatal(err)
	}
	return share, text
}

func (c *counter) want(t *testing.T, what, text string, until time.Time, err error) {
	t.Helper()
	who, got := c.Identity(bearer(text))
	if !errors.Is(got, err) || err == nil && !who.Until.Equal(until) {
		t.Errorf("%s: until %v, error %v, want %v, %v", what, who.Until, got, until, err)
	}
}

func TestNewShare(t *testing.T) {
	share, text := makeShare(t, "o", start.Add(time.Hour))
	if !regexp.MustCompile(`^peyk_share_[A-Za-z0-9_-]{22}$`).MatchString(text) || !regexp.MustCompile(`^[a-z2-7]{8}$`).MatchString(share.ID) {
		t.Errorf("share %q of id %q", text, share.ID)
	}
	want := store.Share{ID: share.ID, Order: "o", Hash: sha256.Sum256([]byte(text)), Made: start, Until: start.Add(time.Hour)}
	if diff := cmp.Diff(want, share); diff != "" {
		t.Errorf("NewShare (-want +got):\n%s", diff)
	}
	if _, text, err := auth.NewShare(strings.NewReader("short"), start, "o", start); err == nil || text != "" {
		t.Errorf("without enough chance: %q, %v, want an error", text, err)
	}
}

func TestShareFromMakingToItsEnd(t *testing.T) {
	c := openCounter(t)
	share, text := makeShare(t, "o", time.Time{})
	c.want(t, "before it is known", text, time.Time{}, auth.ErrWrong)
	c.Update([]store.Share{share}, false)
	who, err := c.Identity(bearer(text))
	want := peyk.Identity{
		Grant:   peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{{Kind: peyk.ScopeOrder, Name: "o"}}},
		Subject: "share:" + share.ID, Role: peyk.RoleCustomer,
	}
	if diff := cmp.Diff(want, who); diff != "" || err != nil {
		t.Errorf("Identity: %v (-want +got):\n%s", err, diff)
	}
	for _, other := range []string{text[:len(text)-1], text + "A", strings.ToUpper(text), "peyk_share_"} {
		c.want(t, "another secret", other, time.Time{}, auth.ErrWrong)
	}

	c.orders["o"] = start.Add(time.Minute)
	c.want(t, "the order has ended", text, start.Add(61*time.Minute), nil)
	c.now = start.Add(61 * time.Minute)
	c.want(t, "an hour later", text, time.Time{}, auth.ErrExpired)
	if _, err := c.Again(who); !errors.Is(err, auth.ErrExpired) {
		t.Errorf("again: %v, want ErrExpired", err)
	}
	delete(c.orders, "o")
	c.want(t, "the order is forgotten", text, time.Time{}, auth.ErrWrong)
	if _, err := c.Again(who); !errors.Is(err, auth.ErrRevoked) {
		t.Errorf("again: %v, want ErrRevoked", err)
	}
}

func TestShareExpiresAndIsRevoked(t *testing.T) {
	c := openCounter(t)
	share, text := makeShare(t, "o", start.Add(time.Hour))
	c.Update([]store.Share{share}, false)
	c.want(t, "it has an end of its own", text, share.Until, nil)
	c.orders["o"] = start
	c.want(t, "which comes before the order's", text, share.Until, nil)
	who, _ := c.Identity(bearer(text))
	share.Revoked = start
	c.Update([]store.Share{share}, false)
	c.want(t, "revoked", text, time.Time{}, auth.ErrWrong)
	if _, err := c.Again(who); !errors.Is(err, auth.ErrRevoked) {
		t.Errorf("again: %v, want ErrRevoked", err)
	}
	other, text := makeShare(t, "o", time.Time{})
	c.Update([]store.Share{other}, false)
	c.Update(nil, true)
	c.want(t, "not among all", text, time.Time{}, auth.ErrWrong)
}

// TestSharesOfForgottenOrdersAreForgotten would find them again should the
// orders come back, if they were only not shown.
func TestSharesOfForgottenOrdersAreForgotten(t *testing.T) {
	c := openCounter(t)
	gone, text := makeShare(t, "gone", time.Time{})
	c.Update([]store.Share{gone}, false)
	for i := range 1001 {
		share, _ := makeShare(t, fmt.Sprint("gone ", i), time.Time{})
		c.Update([]store.Share{share}, false)
	}
	c.orders["gone"] = time.Time{}
	c.want(t, "a share that was forgotten", text, time.Time{}, auth.ErrWrong)
}
