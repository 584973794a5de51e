package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
)

// house is a world with a directory, and a viewer of everything.
type house struct {
	t      *testing.T
	world  *live.World
	listed map[string]live.Listed
}

func newHouse(t *testing.T) *house {
	h := &house{t: t, listed: map[string]live.Listed{}}
	h.world = live.NewWorld(live.Options{
		Tick: time.Millisecond, MaxCouriers: 10_000, Forget: time.Hour,
		Listed: func(id string) live.Listed { return h.listed[id] },
	})
	h.watch(peyk.View{All: true})
	h.world.KeepReports(true)
	return h
}

func (h *house) watch(v peyk.View) {
	keys, err := live.Cover([]peyk.Scope{peyk.All}, v)
	if err != nil {
		h.t.Fatal(err)
	}
	h.world.Watch(keys)
}

func (h *house) set(id string, l live.Listed) {
	h.listed[id] = l
	h.world.Set(id, l)
}

func (h *house) take(c peyk.Courier) peyk.Verdict {
	h.t.Helper()
	_, verdict, err := h.world.Take(peyk.Report{Courier: c, Position: peyk.Position{Lat: 1, Lon: 2}})
	if err != nil {
		h.t.Fatal(err)
	}
	return verdict
}

// tick returns the frame of everything, empty if nothing changed, and the
// original stream's reports.
func (h *house) tick() (f peyk.Frame, reports []peyk.Report) {
	t, _ := h.world.Tick()
	for _, c := range t.Changes {
		f = c.Frame
	}
	return f, t.Reports
}

func TestWhoIsOffDutyLeavesWithTheNextTick(t *testing.T) {
	h := newHouse(t)
	h.take(peyk.Courier{ID: "1"})
	first, _ := h.tick()
	h.take(peyk.Courier{ID: "1"})
	h.set("1", live.Listed{OffDuty: true})
	if _, found := h.world.Courier("1"); found {
		t.Error("the courier is found before the tick")
	}
	if list, _ := h.world.Couriers(0, 10); len(list) != 0 {
		t.Errorf("before the tick there are %+v", list)
	}
	f, reports := h.tick()
	if !slices.Equal(f.Left, []uint32{first.Entries[0].Number}) || len(f.Entries) != 0 || len(reports) != 0 {
		t.Errorf("the tick tells %+v and %+v, want that it left and no more", f, reports)
	}
	if verdict := h.take(peyk.Courier{ID: "1"}); verdict != peyk.OffDuty {
		t.Errorf("Take = %v, want OffDuty", verdict)
	}
	stamp := peyk.MicrosOf(time.Now())
	if err := h.world.Hear(peyk.Report{Courier: peyk.Courier{ID: "1"}, Position: peyk.Position{Stamp: stamp}}); err != nil {
		t.Error(err)
	}
	if err := h.world.Restore(peyk.Report{Courier: peyk.Courier{ID: "1"}, Position: peyk.Position{Stamp: stamp}}); err != nil {
		t.Error(err)
	}
	if _, changed := h.world.Tick(); changed {
		t.Error("what came of a courier that is off duty made a tick")
	}
	if c := h.world.Stats(); c.OffDuty != 3 || c.Couriers != 0 || c.Forgotten != 0 {
		t.Errorf("counts = %+v, want 3 dropped, nobody there and nobody forgotten", c)
	}
}

func TestWhoComesBackBeforeTheTickIsSomebodyElse(t *testing.T) {
	h := newHouse(t)
	h.take(peyk.Courier{ID: "1", Username: "before"})
	first, _ := h.tick()
	h.take(peyk.Courier{ID: "1"})
	h.world.Remove("1")
	h.take(peyk.Courier{ID: "1"})
	f, reports := h.tick()
	if !slices.Equal(f.Left, []uint32{first.Entries[0].Number}) || len(f.Entries) != 1 || f.Entries[0].Number == first.Entries[0].Number {
		t.Errorf("the tick tells %+v, want that number %d left and another came", f, first.Entries[0].Number)
	}
	if name := f.Entries[0].Courier.Username; name != "" {
		t.Errorf("the username is %q still", name)
	}
	if len(reports) != 1 {
		t.Errorf("the original stream tells %+v, want the last alone", reports)
	}
}

func TestNoOlderNewsBringBackWhoWasTakenOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t)
		h.take(peyk.Courier{ID: "1"})
		taken := h.world.TakenSince(0)[0]
		time.Sleep(time.Second)
		h.world.Remove("1")
		h.tick()
		for name, bring := range map[string]func(peyk.Report) error{"bus": h.world.Hear, "store": h.world.Restore} {
			if err := bring(taken); err != nil {
				t.Fatal(err)
			}
			if _, found := h.world.Courier("1"); found {
				t.Errorf("the %s brought it back", name)
			}
		}
		taken.Position.Stamp = peyk.MicrosOf(time.Now()) + 1
		if err := h.world.Hear(taken); err != nil {
			t.Fatal(err)
		}
		if _, found := h.world.Courier("1"); !found {
			t.Error("newer news did not bring it back")
		}
	})
}

