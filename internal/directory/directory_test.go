package directory_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/store"
)

func TestLookupTellsWhatTheShopSays(t *testing.T) {
	n := open(t, sqlite(t))
	full := profile("1", "Ali", "a")
	full.Courier.Username = "ali"
	n.put(full, offDuty("2"))
	if _, _, listed := n.Lookup("1"); listed {
		t.Error("it knows before it was read")
	}
	n.refresh()
	for _, tt := range []struct {
		id             string
		want           peyk.Courier
		active, listed bool
	}{
		{"1", full.Courier, true, true},
		{"2", peyk.Courier{ID: "2"}, false, true},
		{"3", peyk.Courier{ID: "3"}, true, false},
	} {
		c, active, listed := n.Lookup(tt.id)
		if c != tt.want || active != tt.active || listed != tt.listed {
			t.Errorf("Lookup(%q) = %+v, %v, %v, want %+v, %v, %v", tt.id, c, active, listed, tt.want, tt.active, tt.listed)
		}
	}
	if got := n.Stats().Couriers; got != 2 {
		t.Errorf("%d are listed, want 2", got)
	}
}

func TestRefreshTellsTheWorld(t *testing.T) {
	n := open(t, sqlite(t))
	for _, id := range []string{"1", "2", "3"} {
		n.take(id)
	}
	n.world.Tick()
	n.put(profile("1", "shop", "a"), offDuty("2"), profile("3", "", ""))
	n.refresh()
	n.world.Tick()
	if e, _ := n.world.Courier("1"); e.Courier.Name != "shop" || e.Courier.Team != "a" {
		t.Errorf("the world has %+v, want its name and team", e.Courier)
	}
	if e, _ := n.world.Courier("3"); e.Courier.Name != "phone" {
		t.Errorf("the world has %+v, want the phone's name", e.Courier)
	}
	if _, found := n.world.Courier("2"); found || n.take("2") != peyk.OffDuty {
		t.Error("who is off duty is there")
	}
	n.put(profile("2", "", ""))
	n.delete("1")
	n.refresh()
	if n.take("2") != peyk.Fresh {
		t.Error("who is on duty again is not taken")
	}
	if _, found := n.world.Courier("1"); found {
		t.Error("who was deleted is there")
	}
	n.take("1")
	if e, found := n.world.Courier("1"); !found || e.Courier.Name != "phone" || e.Courier.Team != "" {
		t.Errorf("who was deleted came back as %+v, want as one who is not listed", e.Courier)
	}
}

// TestTheFirstChangeOfAllMayBeADeletion has a store that was empty when it was
// read, so that everything in it is read anew.
func TestTheFirstChangeOfAllMayBeADeletion(t *testing.T) {
	n := open(t, sqlite(t))
	n.take("1")
	if err := n.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	n.delete("1")
	n.refresh()
	if _, found := n.world.Courier("1"); found {
		t.Error("the world has who was deleted")
	}
}

func TestAChangeElsewhereIsKnownWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		url := sqlite(t)
		a, b := open(t, url), open(t, url)
		defer b.run()()
		a.take("1")
		b.take("1")
		a.put(profile("1", "shop", "a"))
		if err := a.store.MakeKey(t.Context(), store.Key{ID: "k", Claims: peyk.Claims{Role: peyk.RoleViewer}}); err != nil {
			t.Fatal(err)
		}
		a.refresh()
		time.Sleep(time.Second)
		synctest.Wait()
		if e, _ := b.world.Courier("1"); e.Courier.Name != "shop" || e.Courier.Team != "a" {
			t.Errorf("the other node's world has %+v", e.Courier)
		}
		if _, found := b.keys["k"]; !found {
			t.Error("the other node does not know the key")
		}
		if err := a.store.RevokeKey(t.Context(), "k"); err != nil {
			t.Fatal(err)
		}
		a.delete("1")
		time.Sleep(time.Second)
		synctest.Wait()
		if _, found := b.world.Courier("1"); found {
			t.Error("the other node shows who was deleted")
		}
		if b.keys["k"].Revoked.IsZero() {
			t.Error("the other node takes the revoked key")
		}
		a.refresh()
		if _, found := a.world.Courier("1"); found {
			t.Error("this node shows who was deleted")
		}
	})
}

