package store_test

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"peyk"
)

func keepsPositions(t *testing.T, s subject) {
	plain := heard("1", 0)
	rich := peyk.Report{
		Courier: peyk.Courier{ID: "پیک", Username: "u'\"\\", Name: "<علی> 🛵"},
		Position: peyk.Position{
			Lat: math.Nextafter(35.7, 36), Lon: -0.1 - 0.2, Accuracy: peyk.Measured(0), Altitude: peyk.Measured(-19999.9),
			Speed: peyk.Measured(0.1), Heading: peyk.Measured(360), Battery: peyk.Measured(1.0 / 3),
			Time: 1_763_631_000_123_456, Stamp: 1_763_631_000_123_457, Interval: 90*time.Second + 1,
		},
	}
	given := rich
	given.Courier.Team, given.Raw = "a", []byte("raw")
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{given, plain}))
	ok(t, s.KeepPositions(s.ctx, nil))
	same(t, "positions", s.positions(t), []peyk.Report{plain, rich})

	for name, wrong := range map[string]peyk.Report{
		"no id":          {},
		"nowhere":        {Courier: peyk.Courier{ID: "2"}, Position: peyk.Position{Lat: math.NaN()}},
		"not valid text": {Courier: peyk.Courier{ID: "2", Name: "\xff"}},
	} {
		if err := s.KeepPositions(s.ctx, []peyk.Report{heard("3", 1), wrong}); err == nil {
			t.Errorf("%s: kept", name)
		}
	}
	same(t, "positions", len(s.positions(t)), 2)
}

func keepsNewest(t *testing.T, s subject) {
	named := func(stamp peyk.Micros, name string) peyk.Report {
		r := heard("1", stamp)
		r.Courier.Name = name
		return r
	}
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{named(5, "five"), named(7, "seven"), named(6, "six")}))
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{named(6, "older")}))
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{named(7, "as old")}))
	same(t, "position", s.positions(t), []peyk.Report{named(7, "seven")})
	same(t, "name", s.known(t, "1").Courier.Name, "seven")
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{named(8, "eight")}))
	same(t, "position", s.positions(t), []peyk.Report{named(8, "eight")})
	same(t, "name", s.known(t, "1").Courier.Name, "eight")
}

func knowsHeard(t *testing.T, s subject) {
	listed := peyk.Profile{Courier: peyk.Courier{ID: "1", Name: "shop's", Team: "a"}}
	must(s.PutCouriers(s.ctx, []peyk.Profile{listed}, nil))(t)
	before := s.revision(t)
	heardOf := func(id, name string) peyk.Report {
		r := heard(id, 5)
		r.Courier.Username, r.Courier.Name = "u"+id, name
		return r
	}
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heardOf("1", "phone's"), heardOf("2", "phone's")}))
	same(t, "revision", s.revision(t), before)
	known := s.known(t, "1")
	if !known.Listed {
		t.Error("a listed courier that is heard is no longer listed")
	}
	same(t, "a listed courier that is heard", known.Profile, listed)
	known = s.known(t, "2")
	if known.Listed {
		t.Error("a courier that is only heard is listed")
	}
	same(t, "a courier that is only heard", known.Profile,
		peyk.Profile{Courier: peyk.Courier{ID: "2", Username: "u2", Name: "phone's"}, Active: true})
	_, err := s.Profile(s.ctx, "2")
	wantErr(t, "the profile of one that is only heard", err, peyk.ErrNotFound)

	if made := must(s.PutCouriers(s.ctx, profiles("a", "2"), nil))(t); made != 1 {
		t.Errorf("made %d, want the one that was only heard", made)
	}
	same(t, "a position names its courier as the phone does", s.positions(t)[1].Courier.Name, "phone's")
	same(t, "a courier that was heard first", must(s.Profile(s.ctx, "2"))(t), profiles("a", "2")[0])
}

func buriesPositions(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, profiles("", "1"), nil))(t)
	now := peyk.MicrosOf(s.clock.time())
	ok(t, s.DeleteCourier(s.ctx, "1", nil))
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", now-1), heard("2", now-1)}))
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", now)}))
	same(t, "couriers", s.all(t), []string{"2"})
	same(t, "positions", s.positions(t), []peyk.Report{heard("2", now-1)})
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", now+1)}))
	same(t, "couriers, of whom the deleted one posts again", s.all(t), []string{"1", "2"})
}

func forgetsPositions(t *testing.T, s subject) {
	must(s.PutCouriers(s.ctx, profiles("", "1", "2", "3"), nil))(t)
	ok(t, s.KeepPositions(s.ctx, []peyk.Report{heard("1", 4), heard("2", 5), heard("8", 4), heard("9", 5)}))
	ok(t, s.ForgetPositions(s.ctx, 5))
	same(t, "positions", s.positions(t), []peyk.Report{heard("2", 5), heard("9", 5)})
	same(t, "couriers", s.all(t), []string{"1", "2", "3", "9"})
}

func readsPositions(t *testing.T, s subject) {
	want := make([]peyk.Report, 2000) // whole pages
	for i := range want {
		want[i] = heard(strconv.Itoa(i), peyk.Micros(i))
	}
	ok(t, s.KeepPositions(s.ctx, want))
	slices.SortFunc(want, func(a, b peyk.Report) int {
		if a.Courier.ID < b.Courier.ID {
			return -1
		}
		return 1
	})
	same(t, "positions", s.positions(t), want)

	calls, enough := 0, errors.New("enough")
	err := s.Positions(s.ctx, func(peyk.Report) error {
		calls++
		if calls%100 == 0 { // the store may be called, and written
			must(s.PutTeam(s.ctx, peyk.Team{ID: "a"}))(t)
		}
		if calls == 1500 {
			return enough
		}
		return nil
	})
	wantErr(t, "reading that is stopped", err, enough)
	same(t, "calls", calls, 1500)
}
