package store_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"

	"peyk"
	"peyk/internal/store"
)

// TestNodes lets several nodes write at random, while one reads what changed
// and nothing else. In the end it knows what is there: no change was missed,
// whatever the order of their commits.
func TestNodes(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			c, url := newClock(), k.url(t)
			nodes := []*store.Store{open(t, url, c.time)}
			for range 2 {
				if k.outside {
					nodes = append(nodes, open(t, url, c.time))
				}
			}
			f := &follower{store: nodes[0], couriers: map[string]store.CourierChange{}, keys: map[string]store.Key{}}
			stop, following := make(chan struct{}), sync.WaitGroup{}
			following.Go(func() { f.run(t, stop) })
			var writers sync.WaitGroup
			for i := range 6 {
				writers.Go(func() { disturb(t, nodes[i%len(nodes)], uint64(i)) })
			}
			writers.Wait()
			close(stop)
			following.Wait()
			f.compare(t)
		})
	}
}

// disturb does at random what a node does.
func disturb(t *testing.T, s *store.Store, seed uint64) {
	random, ctx := rand.New(rand.NewPCG(seed, 0)), t.Context()
	some := func() (list []string) {
		for range 1 + random.IntN(5) {
			list = append(list, strconv.Itoa(random.IntN(20)))
		}
		return list
	}
	for i := range 40 {
		var err error
		switch random.IntN(6) {
		case 0:
			_, err = s.PutCouriers(ctx, profiles(some()[0], some()...), nil)
		case 1:
			err = s.DeleteCourier(ctx, some()[0], nil)
		case 2:
			var list []peyk.Report
			for _, id := range some() {
				list = append(list, heard(id, peyk.MicrosOf(newClock().time())+peyk.Micros(i)))
			}
			err = s.KeepPositions(ctx, list)
		case 3:
			err = s.ForgetPositions(ctx, peyk.MicrosOf(newClock().time())+peyk.Micros(i))
		case 4:
			err = s.DeleteTeam(ctx, some()[0])
		case 5:
			k := subject{clock: newClock()}.key(fmt.Sprint(seed, "-", i))
			err = errors.Join(s.MakeKey(ctx, k), s.RevokeKey(ctx, some()[0]))
		}
		if err != nil && !errors.Is(err, peyk.ErrNotFound) && !errors.Is(err, peyk.ErrConflict) {
			t.Error(err)
			return
		}
	}
}

// follower knows what changes told it.
type follower struct {
	store    *store.Store
	revision int64
	couriers map[string]store.CourierChange
	keys     map[string]store.Key
}

func (f *follower) run(t *testing.T, stop <-chan struct{}) {
	for last := false; ; {
		select {
		case <-stop:
			last = true
		default:
		}
		if err := f.follow(t.Context()); err != nil {
			t.Error(err)
			return
		}
		if last {
			return
		}
	}
}

func (f *follower) follow(ctx context.Context) error {
	revision, err := f.store.Revision(ctx)
	if err != nil || revision == f.revision {
		return err
	}
	c, err := f.store.Changes(ctx, f.revision)
	if err != nil {
		return err
	}
	if c.Revision < revision {
		return fmt.Errorf("changes up to %d after revision %d", c.Revision, revision)
	}
	f.revision = c.Revision
	for _, change := range c.Couriers {
		if f.couriers[change.Courier.ID] = change; change.Deleted {
			delete(f.couriers, change.Courier.ID)
		}
	}
	for _, k := range c.Keys {
		f.keys[k.ID] = k
	}
	return nil
}

// compare fails unless the follower knows what is there, and what is there
// agrees with itself.
func (f *follower) compare(t *testing.T) {
	s := subject{Store: f.store, ctx: t.Context()}
	list, _, err := s.Couriers(s.ctx, store.Query{Scopes: []peyk.Scope{peyk.All}, Limit: 1000})
	ok(t, err)
	listed := map[string]store.CourierChange{}
	for _, k := range list {
		if k.Listed {
			listed[k.Courier.ID] = store.CourierChange{Courier: k.Courier, Active: k.Active}
		}
	}
	same(t, "couriers that were followed", f.couriers, listed)
	same(t, "keys that were followed", len(f.keys), len(must(s.Keys(s.ctx))(t)))
	s.agrees(t)
	teams := map[string]int{}
	for _, team := range must(s.Teams(s.ctx))(t) {
		teams[team.ID] = team.Couriers
	}
	for _, c := range listed {
		teams[c.Courier.Team]--
	}
	if left := slices.DeleteFunc(slices.Collect(maps.Values(teams)), func(n int) bool { return n == 0 }); len(left) > 0 {
		t.Errorf("teams and couriers disagree: %v", teams)
	}
}
