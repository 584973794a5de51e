package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// TestACustomerWatchesOverARestart until the order is delivered, and its link is
// taken back.
func TestACustomerWatchesOverARestart(t *testing.T) {
	t.Parallel()
	n := startNode(t)
	put := func(state string, status int) {
		n.manage("PUT", "/api/v1/orders/7", fmt.Sprintf(`{"courier":"10","state":%q,"destination":{"latitude":35,"longitude":53.05}}`, state), status)
	}
	report := func() {
		n.post(`{"latitude":35,"longitude":53,"user":{"id":10,"username":"secret"}}`, "Authorization", "Bearer "+n.token)
	}
	put("assigned", http.StatusCreated)
	report()
	made := n.manage("POST", "/api/v1/orders/7/shares", "", http.StatusCreated).body
	share := regexp.MustCompile(`"id":"(\w+)".*"link":"/t/#(peyk_share_[\w-]{22})"`).FindStringSubmatch(made)
	if share == nil {
		t.Fatalf("the share is %s", made)
	}
	first := regexp.MustCompile(`"made":"[^"]+"`).FindString(made)
	if listed := n.manage("GET", "/api/v1/orders/7/shares", "", http.StatusOK).body; !strings.Contains(listed, first) {
		t.Errorf("shares are %s, want one with %s as it was answered", listed, first)
	}
	page := n.open(t, share[2])
	page.until(`"state":"assigned"`)
	put("picked_up", http.StatusOK)
	page.until(`"courier":{`)

	n.restart()
	page = n.open(t, share[2])
	page.until(`"courier":{`) // where it was last
	put("delivered", http.StatusOK)
	page.until(`"state":"delivered"`)
	report()
	n.manage("DELETE", "/api/v1/orders/7/shares/"+share[1], "", http.StatusNoContent)
	for _, told := range page.wantClose(4403) {
		if strings.Contains(told, `"courier":`) || strings.Contains(told, "secret") {
			t.Errorf("after the end it was told %s", told)
		}
	}
}

// TestCarryingIsNeverLessOften than what couriers report anyway.
func TestCarryingIsNeverLessOften(t *testing.T) {
	t.Parallel()
	for often, want := range map[string]string{"30/m": "30/m", "1/s": "1/s", "1/h": "6/m"} {
		n := startNode(t, "--update-interval", often)
		n.manage("PUT", "/api/v1/orders/7", `{"courier":"10","state":"picked_up"}`, http.StatusCreated)
		got := n.ask("POST", "/api/v1/locations", `{"latitude":35,"longitude":53,"user":{"id":10,"username":"x"}}`, "Authorization", "Bearer "+n.token)
		if !strings.Contains(got.body, `"`+want+`"`) {
			t.Errorf("with --update-interval %s who carries an order is answered %s, want %s", often, got.body, want)
		}
	}
}

// TestACustomerOfAnInsecureServer is shown its order, which is nowhere but in
// memory, and no more; who presents nothing goes on doing everything.
func TestACustomerOfAnInsecureServer(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure", "--store", "none")
	n.post(`{"latitude":35,"longitude":53,"user":{"id":10,"username":"secret"}}`)
	n.ask("PUT", "/api/v1/orders/7", `{"courier":"10","state":"picked_up","destination":{"latitude":35,"longitude":53.05}}`)
	made := n.ask("POST", "/api/v1/orders/7/shares", "").body
	secret := regexp.MustCompile(`peyk_share_[\w-]{22}`).FindString(made)
	if got := n.ask("GET", "/api/v1/couriers", "", "Authorization", "Bearer "+secret); strings.Contains(got.body, "secret") {
		t.Errorf("a customer is answered %d %s, want nothing of couriers", got.status, got.body)
	}
	page := n.open(t, secret)
	page.until(`"courier":{`)
	n.ask("DELETE", "/api/v1/orders/7", "")
	for _, told := range page.wantClose(4403) {
		if strings.Contains(told, "secret") {
			t.Errorf("a customer was told %s", told)
		}
	}
}

// open opens a viewer of everything that the token lets it see, which was told
// nothing yet.
func (n *process) open(t *testing.T, token string) *stream {
	t.Helper()
	s, status := n.knockAs(t, token)
	if s == nil {
		t.Fatalf("a handshake is answered with %d, want 101", status)
	}
	s.say(`{"type":"watch","view":{"all":true}}`)
	return s
}
