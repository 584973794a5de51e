package main

import (
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peyk/internal/store/storetest"
)

// stores are the two kinds that outlive a server, each with an empty one.
func stores(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "sqlite:"+filepath.Join(t.TempDir(), "peyk.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, postgres.Database(t))
	})
}

// TestRestart: a server that comes back shows at once where the couriers were
// last, and how long ago that was.
func TestRestart(t *testing.T) {
	for _, end := range []string{"stopped", "killed"} {
		t.Run(end, func(t *testing.T) {
			stores(t, func(t *testing.T, url string) { comesBack(t, url, end == "killed") })
		})
	}
}

func comesBack(t *testing.T, url string, killed bool) {
	n := startNode(t, "--store", url)
	n.manage("PUT", "/api/v1/couriers/listed", `{"name":"Sara","team":"north","phone":"123"}`, http.StatusCreated)
	n.post(at("listed", 3), "Authorization", "Bearer "+n.token)
	n.post(at("heard", 4), "Authorization", "Bearer "+n.token)
	before := map[string]string{}
	for _, id := range []string{"listed", "heard"} {
		before[id] = n.manage("GET", "/api/v1/couriers/"+id, "", http.StatusOK).body
	}
	if killed {
		within(t, time.Minute, "both positions are kept", func() bool { return n.metric("peyk_positions_kept_total") >= 2 })
		n.kill()
	} else {
		n.stop()
	}
	n.start()
	for id, want := range before {
		n.manage("GET", "/api/v1/couriers/"+id, "", http.StatusOK).want(t, http.StatusOK, want)
	}
	picture := n.watch(t)
	if !picture.shows(map[string]float64{"listed": 3, "heard": 4}) {
		t.Error("the first picture after the restart lacks the last positions")
	}
	shown, _ := picture.picture()
	for id, body := range before {
		got, want := shown[id].Position.Stamp, numberAfter(t, body, `"stamp":`)/1000*1000
		if int64(got) != want {
			t.Errorf("courier %s is shown as of %d, want %d, when it reported", id, got, want)
		}
	}
	if c := shown["listed"].Courier; c.Name != "Sara" || c.Team != "north" {
		t.Errorf("the listed courier is shown as %+v, want Sara of the north", c)
	}
	if got := n.metric("peyk_positions_restored_total"); got != 2 {
		t.Errorf("%v positions were restored, want 2", got)
	}
	n.post(at("listed", 5), "Authorization", "Bearer "+n.token)
	within(t, soon, "couriers go on", func() bool { return picture.shows(map[string]float64{"listed": 5, "heard": 4}) })
}

// TestStoreNone keeps nothing: the next start begins anew, with a new key.
func TestStoreNone(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--store", "none")
	old := n.token
	n.manage("PUT", "/api/v1/couriers/10", `{"team":"north"}`, http.StatusCreated)
	n.post(at("10", 3), "Authorization", "Bearer "+n.token)
	n.manage("GET", "/api/v1/couriers/10", "", http.StatusOK)
	n.restart()
	if n.token == old {
		t.Error("the second start printed no key of its own")
	}
	n.me(old).want(t, http.StatusUnauthorized, `{"detail":"Invalid token."}`)
	n.manage("GET", "/api/v1/couriers", "", http.StatusOK).want(t, http.StatusOK, `{"couriers":[]}`)
	if left, err := os.ReadDir(n.dir); err != nil || len(left) != 0 {
		t.Errorf("the server left %v behind (%v), want nothing", left, err)
	}
}

// TestAdminToken: what an older version left in the data directory goes on to
// open every door, and is a key like others.
func TestAdminToken(t *testing.T) {
	t.Parallel()
	const token = "peyk_admin_0123456789abcdef0123456789abcdef"
	n := newNode(t)
	file := filepath.Join(n.dir, "peyk-data", "admin-token")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, fmt.Appendf(nil, "%x\n", sha256.Sum256([]byte(token))), 0o600); err != nil {
		t.Fatal(err)
	}
	n.start()
	if n.token != "" {
		t.Errorf("the server printed a key, want none: there is one already")
	}
	n.token = token
	for range 2 {
		n.post(first, "Authorization", "Bearer "+token)
		keys := n.manage("GET", "/api/v1/keys", "", http.StatusOK).body
		if !strings.Contains(keys, `"name":"admin token","prefix":"peyk_admin_…","role":"admin","all":true`) || strings.Count(keys, `"id"`) != 1 {
			t.Errorf("the keys are %s, want the admin token alone", keys)
		}
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("the old file is still there (%v)", err)
		}
		n.restart()
	}
	id := strings.Fields(strings.Split(n.run("key", "list"), "\n")[1])[0]
	viewer := n.join(t, token)
	n.run("key", "revoke", id)
	viewer.wantClose(4403)
}

