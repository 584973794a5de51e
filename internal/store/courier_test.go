package store_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

var full = peyk.Profile{
	Courier: peyk.Courier{ID: "پیک ۱", Username: "a'b\"c\\d", Name: "علی\u200cرضا 🛵", Team: "شرق"},
	Phone:   "+98 912 000", Vehicle: "<موتور> & 'x'", Active: false,
	Metadata: json.RawMessage(`{ "b": 1.0,  "a": "\u0000\u2028 ", "پلاک": "12ب345" }`),
}

func keepsCouriers(t *testing.T, s subject) {
	bare := peyk.Profile{Courier: peyk.Courier{ID: "2"}, Active: true}
	if made := must(s.PutCouriers(s.ctx, []peyk.Profile{full, bare}, nil))(t); made != 2 {
		t.Errorf("made %d, want 2", made)
	}
	same(t, "a full profile", must(s.Profile(s.ctx, full.Courier.ID))(t), full)
	same(t, "a bare profile", must(s.Profile(s.ctx, "2"))(t), bare)
	_, err := s.Profile(s.ctx, "3")
	wantErr(t, "the profile of nobody", err, peyk.ErrNotFound)

	cleared := peyk.Profile{Courier: peyk.Courier{ID: full.Courier.ID}}
	last := peyk.Profile{Courier: peyk.Courier{ID: "3", Name: "last"}}
	if made := must(s.PutCouriers(s.ctx, append(profiles("x", "3", "3"), cleared, last), nil))(t); made != 1 {
		t.Errorf("made %d, want 1", made)
	}
	same(t, "a cleared profile", must(s.Profile(s.ctx, full.Courier.ID))(t), cleared)
	same(t, "the last of several", must(s.Profile(s.ctx, "3"))(t), last)
}

func putsAllOrNone(t *testing.T, s subject) {
	many := make([]string, 2500) // several statements
	for i := range many {
		many[i] = strconv.Itoa(i)
	}
	list := profiles("a", many...)
	list[2400].Courier.Name = "\n"
	before := s.revision(t)
	if _, err := s.PutCouriers(s.ctx, list, nil); err == nil || !strings.Contains(err.Error(), `"2400"`) {
		t.Errorf("error %v, want one that names the courier", err)
	}
	list[2400].Courier.Name, list[2400].Metadata = "", json.RawMessage("{\"a\":\"\xff\"}")
	if _, err := s.PutCouriers(s.ctx, list, nil); err == nil {
		t.Error("metadata that are not UTF-8 were put")
	}
	if made := must(s.PutCouriers(s.ctx, nil, nil))(t); made != 0 {
		t.Errorf("made %d of none", made)
	}
	same(t, "couriers", len(s.all(t)), 0)
	same(t, "teams", len(must(s.Teams(s.ctx))(t)), 0)
	same(t, "revision", s.revision(t), before)

	list[2400].Metadata = nil
	if made := must(s.PutCouriers(s.ctx, list, nil))(t); made != len(list) {
		t.Errorf("made %d, want %d", made, len(list))
	}
	same(t, "revision", s.revision(t), before+1)
	same(t, "couriers", len(s.all(t)), len(list))
}

func deletesCouriers(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, profiles("a", "1", "2"), nil))(t)
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", 1), heard("2", 1), heard("3", 1)}))
	ok(t, s.DeleteCourier(s.ctx, "1", nil))
	ok(t, s.DeleteCourier(s.ctx, "3", nil)) // it was only heard
	wantErr(t, "deleting a courier again", s.DeleteCourier(s.ctx, "1", nil), peyk.ErrNotFound)
	_, err := s.Profile(s.ctx, "1")
	wantErr(t, "the profile of a deleted courier", err, peyk.ErrNotFound)
	same(t, "couriers", s.all(t), []string{"2"})
	same(t, "positions", s.positions(t), []peyk.Report{heard("2", 1)})
	if made := must(s.PutCouriers(s.ctx, profiles("a", "1", "2"), nil))(t); made != 1 {
		t.Errorf("made %d, want the deleted one", made)
	}
}

