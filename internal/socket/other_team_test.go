package socket_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// TestNoByteOfAnotherTeam plays the same day twice, once with another team in
// it: who may see one team alone gets the same bytes, in every language and of
// every view.
func TestNoByteOfAnotherTeam(t *testing.T) {
	var days [2]map[string]string
	for i, beside := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) { days[i] = day(t, beside) })
	}
	if len(days[0]["admin"]) >= len(days[1]["admin"]) {
		t.Error("who sees all heard nothing of the other team, so that others did not shows nothing")
	}
	for _, name := range slices.Sorted(maps.Keys(days[0])) {
		alone, beside := days[0][name], days[1][name]
		if name == "admin" || alone == beside {
			continue
		}
		at := 0
		for at < min(len(alone), len(beside)) && alone[at] == beside[at] {
			at++
		}
		t.Errorf("%s hears %d bytes, and %d with another team beside. They differ from byte %d on:\n%.300q\n%.300q",
			name, len(alone), len(beside), at, alone[max(at-100, 0):], beside[max(at-100, 0):])
	}
}

// crowdSize is how many couriers a team has: more than are told one by one.
const crowdSize = 1200

// day returns what each viewer heard.
func day(t *testing.T, beside bool) map[string]string {
	h := openTeams(t)
	defer h.end()
	chance := rand.New(rand.NewPCG(1, 2))
	others := rand.New(rand.NewPCG(3, 4))
	h.crowd(t, "a", chance)
	if beside {
		h.crowd(t, "b", others)
	}
	h.tick()
	all := h.openAll(t)
	for range 30 {
		h.take(t, "0", chance.Float64(), 2) // is in no team; ticks come whether the other one moves or not
		h.take(t, "a1", chance.Float64(), 3)
		for range 20 {
			h.wander(t, "a", chance)
		}
		if beside {
			h.take(t, "b1", others.Float64(), 3)
			for range 200 {
				h.wander(t, "b", others)
			}
		}
		h.tick()
	}
	heard := make(map[string]string, len(all))
	for name, v := range all {
		heard[name] = v.text()
		if len(heard[name]) < 1000 {
			t.Errorf("%s heard %q and no more", name, heard[name])
		}
	}
	if !strings.Contains(heard["viewer, box, peyk.v1.json"], `"cells"`) {
		t.Error("nobody was told of a crowd as counts")
	}
	return heard
}

// crowd puts a team into one place.
func (h *teams) crowd(t *testing.T, team string, chance *rand.Rand) {
	t.Helper()
	for i := range crowdSize {
		h.take(t, fmt.Sprint(team, i), 35+chance.Float64()/1000, 51+chance.Float64()/1000)
	}
}

// wander moves one of a team, deletes it, or has it renamed.
func (h *teams) wander(t *testing.T, team string, chance *rand.Rand) {
	t.Helper()
	id := fmt.Sprint(team, chance.IntN(crowdSize))
	switch l := listed(id); chance.IntN(20) {
	case 0:
		h.world.Remove(id)
	case 1:
		l.Name = fmt.Sprint("another name ", chance.IntN(1000))
		h.world.Set(id, l)
	case 2:
		l.OffDuty = true
		h.world.Set(id, l)
	case 3:
		h.take(t, id, -35, -51)
	default:
		h.take(t, id, 35+chance.Float64()/100, 51+chance.Float64()/100)
	}
}

// openAll opens viewers of every kind, each of one team, and one of everything.
func (h *teams) openAll(t *testing.T) map[string]*witness {
	t.Helper()
	all := map[string]*witness{}
	views := map[string]string{
		"all": `{"all":true}`, "box": `{"box":[34.9,50.9,35.1,51.1],"zoom":12}`, "far box": `{"box":[-80,-170,80,170],"zoom":1}`,
		"couriers": `{"couriers":["a1","b1","a2","nobody"]}`,
	}
	for _, view := range slices.Sorted(maps.Keys(views)) { // parts get their numbers in one order
		for _, who := range []string{"viewer", "leader"} {
			for _, protocol := range []string{"peyk.v1.json", "peyk.v1.bin"} {
				v := h.open(shopToken(t, who, "me"), protocol, "")
				v.say(`{"type":"watch","view":` + views[view] + `}`)
				all[who+", "+view+", "+protocol] = v
			}
		}
	}
	all["the original stream"] = h.open(shopToken(t, "viewer", "me"), "", "")
	all["events"] = h.open(shopToken(t, "viewer", "me"), "", "all=1")
	all["admin"] = h.open(shopToken(t, "admin", "me"), "", "all=1")
	return all
}
