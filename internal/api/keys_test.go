package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"peyk"
)

// made is what is read of an answer to POST /api/v1/keys.
type made struct{ ID, Key string }

func (h *house) makeKey(t *testing.T, body string) (k made, text string) {
	t.Helper()
	got := h.asAdmin(t, "POST", "/api/v1/keys", body)
	got.wantStatus(t, http.StatusCreated)
	if err := json.Unmarshal([]byte(got.body), &k); err != nil {
		t.Fatal(err)
	}
	return k, got.body
}

func bearer(token string) []string {
	return []string{"Content-Type", "application/json", "Authorization", "Bearer " + token}
}

func TestKeys(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "PUT", "/api/v1/couriers/10", `{"team":"north"}`).wantStatus(t, 201)
	k, text := h.makeKey(t, `{"name":"dispatch","role":"viewer","teams":["north"],"until":"2025-11-22T15:30:01+03:30"}`)
	shown := `{"id":"` + k.ID + `","name":"dispatch","prefix":"peyk_` + k.ID + `…","role":"viewer","all":false,"teams":["north"],"couriers":[],"courier":"",` +
		`"made":"2025-11-22T12:00:00Z","until":"2025-11-22T12:00:01Z","used":null,"revoked":null`
	if want := shown + `,"key":"` + k.Key + `"}`; text != want {
		t.Errorf("made %s, want %s", text, want)
	}
	list := h.asAdmin(t, "GET", "/api/v1/keys", "")
	if !strings.Contains(list.body, shown+"}") || strings.Contains(list.body, k.Key) || strings.Contains(list.body, h.token) {
		t.Errorf("keys are %s, want this one and no secret: %s", list.body, shown)
	}
	h.ask(t, "GET", "/api/v1/me", "", bearer(k.Key)...).want(t, 200, `{"subject":"key:`+k.ID+`","name":"dispatch","role":"viewer","courier":null,`+
		`"actions":["watch"],"scopes":[{"kind":"team","name":"north"}],"until":"2025-11-22T12:00:01Z"}`)
	h.ask(t, "GET", "/api/v1/couriers/10", "", bearer(k.Key)...).wantStatus(t, 200)

	h.asAdmin(t, "PUT", "/api/v1/keys/"+k.ID, `{"name":"door","role":"courier","courier":"11"}`).want(t, 200,
		`{"id":"`+k.ID+`","name":"door","prefix":"peyk_`+k.ID+`…","role":"courier","all":false,"teams":[],"couriers":[],"courier":"11",`+
			`"made":"2025-11-22T12:00:00Z","until":null,"used":null,"revoked":null}`)
	h.ask(t, "GET", "/api/v1/couriers/10", "", bearer(k.Key)...).want(t, 404, notFound)
	h.ask(t, "GET", "/api/v1/me", "", bearer(k.Key)...).want(t, 200, `{"subject":"key:`+k.ID+`","name":"door","role":"courier","courier":{"id":"11","username":""},`+
		`"actions":["watch","publish"],"scopes":[{"kind":"courier","name":"11"}],"until":null}`)

	for range 2 { // again is no mistake
		h.asAdmin(t, "DELETE", "/api/v1/keys/"+k.ID, "").wantStatus(t, http.StatusNoContent)
		h.ask(t, "GET", "/api/v1/me", "", bearer(k.Key)...).want(t, 401, `{"detail":"Invalid token."}`)
	}
	h.asAdmin(t, "PUT", "/api/v1/keys/"+k.ID, `{"role":"viewer"}`).want(t, 404, notFound)
	if list := h.asAdmin(t, "GET", "/api/v1/keys", ""); !strings.Contains(list.body, `"revoked":"2025-11-22T12:00:00Z"`) {
		t.Errorf("keys are %s, want the revoked one too", list.body)
	}
	for _, id := range []string{"none", "%FF", "%00"} {
		h.asAdmin(t, "DELETE", "/api/v1/keys/"+id, "").want(t, 404, notFound)
		h.asAdmin(t, "PUT", "/api/v1/keys/"+id, `{"role":"viewer"}`).want(t, 404, notFound)
	}
	if log := h.log.String(); strings.Contains(log, k.Key[len("peyk_")+9:]) {
		t.Errorf("the log has the key: %s", log)
	}
}

func TestAKeyThatTakesItselfBack(t *testing.T) {
	h := open(t, nil)
	k, _ := h.makeKey(t, `{"role":"admin","all":true}`)
	h.ask(t, "DELETE", "/api/v1/keys/"+k.ID, "", bearer(k.Key)...).wantStatus(t, http.StatusNoContent)
	h.ask(t, "DELETE", "/api/v1/keys/"+k.ID, "", bearer(k.Key)...).want(t, 401, `{"detail":"Invalid token."}`)
}

