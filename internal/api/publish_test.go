package api_test

import (
	"fmt"
	"strings"
	"testing"

	"peyk"
)

// TestACourierPostsItsOwnPosition, whomever it names.
func TestACourierPostsItsOwnPosition(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/couriers/7", `{"username":"login","name":"Sara","team":"A"}`).wantStatus(t, 201)
	courier := h.as(t, peyk.Claims{Role: peyk.RoleCourier, Self: "7"})
	for i, user := range []string{`{"id":"10","username":"other","name":"Other"}`, `{"id":"7"}`, "null"} {
		body := fmt.Sprintf(`{"latitude":%d,"longitude":2,"user":%s}`, i, user)
		h.ask(t, "POST", "/api/v1/locations", body, courier...).want(t, 200, accepted)
		h.ask(t, "POST", "/api/v1/positions", "["+strings.Replace(body, "2", "3", 1)+"]", courier...).
			want(t, 200, `{"results":[{"status":"accepted"}],"update_interval":"1/m"}`)
	}
	h.ask(t, "POST", "/driver/location/", `{"latitude":9,"longitude":9}`, courier...).want(t, 200, accepted)
	want := peyk.Courier{ID: "7", Username: "login", Name: "Sara", Team: "A"}
	if got := len(h.reports()); got != 7 {
		t.Errorf("%d positions were published, want 7", got)
	}
	for i, r := range h.reports() {
		if r.Courier != want {
			t.Errorf("position %d is of %+v, want %+v", i, r.Courier, want)
		}
	}
	h.asAdmin(t, "GET", "/api/v1/couriers/10", "").want(t, 404, notFound)
}

// TestTheShopNamesCouriers: what a post says of a listed one counts for nothing.
func TestTheShopNamesCouriers(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"name":"Sara","team":"A"}`).wantStatus(t, 201)
	outlet := h.as(t, peyk.Claims{Role: peyk.RoleService, Teams: []string{"A"}})
	body := `{"latitude":1,"longitude":2,"user":{"id":10,"username":"login","name":"Somebody","team":"B"}}`
	h.ask(t, "POST", "/api/v1/locations", body, outlet...).want(t, 200, accepted)
	if got, want := h.reports()[0].Courier, (peyk.Courier{ID: "10", Username: "login", Name: "Sara", Team: "A"}); got != want {
		t.Errorf("published of %+v, want %+v", got, want)
	}
	unknown := `{"latitude":1,"longitude":2,"user":{"id":11,"team":"A"}}`
	h.ask(t, "POST", "/api/v1/locations", unknown, outlet...).want(t, 403, notMay)
	leader := h.as(t, peyk.Claims{Role: peyk.RoleAdmin, Teams: []string{"B"}})
	h.ask(t, "POST", "/api/v1/locations", body, leader...).want(t, 403, notMay)
}