// TestWhoWasAwayForLongLearnsWhoIsGone has a node that reads nothing until the
// store no longer knows who was deleted.
func TestWhoWasAwayForLongLearnsWhoIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		url := sqlite(t)
		a, b := open(t, url), open(t, url)
		a.put(profile("1", "", "a"), profile("2", "", "a"), profile("3", "", "a"))
		b.refresh()
		b.take("1")
		a.delete("1")
		time.Sleep(30 * 24 * time.Hour)
		a.delete("2")
		b.refresh()
		if _, _, listed := b.Lookup("1"); listed || b.Stats().Couriers != 1 {
			t.Errorf("it knows %d couriers, want 1", b.Stats().Couriers)
		}
		if _, found := b.world.Courier("1"); found {
			t.Error("the world has who was deleted")
		}
	})
}

func TestKeysAreToldWholeAndThenWhatChanged(t *testing.T) {
	url := sqlite(t)
	a := open(t, url)
	if a.told != 1 {
		t.Errorf("Open told of keys %d times, want once, though there are none", a.told)
	}
	for _, id := range []string{"k", "l"} {
		if err := a.store.MakeKey(t.Context(), store.Key{ID: id, Hash: [32]byte{id[0]}, Claims: peyk.Claims{Role: peyk.RoleViewer}}); err != nil {
			t.Fatal(err)
		}
	}
	a.refresh()
	a.refresh()
	a.put(profile("1", "", ""))
	a.refresh()
	if b := open(t, url); a.told != 2 || len(a.keys) != 2 || len(b.keys) != 2 {
		t.Errorf("told %d times of %d keys, and at once of %d, want 2, 2 and 2", a.told, len(a.keys), len(b.keys))
	}
}

// TestAnyChangesOnTwoNodes makes changes on one, learns of some of them on the
// way, and compares both with the store in the end.
func TestAnyChangesOnTwoNodes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		url := sqlite(t)
		nodes := []*node{open(t, url), open(t, url)}
		for _, n := range nodes {
			defer n.run()()
		}
		random := rand.New(rand.NewPCG(1, 2))
		for range 500 {
			n, id := nodes[random.IntN(2)], fmt.Sprint(random.IntN(8))
			switch random.IntN(6) {
			case 0, 1:
				p := profile(id, []string{"", "x", "y"}[random.IntN(3)], []string{"", "a", "b"}[random.IntN(3)])
				p.Active = random.IntN(3) > 0
				n.put(p)
			case 2:
				if err := n.store.DeleteCourier(t.Context(), id, nil); err != nil && !errors.Is(err, peyk.ErrNotFound) {
					t.Fatal(err)
				}
			case 3:
				n.refresh()
			case 4:
				time.Sleep(time.Duration(random.IntN(400)) * time.Millisecond)
			case 5:
				n.take(id)
			}
		}
		time.Sleep(time.Second)
		for i, n := range nodes {
			for id := range 8 {
				compare(t, i, n, fmt.Sprint(id))
			}
		}
	})
}

func compare(t *testing.T, i int, n *node, id string) {
	t.Helper()
	p, err := n.store.Profile(t.Context(), id)
	c, active, listed := n.Lookup(id)
	if listed != (err == nil) || listed && (c.Name != p.Courier.Name || c.Team != p.Courier.Team || active != p.Active) {
		t.Errorf("node %d has %+v, %v, %v, want %+v, %v", i, c, active, listed, p, err)
	}
	verdict := n.take(id)
	time.Sleep(time.Second) // for a tick
	e, found := n.world.Courier(id)
	if found != active || found != (verdict == peyk.Fresh) {
		t.Errorf("node %d: courier %s is in the world: %v, want %v", i, id, found, active)
	}
	name := c.Name
	if name == "" {
		name = "phone"
	}
	if found && (e.Courier.Name != name || e.Courier.Team != c.Team) {
		t.Errorf("node %d: the world has %+v, want name %q and team %q", i, e.Courier, name, c.Team)
	}
}

