package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/store"
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must returns v; it is for calls whose error fails the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		ok(t, err)
		return v
	}
}

func wantErr(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: error %v, want %v", what, err, want)
	}
}

func same[T any](t testing.TB, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got, measures); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

var measures = cmp.Comparer(func(a, b peyk.Measure) bool { return a == b })

// profiles returns active couriers of a team that have nothing but their ids.
func profiles(team string, ids ...string) []peyk.Profile {
	list := make([]peyk.Profile, len(ids))
	for i, id := range ids {
		list[i] = peyk.Profile{Courier: peyk.Courier{ID: id, Team: team}, Active: true}
	}
	return list
}

// heard returns a report of a courier that has no name.
func heard(id string, stamp peyk.Micros) peyk.Report {
	return peyk.Report{Courier: peyk.Courier{ID: id}, Position: peyk.Position{Lat: 35.7, Lon: 51.4, Stamp: stamp}}
}

// all returns the ids of all couriers that the store knows.
func (s subject) all(t testing.TB) []string {
	t.Helper()
	list, more, err := s.Couriers(s.ctx, store.Query{Scopes: []peyk.Scope{peyk.All}, Limit: 1 << 20})
	ok(t, err)
	if more {
		t.Error("there are more than all couriers")
	}
	return ids(list)
}

func ids(list []store.Known) []string {
	out := []string{}
	for _, k := range list {
		out = append(out, k.Courier.ID)
	}
	return out
}

// positions returns all positions that the store has.
func (s subject) positions(t testing.TB) []peyk.Report {
	t.Helper()
	list := []peyk.Report{}
	ok(t, s.Positions(s.ctx, func(r peyk.Report) error {
		list = append(list, r)
		return nil
	}))
	return list
}

func (s subject) revision(t testing.TB) int64 {
	t.Helper()
	return must(s.Revision(s.ctx))(t)
}

// changes returns what changed after since, couriers and orders in the order of ids.
func (s subject) changes(t testing.TB, since int64) store.Changes {
	t.Helper()
	c := must(s.Changes(s.ctx, since))(t)
	slices.SortFunc(c.Orders, func(a, b peyk.Order) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(c.Couriers, func(a, b store.CourierChange) int {
		if a.Courier.ID < b.Courier.ID {
			return -1
		}
		return 1
	})
	return c
}
