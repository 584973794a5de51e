package api_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/store"
)

// wanted says who is answered what, for every route: for what is one's own, for
// what is another team's, and for what there is not, or the same for all three.
// A new route needs a row.
const wanted = `
route                          |stranger|customer    |courier     |viewer      |leader      |admin       |outlet      |service
POST   /api/v1/locations       |401     |403         |200         |403         |200 403 403 |200         |200 403 403 |200
POST   /api/v1/positions       |401     |403         |200         |403         |200         |200         |200         |200
GET    /api/v1/couriers        |401     |200         |200         |200         |200         |200         |403         |403
PUT    /api/v1/couriers        |401     |403         |403         |403         |200 400 400 |200         |403         |403
GET    /api/v1/couriers/{id}   |401     |404         |200 404 404 |200 404 404 |200 404 404 |200 200 404 |403         |403
PUT    /api/v1/couriers/{id}   |401     |403         |403         |403         |200 404 404 |200 200 201 |403         |403
DELETE /api/v1/couriers/{id}   |401     |403         |403         |403         |204 404 404 |204 204 404 |403         |403
GET    /api/v1/teams           |401     |200         |200         |200         |200         |200         |403         |403
PUT    /api/v1/teams/{id}      |401     |403         |403         |403         |403         |200 200 201 |403         |403
DELETE /api/v1/teams/{id}      |401     |403         |403         |403         |403         |409 409 404 |403         |403
GET    /api/v1/keys            |401     |403         |403         |403         |403         |200         |403         |403
POST   /api/v1/keys            |401     |403         |403         |403         |403         |201         |403         |403
PUT    /api/v1/keys/{id}       |401     |403         |403         |403         |403         |200 200 404 |403         |403
DELETE /api/v1/keys/{id}       |401     |403         |403         |403         |403         |204 204 404 |403         |403
GET    /api/v1/orders          |401     |200         |200         |200         |200         |200         |403         |403
POST   /api/v1/orders          |401     |403         |403         |403         |200 400 400 |200         |403         |403
GET    /api/v1/orders/{id}     |401     |404         |200 404 404 |200 404 404 |200 404 404 |200 200 404 |403         |403
PUT    /api/v1/orders/{id}     |401     |403         |403         |403         |200 404 404 |200 200 201 |403         |403
DELETE /api/v1/orders/{id}     |401     |403         |403         |403         |204 404 404 |204 204 404 |403         |403
GET    /api/v1/orders/{id}/shares |401  |403         |403         |403         |200 404 404 |200 200 404 |403         |403
POST   /api/v1/orders/{id}/shares |401  |403         |403         |403         |201 404 404 |201 201 404 |403         |403
DELETE /api/v1/orders/{id}/shares/{share} |401|403   |403         |403         |204 404 404 |204 204 404 |403         |403
GET    /api/v1/me/orders       |401     |403         |200         |403         |403         |403         |403         |403
POST   /api/v1/me/orders/{id}  |401     |403         |200 404 404 |403         |403         |403         |403         |403
GET    /api/v1/track           |401     |200         |200         |200         |200         |200         |403         |403
GET    /api/v1/hubs            |401     |403         |200         |200         |200         |200         |403         |403
GET    /api/v1/me              |401     |200         |200         |200         |200         |200         |200         |200
GET    /api/openapi.yaml       |200     |200         |200         |200         |200         |200         |200         |200
`

// people are who asks; the columns of wanted.
var people = map[string]peyk.Claims{
	"customer": {Role: peyk.RoleCustomer, Orders: []string{"7"}},
	"courier":  {Role: peyk.RoleCourier, Self: "own"},
	"viewer":   {Role: peyk.RoleViewer, Teams: []string{"A"}},
	"leader":   {Role: peyk.RoleAdmin, Teams: []string{"A"}},
	"admin":    {Role: peyk.RoleAdmin, All: true},
	"outlet":   {Role: peyk.RoleService, Teams: []string{"A"}},
	"service":  {Role: peyk.RoleService, All: true},
}

