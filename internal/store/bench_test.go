package store_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"peyk"
	"peyk/internal/store"
)

// shop fills a store with n couriers in 100 teams, as a shop lists them.
func shop(b *testing.B, s *store.Store, n int) {
	b.Helper()
	for from := 0; from < n; from += 10_000 {
		list := make([]peyk.Profile, min(10_000, n-from))
		for i := range list {
			k := from + i
			list[i] = peyk.Profile{
				Courier: peyk.Courier{ID: fmt.Sprint(k * 7919 % n), Username: fmt.Sprint("driver", k), Name: fmt.Sprint("علی\u200cرضا محمدی ", k), Team: fmt.Sprint("team-", k%100)},
				Phone:   fmt.Sprint("+98912", k), Vehicle: "موتور", Active: true, Metadata: []byte(`{"plate":"12ب345"}`),
			}
		}
		must(s.PutCouriers(b.Context(), list, nil))(b)
	}
}

func benchmark(b *testing.B, prepare func(*testing.B, *store.Store), run func(*testing.B, *store.Store)) {
	for _, k := range outside() {
		b.Run(k.name, func(b *testing.B) {
			s := open(b, k.url(b), nil)
			prepare(b, s)
			for b.Loop() {
				run(b, s)
			}
		})
	}
}

func BenchmarkRevision(b *testing.B) {
	benchmark(b, func(*testing.B, *store.Store) {}, func(b *testing.B, s *store.Store) { must(s.Revision(b.Context()))(b) })
}

func BenchmarkChanges(b *testing.B) {
	const n = 100_000
	b.Run(fmt.Sprint("couriers=", n), func(b *testing.B) {
		benchmark(b, func(b *testing.B, s *store.Store) { shop(b, s, n) }, func(b *testing.B, s *store.Store) {
			if c := must(s.Changes(b.Context(), 0))(b); len(c.Couriers) != n {
				b.Fatalf("%d couriers, want %d", len(c.Couriers), n)
			}
		})
	})
}

func BenchmarkPutCouriers(b *testing.B) {
	const n = 10_000
	b.Run(fmt.Sprint("couriers=", n), func(b *testing.B) {
		benchmark(b, func(*testing.B, *store.Store) {}, func(b *testing.B, s *store.Store) { shop(b, s, n) })
	})
}

func BenchmarkKeepPositions(b *testing.B) {
	const n = 10_000
	list := make([]peyk.Report, n)
	for i := range list {
		list[i] = heard(fmt.Sprint(i), 0)
		list[i].Courier.Username, list[i].Courier.Name = fmt.Sprint("driver", i), "علی\u200cرضا محمدی"
		list[i].Position.Speed, list[i].Position.Accuracy = peyk.Measured(7.5), peyk.Measured(12)
	}
	keep := func(b *testing.B, s *store.Store) {
		for i := range list {
			list[i].Position.Stamp++
		}
		ok(b, s.KeepPositions(b.Context(), list))
	}
	b.Run(fmt.Sprint("rows=", n), func(b *testing.B) { benchmark(b, keep, keep) })
}

func BenchmarkPositions(b *testing.B) {
	const n = 100_000
	list := make([]peyk.Report, n)
	for i := range list {
		list[i] = heard(fmt.Sprint(i), 1)
	}
	b.Run(fmt.Sprint("rows=", n), func(b *testing.B) {
		benchmark(b, func(b *testing.B, s *store.Store) { ok(b, s.KeepPositions(b.Context(), list)) }, func(b *testing.B, s *store.Store) {
			ok(b, s.Positions(b.Context(), func(peyk.Report) error { return nil }))
		})
	})
}

func BenchmarkCouriers(b *testing.B) {
	const n = 100_000
	several := []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "team-7"}, {Kind: peyk.ScopeTeam, Name: "team-8"}, {Kind: peyk.ScopeCourier, Name: "5"}}
	all := []peyk.Scope{peyk.All}
	for _, q := range []struct {
		name string
		store.Query
	}{
		{"all", store.Query{Scopes: all}},
		{"one team", store.Query{Scopes: all, Team: "team-7"}},
		{"scopes", store.Query{Scopes: several}},
		{"scopes near the end", store.Query{Scopes: several, After: "9"}},
		{"a common word", store.Query{Scopes: all, Search: "محمدی"}},
		{"a rare word", store.Query{Scopes: all, Search: "99123"}},
		{"a word in a scope", store.Query{Scopes: several, Search: "99107"}},
	} {
		q.Limit = 100
		b.Run(fmt.Sprintf("couriers=%d/%s", n, q.name), func(b *testing.B) {
			benchmark(b, func(b *testing.B, s *store.Store) { shop(b, s, n) }, func(b *testing.B, s *store.Store) {
				if list, _, err := s.Couriers(b.Context(), q.Query); err != nil || len(list) == 0 {
					b.Fatalf("%d couriers, error %v", len(list), err)
				}
			})
		})
	}
}

// BenchmarkEditOrders has 64 callers at once, each with one order.
func BenchmarkEditOrders(b *testing.B) {
	const callers = 64
	b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
		for _, k := range outside() {
			b.Run(k.name, func(b *testing.B) {
				s := open(b, k.url(b), nil)
				var last atomic.Int64
				b.SetParallelism((callers + runtime.GOMAXPROCS(0) - 1) / runtime.GOMAXPROCS(0))
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						o := fullOrder(fmt.Sprint("order-", last.Add(1)))
						must(s.EditOrders(b.Context(), store.Edit{IDs: []string{o.ID}, Make: func([]peyk.Order) ([]peyk.Order, error) {
							return []peyk.Order{o}, nil
						}}))(b)
					}
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
			})
		}
	})
}