// TestNobodyRaisesItself: who does not manage all comes by no other key.
func TestNobodyRaisesItself(t *testing.T) {
	h := open(t, nil)
	for name, claims := range map[string]peyk.Claims{
		"leader": {Role: peyk.RoleAdmin, Teams: []string{"A"}}, "viewer": {Role: peyk.RoleViewer, All: true},
		"service": {Role: peyk.RoleService, All: true}, "courier": {Role: peyk.RoleCourier, Self: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			id := strings.Repeat(name[:1], 8)
			h.keep(t, id, claims)
			who := h.as(t, claims)
			h.ask(t, "POST", "/api/v1/keys", `{"role":"viewer","teams":["A"]}`, who...).want(t, 403, notMay)
			h.ask(t, "PUT", "/api/v1/keys/"+id, `{"role":"admin","all":true}`, who...).want(t, 403, notMay)
			h.ask(t, "DELETE", "/api/v1/keys/"+id, "", who...).want(t, 403, notMay)
			h.ask(t, "GET", "/api/v1/keys", "", who...).want(t, 403, notMay)
		})
	}
}

func TestWrongKeys(t *testing.T) {
	h := open(t, nil)
	for _, c := range []struct{ name, body, want string }{
		{"nothing", `{}`, `{"role":["\"\" is not a valid choice."]}`},
		{"no role", `{"role":"root","all":true}`, `{"role":["\"root\" is not a valid choice."]}`},
		{"types", `{"name":1,"role":2,"courier":3,"all":4,"teams":"A","couriers":[5],"until":6}`,
			`{"name":["Not a valid string."],"role":["Not a valid string."],"courier":["Not a valid string."],"all":["Must be a valid boolean."],` +
				`"teams":["Expected a list of items."],"couriers":["Expected a list of items."],` +
				`"until":["Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu]{+HH:MM|-HH:MM|Z}."]}`},
		{"a courier of none", `{"role":"courier"}`, `{"courier":["Courier id is empty (want 1 to 128 bytes)."]}`},
		{"empty names", `{"role":"viewer","teams":["A",""],"couriers":["","1"]}`,
			`{"teams":["Team id is empty (want 1 to 512 bytes)."],"couriers":["Courier id is empty (want 1 to 128 bytes)."]}`},
		{"too many", `{"role":"viewer","teams":["A"` + strings.Repeat(`,"A"`, 1000) + `]}`,
			`{"non_field_errors":["Teams, couriers and orders: want at most 1000: 1001."]}`},
		{"ended", `{"role":"viewer","until":"2025-11-22T12:00:00Z"}`, `{"until":["A moment in the future is required."]}`},
		{"orders", `{"role":"customer","orders":["1"]}`, `{"orders":["There is no such field."]}`},
		{"its id", `{"role":"viewer","id":"a","hash":"b","key":"c"}`,
			`{"hash":["There is no such field."],"id":["There is no such field."],"key":["There is no such field."]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.asAdmin(t, "POST", "/api/v1/keys", c.body).want(t, 400, c.want)
			h.asAdmin(t, "PUT", "/api/v1/keys/x", c.body).want(t, 400, c.want)
		})
	}
	h.asAdmin(t, "POST", "/api/v1/keys", `{"role":"viewer","until":null}`).wantStatus(t, 201)
}

func TestCookies(t *testing.T) {
	h := open(t, nil)
	cookie := "session=" + h.sign(t, people["admin"], noon.Add(time.Hour))
	listed := []string{"Origin", "https://shop.example", "Cookie", cookie, "Content-Type", "application/json"}
	got := h.ask(t, "PUT", "/api/v1/couriers/10", "{}", listed...)
	got.want(t, 201, `{"id":"10","username":"","name":"","team":"","phone":"","vehicle":"","active":true,"metadata":{},"listed":true}`)
	got.wantHeader(t, "Access-Control-Allow-Credentials", "true")

	// Other sites' pages get a browser to send it, but come no further than the door.
	for _, header := range [][]string{
		{"Origin", "https://evil.example"}, {"Origin", "null"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"},
	} {
		forged := h.ask(t, "DELETE", "/api/v1/couriers/10", "", append(header, "Cookie", cookie)...)
		if forged.status != 403 || forged.header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%q: %d %s %v, want 403", header, forged.status, forged.body, forged.header)
		}
	}
	h.asAdmin(t, "DELETE", "/api/v1/couriers/10", "", "Sec-Fetch-Site", "same-origin").wantStatus(t, http.StatusNoContent)
}
