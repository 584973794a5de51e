package peyk_test

import (
	"strings"
	"testing"
	"time"

	"peyk"
)

func TestRate(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"1/m": time.Minute, "60/m": time.Second, "2/s": time.Second / 2, "1/d": 24 * time.Hour, "12/h": 5 * time.Minute,
	} {
		r, err := peyk.ParseRate(text)
		if err != nil || r.Interval() != want || r.String() != text {
			t.Errorf("ParseRate(%q) = %v every %v, %v; want every %v", text, r, r.Interval(), err, want)
		}
	}
	for _, text := range []string{"", "m", "1", "1/", "/m", "0/m", "-1/m", "1.5/m", "1/w", "01/m", "1/m ", "+1/m", "2000000/s"} {
		if r, err := peyk.ParseRate(text); err == nil {
			t.Errorf("ParseRate(%q) = %v, want an error", text, r)
		}
	}
}

func TestNumericID(t *testing.T) {
	for id, want := range map[string]bool{
		"0": true, "7": true, "10": true, "123456789012345": true,
		"": false, "00": false, "07": false, "-1": false, "1.0": false, "1234567890123456": false, "۱": false, "1e3": false, "x": false,
	} {
		if got := peyk.NumericID(id); got != want {
			t.Errorf("NumericID(%q) = %v, want %v", id, got, want)
		}
	}
}

func TestCourierValidate(t *testing.T) {
	for _, c := range []struct {
		name    string
		courier peyk.Courier
		want    string // of the error; empty: valid
	}{
		{"plain", peyk.Courier{ID: "10", Username: "u", Name: "سارا", Team: "north"}, ""},
		{"longest id", peyk.Courier{ID: strings.Repeat("x", peyk.MaxID)}, ""},
		{"no id", peyk.Courier{Name: "x"}, "id is empty"},
		{"long id", peyk.Courier{ID: strings.Repeat("x", peyk.MaxID+1)}, "at most 128"},
		{"long name", peyk.Courier{ID: "1", Name: strings.Repeat("x", peyk.MaxName+1)}, "at most 512"},
		{"not UTF-8", peyk.Courier{ID: "\xff"}, "not valid UTF-8"},
		{"line break", peyk.Courier{ID: "1", Username: "a\nb"}, "control character"},
	} {
		err := c.courier.Validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// TestAgainst has the rules by which phones' own times are judged.
func TestAgainst(t *testing.T) {
	const minute = peyk.Micros(60_000_000)
	last := peyk.Position{Lat: 1, Lon: 2, Time: 100 * minute, Stamp: 100 * minute, Interval: time.Minute}
	for _, c := range []struct {
		name string
		next peyk.Position
		at   peyk.Micros
		want peyk.Verdict
	}{
		{"later", peyk.Position{Lat: 1, Lon: 2, Time: 101 * minute}, 101 * minute, peyk.Fresh},
		{"sent twice", peyk.Position{Lat: 1, Lon: 2, Time: 100 * minute}, 101 * minute, peyk.Repeat},
		{"same second, elsewhere", peyk.Position{Lat: 1.1, Lon: 2, Time: 100 * minute}, 101 * minute, peyk.Fresh},
		{"from the phone's store", peyk.Position{Lat: 0, Lon: 2, Time: 90 * minute}, 101 * minute, peyk.Backlog},
		{"clock set back, at last believed", peyk.Position{Lat: 0, Lon: 2, Time: 90 * minute}, 104 * minute, peyk.Fresh},
		{"says no time", peyk.Position{Lat: 1, Lon: 2}, 101 * minute, peyk.Fresh},
	} {
		if got := c.next.Against(last, c.at); got != c.want {
			t.Errorf("%s: verdict %d, want %d", c.name, got, c.want)
		}
	}
}

func TestMay(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	team := peyk.Scope{Kind: peyk.ScopeTeam, Name: "north"}
	watcher := peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{team, {Kind: peyk.ScopeCourier, Name: "7"}}, Until: now.Add(time.Minute)}
	for _, c := range []struct {
		name    string
		grant   peyk.Grant
		action  peyk.Action
		subject peyk.Subject
		at      time.Time
		want    bool
	}{
		{"nothing allows nothing", peyk.Grant{}, peyk.Watch, peyk.Subject{Courier: "1"}, now, false},
		{"all", peyk.Grant{Actions: peyk.Watch | peyk.Publish, Scopes: []peyk.Scope{peyk.All}}, peyk.Publish, peyk.Subject{Courier: "1"}, now, true},
		{"own team", watcher, peyk.Watch, peyk.Subject{Courier: "1", Team: "north"}, now, true},
		{"other team", watcher, peyk.Watch, peyk.Subject{Courier: "1", Team: "south"}, now, false},
		{"no team is no match for a scope without name", peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{{Kind: peyk.ScopeTeam}}}, peyk.Watch, peyk.Subject{Courier: "1"}, now, false},
		{"own courier", watcher, peyk.Watch, peyk.Subject{Courier: "7", Team: "south"}, now, true},
		{"other action", watcher, peyk.Publish, peyk.Subject{Courier: "7"}, now, false},
		{"one of two actions", watcher, peyk.Watch | peyk.Publish, peyk.Subject{Courier: "7"}, now, false},
		{"no action", watcher, 0, peyk.Subject{Courier: "7"}, now, false},
		{"ended", watcher, peyk.Watch, peyk.Subject{Courier: "7"}, now.Add(time.Minute), false},
	} {
		if got := c.grant.May(c.action, c.subject, c.at); got != c.want {
			t.Errorf("%s: May = %v, want %v", c.name, got, c.want)
		}
	}
}