func TestWhoLeavesKeepsItsTextsUntilTheTick(t *testing.T) {
	h := newHouse(t)
	h.watch(peyk.View{Couriers: []string{"1"}})
	for i := range 3 {
		h.take(peyk.Courier{ID: fmt.Sprint(i), Username: "user"})
	}
	h.tick()
	h.world.Remove("1")
	for i := range 10_000 { // until the texts are packed anew
		h.take(peyk.Courier{ID: "2", Username: fmt.Sprint(strings.Repeat("x", 500), i%10)})
	}
	tick, _ := h.world.Tick()
	if len(tick.Changes) != 2 || len(tick.Changes[0].Frame.Left) != 1 || len(tick.Changes[1].Frame.Left) != 1 {
		t.Errorf("the tick tells %+v, want that it left everything, and the part of its own", tick.Changes)
	}
	if e, _ := h.world.Courier("0"); e.Courier.Username != "user" {
		t.Errorf("courier 0 is %+v", e.Courier)
	}
}

func TestTheDirectorysNameGoesBeforeThePhones(t *testing.T) {
	phone := peyk.Courier{ID: "1", Username: "u", Name: "phone"}
	silent := peyk.Courier{ID: "1", Username: "u"}
	for _, tt := range []struct {
		name string
		do   func(h *house)
		want string
	}{
		{"listed before it came", func(h *house) { h.set("1", live.Listed{Name: "shop"}); h.take(phone) }, "shop"},
		{"listed afterwards", func(h *house) { h.take(phone); h.set("1", live.Listed{Name: "shop"}) }, "shop"},
		{"the phone says it again", func(h *house) { h.take(phone); h.set("1", live.Listed{Name: "shop"}); h.take(phone) }, "shop"},
		{"listed as the phone has it", func(h *house) {
			h.take(phone)
			h.set("1", live.Listed{Name: "phone"})
			h.take(peyk.Courier{ID: "1", Name: "other"})
		}, "phone"},
		{"listed without a name", func(h *house) { h.take(phone); h.set("1", live.Listed{Team: "a"}) }, "phone"},
		{"no more", func(h *house) { h.take(phone); h.set("1", live.Listed{Name: "shop"}); h.set("1", live.Listed{}) }, "u"},
		{"no more, and the phone says nothing", func(h *house) {
			h.set("1", live.Listed{Name: "shop"})
			h.take(phone)
			h.set("1", live.Listed{})
			h.take(silent)
		}, "u"},
		{"no more, and the phone says its own", func(h *house) {
			h.set("1", live.Listed{Name: "shop"})
			h.take(phone)
			h.set("1", live.Listed{})
			h.take(phone)
		}, "phone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			tt.do(h)
			f, _ := h.tick()
			if got := f.Entries[0].Courier.Shown(); got != tt.want {
				t.Errorf("the tick shows %q, want %q", got, tt.want)
			}
		})
	}
}

func TestWhatTheDirectorySaysAgainIsNoChange(t *testing.T) {
	h := newHouse(t)
	said := live.Listed{Name: "shop", Team: "a"}
	h.set("1", said)
	h.take(peyk.Courier{ID: "1"})
	h.tick()
	h.set("1", said)
	h.set("nobody", said)
	if _, changed := h.world.Tick(); changed {
		t.Error("it made a tick")
	}
}

func TestWhoMovesBackBeforeTheTickStays(t *testing.T) {
	h := newHouse(t)
	h.set("1", live.Listed{Team: "a"})
	h.take(peyk.Courier{ID: "1"})
	h.tick()
	h.set("1", live.Listed{Team: "b"})
	h.set("1", live.Listed{Team: "a"})
	h.tick()
	if e, _ := h.world.Courier("1"); e.Courier.Team != "a" {
		t.Errorf("the team is %q, want %q", e.Courier.Team, "a")
	}
}

func TestRestore(t *testing.T) {
	const never = time.Duration(-1)
	for _, tt := range []struct {
		name                string
		age, heard, becomes time.Duration // of the stamps; never: there is none
	}{
		{"with its own stamp", time.Minute, never, time.Minute},
		{"as old as can be", time.Hour - time.Microsecond, never, time.Hour - time.Microsecond},
		{"to be forgotten", time.Hour, never, never},
		{"older than what is there", time.Minute, time.Second, time.Second},
		{"newer than what is there", time.Second, time.Minute, time.Second},
		{"from before the clock was set back", -time.Hour, never, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h, now := newHouse(t), peyk.MicrosOf(time.Now())
				r := peyk.Report{Courier: peyk.Courier{ID: "1"}}
				if r.Position.Stamp = now.Add(-tt.heard); tt.heard != never {
					if err := h.world.Hear(r); err != nil {
						t.Fatal(err)
					}
				}
				r.Position.Stamp = now.Add(-tt.age)
				if err := h.world.Restore(r); err != nil {
					t.Fatal(err)
				}
				e, found := h.world.Courier("1")
				if want := tt.becomes != never; found != want || found && now.Sub(e.Position.Stamp) != tt.becomes {
					t.Errorf("it is there: %v, %v old, want %v", found, now.Sub(e.Position.Stamp), tt.becomes)
				}
				if taken := h.world.TakenSince(0); len(taken) != 0 {
					t.Errorf("%+v counts as taken here", taken)
				}
			})
		})
	}
}

func TestRestoreKeepsTheBound(t *testing.T) {
	world := live.NewWorld(live.Options{Tick: time.Millisecond, MaxCouriers: 1, Forget: time.Hour})
	stamp := peyk.MicrosOf(time.Now())
	for i, want := range []error{nil, peyk.ErrFull} {
		if err := world.Restore(peyk.Report{Courier: peyk.Courier{ID: fmt.Sprint(i)}, Position: peyk.Position{Stamp: stamp}}); err != want {
			t.Errorf("Restore = %v, want %v", err, want)
		}
	}
}
