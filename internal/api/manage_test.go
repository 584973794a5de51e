package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"peyk"
	"peyk/internal/api"
)

const (
	notFound  = `{"detail":"Not found."}`
	notMay    = `{"detail":"You do not have permission to perform this action."}`
	notMoved  = `{"team":["You may not move couriers into or out of this team."]}`
	described = `{"username":"u","name":"Sara <س>","team":"A","phone":"+98 912","vehicle":"bike","active":true,"metadata": {"plate" : ["12ب", 3.10, null]}}`
)

// listed is what is shown of a courier with nothing but an id and a team.
func listed(id, team string) string {
	return fmt.Sprintf(`{"id":%q,"username":"","name":"","team":%q,"phone":"","vehicle":"","active":true,"metadata":{},"listed":true}`, id, team)
}

func TestPutCourier(t *testing.T) {
	h := open(t, nil)
	const sara = `{"id":"10","username":"u","name":"Sara <س>","team":"A","phone":"+98 912","vehicle":"bike","active":true,"metadata":{"plate":["12ب",3.10,null]},"listed":true}`
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", described).want(t, 201, sara)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10/", described).want(t, 200, sara)
	h.asAdmin(t, "GET", "/api/v1/couriers/10", "").want(t, 200, sara)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", "{}").want(t, 200, listed("10", "")) // replaced, and not merged
	h.asAdmin(t, "PUT", "/api/v1/couriers/a%2Fb", "{}").want(t, 201, listed("a/b", ""))
	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[`+listed("10", "")+`,`+listed("a/b", "")+`]}`)
}

func TestDeleteCourier(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", described).wantStatus(t, 201)
	h.post(t, good).want(t, 200, accepted)
	h.post(t, `{"latitude":1,"longitude":2,"user":{"id":"heard"}}`).want(t, 200, accepted)
	for _, id := range []string{"10", "heard"} {
		gone := h.asAdmin(t, "DELETE", "/api/v1/couriers/"+id, "")
		if gone.wantStatus(t, http.StatusNoContent); gone.body != "" {
			t.Errorf("body = %q, want none", gone.body)
		}
		h.asAdmin(t, "GET", "/api/v1/couriers/"+id, "").want(t, 404, notFound)
		h.asAdmin(t, "DELETE", "/api/v1/couriers/"+id, "").want(t, 404, notFound)
	}
	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[]}`)
	h.post(t, `{"latitude":1,"longitude":2,"user":{"id":10}}`).want(t, 200, accepted)
	if got := h.asAdmin(t, "GET", "/api/v1/couriers/10", ""); !strings.Contains(got.body, `"listed":false`) {
		t.Errorf("heard again: %d %s, want a courier that is not listed", got.status, got.body)
	}
}