func TestARestartShowsTheLastPositions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		url := sqlite(t)
		before := open(t, url)
		stop := before.run()
		before.put(profile("1", "shop", "a"), profile("off", "", ""), profile("deleted", "", ""))
		before.refresh()
		for _, id := range []string{"old", "1", "off", "deleted", "unlisted"} {
			before.take(id)
			time.Sleep(15 * time.Second) // some are kept by the way
		}
		before.put(offDuty("off"))
		before.delete("deleted")
		before.take("last")
		stamp := before.world.TakenSince(0)[5].Position.Stamp
		stop()
		before.store.Close()

		time.Sleep(forget - 70*time.Second)
		after := open(t, url)
		var ids []string
		list, _ := after.world.Couriers(0, 100)
		for _, e := range list {
			ids = append(ids, e.Courier.ID)
		}
		if want := []string{"1", "last", "unlisted"}; !slices.Equal(ids, want) {
			t.Errorf("after the restart there are %q, want %q", ids, want)
		}
		if e, _ := after.world.Courier("last"); e.Position.Stamp != stamp || e.Courier.Name != "phone" {
			t.Errorf("last is %+v, want stamp %d and the phone's name", e, stamp)
		}
		if e, _ := after.world.Courier("1"); e.Courier.Name != "shop" || e.Courier.Team != "a" {
			t.Errorf("1 is %+v, want the shop's name and team", e.Courier)
		}
		if n := len(after.world.TakenSince(0)); n != 0 {
			t.Errorf("%d count as taken by this node", n)
		}
	})
}

// TestTheShopsNameIsNotTakenForThePhones takes the name back after the position
// was kept.
func TestTheShopsNameIsNotTakenForThePhones(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		url := sqlite(t)
		n := open(t, url)
		stop := n.run()
		n.put(profile("1", "secret", ""))
		n.refresh()
		n.take("1")
		time.Sleep(time.Minute)
		n.put(profile("1", "", ""))
		stop()
		if e, _ := open(t, url).world.Courier("1"); e.Courier.Name != "" {
			t.Errorf("the name is %q, want none", e.Courier.Name)
		}
	})
}

func TestKeepPutsWhoWasHeardOnTheList(t *testing.T) {
	n := open(t, sqlite(t))
	n.put(profile("1", "", ""))
	n.refresh()
	const many = 2500
	for i := range many {
		n.take(fmt.Sprint(i))
	}
	if err := n.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := n.Stats().Kept; got != many-1 {
		t.Errorf("%d were kept, want %d: one is listed", got, many-1)
	}
	if err := n.Keep(t.Context()); err != nil || n.Stats().Kept != many-1 {
		t.Errorf("once more: %v, %d were kept", err, n.Stats().Kept-many+1)
	}
	n.delete("7")
	n.refresh()
	n.take("7")
	if err := n.Keep(t.Context()); err != nil || !slices.Contains(n.known(), "7") {
		t.Errorf("who was deleted and heard again is not on the list: %v", err)
	}
	if again := open(t, n.url); again.Keep(t.Context()) != nil || again.Stats().Kept != 0 {
		t.Errorf("after a restart %d are kept again", again.Stats().Kept)
	}
}

func TestWhatWasNotKeptIsKeptTheNextTime(t *testing.T) {
	n := open(t, sqlite(t))
	n.take("1")
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if err := n.Keep(late); err == nil || n.Health() == nil || n.Stats().WriteErrors != 1 {
		t.Errorf("Keep = %v, Health = %v, %+v, want errors", err, n.Health(), n.Stats())
	}
	if err := n.Keep(t.Context()); err != nil || n.Health() != nil || !slices.Equal(n.known(), []string{"1"}) {
		t.Errorf("Keep = %v, Health = %v, %q are known", err, n.Health(), n.known())
	}
}

func TestRunKeepsWhatChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := open(t, sqlite(t))
		defer n.run()()
		const many = 2500
		for i := range many {
			n.take(fmt.Sprint(i))
		}
		for _, want := range []uint64{many, many, many + 1} {
			if want > many {
				n.take("7")
			}
			time.Sleep(63 * time.Second) // and not when it keeps
			if got := n.Stats().Kept; got != want {
				t.Errorf("%d positions were kept, want %d", got, want)
			}
		}
	})
}

func TestUseOfKeysIsWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := open(t, sqlite(t))
		if err := n.store.MakeKey(t.Context(), store.Key{ID: "k", Claims: peyk.Claims{Role: peyk.RoleViewer}}); err != nil {
			t.Fatal(err)
		}
		stop := n.run()
		at := time.Now().UTC()
		n.used["k"] = at
		stop()
		keys, err := n.store.Keys(t.Context())
		if err != nil || !keys[0].Used.Equal(at) {
			t.Errorf("used = %v, %v, want %v", keys, err, at)
		}
	})
}

func TestOldPositionsAreDeleted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := open(t, sqlite(t))
		defer n.run()()
		n.take("1")
		time.Sleep(time.Minute)
		if got := n.known(); !slices.Equal(got, []string{"1"}) {
			t.Errorf("a minute later %q are known, want 1", got)
		}
		time.Sleep(forget + 20*time.Minute)
		if got := n.known(); len(got) != 0 {
			t.Errorf("after %v %q are known still", forget, got)
		}
	})
}

// TestTheLivePartGoesOnWithoutTheStore closes the store under a running node.
func TestTheLivePartGoesOnWithoutTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := open(t, sqlite(t))
		n.put(profile("1", "shop", "a"), offDuty("2"))
		n.refresh()
		stop := n.run()
		if err := n.Health(); err != nil {
			t.Errorf("Health = %v", err)
		}
		n.store.Close()
		n.take("1")
		time.Sleep(5 * time.Minute)
		if e, found := n.world.Courier("1"); !found || e.Courier.Team != "a" || n.take("1") != peyk.Fresh || n.take("2") != peyk.OffDuty {
			t.Error("the world does not know what it knew")
		}
		if err := n.Health(); err == nil || !strings.Contains(err.Error(), "the store cannot be read since 2000-") || !strings.Contains(err.Error(), "written") {
			t.Errorf("Health = %v", err)
		}
		if s := n.Stats(); s.ReadErrors < 500 || s.WriteErrors < 20 {
			t.Errorf("Stats = %+v, want every error", s)
		}
		if lines := n.lines(); lines < 8 || lines > 12 {
			t.Errorf("the log has %d lines, want two a minute: %s", lines, &n.log)
		}
		stop()
	})
}

func TestTheStoreIsWellAgainWhenItAnswers(t *testing.T) {
	n := open(t, sqlite(t))
	late, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if err := n.Refresh(late); err == nil || n.Health() == nil {
		t.Fatalf("Refresh = %v, Health = %v, want errors", err, n.Health())
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	n.refresh()
	if err := n.Refresh(gone); err == nil || n.Health() != nil {
		t.Errorf("Refresh = %v, Health = %v, want that who goes away says nothing of the store", err, n.Health())
	}
	if n.lines() != 2 || n.Stats().ReadErrors != 1 {
		t.Errorf("the log has %q, want a line for the end and one for the beginning", &n.log)
	}
}

func TestOpenStopsWhereTheWorldIsFull(t *testing.T) {
	url := sqlite(t)
	n := open(t, url)
	n.take("1")
	n.take("2")
	if err := n.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	small := live.NewWorld(live.Options{Tick: time.Millisecond, MaxCouriers: 1, Forget: forget, Listed: n.Listed})
	if err := n.Open(t.Context(), small); err != nil || n.Health() != nil || small.Stats().Couriers != 1 {
		t.Errorf("Open = %v, Health = %v, %d couriers, want one and no trouble", err, n.Health(), small.Stats().Couriers)
	}
}