func TestView(t *testing.T) {
	box := func(s, w, n, e, zoom float64, limit int) peyk.View {
		return peyk.View{Box: &peyk.Box{South: s, West: w, North: n, East: e, Zoom: zoom, Limit: limit}}
	}
	for _, c := range []struct {
		name string
		view peyk.View
		want bool
	}{
		{"all", peyk.View{All: true}, true},
		{"nothing", peyk.View{}, false},
		{"two at once", peyk.View{All: true, Couriers: []string{"1"}}, false},
		{"box", box(35, 51, 36, 52, 12, 1000), true},
		{"over the antimeridian", box(35, 179, 36, -179, 12, 5000), true},
		{"south above north", box(36, 51, 35, 52, 12, 1000), false},
		{"beyond the pole", box(36, 51, 91, 52, 12, 1000), false},
		{"zoom 25", box(35, 51, 36, 52, 25, 1000), false},
		{"another limit", box(35, 51, 36, 52, 12, 7), false},
		{"list", peyk.View{Couriers: []string{"1", "2"}}, true},
		{"empty list", peyk.View{Couriers: []string{}}, false},
		{"list too long", peyk.View{Couriers: make([]string, peyk.MaxViewCouriers+1)}, false},
		{"bad id", peyk.View{Couriers: []string{""}}, false},
	} {
		if err := c.view.Validate(); (err == nil) != c.want {
			t.Errorf("%s: error %v, want valid %v", c.name, err, c.want)
		}
	}
}

