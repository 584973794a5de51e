package store_test

import (
	"strings"
	"testing"

	"peyk"
	"peyk/internal/store"
)

func keepsTeams(t *testing.T, s subject) {
	for _, tt := range []struct {
		team peyk.Team
		made bool
	}{
		{peyk.Team{ID: "b", Name: "شرق"}, true},
		{peyk.Team{ID: "C"}, true},
		{peyk.Team{ID: "b", Name: "غرب"}, false},
	} {
		if made := must(s.PutTeam(s.ctx, tt.team))(t); made != tt.made {
			t.Errorf("put %+v: made %v, want %v", tt.team, made, tt.made)
		}
	}
	if _, err := s.PutTeam(s.ctx, peyk.Team{ID: strings.Repeat("x", peyk.MaxName+1)}); err == nil {
		t.Error("a team of too long an id was put")
	}
	must(s.PutCouriers(s.ctx, append(profiles("b", "1", "2"), profiles("آ", "3")...), nil))(t)
	same(t, "teams", must(s.Teams(s.ctx))(t), []store.TeamSize{
		{Team: peyk.Team{ID: "C"}},
		{Team: peyk.Team{ID: "b", Name: "غرب"}, Couriers: 2},
		{Team: peyk.Team{ID: "آ"}, Couriers: 1},
	})

	wantErr(t, "deleting no team", s.DeleteTeam(s.ctx, "x"), peyk.ErrNotFound)
	wantErr(t, "deleting a team with couriers", s.DeleteTeam(s.ctx, "b"), peyk.ErrConflict)
	must(s.PutCouriers(s.ctx, profiles("", "1"), nil))(t)
	ok(t, s.DeleteCourier(s.ctx, "2", nil))
	ok(t, s.DeleteTeam(s.ctx, "b"))
	wantErr(t, "deleting a team again", s.DeleteTeam(s.ctx, "b"), peyk.ErrNotFound)
	if n := len(must(s.Teams(s.ctx))(t)); n != 2 {
		t.Errorf("%d teams are left, want 2", n)
	}
}