// TestWhoIsOffDutyIsNowhere: its posts are answered like any other.
func TestWhoIsOffDutyIsNowhere(t *testing.T) {
	h := open(t, nil)
	h.post(t, good).want(t, 200, accepted)
	off := strings.Replace(listed("10", ""), `"active":true`, `"active":false`, 1)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"active":false}`).want(t, 201, off)
	h.post(t, good).want(t, 200, accepted)
	h.batch(t, "application/json", "["+good+"]").want(t, 200, `{"results":[{"status":"accepted"}],"update_interval":"1/m"}`)
	h.asAdmin(t, "GET", "/api/v1/couriers/10", "").want(t, 200, off)
	h.wantMetric(t, `peyk_posts_total{outcome="off_duty"}`, "2")
	if got := len(h.reports()); got != 1 {
		t.Errorf("%d positions were published, want the one before", got)
	}
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", "{}").want(t, 200, listed("10", ""))
	h.post(t, good).want(t, 200, accepted)
	if got := h.asAdmin(t, "GET", "/api/v1/couriers/10", ""); !strings.Contains(got.body, `"position":{"latitude":35.0001`) {
		t.Errorf("on duty again: %s, want a position", got.body)
	}
}

// TestLeader manages one team, and nothing beyond it.
func TestLeader(t *testing.T) {
	h := open(t, nil)
	for id, team := range map[string]string{"a1": "A", "a2": "A", "b1": "B", "n": ""} {
		h.asAdmin(t, "PUT", "/api/v1/couriers/"+id, fmt.Sprintf(`{"team":%q}`, team)).wantStatus(t, 201)
	}
	h.post(t, `{"latitude":1,"longitude":2,"user":{"id":"heard"}}`).want(t, 200, accepted)
	leader := h.as(t, peyk.Claims{Role: peyk.RoleAdmin, Teams: []string{"A", "C"}, Couriers: []string{"n", "heard", "none"}})
	for _, c := range []struct {
		method, id, body string
		status           int
		want             string
	}{
		{"PUT", "a1", `{"team":"A"}`, 200, listed("a1", "A")},
		{"PUT", "a1", `{"team":"C"}`, 200, listed("a1", "C")},
		{"PUT", "a1", `{"team":"B"}`, 400, notMoved},
		{"PUT", "a1", `{"team":"D"}`, 400, notMoved},
		{"PUT", "a1", `{}`, 400, notMoved},
		{"PUT", "b1", `{"team":"A"}`, 404, notFound},
		{"PUT", "b1", `{"team":"B"}`, 404, notFound},
		{"PUT", "x1", `{"team":"A"}`, 404, notFound},
		{"PUT", "n", `{}`, 200, listed("n", "")},
		{"PUT", "n", `{"team":"A"}`, 400, notMoved},
		{"PUT", "heard", `{}`, 404, notFound},
		{"PUT", "none", `{}`, 404, notFound},
		{"DELETE", "b1", "", 404, notFound},
		{"DELETE", "x1", "", 404, notFound},
		{"DELETE", "heard", "", 404, notFound},
	} {
		t.Run(c.method+c.id+c.body, func(t *testing.T) {
			h.ask(t, c.method, "/api/v1/couriers/"+c.id, c.body, leader...).want(t, c.status, c.want)
		})
	}
	h.ask(t, "PUT", "/api/v1/couriers", `{"couriers":[{"id":"a1","team":"C"},{"id":"a2","team":"B"},{"id":"b1","team":"A"},{"id":"x1","team":"A"}]}`, leader...).
		want(t, 400, `{"couriers":{"1":`+notMoved+`,"2":{"id":["Not found."]},"3":{"id":["Not found."]}}}`)
	h.ask(t, "PUT", "/api/v1/couriers", `{"couriers":[{"id":"a1","team":"A"},{"id":"a2","team":"C"}]}`, leader...).want(t, 200, `{"made":0,"changed":2}`)
	h.ask(t, "GET", "/api/v1/couriers?team=A", "", leader...).want(t, 200, `{"couriers":[`+listed("a1", "A")+`]}`)
	h.ask(t, "DELETE", "/api/v1/couriers/a2", "", leader...).wantStatus(t, http.StatusNoContent)
	h.asAdmin(t, "GET", "/api/v1/couriers/b1", "").want(t, 200, listed("b1", "B"))
}

// TestLeadersAtOnce each take a courier out of a team that all of them manage into
// one that is theirs alone. One of them does; then it is nobody else's.
func TestLeadersAtOnce(t *testing.T) {
	h := open(t, nil)
	teams := strings.Split("BCDEFG", "")
	leaders := make([][]string, len(teams))
	for i, team := range teams {
		leaders[i] = h.as(t, peyk.Claims{Role: peyk.RoleAdmin, Teams: []string{"A", team}})
	}
	for round := range 10 {
		h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"team":"A"}`)
		answers := make([]answer, len(teams))
		var all sync.WaitGroup
		for i, team := range teams {
			all.Go(func() {
				if round%2 == 0 {
					answers[i] = h.ask(t, "PUT", "/api/v1/couriers/10", fmt.Sprintf(`{"team":%q}`, team), leaders[i]...)
				} else {
					answers[i] = h.ask(t, "PUT", "/api/v1/couriers", fmt.Sprintf(`{"couriers":[{"id":"10","team":%q}]}`, team), leaders[i]...)
				}
			})
		}
		all.Wait()
		took := ""
		for i, a := range answers {
			if a.status == http.StatusOK {
				took += teams[i]
			}
		}
		if len(took) != 1 {
			t.Fatalf("round %d: %q took it, want one of them", round, took)
		}
		h.asAdmin(t, "GET", "/api/v1/couriers/10", "").want(t, 200, listed("10", took))
	}
}

