package directory_test

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/directory"
	"peyk/internal/live"
	"peyk/internal/store"
)

const forget = time.Hour

// node is a server's directory, with the rooms that it stands between.
type node struct {
	t     testing.TB
	url   string
	store *store.Store
	world *live.World
	*directory.Directory

	mu   sync.Mutex // guards the rest
	keys map[string]store.Key
	told int                  // times that keys changed
	used map[string]time.Time // to be told once
	log  bytes.Buffer
}

// open starts a node on the store; nodes with one url share it.
func open(t testing.TB, url string) *node {
	t.Helper()
	n := &node{t: t, url: url, keys: map[string]store.Key{}, used: map[string]time.Time{}}
	var err error
	if n.store, err = store.Open(context.Background(), url, store.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.store.Close() })
	n.Directory = directory.New(directory.Options{
		Store: n.store, Keys: n.setKeys, Used: n.takeUsed, Forget: forget, Farewell: 10 * time.Second,
		Log: slog.New(slog.NewTextHandler(n, nil)),
	})
	n.world = live.NewWorld(live.Options{Tick: time.Millisecond, MaxCouriers: 200_000, Forget: forget, Listed: n.Listed})
	if err := n.Open(context.Background(), n.world); err != nil {
		t.Fatal(err)
	}
	return n
}

func (n *node) setKeys(keys []store.Key, whole bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.told++; whole {
		clear(n.keys)
	}
	for _, k := range keys {
		n.keys[k.ID] = k
	}
}

func (n *node) takeUsed() map[string]time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	used := maps.Clone(n.used)
	clear(n.used)
	return used
}

// Write is the log's.
func (n *node) Write(line []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.log.Write(line)
}

func (n *node) lines() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return bytes.Count(n.log.Bytes(), []byte("\n"))
}

// run runs the node until stop is called, which waits for its end.
func (n *node) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = n.world.Run(ctx, func(live.Tick) {}) })
	running.Go(func() {
		if err := n.Run(ctx); err != nil {
			n.t.Error(err)
		}
	})
	return func() {
		cancel()
		running.Wait()
	}
}

func (n *node) put(list ...peyk.Profile) {
	n.t.Helper()
	if _, err := n.store.PutCouriers(context.Background(), list, nil); err != nil {
		n.t.Fatal(err)
	}
}

func (n *node) delete(id string) {
	n.t.Helper()
	if err := n.store.DeleteCourier(context.Background(), id, nil); err != nil {
		n.t.Fatal(err)
	}
}

func (n *node) refresh() {
	n.t.Helper()
	if err := n.Refresh(context.Background()); err != nil {
		n.t.Fatal(err)
	}
}

// take reports for a courier whose phone calls it "phone".
func (n *node) take(id string) peyk.Verdict {
	n.t.Helper()
	_, verdict, err := n.world.Take(peyk.Report{Courier: peyk.Courier{ID: id, Name: "phone"}, Position: peyk.Position{Lat: 1, Lon: 2}})
	if err != nil {
		n.t.Fatal(err)
	}
	return verdict
}

// known returns the ids that a list would have.
func (n *node) known() (ids []string) {
	n.t.Helper()
	list, _, err := n.store.Couriers(context.Background(), store.Query{Scopes: []peyk.Scope{peyk.All}, Limit: 10_000})
	if err != nil {
		n.t.Fatal(err)
	}
	for _, k := range list {
		ids = append(ids, k.Courier.ID)
	}
	return ids
}

// profile is a courier on duty.
func profile(id, name, team string) peyk.Profile {
	return peyk.Profile{Courier: peyk.Courier{ID: id, Name: name, Team: team}, Active: true}
}

func offDuty(id string) peyk.Profile { return peyk.Profile{Courier: peyk.Courier{ID: id}} }

func sqlite(t testing.TB) string { return "sqlite:" + t.TempDir() + "/peyk.db" }
