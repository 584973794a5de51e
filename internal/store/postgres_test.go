package store_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"peyk"
)

// cut ends all connections to a database and waits until they have ended.
func cut(t *testing.T, database string) {
	t.Helper()
	postgres.Exec(t, "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"+database+"'")
}

func databaseName(t *testing.T, text string) string {
	t.Helper()
	return strings.TrimPrefix(must(url.Parse(text))(t).Path, "/")
}

func TestPostgresLosesConnections(t *testing.T) {
	text := postgres.Database(t)
	s := subject{open(t, text, nil), nil, t.Context()}
	name := databaseName(t, text)
	for i := range 5 {
		must(s.PutCouriers(s.ctx, profiles("", strconv.Itoa(i)), nil))(t)
		cut(t, name)
		s.revision(t) // at once, and without an error
	}
	same(t, "couriers", s.all(t), []string{"0", "1", "2", "3", "4"})

	postgres.Exec(t, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS false")
	cut(t, name)
	if err := s.Health(s.ctx); err == nil {
		t.Error("a store without its database is healthy")
	}
	if err := s.DeleteCourier(s.ctx, "0", nil); err == nil {
		t.Error("a store without its database deletes")
	}
	postgres.Exec(t, "ALTER DATABASE "+name+" ALLOW_CONNECTIONS true")
	ok(t, s.Health(s.ctx))
	same(t, "couriers", s.all(t), []string{"0", "1", "2", "3", "4"})
}

// TestPostgresCutWhileWriting ends connections again and again. What was
// answered without an error is there in the end.
func TestPostgresCutWhileWriting(t *testing.T) {
	text := postgres.Database(t)
	s := subject{open(t, text, nil), nil, t.Context()}
	done := make(chan []string)
	go func() {
		var answered []string
		for i := range 400 {
			id := strconv.Itoa(i)
			_, err := s.PutCouriers(s.ctx, profiles("", id), nil)
			if err == nil && s.KeepPositions(s.ctx, []peyk.Report{heard(id, 1)}) == nil {
				answered = append(answered, id)
			}
		}
		done <- answered
	}()
	for cuts := 0; ; cuts++ {
		select {
		case answered := <-done:
			if cuts == 0 || len(answered) == 0 {
				t.Errorf("%d answers and %d cuts show nothing", len(answered), cuts)
			}
			there := map[string]bool{}
			for _, r := range s.positions(t) {
				there[r.Courier.ID] = true
			}
			for _, id := range answered {
				if !there[id] {
					t.Errorf("courier %s is not there, though the store answered for it", id)
				}
			}
			return
		default:
			cut(t, databaseName(t, text))
		}
	}
}