// TestAMoveTakesEffectAtOnce for who sees, and for who may post.
func TestAMoveTakesEffectAtOnce(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"team":"A"}`).wantStatus(t, 201)
	h.post(t, good).want(t, 200, accepted)
	viewer := h.as(t, peyk.Claims{Role: peyk.RoleViewer, Teams: []string{"A"}})
	outlet := h.as(t, peyk.Claims{Role: peyk.RoleService, Teams: []string{"A"}})
	for _, c := range []struct {
		team              string
		seen, listed, may int
	}{{"A", 200, 1, 200}, {"B", 404, 0, 403}, {"", 404, 0, 403}, {"A", 200, 1, 200}} {
		h.asAdmin(t, "PUT", "/api/v1/couriers/10", fmt.Sprintf(`{"team":%q}`, c.team)).wantStatus(t, 200)
		h.ask(t, "GET", "/api/v1/couriers/10", "", viewer...).wantStatus(t, c.seen)
		if got := h.ask(t, "GET", "/api/v1/couriers", "", viewer...); strings.Count(got.body, `"latitude"`) != c.listed {
			t.Errorf("in team %q: %s, want %d couriers", c.team, got.body, c.listed)
		}
		h.ask(t, "POST", "/api/v1/locations", good, outlet...).wantStatus(t, c.may)
	}
}

func TestPutCouriers(t *testing.T) {
	h := open(t, nil)
	put := func(body string) answer { return h.asAdmin(t, "PUT", "/api/v1/couriers", body) }
	put(`{"couriers":[{"id":"1","team":"A"},{"id":"2"}]}`).want(t, 200, `{"made":2,"changed":0}`)
	put(`{"couriers":[{"id":"3"},{"id":"1"}]}`).want(t, 200, `{"made":1,"changed":1}`)
	put(`{"couriers":[]}`).want(t, 200, `{"made":0,"changed":0}`)

	put(`{"couriers":[{"id":"4"},{"id":"1","name":"new"},{"id":"4"},7,null,{"team":1,"id":5},{}]}`).want(t, 400, `{"couriers":{`+
		`"2":{"id":["This courier is in the list twice."]},`+
		`"3":{"non_field_errors":["Invalid data. Expected a dictionary."]},`+
		`"4":{"non_field_errors":["Invalid data. Expected a dictionary."]},`+
		`"5":{"id":["Not a valid string."],"team":["Not a valid string."]},`+
		`"6":{"id":["Courier id is empty (want 1 to 128 bytes)."]}}}`)
	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[`+listed("1", "")+`,`+listed("2", "")+`,`+listed("3", "")+`]}`)

	many := func(n int, each func(i int) string) string {
		list := make([]string, n)
		for i := range list {
			list[i] = each(i)
		}
		return `{"couriers":[` + strings.Join(list, ",") + "]}"
	}
	plain := func(i int) string { return fmt.Sprintf(`{"id":"%d","metadata":{"a":[{}]}}`, i) }
	put(many(api.MaxCouriers, plain)).want(t, 200, fmt.Sprintf(`{"made":%d,"changed":3}`, api.MaxCouriers-3))
	put(many(api.MaxCouriers+1, plain)).want(t, 400, `{"couriers":["Ensure this field has no more than 10000 elements."]}`)
	wrong := put(many(api.MaxCouriers, func(int) string { return `{"id":""}` }))
	if wrong.wantStatus(t, 400); strings.Count(wrong.body, "is empty") != 100 {
		t.Errorf("%d couriers are named, want 100", strings.Count(wrong.body, "is empty"))
	}
	put(`{"couriers":[`+strings.Repeat(" ", api.MaxCouriersBody)).want(t, 413, `{"detail":"The body has more than 8388608 bytes."}`)
}

