package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// link makes a share of an order and returns its id and its secret.
func (h *house) link(t *testing.T, order string) (id, secret string) {
	t.Helper()
	made := h.asAdmin(t, "POST", "/api/v1/orders/"+order+"/shares", "")
	made.wantStatus(t, http.StatusCreated)
	var share struct{ ID, Link string }
	if err := json.Unmarshal([]byte(made.body), &share); err != nil {
		t.Fatal(err)
	}
	secret, found := strings.CutPrefix(share.Link, "/t/#")
	if !found {
		t.Fatalf("link %q, want /t/# and the secret", share.Link)
	}
	return share.ID, secret
}

func (h *house) bearing(t *testing.T, token, path string) answer {
	t.Helper()
	return h.ask(t, "GET", path, "", "Authorization", "Bearer "+token)
}

// TestCustomerWatchesAnOrder goes through the life of an order as its customer
// sees it.
func TestCustomerWatchesAnOrder(t *testing.T) {
	h := open(t, nil)
	put := func(body string) { h.asAdmin(t, "PUT", "/api/v1/orders/7", body) }
	const rest = `"customer":"x","phone":"x","shop_phone":"2","courier_phone":"3","code":"42","metadata":{"x":1},"destination":{"latitude":35,"longitude":53.05}`
	put(`{` + rest + `}`)
	_, secret := h.link(t, "7")
	seen := func(want string) {
		t.Helper()
		h.bearing(t, secret, "/api/v1/track").want(t, 200, `{"orders":[`+want+`]}`)
	}
	const told = `{"id":"7","state":%q,"destination":{"latitude":35,"longitude":53.05,"address":""},"promised":null,"ended":%s,"code":%q,"shop_phone":"2","courier_phone":%q,"stops":%s,"eta":%s,"courier":%s}`
	seen(fmt.Sprintf(told, "created", "null", "42", "", "null", "null", "null"))

	h.post(t, `{"latitude":35,"longitude":53,"speed":9,"battery":0.4,"user":{"id":"10","username":"x","name":"Sara X"}}`).wantStatus(t, 200)
	put(`{"courier":"10",` + rest + `}`)
	seen(fmt.Sprintf(told, "assigned", "null", "42", "", "null", "null", "null"))
	put(`{"courier":"10","state":"picked_up",` + rest + `}`)
	const at = `{"name":"","latitude":34.9999747455225,"longitude":52.99980912249767,"exact":false,"time":"2025-11-22T12:00:00Z"}`
	seen(fmt.Sprintf(told, "picked_up", "null", "42", "3", "0", `{"least":15,"most":30}`, at))

	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"active":false}`).wantStatus(t, 201)
	seen(fmt.Sprintf(told, "picked_up", "null", "42", "", "null", "null", "null"))
	put(`{"courier":"10","state":"delivered",` + rest + `}`)
	seen(fmt.Sprintf(told, "delivered", `"2025-11-22T12:00:00Z"`, "", "", "null", "null", "null"))
	h.asAdmin(t, "DELETE", "/api/v1/orders/7", "").wantStatus(t, 204)
	h.bearing(t, secret, "/api/v1/track").wantStatus(t, 401)
}

// TestShareShowsOneOrderAndNothingElse asks for all that there is.
func TestShareShowsOneOrderAndNothingElse(t *testing.T) {
	h := open(t, nil)
	h.fill(t, "a1", "b1")
	h.asAdmin(t, "PUT", "/api/v1/orders/order-a1", `{"courier":"a1","state":"picked_up"}`).wantStatus(t, 200)
	_, secret := h.link(t, "order-a1")
	if got := h.bearing(t, secret, "/api/v1/track"); strings.Contains(got.body, "b1") || strings.Contains(got.body, "secret") {
		t.Errorf("it sees %s", got.body)
	}
	for path, want := range map[string]string{
		"/api/v1/couriers": `{"couriers":[]}`, "/api/v1/orders": `{"orders":[]}`, "/api/v1/teams": `{"teams":[]}`,
		"/api/v1/orders/order-a1": notFound, "/api/v1/couriers/a1": notFound, "/api/v1/orders/order-a1/shares": notMay, "/api/v1/me/orders": notMay, "/api/v1/hubs": notMay,
	} {
		if got := h.bearing(t, secret, path); got.body != want {
			t.Errorf("%s: %s, want %s", path, got.body, want)
		}
	}
}

func TestShareIsRevoked(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{}`).wantStatus(t, 201)
	id, secret := h.link(t, "7")
	_, other := h.link(t, "7")
	h.bearing(t, secret, "/api/v1/track").wantStatus(t, 200)
	h.asAdmin(t, "DELETE", "/api/v1/orders/8/shares/"+id, "").want(t, 404, notFound)
	h.asAdmin(t, "DELETE", "/api/v1/orders/7/shares/"+id, "").wantStatus(t, 204)
	h.asAdmin(t, "DELETE", "/api/v1/orders/7/shares/"+id, "").wantStatus(t, 204)
	h.bearing(t, secret, "/api/v1/track").wantStatus(t, 401)
	h.bearing(t, other, "/api/v1/track").wantStatus(t, 200)
	if got := h.asAdmin(t, "GET", "/api/v1/orders/7/shares", ""); strings.Contains(got.body, secret) || strings.Count(got.body, `"revoked":null`) != 1 {
		t.Errorf("shares are %s, want one that holds, and no secret", got.body)
	}
	h.asAdmin(t, "POST", "/api/v1/orders/7/shares", `{"until":"2025-11-22T12:00:00Z"}`).want(t, 400, `{"until":["A moment in the future is required."]}`)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"state":"cancelled"}`).wantStatus(t, 200)
	h.asAdmin(t, "POST", "/api/v1/orders/7/shares", "").want(t, 409, `{"detail":"The order has ended."}`)
}

// TestShopSignsForItsCustomer: no call is needed.
func TestShopSignsForItsCustomer(t *testing.T) {
	h := open(t, nil)
	customer := h.as(t, people["customer"]) // of order 7
	h.ask(t, "GET", "/api/v1/track", "", customer...).want(t, 200, `{"orders":[]}`)
	h.asAdmin(t, "POST", "/api/v1/orders", `{"orders":[{"id":"7"},{"id":"8"}]}`).wantStatus(t, 200)
	if got := h.ask(t, "GET", "/api/v1/track", "", customer...); !strings.HasPrefix(got.body, `{"orders":[{"id":"7","state":"created"`) || strings.Contains(got.body, `"8"`) {
		t.Errorf("it sees %s, want its own order", got.body)
	}
}

// TestAPhoneReportsMoreOftenWhileItCarries, and the tick is told at once of whom
// the customers are.
func TestAPhoneReportsMoreOftenWhileItCarries(t *testing.T) {
	h := open(t, nil)
	const often = `{"update_interval":"6/m"}`
	post := func() answer { return h.post(t, `{"latitude":35,"longitude":53,"user":{"id":"10"}}`) }
	h.asAdmin(t, "POST", "/api/v1/orders", `{"orders":[{"id":"7","courier":"10"},{"id":"8","courier":"10"}]}`).wantStatus(t, 200)
	post().want(t, 200, accepted)
	h.mu.Lock()
	h.reordered = nil
	h.mu.Unlock()
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"courier":"10","state":"picked_up"}`).wantStatus(t, 200)
	h.mu.Lock()
	if want := []string{"7", "8"}; !slices.Equal(h.reordered, want) {
		t.Errorf("told anew are %q, want %q", h.reordered, want)
	}
	h.mu.Unlock()
	post().want(t, 200, often)
	h.batch(t, "application/json", `[{"latitude":35,"longitude":53,"user":{"id":"11"}}]`).want(t, 200, `{"results":[{"status":"accepted"}],"update_interval":"1/m"}`)
	h.batch(t, "application/json", `[{"latitude":35,"longitude":53,"user":{"id":"10"}}]`).want(t, 200, `{"results":[{"status":"accepted"}],"update_interval":"6/m"}`)
	if got := h.asAdmin(t, "GET", "/api/v1/couriers/10", ""); !strings.Contains(got.body, `"interval":10`) {
		t.Errorf("the courier is %s, want the next position within 10 s", got.body)
	}
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"courier":"10","state":"delivered"}`).wantStatus(t, 200)
	post().want(t, 200, accepted)
}
