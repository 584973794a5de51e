package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"peyk"
	"peyk/internal/store"
)

// known returns what is known of one courier.
func (s subject) known(t *testing.T, id string) store.Known {
	t.Helper()
	list, more, err := s.Couriers(s.ctx, store.Query{Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: id}}, Limit: 1})
	ok(t, err)
	if len(list) != 1 || more {
		t.Fatalf("%d couriers of id %q, more %v", len(list), id, more)
	}
	return list[0]
}

// Texts whose order or meaning differs between locales and in patterns.
var (
	someIDs   = []string{"1", "10", "2", "a", "B", "b", "C", "Z", "z", "é", "e", "پ", "ی", "ي", "%", "_", `\`, "'", "-", " ", "🛵", "ا", "~", "ÿ"}
	someTeams = []string{"", "a", "A", "شرق", "%"}
	someNames = []string{"", "Ali", "علی", "100%", "a_b", `c\d`}
)

// answersQueries compares the answers to random queries with those of a list
// that is looked through one by one.
func answersQueries(t *testing.T, s subject) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from []string) string { return from[random.IntN(len(from))] }
	model := s.populate(t, pick)
	for range 200 {
		q := store.Query{Limit: 1 + random.IntN(8), Scopes: []peyk.Scope{}}
		for range random.IntN(4) {
			kind := peyk.ScopeKind(1 + random.IntN(4))
			q.Scopes = append(q.Scopes, peyk.Scope{Kind: kind, Name: pick(slices.Concat(someTeams, someIDs))})
		}
		if random.IntN(4) == 0 {
			q.Team = pick(someTeams)
		}
		if random.IntN(4) == 0 {
			q.Search = pick(someNames)
		}
		want := slices.DeleteFunc(slices.Clone(model), func(k store.Known) bool { return !wanted(q, k) })
		same(t, fmt.Sprintf("pages of %+v", q), s.pages(t, q), want)
	}
}

// populate fills the store and returns what is then in it.
func (s subject) populate(t *testing.T, pick func([]string) string) (model []store.Known) {
	t.Helper()
	for i, id := range someIDs {
		k := store.Known{Listed: i%3 > 0, Profile: peyk.Profile{Courier: peyk.Courier{ID: id, Name: pick(someNames)}, Active: true}}
		if k.Listed {
			k.Courier.Team, k.Phone = pick(someTeams), pick(someNames)
			must(s.PutCouriers(s.ctx, []peyk.Profile{k.Profile}, nil))(t)
		} else {
			r := heard(id, 1)
			r.Courier.Name = k.Courier.Name
			ok(t, s.KeepPositions(s.ctx, []peyk.Report{r}))
		}
		model = append(model, k)
	}
	slices.SortFunc(model, func(a, b store.Known) int { return strings.Compare(a.Courier.ID, b.Courier.ID) })
	return model
}

// wanted is the query as its documentation has it, for texts that fold to
// themselves but for their case.
func wanted(q store.Query, k store.Known) bool {
	inScope := slices.ContainsFunc(q.Scopes, func(scope peyk.Scope) bool {
		return scope.Holds(peyk.Subject{Courier: k.Courier.ID, Team: k.Courier.Team})
	})
	holds := slices.ContainsFunc([]string{k.Courier.ID, k.Courier.Username, k.Courier.Name, k.Phone, k.Vehicle}, func(text string) bool {
		return strings.Contains(strings.ToLower(text), strings.ToLower(q.Search))
	})
	return inScope && (q.Team == "" || q.Team == k.Courier.Team) && holds
}

// pages returns all that a query wants, page by page.
func (s subject) pages(t *testing.T, q store.Query) []store.Known {
	t.Helper()
	out := []store.Known{}
	for {
		list, more, err := s.Couriers(s.ctx, q)
		ok(t, err)
		out = append(out, list...)
		if !more {
			return out
		}
		if len(list) != q.Limit {
			t.Fatalf("%d couriers and more, want %d", len(list), q.Limit)
		}
		q.After = list[len(list)-1].Courier.ID
	}
}

func searches(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, []peyk.Profile{
		{Courier: peyk.Courier{ID: "k1", Username: "user_1", Name: "علي\u200cرضا كريمى"}, Phone: "۰۹۱۲ ۳۴۵", Vehicle: "مُوتور"},
		{Courier: peyk.Courier{ID: "K2", Username: "userx1", Name: "Élodie ΟΔΟΣ"}, Phone: "0912%", Vehicle: `a\b`},
	}, nil))(t)
	for _, tt := range []struct {
		search string
		want   []string
	}{
		{"", []string{"K2", "k1"}},
		{"k", []string{"K2", "k1"}},
		{" K2 ", []string{"K2"}},
		{"علی", []string{"k1"}},
		{"علیرضا کریمی", []string{"k1"}},
		{"کریمی علی", []string{"k1"}}, // each word, in any order
		{"کریمی elodie", []string{}},
		{"رضاکریمی", []string{"k1"}},
		{"موتور", []string{"k1"}},
		{"0912", []string{"K2", "k1"}},
		{"٠٩١٢٣٤٥", []string{"k1"}},
		{"ELODIE", []string{"K2"}},
		{"οδος", []string{"K2"}},
		{"user_1", []string{"k1"}},
		{"%", []string{"K2"}},
		{`\`, []string{"K2"}},
		{`\%`, []string{}},
		{"1user", []string{}}, // not across texts
		{strings.Repeat("k", 600), []string{}},
		{strings.Repeat("k ", 200), []string{"K2", "k1"}},
		{"\x00", []string{}},
		{"\xff", []string{}},
	} {
		list, _, err := s.Couriers(s.ctx, store.Query{Scopes: []peyk.Scope{peyk.All}, Search: tt.search, Limit: 10})
		ok(t, err)
		same(t, fmt.Sprintf("search for %.20q", tt.search), ids(list), tt.want)
	}
}
