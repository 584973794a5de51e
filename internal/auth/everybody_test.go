package auth_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"
)

func TestInsecureLetsEverybodyIn(t *testing.T) {
	r := request(t, "localhost", "Authorization: Bearer x")
	who, err := auth.Everybody{}.Identity(r)
	if err != nil || who.Subject == "" || who.Role != peyk.RoleAdmin || !who.May(peyk.Watch|peyk.Publish|peyk.Manage, peyk.Subject{}, start) {
		t.Errorf("Identity = %+v, %v, want every right", who, err)
	}
	if same, err := (auth.Everybody{}).Token(t.Context(), "x"); err != nil || !cmp.Equal(same, who) {
		t.Errorf("Token = %+v, %v, want %+v", same, err, who)
	}
	if same, err := (auth.Everybody{}).Again(who); err != nil || !cmp.Equal(same, who) {
		t.Errorf("Again = %+v, %v, want %+v", same, err, who)
	}
}

// TestInsecureKnowsCustomers: who presents a share's secret is its customer and
// nobody else, until the share is taken back.
func TestInsecureKnowsCustomers(t *testing.T) {
	c := openBooth(t)
	share, text := makeShare(t, "o", time.Time{})
	c.Update([]store.Share{share}, false)
	everybody := auth.Everybody{Shares: c.Shares}
	who, err := everybody.Identity(bearer(text))
	all := who.May(peyk.Watch, peyk.Subject{}, start) || who.May(peyk.Manage, peyk.Subject{Order: "o"}, start)
	if err != nil || all || who.Role != peyk.RoleCustomer || !who.May(peyk.Watch, peyk.Subject{Order: "o"}, start) {
		t.Errorf("Identity = %+v, %v, want the customer of one order", who, err)
	}
	if same, err := everybody.Token(t.Context(), text); err != nil || !cmp.Equal(same, who) {
		t.Errorf("Token = %+v, %v, want %+v", same, err, who)
	}
	if _, err := everybody.Identity(bearer(text[:len(text)-1])); !errors.Is(err, auth.ErrNoShare) {
		t.Errorf("a guess: %v, want ErrNoShare", err)
	}
	share.Revoked = start
	c.Update([]store.Share{share}, false)
	if _, err := everybody.Again(who); !errors.Is(err, auth.ErrRevoked) {
		t.Errorf("Again, once it was taken back: %v, want ErrRevoked", err)
	}
}
