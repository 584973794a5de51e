package store_test

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"peyk/internal/store"
	"peyk/internal/store/storetest"
)

var postgres storetest.Server

func TestMain(m *testing.M) {
	if ran := runChild(); ran {
		return
	}
	code := m.Run()
	postgres.Stop()
	os.Exit(code)
}

// kind is a kind of database, which the contract is held against.
type kind struct {
	name    string
	url     func(t testing.TB) string // of a new database
	outside bool                      // it is outside of the process, so that two can open it
}

var kinds = []kind{
	{"memory", func(testing.TB) string { return "none" }, false},
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "peyk.db") }, true},
	{"postgres", func(t testing.TB) string { return postgres.Database(t) }, true},
}

// clock is a time that a test sets.
type clock struct{ now atomic.Int64 }

func (c *clock) time() time.Time         { return time.UnixMicro(c.now.Load()).UTC() }
func (c *clock) advance(d time.Duration) { c.now.Add(d.Microseconds()) }

func newClock() *clock {
	c := &clock{}
	c.now.Store(time.Date(2026, 11, 20, 9, 30, 0, 123456000, time.UTC).UnixMicro())
	return c
}

// open opens a store that is closed with the test.
func open(t testing.TB, url string, now func() time.Time) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// subject is a new store of some kind.
type subject struct {
	*store.Store
	clock *clock
	ctx   context.Context
}

func TestContract(t *testing.T) {
	rules := []struct {
		name string
		hold func(t *testing.T, s subject)
	}{
		{"keys", keepsKeys},
		{"a first key is made once", makesOneFirstKey},
		{"the use of keys takes no revision", notesUse},
		{"teams", keepsTeams},
		{"couriers", keepsCouriers},
		{"all couriers or none", putsAllOrNone},
		{"deleting a courier", deletesCouriers},
		{"conditions hold until the change", holdsConditions},
		{"changes", tellsChanges},
		{"who was deleted is known for a week", forgetsDeleted},
		{"positions come back as they were", keepsPositions},
		{"the newest position wins", keepsNewest},
		{"who is only heard", knowsHeard},
		{"a deleted courier's position does not come back", buriesPositions},
		{"forgetting positions", forgetsPositions},
		{"reading positions", readsPositions},
		{"queries", answersQueries},
		{"searches", searches},
		{"orders", keepsOrders},
		{"all orders or none", editsAllOrNone},
		{"edits at once", editsAtOnce},
		{"edits take place once", editsOnce},
		{"shares", keepsShares},
		{"changes of orders", tellsOrders},
		{"queries of orders", queriesOrders},
		{"texts that no database takes", takesAnyText},
		{"a context that ends", endsWithContext},
	}
	for _, k := range kinds {
		for _, r := range rules {
			t.Run(k.name+"/"+r.name, func(t *testing.T) {
				c := newClock()
				r.hold(t, subject{open(t, k.url(t), c.time), c, t.Context()})
			})
		}
	}
}