// A target is what a request is about.
type target struct{ courier, team, key, order, share string }

// Names of one length, so that answers that hold them are.
var targets = [...]target{
	{"own", "A", "keyofown", "order-own", "share-own"}, {"foe", "B", "keyoffoe", "order-foe", "share-foe"}, {"nil", "C", "keyofnil", "order-nil", "share-nil"},
}

// request returns what is asked of a route about a target.
func (x target) request(route string) (method, path, body string) {
	method, path, _ = strings.Cut(route, " ")
	at := fmt.Sprintf(`{"latitude":1,"longitude":2,"user":{"id":%q}}`, x.courier)
	switch route {
	case "POST /api/v1/locations":
		body = at
	case "POST /api/v1/positions":
		body = "[" + at + "]"
	case "GET /api/v1/couriers":
		path += "?q=" + x.courier + "&team=" + x.team
	case "PUT /api/v1/couriers":
		body = fmt.Sprintf(`{"couriers":[{"id":%q,"team":"A"}]}`, x.courier)
	case "PUT /api/v1/couriers/{id}":
		body = `{"team":"A"}`
	case "PUT /api/v1/teams/{id}":
		body = `{"name":"new"}`
	case "GET /api/v1/orders":
		path += "?q=" + x.order + "&courier=" + x.courier
	case "POST /api/v1/orders":
		body = fmt.Sprintf(`{"orders":[{"id":%q,"courier":"own"}]}`, x.order)
	case "PUT /api/v1/orders/{id}":
		body = fmt.Sprintf(`{"courier":%q}`, x.courier)
	case "POST /api/v1/orders/{id}/shares":
		body = "{}"
	case "POST /api/v1/me/orders/{id}":
		body = `{"state":"picked_up"}`
	case "POST /api/v1/keys", "PUT /api/v1/keys/{id}":
		body = fmt.Sprintf(`{"role":"courier","courier":%q}`, x.courier)
	}
	id := map[string]string{"couriers": x.courier, "teams": x.team, "keys": x.key, "orders": x.order}[of(path)]
	return method, strings.NewReplacer("{id}", id, "{share}", x.share).Replace(path), body
}

// of returns of what kind the id in a path is.
func of(path string) string {
	before, _, _ := strings.Cut(path, "/{id}")
	return before[strings.LastIndex(before, "/")+1:]
}

// rights reads wanted: by route, the three statuses by who asks.
func rights(t *testing.T) map[string]map[string][3]int {
	t.Helper()
	rows := make(map[string]map[string][3]int)
	var columns []string
	for line := range strings.Lines(strings.TrimPrefix(wanted, "\n")) {
		cells := strings.Split(line, "|")
		if columns == nil {
			columns = cells
			continue
		}
		row := make(map[string][3]int)
		for i, cell := range cells[1:] {
			statuses := strings.Fields(cell)
			for n := range 3 {
				status, err := strconv.Atoi(statuses[min(n, len(statuses)-1)])
				if err != nil {
					t.Fatal(err)
				}
				three := row[strings.TrimSpace(columns[i+1])]
				three[n] = status
				row[strings.TrimSpace(columns[i+1])] = three
			}
		}
		rows[strings.Join(strings.Fields(cells[0]), " ")] = row
	}
	return rows
}

func TestRights(t *testing.T) {
	rows, spec := rights(t), readSpec(t)
	routes := api.NewServer(api.Options{}).Routes()
	slices.Sort(routes)
	if described := slices.Sorted(maps.Keys(rows)); !slices.Equal(described, routes) {
		t.Fatalf("rows are\n%q, want one for every route,\n%q", described, routes)
	}
	for _, route := range routes {
		t.Run(route, func(t *testing.T) {
			for name, want := range rows[route] {
				if name != "stranger" {
					testRights(t, spec, route, name, want)
					continue
				}
				testRights(t, spec, route, "nobody", want)
				testRights(t, spec, route, "expired", want)
			}
		})
	}
}