func TestClaimsGrant(t *testing.T) {
	for _, tt := range []struct {
		name   string
		claims peyk.Claims
		want   string // of the error; empty: none
		may    map[peyk.Action][]peyk.Subject
		mayNot map[peyk.Action][]peyk.Subject
	}{
		{"an admin of all", peyk.Claims{Role: "admin", All: true}, "",
			map[peyk.Action][]peyk.Subject{peyk.Watch | peyk.Publish | peyk.Manage: {{Courier: "1"}, {Courier: "2", Team: "a"}}}, nil},
		{"an admin of a team", peyk.Claims{Role: "admin", Teams: []string{"a"}}, "",
			map[peyk.Action][]peyk.Subject{peyk.Manage: {{Courier: "2", Team: "a"}}},
			map[peyk.Action][]peyk.Subject{peyk.Watch: {{Courier: "1"}, {Courier: "1", Team: "b"}, {}}}},
		{"an admin of nobody", peyk.Claims{Role: "admin"}, "", nil, map[peyk.Action][]peyk.Subject{peyk.Watch: {{Courier: "1", Team: "a"}}}},
		{"a viewer", peyk.Claims{Role: "viewer", Couriers: []string{"1"}, Teams: []string{"a"}}, "",
			map[peyk.Action][]peyk.Subject{peyk.Watch: {{Courier: "1"}, {Courier: "2", Team: "a"}}},
			map[peyk.Action][]peyk.Subject{peyk.Publish: {{Courier: "1"}}, peyk.Manage: {{Courier: "1"}}}},
		{"a courier", peyk.Claims{Role: "courier", Self: "1", All: true, Teams: []string{"a"}}, "",
			map[peyk.Action][]peyk.Subject{peyk.Watch | peyk.Publish: {{Courier: "1", Team: "b"}}},
			map[peyk.Action][]peyk.Subject{peyk.Watch: {{Courier: "2", Team: "a"}}, peyk.Manage: {{Courier: "1"}}}},
		{"a service", peyk.Claims{Role: "service", All: true}, "",
			map[peyk.Action][]peyk.Subject{peyk.Publish: {{Courier: "1"}}}, map[peyk.Action][]peyk.Subject{peyk.Watch: {{Courier: "1"}}}},
		{"a customer", peyk.Claims{Role: "customer", All: true, Orders: []string{"7"}}, "",
			map[peyk.Action][]peyk.Subject{peyk.Watch: {{Order: "7"}}}, map[peyk.Action][]peyk.Subject{peyk.Watch: {{Courier: "1"}, {Order: "8"}}}},
		{"no role", peyk.Claims{All: true}, "role: want one of", nil, nil},
		{"an unknown role", peyk.Claims{Role: "root", All: true}, "role: want one of", nil, nil},
		{"a courier without itself", peyk.Claims{Role: "courier"}, "courier: want no empty names", nil, nil},
		{"a team without a name", peyk.Claims{Role: "viewer", Teams: []string{""}}, "team: want no empty names", nil, nil},
		{"too many", peyk.Claims{Role: "viewer", Teams: make([]string, 1001)}, "want at most 1000", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, err := tt.claims.Grant(time.Time{})
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Fatalf("error %v, want %q", err, tt.want)
			}
			for want, list := range map[bool]map[peyk.Action][]peyk.Subject{true: tt.may, false: tt.mayNot} {
				for action, subjects := range list {
					for _, s := range subjects {
						if got := g.May(action, s, time.Now()); got != want {
							t.Errorf("May(%v, %+v) = %v, want %v", action, s, got, want)
						}
					}
				}
			}
		})
	}
}

func TestProfileValidate(t *testing.T) {
	good := peyk.Profile{Courier: peyk.Courier{ID: "1"}, Phone: "+98 912 000", Metadata: []byte(`{"plate":"12ب345"}`)}
	for _, tt := range []struct {
		name   string
		change func(*peyk.Profile)
		want   string
	}{
		{"good", func(*peyk.Profile) {}, ""},
		{"no metadata", func(p *peyk.Profile) { p.Metadata = nil }, ""},
		{"no id", func(p *peyk.Profile) { p.Courier.ID = "" }, "id is empty"},
		{"long phone", func(p *peyk.Profile) { p.Phone = strings.Repeat("1", 513) }, "phone has 513 bytes"},
		{"a list", func(p *peyk.Profile) { p.Metadata = []byte(`[1]`) }, "no JSON object"},
		{"cut off", func(p *peyk.Profile) { p.Metadata = []byte(`{"a":`) }, "no JSON object"},
		{"empty", func(p *peyk.Profile) { p.Metadata = []byte{} }, "no JSON object"},
		{"long", func(p *peyk.Profile) { p.Metadata = []byte(`{"a":"` + strings.Repeat("x", 4096) + `"}`) }, "at most 4096"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := good
			tt.change(&p)
			if err := p.Validate(); tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}
