package store_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

// raw opens the database behind the store's back.
func raw(t *testing.T, url string) *sql.DB {
	t.Helper()
	driver, name := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, name = "sqlite", path
	}
	db, err := sql.Open(driver, name)
	ok(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func outside() (list []kind) {
	for _, k := range kinds {
		if k.outside {
			list = append(list, k)
		}
	}
	return list
}

func TestOpenAgainKeepsEverything(t *testing.T) {
	for _, k := range outside() {
		t.Run(k.name, func(t *testing.T) {
			url, c := k.url(t), newClock()
			s := subject{open(t, url, c.time), c, t.Context()}
			must(s.PutCouriers(s.ctx, []peyk.Profile{full}, nil))(t)
			ok(t, s.MakeKey(s.ctx, s.key("k")))
			ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", 5)}))
			before := s.changes(t, 0)
			ok(t, s.Close())
			s.Store = open(t, url, c.time)
			same(t, "changes", s.changes(t, 0), before)
			same(t, "positions", s.positions(t), []peyk.Report{heard("1", 5)})
		})
	}
}

func TestOpenAtOnce(t *testing.T) {
	for _, k := range outside() {
		t.Run(k.name, func(t *testing.T) {
			url := k.url(t)
			var all sync.WaitGroup
			for i := range 6 {
				all.Go(func() {
					s, err := store.Open(t.Context(), url, store.Options{})
					if err != nil {
						t.Error(err)
						return
					}
					if _, err := s.PutCouriers(t.Context(), profiles("", string(rune('a'+i))), nil); err != nil {
						t.Error(err)
					}
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			same(t, "couriers", subject{open(t, url, nil), nil, t.Context()}.all(t), strings.Split("abcdef", ""))
		})
	}
}

func TestOpenRefusesNewer(t *testing.T) {
	for _, k := range outside() {
		t.Run(k.name, func(t *testing.T) {
			url := k.url(t)
			ok(t, open(t, url, nil).Close())
			must(raw(t, url).Exec("UPDATE peyk_schema SET version = 1000"))(t)
			_, err := store.Open(t.Context(), url, store.Options{})
			if err == nil || !strings.Contains(err.Error(), "a newer peyk has written it") {
				t.Errorf("error %v, want one that says it is newer", err)
			}
		})
	}
}

// TestMigrationIsWhole lets a migration fail halfway: nothing of it stays, so it
// succeeds once the reason is gone.
func TestMigrationIsWhole(t *testing.T) {
	for _, k := range outside() {
		t.Run(k.name, func(t *testing.T) {
			url := k.url(t)
			db := raw(t, url)
			must(db.Exec("CREATE TABLE peyk_positions (mine integer)"))(t)
			if _, err := store.Open(t.Context(), url, store.Options{}); err == nil {
				t.Fatal("a database with a foreign table of ours was opened")
			}
			must(db.Exec("DROP TABLE peyk_positions"))(t)
			open(t, url, nil)
		})
	}
}

// TestWaitingEndsWithContext lets a writer of another process take its time.
func TestWaitingEndsWithContext(t *testing.T) {
	for _, k := range outside() {
		t.Run(k.name, func(t *testing.T) {
			url := k.url(t)
			s := open(t, url, nil)
			other := must(raw(t, url).BeginTx(t.Context(), nil))(t)
			must(other.Exec("UPDATE peyk_revision SET n = n"))(t)
			soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := s.PutTeam(soon, peyk.Team{ID: "a"})
			wantErr(t, "a writer that waits", err, context.DeadlineExceeded)
			must(s.Teams(t.Context()))(t) // readers do not wait
			ok(t, other.Rollback())
			must(s.PutTeam(t.Context(), peyk.Team{ID: "a"}))(t)
		})
	}
}

// TestOpenWaitsForAnEmptyFile opens a file of which another process is just
// making a database.
func TestOpenWaitsForAnEmptyFile(t *testing.T) {
	url := "sqlite:" + filepath.Join(t.TempDir(), "peyk.db")
	other := must(raw(t, url).Conn(t.Context()))(t)
	must(other.ExecContext(t.Context(), "BEGIN IMMEDIATE"))(t)
	soon, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := store.Open(soon, url, store.Options{})
	wantErr(t, "opening what is being made", err, context.DeadlineExceeded)
	must(other.ExecContext(t.Context(), "ROLLBACK"))(t)
	open(t, url, nil)
}

func TestOpenContextEnds(t *testing.T) {
	for _, k := range kinds {
		ended, cancel := context.WithCancel(t.Context())
		url := k.url(t)
		cancel()
		_, err := store.Open(ended, url, store.Options{})
		wantErr(t, k.name, err, context.Canceled)
	}
}

// TestOpenErrors opens what cannot be opened. Somewhere in each URL is a
// password, as people get it wrong; no error may have it.
func TestOpenErrors(t *testing.T) {
	const password = "c4n4ry"
	database := postgres.Database(t)
	for _, tt := range []struct {
		name, url, want string
		fine            bool // as a URL
	}{
		{"empty", "", "want sqlite:PATH", false},
		{"no path", "sqlite:", "want sqlite:PATH", false},
		{"unknown scheme", "mysql://peyk:" + password + "@host/db", `unknown store scheme "mysql"`, false},
		{"no scheme", "//peyk:" + password + "@host", "want sqlite:PATH", false},
		{"only a password", password, "want sqlite:PATH", false},
		{"password not encoded", "postgres://peyk:" + password + "/%zz@host/db", "percent-encoded", false},
		{"password with a slash", "postgres://peyk:" + password + "/" + password + "@host:5432/db", "percent-encoded", false},
		{"password with a colon", "postgresql://peyk:1:" + password + "@host:1:2/db", "percent-encoded", false},
		{"wrong option", "postgres://peyk:" + password + "@host/db?sslmode=" + password, "percent-encoded", false},
		{"no port", "postgres://peyk:" + password + "@host:5432x/db", "percent-encoded", false},
		{"nobody listens", "postgres://peyk:" + password + "@127.0.0.1:1/db", "connection refused", true},
		{"no such user", database + "&user=" + password + "&password=" + password, "does not exist", true},
		{"no such user, again", strings.Replace(database, "user=peyk", "user=nobody", 1) + "&password=" + password, "does not exist", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := store.Open(t.Context(), tt.url, store.Options{})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q", err, tt.want)
			}
			early := store.Check(tt.url)
			if (early == nil) != tt.fine {
				t.Errorf("Check = %v, want fine %v", early, tt.fine)
			}
			for _, err := range []error{err, early} {
				if err != nil && strings.Contains(err.Error(), password) {
					t.Errorf("the error holds the password: %v", err)
				}
			}
		})
	}
}

func TestFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b?c=d#e%41", "پیک")
	path := filepath.Join(dir, "peyk&x.db")
	s := subject{open(t, "sqlite:"+path, nil), nil, t.Context()}
	must(s.PutCouriers(s.ctx, profiles("", "1"), nil))(t)
	files, err := os.ReadDir(dir)
	ok(t, err)
	if len(files) != 3 {
		t.Errorf("there are %v, want the database, its log and its index", files)
	}
	for _, f := range files {
		info := must(f.Info())(t)
		if mode := info.Mode().Perm(); mode != 0o600 || !strings.HasPrefix(f.Name(), "peyk&x.db") {
			t.Errorf("%s has mode %o, want 600", f.Name(), mode)
		}
	}
	if mode := must(os.Stat(dir))(t).Mode().Perm(); mode != 0o700 {
		t.Errorf("the directory has mode %o, want 700", mode)
	}
}

func TestFileThatIsNoDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "peyk.db")
	text := strings.Repeat("this is a letter to my aunt\n", 1000)
	ok(t, os.WriteFile(path, []byte(text), 0o600))
	if _, err := store.Open(t.Context(), "sqlite:"+path, store.Options{}); err == nil {
		t.Error("a letter was opened")
	}
	same(t, "the letter", string(must(os.ReadFile(path))(t)), text)
}

func TestMemoryIsOneStores(t *testing.T) {
	a, b := open(t, "none", nil), open(t, "none", nil)
	must(a.PutCouriers(t.Context(), profiles("", "1"), nil))(t)
	same(t, "revision of another", must(b.Revision(t.Context()))(t), 0)
}