// testRights asks in a house of its own, since some of what is asked changes it.
func testRights(t *testing.T, spec *spec, route, who string, want [3]int) {
	t.Helper()
	h := openTeams(t)
	var answers [3]answer
	for i, x := range targets {
		method, path, body := x.request(route)
		answers[i] = h.ask(t, method, path, body, h.credential(t, who)...)
		if got := answers[i].status; got != want[i] {
			t.Errorf("%s asks %s %s = %d %s, want %d", who, method, path, got, answers[i].body, want[i])
		}
		spec.check(t, route, answers[i])
	}
	if claims := people[who]; claims.All { // nothing is foreign to it
		return
	}
	foreign, absent := answers[1], answers[2]
	foreign.body = strings.ReplaceAll(foreign.body, targets[1].courier, targets[2].courier)
	for _, a := range answers {
		a.header.Del("Date")
	}
	if foreign.status != absent.status || foreign.body != absent.body || !maps.EqualFunc(foreign.header, absent.header, slices.Equal) {
		t.Errorf("%s asks %s of a foreign thing: %v, of an absent one: %v; want no difference", who, route, foreign, absent)
	}
}

// openTeams opens a house with two teams, and a courier, a position, a key, an order
// and a share in each.
func openTeams(t *testing.T) *house {
	t.Helper()
	h := open(t, nil)
	for _, x := range targets[:2] {
		h.asAdmin(t, "PUT", "/api/v1/couriers/"+x.courier, fmt.Sprintf(`{"team":%q}`, x.team)).wantStatus(t, http.StatusCreated)
		h.post(t, fmt.Sprintf(`{"latitude":35,"longitude":53,"user":{"id":%q}}`, x.courier)).want(t, 200, accepted)
		h.keep(t, x.key, peyk.Claims{Role: peyk.RoleViewer, Teams: []string{x.team}})
		h.asAdmin(t, "PUT", "/api/v1/orders/"+x.order, fmt.Sprintf(`{"courier":%q}`, x.courier)).wantStatus(t, http.StatusCreated)
		if err := h.store.MakeShare(t.Context(), store.Share{ID: x.share, Order: x.order, Made: noon, Hash: sha256.Sum256([]byte(x.share))}); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// credential returns the headers of a request by one of people.
func (h *house) credential(t *testing.T, who string) []string {
	t.Helper()
	header := []string{"Content-Type", "application/json"}
	switch who {
	case "nobody":
		return header
	case "expired":
		return append(header, "Authorization", "Bearer "+h.sign(t, people["admin"], noon))
	}
	return h.as(t, people[who])
}

// TestNoByteOfAnotherTeam asks two houses the same, one of which has a team more.
func TestNoByteOfAnotherTeam(t *testing.T) {
	asked := []struct{ method, path, body string }{
		{"GET", "/api/v1/couriers", ""},
		{"GET", "/api/v1/couriers?limit=1", ""},
		{"GET", "/api/v1/couriers?limit=1&after=a1", ""},
		{"GET", "/api/v1/couriers?limit=1&after=b1", ""},
		{"GET", "/api/v1/couriers?limit=2&after=a2", ""},
		{"GET", "/api/v1/couriers?q=1", ""},
		{"GET", "/api/v1/couriers?q=secret", ""},
		{"GET", "/api/v1/couriers?team=B", ""},
		{"GET", "/api/v1/couriers/a1", ""},
		{"GET", "/api/v1/couriers/b1", ""},
		{"GET", "/api/v1/teams", ""},
		{"GET", "/api/v1/keys", ""},
		{"GET", "/api/v1/me", ""},
		{"PUT", "/api/v1/couriers/b1", `{"team":"A"}`},
		{"PUT", "/api/v1/couriers/a1", `{"team":"B"}`},
		{"PUT", "/api/v1/couriers/a1", `{"team":"A","name":"other"}`},
		{"PUT", "/api/v1/couriers", `{"couriers":[{"id":"a1"},{"id":"b1","team":"A"},{"id":"b2","team":"B"},{"id":"none"}]}`},
		{"DELETE", "/api/v1/couriers/b1", ""},
		{"PUT", "/api/v1/teams/B", "{}"},
		{"DELETE", "/api/v1/teams/B", ""},
		{"GET", "/api/v1/orders", ""},
		{"GET", "/api/v1/orders?q=secret", ""},
		{"GET", "/api/v1/orders?courier=b1", ""},
		{"GET", "/api/v1/orders?limit=1", ""},
		{"GET", "/api/v1/orders/order-b1", ""},
		{"PUT", "/api/v1/orders/order-b1", `{"courier":"a1"}`},
		{"PUT", "/api/v1/orders/order-a1", `{"courier":"b1"}`},
		{"POST", "/api/v1/orders", `{"orders":[{"id":"order-a1","courier":"a2"},{"id":"order-b1","courier":"a1"},{"id":"none"}]}`},
		{"POST", "/api/v1/orders/order-b1/shares", `{}`},
		{"GET", "/api/v1/orders/order-b1/shares", ""},
		{"DELETE", "/api/v1/orders/order-b1/shares/share-b1", ""},
		{"POST", "/api/v1/me/orders/order-b1", `{"state":"delivered","code":"1"}`},
		{"GET", "/api/v1/me/orders", ""},
		{"GET", "/api/v1/track", ""},
		{"GET", "/api/v1/hubs", ""},
		{"DELETE", "/api/v1/orders/order-b1", ""},
		{"POST", "/api/v1/locations", `{"latitude":1,"longitude":2,"user":{"id":"b1"}}`},
		{"POST", "/api/v1/locations", `{"latitude":1,"longitude":2,"user":{"id":"a1"}}`},
		{"POST", "/api/v1/positions", `[{"latitude":1,"longitude":2,"user":{"id":"b1"}},{"latitude":1,"longitude":2,"user":{"id":"a2"}},{"latitude":1,"longitude":2,"user":{"id":"no"}}]`},
		{"GET", "/api/v1/couriers", ""},
	}
	with, without := open(t, nil), open(t, nil)
	with.fill(t, "a1", "b1", "a2", "b2", "a3")
	without.fill(t, "a1", "a2", "a3")
	for _, who := range []string{"leader", "viewer", "outlet", "courier", "customer"} {
		for _, ask := range asked {
			var heard [2]string
			for i, h := range []*house{with, without} {
				a := h.ask(t, ask.method, ask.path, ask.body, h.credential(t, who)...)
				a.header.Del("Date")
				heard[i] = fmt.Sprint(a)
			}
			if heard[0] != heard[1] {
				t.Errorf("%s asks %s %s beside another team: %s\nwithout it: %s", who, ask.method, ask.path, heard[0], heard[1])
			}
		}
	}
}

// fill lists couriers, each in the team of its first letter and with an order, and
// has each heard.
func (h *house) fill(t *testing.T, ids ...string) {
	t.Helper()
	for _, id := range ids {
		team := strings.ToUpper(id[:1])
		h.asAdmin(t, "PUT", "/api/v1/couriers/"+id, fmt.Sprintf(`{"team":%q,"name":"secret %s","phone":"1"}`, team, id)).wantStatus(t, http.StatusCreated)
		h.post(t, fmt.Sprintf(`{"latitude":35,"longitude":53,"user":{"id":%q}}`, id)).want(t, 200, accepted)
		h.asAdmin(t, "PUT", "/api/v1/orders/order-"+id, fmt.Sprintf(`{"courier":%q,"customer":"secret","code":"secret"}`, id)).wantStatus(t, http.StatusCreated)
	}
}
