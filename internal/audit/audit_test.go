package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/audit"
)

// book is a log with what the server's own log was told.
type book struct {
	*audit.Log
	t    *testing.T
	path string
	said bytes.Buffer
}

func open(t *testing.T, path string) *book {
	t.Helper()
	b := &book{t: t, path: path}
	var err error
	if b.Log, err = audit.Open(path, audit.Options{Log: slog.New(slog.NewTextHandler(&b.said, nil))}); err != nil {
		t.Fatal(err)
	}
	return b
}

// run runs the log until stop is called, which waits for its end.
func (b *book) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := b.Run(ctx); err != nil {
			b.t.Error(err)
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}

// lines returns the lines of a file without their newlines.
func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(text) == 0 {
		return nil
	}
	whole, found := strings.CutSuffix(string(text), "\n")
	if !found {
		t.Errorf("%s ends within a line", path)
	}
	return strings.Split(whole, "\n")
}

func entry(subject string) audit.Entry {
	return audit.Entry{Who: peyk.Identity{Subject: subject, Role: peyk.RoleViewer}, View: peyk.View{All: true}}
}

func TestALineTellsWhoWatchedWhom(t *testing.T) {
	from := time.Date(2026, 11, 22, 12, 0, 0, 500_000_000, time.FixedZone("Tehran", 3.5*3600))
	for _, tt := range []struct {
		name  string
		entry audit.Entry
		want  string
	}{
		{"a box that one begins to watch", audit.Entry{
			Who:  peyk.Identity{Subject: "7", Name: "سارا", Role: peyk.RoleViewer, Grant: peyk.Grant{Scopes: []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "a"}, {Kind: peyk.ScopeCourier, Name: "9"}}}},
			View: peyk.View{Box: &peyk.Box{South: 35.5, West: 51, North: 36, East: 52, Zoom: 12, Limit: 1000}}, From: from, Address: "192.0.2.1",
		}, `{"from":"2026-11-22T08:30:00.5Z","subject":"7","name":"سارا","role":"viewer","address":"192.0.2.1","scopes":[{"kind":"team","name":"a"},{"kind":"courier","name":"9"}],"view":{"box":[35.5,51,36,52],"zoom":12}}`},
		{"everything, by a key, until the end", audit.Entry{
			Who:  peyk.Identity{Subject: "key:k", Role: peyk.RoleAdmin, Key: "k", Grant: peyk.Grant{Scopes: []peyk.Scope{peyk.All}}},
			View: peyk.View{All: true}, From: from, To: from.Add(time.Minute),
		}, `{"from":"2026-11-22T08:30:00.5Z","to":"2026-11-22T08:31:00.5Z","subject":"key:k","role":"admin","key":"k","scopes":[{"kind":"all"}],"view":{"all":true}}`},
		{"some couriers, without a right to any", audit.Entry{
			Who: peyk.Identity{Subject: "a\nb", Role: peyk.RoleCustomer}, View: peyk.View{Couriers: []string{"1", "2"}}, From: from,
		}, `{"from":"2026-11-22T08:30:00.5Z","subject":"a\nb","role":"customer","scopes":[],"view":{"couriers":["1","2"]}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, filepath.Join(t.TempDir(), "audit.jsonl"))
			stop := b.run()
			b.Record(tt.entry)
			stop()
			if got := lines(t, b.path); len(got) != 1 || got[0] != tt.want {
				t.Errorf("the log has\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestOnlyTheOwnerReadsIt(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	defer b.run()()
	info, err := os.Stat(b.path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v, want 0600", info.Mode(), err)
	}
}

func TestANilLogRecordsNothing(t *testing.T) {
	var l *audit.Log
	l.Record(entry("1"))
	if err := l.Reopen(); err != nil || l.Stats() != (audit.Stats{}) {
		t.Errorf("Reopen = %v, Stats = %+v", err, l.Stats())
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no", "audit.jsonl")
	if _, err := audit.Open(path, audit.Options{}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("Open = %v, want an error with the path", err)
	}
}

// TestWhatFindsNoRoomIsSaidInItsPlace records more than fits, twice, before
// anything is written.
func TestWhatFindsNoRoomIsSaidInItsPlace(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	big := entry(strings.Repeat("x", 1<<20))
	for range 5 {
		b.Record(big) // three fit
	}
	b.Record(entry("after"))
	for range 3 {
		b.Record(big)
	}
	b.run()()
	var got []string
	for _, line := range lines(t, b.path) {
		var l struct {
			Subject string
			Missing int
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%.1s%d", l.Subject, l.Missing))
	}
	if want := "[x0 x0 x0 2 a0 3]"; fmt.Sprint(got) != want {
		t.Errorf("the log has %v, want %s", got, want)
	}
	if s := b.Stats(); s != (audit.Stats{Recorded: 4, Dropped: 5}) {
		t.Errorf("Stats = %+v", s)
	}
}

func TestManyRecordAtOnce(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "audit.jsonl"))
	stop := b.run()
	var recording sync.WaitGroup
	for i := range 8 {
		recording.Go(func() {
			for range 500 {
				b.Record(entry(fmt.Sprint(i)))
			}
			if err := b.Reopen(); err != nil {
				t.Error(err)
			}
		})
	}
	recording.Wait()
	stop()
	got := lines(t, b.path)
	for _, line := range got {
		if !json.Valid([]byte(line)) {
			t.Fatalf("the log has %q", line)
		}
	}
	if len(got) != 4000 || b.Stats().Recorded != 4000 {
		t.Errorf("the log has %d lines, %+v, want 4000", len(got), b.Stats())
	}
}

func TestReopenGoesOnWithTheFileAtThePath(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := open(t, filepath.Join(t.TempDir(), "audit.jsonl"))
		stop := b.run()
		b.Record(entry("before"))
		synctest.Wait()
		if err := os.Rename(b.path, b.path+".1"); err != nil {
			t.Fatal(err)
		}
		b.Record(entry("between"))
		synctest.Wait()
		if err := b.Reopen(); err != nil {
			t.Fatal(err)
		}
		b.Record(entry("after"))
		stop()
		if old, now := lines(t, b.path+".1"), lines(t, b.path); len(old) != 2 || len(now) != 1 || !strings.Contains(now[0], "after") {
			t.Errorf("the old file has %q, the new one %q", old, now)
		}
	})
}

func TestALineThatACrashCutOffStaysAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, []byte("{}\n{\"from"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := open(t, path)
	stop := b.run()
	b.Record(entry("1"))
	stop()
	if got := lines(t, path); len(got) != 3 || got[1] != `{"from` || !json.Valid([]byte(got[2])) {
		t.Errorf("the log has %q", got)
	}
}

// TestAFullDisk has a device that is always full in the file's place, and then
// another file.
func TestAFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "audit.jsonl")
		if err := os.Symlink("/dev/full", path); err != nil {
			t.Fatal(err)
		}
		b := open(t, path)
		stop := b.run()
		b.Record(entry("1"))
		time.Sleep(5 * time.Minute)
		b.Record(entry("2"))
		synctest.Wait()
		if errors := b.Stats().Errors; errors < 50 {
			t.Errorf("%d errors were counted, want every one", errors)
		}
		if said := strings.Count(b.said.String(), "\n"); said < 4 || said > 6 {
			t.Errorf("the server's log has %d lines, want one a minute: %s", said, &b.said)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := b.Reopen(); err != nil {
			t.Fatal(err)
		}
		stop()
		if got := lines(t, path); len(got) != 2 {
			t.Errorf("the log has %q, want what was recorded meanwhile", got)
		}
	})
}

func TestTheEndSaysWhatIsLost(t *testing.T) {
	b := open(t, "/dev/full")
	b.Record(entry("1"))
	b.Record(entry("2"))
	b.run()()
	if !strings.Contains(b.said.String(), "count=2") {
		t.Errorf("the server's log has %q", &b.said)
	}
}
