package api_test

import (
	"net/http"
	"strings"
	"testing"

	"peyk"
)

func TestTeams(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "GET", "/api/v1/teams", "").want(t, 200, `{"teams":[]}`)
	h.asAdmin(t, "PUT", "/api/v1/teams/south", `{"name":"The south"}`).want(t, 201, `{"id":"south","name":"The south","couriers":0}`)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"team":"north"}`).wantStatus(t, 201)
	h.asAdmin(t, "PUT", "/api/v1/teams/north", `{"name":"شمال"}`).want(t, 200, `{"id":"north","name":"شمال","couriers":1}`)
	const north, south = `{"id":"north","name":"شمال","couriers":1}`, `{"id":"south","name":"The south","couriers":0}`
	h.asAdmin(t, "GET", "/api/v1/teams/", "").want(t, 200, `{"teams":[`+north+`,`+south+`]}`)

	for name, c := range map[string]struct {
		claims peyk.Claims
		want   string
	}{
		"a viewer of one":   {peyk.Claims{Role: peyk.RoleViewer, Teams: []string{"north", "none"}}, north},
		"an admin of other": {peyk.Claims{Role: peyk.RoleAdmin, Teams: []string{"south"}}, south},
		"of a courier":      {peyk.Claims{Role: peyk.RoleViewer, Couriers: []string{"10"}}, ""},
		"a courier":         {peyk.Claims{Role: peyk.RoleCourier, Self: "10"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h.ask(t, "GET", "/api/v1/teams", "", h.as(t, c.claims)...).want(t, 200, `{"teams":[`+c.want+`]}`)
		})
	}

	h.asAdmin(t, "DELETE", "/api/v1/teams/north", "").want(t, 409, `{"detail":"It is in use."}`)
	h.asAdmin(t, "DELETE", "/api/v1/teams/south", "").wantStatus(t, http.StatusNoContent)
	h.asAdmin(t, "DELETE", "/api/v1/teams/south", "").want(t, 404, notFound)
	h.asAdmin(t, "DELETE", "/api/v1/teams/%FF", "").want(t, 404, notFound)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{}`).wantStatus(t, 200)
	h.asAdmin(t, "DELETE", "/api/v1/teams/north", "").wantStatus(t, http.StatusNoContent)
	h.asAdmin(t, "GET", "/api/v1/teams", "").want(t, 200, `{"teams":[]}`)
}

func TestWrongTeams(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/teams/%01", `{"name":"a\u0001","couriers":3}`).want(t, 400,
		`{"id":["Team id holds a control character: \"\\x01\"."],"name":["Team name holds a control character: \"a\\x01\"."],"couriers":["There is no such field."]}`)
	h.asAdmin(t, "PUT", "/api/v1/teams/"+strings.Repeat("x", 513), `{"name":4}`).want(t, 400,
		`{"id":["Team id has 513 bytes (want at most 512)."],"name":["Not a valid string."]}`)
}
