package store_test

import (
	"database/sql"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

// TestPostgresTurns lets a call meet another node in the middle of something.
func TestPostgresTurns(t *testing.T) {
	const deletes = `UPDATE peyk_revision SET n = n + 1; DELETE FROM peyk_couriers WHERE id = '1'; DELETE FROM peyk_positions WHERE id = '1'`
	for _, tt := range []struct {
		name          string
		before, after string // what the other node does before and after the call begins
		call          func(t *testing.T, s subject)
	}{
		{"keeping while another deletes", deletes, "", func(t *testing.T, s subject) {
			ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", 20)}))
		}},
		{"forgetting while another keeps", "SELECT n FROM peyk_revision FOR SHARE",
			`INSERT INTO peyk_positions (id, stamp, report) VALUES ('2', 20, '{}') ON CONFLICT (id) DO UPDATE SET stamp = 20`,
			func(t *testing.T, s subject) { ok(t, s.ForgetPositions(s.ctx, 15)) }},
		{"reading changes while another forgets who was deleted", "LOCK TABLE peyk_deleted",
			"UPDATE peyk_revision SET floor = n; DELETE FROM peyk_deleted",
			func(t *testing.T, s subject) {
				if c := s.changes(t, 1); !c.Whole && len(c.Couriers) != 1 {
					t.Errorf("changes %+v do not tell who was deleted", c)
				}
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			url := postgres.Database(t)
			s := subject{open(t, url, nil), nil, t.Context()}
			must(s.PutCouriers(s.ctx, profiles("", "1", "3"), nil))(t)
			ok(t, s.DeleteCourier(s.ctx, "3", nil))
			ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", 10), heard("2", 10)})) // 2 is only heard
			db := raw(t, url)
			other := must(db.BeginTx(t.Context(), nil))(t)
			must(other.Exec(tt.before))(t)
			done := make(chan struct{})
			go func() {
				defer close(done)
				tt.call(t, s)
			}()
			awaitWaiting(t, db, done)
			must(other.Exec(tt.after))(t)
			ok(t, other.Commit())
			<-done
			s.agrees(t)
		})
	}
}

// awaitWaiting returns once somebody waits for a lock, or the call is done.
func awaitWaiting(t *testing.T, db *sql.DB, done <-chan struct{}) {
	t.Helper()
	const often = 2 * time.Millisecond
	for waiting := 0; waiting == 0; {
		select {
		case <-done:
			return
		case <-time.After(often):
		}
		ok(t, db.QueryRow("SELECT count(*) FROM pg_locks WHERE NOT granted").Scan(&waiting))
	}
}

// agrees fails unless the store knows of whom it has positions.
func (s subject) agrees(t *testing.T) {
	t.Helper()
	for _, r := range s.positions(t) {
		list, _, err := s.Couriers(s.ctx, store.Query{Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: r.Courier.ID}}})
		ok(t, err)
		if len(list) == 0 {
			t.Errorf("there is a position of %q, of whom nothing is known", r.Courier.ID)
		}
	}
}