// holdsConditions lets several move a courier out of its team, as long as it is in
// it. One does.
func holdsConditions(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, profiles("a", "1"), nil))(t)
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("2", 1)}))
	before := s.revision(t)
	errElsewhere := errors.New("it is elsewhere")
	var moved atomic.Int32
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			_, err := s.PutCouriers(s.ctx, profiles(strconv.Itoa(i), "1", "2"), func(listed map[string]peyk.Courier) error {
				if len(listed) != 1 || listed["1"].Team != "a" {
					return errElsewhere
				}
				return nil
			})
			switch {
			case err == nil:
				moved.Add(1)
			case err != errElsewhere:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if moved.Load() != 1 || s.revision(t) != before+1 {
		t.Errorf("%d moved it, and the revision went from %d to %d, want one change", moved.Load(), before, s.revision(t))
	}
	wantErr(t, "deleting who is elsewhere", s.DeleteCourier(s.ctx, "1", func(listed map[string]peyk.Courier) error {
		return errElsewhere
	}), errElsewhere)
	ok(t, s.DeleteCourier(s.ctx, "1", func(listed map[string]peyk.Courier) error { return nil }))
	same(t, "couriers", s.all(t), []string{"2"})
}

func tellsChanges(t *testing.T, s subject) {
	same(t, "changes of an empty store", s.changes(t, 0), store.Changes{Whole: true})
	must(s.PutCouriers(s.ctx, append(profiles("a", "1", "2"), full), nil))(t)
	first := s.revision(t)
	key := s.key("k")
	ok(t, s.MakeKey(s.ctx, key))
	must(s.PutTeam(s.ctx, peyk.Team{ID: "a", Name: "A"}))(t)
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("9", 1)}))
	last := s.revision(t)
	if last != first+2 {
		t.Errorf("revision %d after two changes, want %d", last, first+2)
	}
	active := func(id, team string) store.CourierChange {
		return store.CourierChange{Courier: peyk.Courier{ID: id, Team: team}, Active: true}
	}
	everything := store.Changes{
		Revision: last, Whole: true, Keys: []store.Key{key},
		Couriers: []store.CourierChange{active("1", "a"), active("2", "a"), {Courier: full.Courier}},
	}
	same(t, "everything", s.changes(t, 0), everything)
	same(t, "changes after a revision of another database", s.changes(t, last+1), everything)
	same(t, "the key", s.changes(t, first), store.Changes{Revision: last, Keys: []store.Key{key}})
	same(t, "nothing", s.changes(t, last), store.Changes{Revision: last})

	key.Revoked = s.clock.time()
	ok(t, s.RevokeKey(s.ctx, "k"))
	must(s.PutCouriers(s.ctx, profiles("b", "2"), nil))(t)
	ok(t, s.DeleteCourier(s.ctx, "1", nil))
	ok(t, s.DeleteCourier(s.ctx, full.Courier.ID, nil))
	must(s.PutCouriers(s.ctx, profiles("b", full.Courier.ID), nil))(t)
	same(t, "what changed", s.changes(t, last), store.Changes{
		Revision: last + 5, Keys: []store.Key{key},
		Couriers: []store.CourierChange{{Courier: peyk.Courier{ID: "1"}, Deleted: true}, active("2", "b"), active(full.Courier.ID, "b")},
	})
}

func forgetsDeleted(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, profiles("", "1", "2", "3"), nil))(t)
	before := s.revision(t)
	ok(t, s.DeleteCourier(s.ctx, "1", nil))
	between := s.revision(t)
	s.clock.advance(7*24*time.Hour + time.Microsecond)
	if c := s.changes(t, before); c.Whole || len(c.Couriers) != 1 {
		t.Errorf("changes %+v, want the deleted courier alone", c)
	}
	ok(t, s.DeleteCourier(s.ctx, "2", nil))
	if c := s.changes(t, before); !c.Whole || len(c.Couriers) != 2 || c.Couriers[0].Deleted == c.Couriers[1].Deleted {
		t.Errorf("changes %+v, want everything, and who is known to be deleted, since a deleted courier is forgotten", c)
	}
	if c := s.changes(t, between); c.Whole || len(c.Couriers) != 1 || c.Couriers[0].Courier.ID != "2" {
		t.Errorf("changes %+v, want the second deleted courier alone", c)
	}
}