// TestNewerStore: what a newer version has written is left alone.
func TestNewerStore(t *testing.T) {
	stores(t, func(t *testing.T, url string) {
		n := startNode(t, "--store", url)
		n.stop()
		driver, name := "pgx", url
		if path, found := strings.CutPrefix(url, "sqlite:"); found {
			driver, name = "sqlite", path
		}
		db, err := sql.Open(driver, name)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec("UPDATE peyk_schema SET version = 1000"); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"serve", "--listen", "127.0.0.1:0", "--ops-listen="}, {"key", "list"}} {
			status, said := n.fail(append(args, "--store", url)...)
			if status != exitFailed || !strings.Contains(said, "peyk: open the store: bring the store up to date: a newer peyk has written it") {
				t.Errorf("peyk %v ends with %d and %q, want that a newer one has written the store", args, status, said)
			}
		}
	})
}

// TestTwoNodes have one database, and no bus between them.
func TestTwoNodes(t *testing.T) {
	t.Parallel()
	url := postgres.Database(t)
	near := startNode(t, "--store", url)
	far := startNode(t, "--store", url)
	if far.token != "" {
		t.Error("the second node printed a key, want none: the first one's is for both")
	}
	far.token = near.token
	far.post(at("1", 1), "Authorization", "Bearer "+far.token)
	id, key := near.key(`{"role":"viewer","teams":["north"]}`)
	within(t, soon, "the other node knows the key", func() bool { return far.me(key).status == http.StatusOK })
	viewer, picture := far.join(t, key), far.watchAs(t, key)
	for _, step := range []struct {
		name, method, path, body string
		status                   int
		seen                     map[string]float64
	}{
		{"a courier is in the team", "PUT", "/api/v1/couriers/1", `{"team":"north","name":"Sara"}`, 201, map[string]float64{"1": 1}},
		{"it is off duty", "PUT", "/api/v1/couriers/1", `{"team":"north","active":false}`, 200, map[string]float64{}},
	} {
		near.manage(step.method, step.path, step.body, step.status)
		within(t, soon, step.name, func() bool { return picture.shows(step.seen) })
	}
	picture.wantUnbroken(t)
	near.manage("DELETE", "/api/v1/keys/"+id, "", http.StatusNoContent)
	viewer.wantClose(4403)
	far.me(key).want(t, http.StatusUnauthorized, `{"detail":"Invalid token."}`)
}

// TestOutageOfTheStore takes PostgreSQL away. What is live goes on, and what
// happened meanwhile is kept afterwards.
func TestOutageOfTheStore(t *testing.T) {
	t.Parallel()
	var own storetest.Server
	t.Cleanup(own.Stop)
	n := startNode(t, "--store", own.Database(t))
	n.wantReady(soon)
	n.manage("PUT", "/api/v1/couriers/1", `{"team":"north"}`, http.StatusCreated)
	n.post(at("1", 1), "Authorization", "Bearer "+n.token)
	_, key := n.key(`{"role":"viewer","teams":["north"]}`)
	all, team := n.watch(t), n.watchAs(t, key)

	own.Halt(t)
	n.wantLacking("the store cannot be read since ")
	if up, failed := n.metric("peyk_store_up"), n.metric(`peyk_store_errors_total{what="read"}`); up != 0 || failed < 1 {
		t.Errorf("peyk_store_up is %v after %v errors, want 0, and 1 at least", up, failed)
	}
	n.post(at("1", 2), "Authorization", "Bearer "+n.token)
	n.post(at("2", 3), "Authorization", "Bearer "+n.token)
	within(t, soon, "positions are shown", func() bool { return all.shows(map[string]float64{"1": 2, "2": 3}) })
	within(t, soon, "rights hold", func() bool { return team.shows(map[string]float64{"1": 2}) })
	if _, status := n.knockAs(t, key); status != http.StatusSwitchingProtocols {
		t.Errorf("a viewer who comes during the outage is answered %d, want 101", status)
	}
	if a := n.ask("PUT", "/api/v1/couriers/1", `{}`, "Authorization", "Bearer "+n.token); a.status != http.StatusServiceUnavailable {
		t.Errorf("a change is answered %d %s, want 503", a.status, a.body)
	}

	own.Resume(t)
	n.wantReady(time.Minute)
	n.manage("PUT", "/api/v1/couriers/2", `{"team":"north"}`, http.StatusCreated)
	within(t, soon, "the team has grown", func() bool { return team.shows(map[string]float64{"1": 2, "2": 3}) })
	for _, p := range []*watcher{all, team} {
		p.wantUnbroken(t)
	}
	n.restart()
	if picture := n.watch(t); !picture.shows(map[string]float64{"1": 2, "2": 3}) {
		t.Error("after a restart the positions of the outage are gone")
	}
}