// TestWhatManagersMayNotSend has the strictness that phones are spared.
func TestWhatManagersMayNotSend(t *testing.T) {
	h := open(t, nil)
	long := strings.Repeat("x", peyk.MaxName+1)
	for _, c := range []struct{ name, body, want string }{
		{"nothing", ``, `{"detail":"JSON parse error - unexpected end of JSON input"}`},
		{"no JSON", `{x}`, `{"detail":"JSON parse error - invalid character 'x' looking for beginning of object key string"}`},
		{"more after it", `{} {}`, `{"detail":"JSON parse error - invalid character '{' after top-level value"}`},
		{"not UTF-8", "{\"name\":\"\xff\"}", `{"detail":"JSON parse error - not valid UTF-8"}`},
		{"twice", `{"name":"a","n\u0061me":"b"}`, `{"detail":"JSON parse error - \"name\" is there twice (byte 23)"}`},
		{"twice, deep", `{"metadata":{"a":[{"b":1,"b":1}]}}`, `{"detail":"JSON parse error - \"b\" is there twice (byte 28)"}`},
		{"too deep", `{"metadata":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`, `{"detail":"JSON parse error - nested deeper than 16"}`},
		{"a list", `[]`, `{"non_field_errors":["Invalid data. Expected a dictionary."]}`},
		{"null", `null`, `{"non_field_errors":["Invalid data. Expected a dictionary."]}`},
		{"unknown fields", `{"names":1,"id":"10","Name":"a"}`, `{"Name":["There is no such field."],"id":["There is no such field."],"names":["There is no such field."]}`},
		{"wrong types", `{"username":1,"name":[],"team":{},"phone":true,"vehicle":1.5,"active":"true","metadata":[]}`,
			`{"username":["Not a valid string."],"name":["Not a valid string."],"team":["Not a valid string."],"phone":["Not a valid string."],` +
				`"vehicle":["Not a valid string."],"metadata":["Expected a dictionary of items."],"active":["Must be a valid boolean."]}`},
		{"nulls", `{"name":null,"active":null,"metadata":null}`,
			`{"name":["This field may not be null."],"metadata":["This field may not be null."],"active":["This field may not be null."]}`},
		{"too long", `{"username":"` + long + `","vehicle":"` + long + `","metadata":{"x":"` + strings.Repeat("x", peyk.MaxMetadata) + `"}}`,
			`{"username":["Courier username has 513 bytes (want at most 512)."],"vehicle":["Courier vehicle has 513 bytes (want at most 512)."],` +
				`"metadata":["Courier metadata has 4104 bytes (want at most 4096)."]}`},
		{"control characters", `{"name":"a\nb","team":"\u0000"}`,
			`{"name":["Courier name holds a control character: \"a\\nb\"."],"team":["Courier team holds a control character: \"\\x00\"."]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.asAdmin(t, "PUT", "/api/v1/couriers/10", c.body).want(t, 400, c.want)
		})
	}
	h.asAdmin(t, "PUT", "/api/v1/couriers/%00", "{}").want(t, 400, `{"id":["Courier id holds a control character: \"\\x00\"."]}`)
	h.asAdmin(t, "PUT", "/api/v1/couriers", `{"couriers":{}}`).want(t, 400, `{"couriers":["Expected a list of items."]}`)
	h.asAdmin(t, "PUT", "/api/v1/couriers", `{"courier":[]}`).want(t, 400, `{"couriers":["This field is required."],"courier":["There is no such field."]}`)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", "{}", "Content-Type", "text/plain").want(t, 415, `{"detail":"Unsupported media type \"text/plain\" in request."}`)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"name":"`+strings.Repeat("x", api.MaxBody)+`"}`).want(t, 413, `{"detail":"The body has more than 65536 bytes."}`)
	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[]}`)
}
