package store_test

import (
	"context"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

// takesAnyText asks for what cannot be there: it is absent, like anything else
// that is not there, and no error of the database.
func takesAnyText(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, profiles("a", "1"), nil))(t)
	for _, text := range []string{"\xff", "a\x00", "\xed\xa0\x80"} {
		_, err := s.Profile(s.ctx, text)
		wantErr(t, "profile", err, peyk.ErrNotFound)
		wantErr(t, "delete a courier", s.DeleteCourier(s.ctx, text, nil), peyk.ErrNotFound)
		wantErr(t, "delete a team", s.DeleteTeam(s.ctx, text), peyk.ErrNotFound)
		wantErr(t, "revoke a key", s.RevokeKey(s.ctx, text), peyk.ErrNotFound)
		wantErr(t, "replace a key", s.ReplaceKey(s.ctx, store.Key{ID: text}), peyk.ErrNotFound)
		for _, q := range []store.Query{
			{Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: text}, {Kind: peyk.ScopeTeam, Name: text}}},
			{Scopes: []peyk.Scope{peyk.All}, Team: text},
			{Scopes: []peyk.Scope{peyk.All}, After: text},
		} {
			list, more, err := s.Couriers(s.ctx, q)
			if len(list) > 0 || more || err != nil {
				t.Errorf("%+v: %d couriers, more %v, error %v, want none", q, len(list), more, err)
			}
		}
		k := s.key("k")
		k.Claims.Teams = []string{text}
		if err := s.MakeKey(s.ctx, k); err == nil {
			t.Errorf("a key for team %q was made", text)
		}
	}
	same(t, "keys", len(must(s.Keys(s.ctx))(t)), 0)
}

func endsWithContext(t *testing.T, s subject) {
	ended, cancel := context.WithCancel(s.ctx)
	cancel()
	must(s.PutCouriers(s.ctx, profiles("a", "1"), nil))(t)
	before := s.revision(t)
	for name, call := range map[string]func(context.Context) error{
		"Health":        s.Health,
		"Revision":      func(ctx context.Context) error { _, err := s.Revision(ctx); return err },
		"Changes":       func(ctx context.Context) error { _, err := s.Changes(ctx, 0); return err },
		"MakeKey":       func(ctx context.Context) error { return s.MakeKey(ctx, s.key("k")) },
		"MakeFirstKey":  func(ctx context.Context) error { return s.MakeFirstKey(ctx, s.key("k")) },
		"ReplaceKey":    func(ctx context.Context) error { return s.ReplaceKey(ctx, s.key("k")) },
		"RevokeKey":     func(ctx context.Context) error { return s.RevokeKey(ctx, "k") },
		"Keys":          func(ctx context.Context) error { _, err := s.Keys(ctx); return err },
		"KeysUsed":      func(ctx context.Context) error { return s.KeysUsed(ctx, map[string]time.Time{"k": time.Now()}) },
		"PutTeam":       func(ctx context.Context) error { _, err := s.PutTeam(ctx, peyk.Team{ID: "b"}); return err },
		"DeleteTeam":    func(ctx context.Context) error { return s.DeleteTeam(ctx, "a") },
		"Teams":         func(ctx context.Context) error { _, err := s.Teams(ctx); return err },
		"PutCouriers":   func(ctx context.Context) error { _, err := s.PutCouriers(ctx, profiles("", "2"), nil); return err },
		"DeleteCourier": func(ctx context.Context) error { return s.DeleteCourier(ctx, "1", nil) },
		"Profile":       func(ctx context.Context) error { _, err := s.Profile(ctx, "1"); return err },
		"Couriers": func(ctx context.Context) error {
			_, _, err := s.Couriers(ctx, store.Query{Scopes: []peyk.Scope{peyk.All}})
			return err
		},
		"EditOrders": func(ctx context.Context) error {
			_, err := s.EditOrders(ctx, store.Edit{IDs: []string{"o"}})
			return err
		},
		"Order": func(ctx context.Context) error { _, err := s.Order(ctx, "o"); return err },
		"Orders": func(ctx context.Context) error {
			_, _, err := s.Orders(ctx, store.OrderQuery{Scopes: []peyk.Scope{peyk.All}})
			return err
		},
		"MakeShare":       func(ctx context.Context) error { return s.MakeShare(ctx, store.Share{ID: "s"}) },
		"RevokeShare":     func(ctx context.Context) error { return s.RevokeShare(ctx, "o", "s") },
		"Shares":          func(ctx context.Context) error { _, err := s.Shares(ctx, "o"); return err },
		"KeepPositions":   func(ctx context.Context) error { return s.KeepPositions(ctx, []peyk.Report{heard("1", 1)}) },
		"Positions":       func(ctx context.Context) error { return s.Positions(ctx, func(peyk.Report) error { return nil }) },
		"ForgetPositions": func(ctx context.Context) error { return s.ForgetPositions(ctx, 1) },
	} {
		wantErr(t, name, call(ended), context.Canceled)
	}
	ok(t, s.Health(s.ctx))
	same(t, "revision", s.revision(t), before)
	same(t, "couriers", s.all(t), []string{"1"})
}
