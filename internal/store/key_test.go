package store_test

import (
	"crypto/sha256"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

// key returns a key in which every field is set.
func (s subject) key(id string) store.Key {
	return store.Key{
		ID: id, Hash: sha256.Sum256([]byte(id)), Prefix: "peyk_" + id, Name: "گوشی\u200cهای شرق 📱",
		Claims: peyk.Claims{Role: peyk.RoleAdmin, All: true, Teams: []string{"شرق", `"\`}, Couriers: []string{"10"}, Orders: []string{"7"}, Self: "<۱>"},
		Made:   s.clock.time(), Until: s.clock.time().Add(time.Hour), Used: s.clock.time().Add(time.Minute),
	}
}

func keepsKeys(t *testing.T, s subject) {
	b, a := s.key("b"), s.key("a")
	ok(t, s.MakeKey(s.ctx, b))
	s.clock.advance(time.Second)
	a.Made, a.Until, a.Used = s.clock.time(), time.Time{}, time.Time{}
	ok(t, s.MakeKey(s.ctx, a))
	same(t, "keys in the order in which they were made", must(s.Keys(s.ctx))(t), []store.Key{b, a})

	sameHash := s.key("c")
	sameHash.Hash = a.Hash
	wantErr(t, "a key of an id that is there", s.MakeKey(s.ctx, a), peyk.ErrConflict)
	wantErr(t, "a key of a hash that is there", s.MakeKey(s.ctx, sameHash), peyk.ErrConflict)

	changed := store.Key{ID: "b", Name: "دیگر", Claims: peyk.Claims{Role: peyk.RoleViewer}, Until: s.clock.time()}
	ok(t, s.ReplaceKey(s.ctx, changed))
	b.Name, b.Claims, b.Until = changed.Name, changed.Claims, changed.Until
	same(t, "a replaced key", must(s.Keys(s.ctx))(t)[0], b)
	wantErr(t, "replacing no key", s.ReplaceKey(s.ctx, store.Key{ID: "x"}), peyk.ErrNotFound)

	b.Revoked = s.clock.time()
	ok(t, s.RevokeKey(s.ctx, "b"))
	s.clock.advance(time.Hour)
	ok(t, s.RevokeKey(s.ctx, "b"))
	same(t, "a key that was revoked twice", must(s.Keys(s.ctx))(t)[0], b)
	wantErr(t, "replacing a revoked key", s.ReplaceKey(s.ctx, changed), peyk.ErrNotFound)
	wantErr(t, "revoking no key", s.RevokeKey(s.ctx, "x"), peyk.ErrNotFound)
	wantErr(t, "a key of the id of a revoked one", s.MakeKey(s.ctx, b), peyk.ErrConflict)
}

func makesOneFirstKey(t *testing.T, s subject) {
	var made atomic.Int32
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			switch err := s.MakeFirstKey(s.ctx, s.key(strconv.Itoa(i))); {
			case err == nil:
				made.Add(1)
			case !errors.Is(err, peyk.ErrConflict):
				t.Error(err)
			}
		})
	}
	all.Wait()
	keys := must(s.Keys(s.ctx))(t)
	if made.Load() != 1 || len(keys) != 1 {
		t.Fatalf("%d made a first key, and there are %d, want one", made.Load(), len(keys))
	}
	ok(t, s.RevokeKey(s.ctx, keys[0].ID))
	before := s.revision(t)
	wantErr(t, "a first key after a revoked one", s.MakeFirstKey(s.ctx, s.key("x")), peyk.ErrConflict)
	same(t, "revision", s.revision(t), before)
}

func notesUse(t *testing.T, s subject) {
	a, b := s.key("a"), s.key("b")
	ok(t, s.MakeKey(s.ctx, a))
	ok(t, s.MakeKey(s.ctx, b))
	before := s.revision(t)
	later := s.clock.time().Add(time.Hour)
	ok(t, s.KeysUsed(s.ctx, map[string]time.Time{"a": later, "b": s.clock.time(), "x": later, "\xff": later}))
	ok(t, s.KeysUsed(s.ctx, nil))
	a.Used = later
	same(t, "keys, of which one was used since", must(s.Keys(s.ctx))(t), []store.Key{a, b})
	same(t, "revision", s.revision(t), before)
}
