package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestUsernameOfPhone: where the shop says no username, the phone's stands.
func TestUsernameOfPhone(t *testing.T) {
	h := open(t, nil)
	for id, listed := range map[string]string{"a": `{"name":"Sara"}`, "b": `{"username":"shop"}`, "c": `{"active":false}`} {
		h.asAdmin(t, "PUT", "/api/v1/couriers/"+id, listed).wantStatus(t, http.StatusCreated)
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		h.post(t, `{"latitude":1,"longitude":2,"user":{"id":"`+id+`","username":"phone"}}`).want(t, 200, accepted)
	}
	list := h.asAdmin(t, "GET", "/api/v1/couriers", "").body
	for id, username := range map[string]string{"a": "phone", "b": "shop", "c": "", "d": "phone"} {
		want := `{"id":"` + id + `","username":"` + username + `",`
		if !strings.Contains(list, want) {
			t.Errorf("the list is %s, want %s in it", list, want)
		}
		if got := h.asAdmin(t, "GET", "/api/v1/couriers/"+id, "").body; !strings.HasPrefix(got, want) {
			t.Errorf("courier %s is answered %s, want %s…", id, got, want)
		}
	}
}
