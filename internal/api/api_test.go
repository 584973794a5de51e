package api_test

import (
	"strings"
	"testing"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
)

const (
	everybodyIsMe = `{"subject":"everybody","name":"","role":"admin","courier":null,"actions":["watch","publish","manage"],"scopes":[{"kind":"all","name":""}],"until":null}`
	detailed      = `{"latitude": 35.0001, "longitude": 53.12111, "accuracy": 5, "speed": 8.3, "heading": 270, "battery": 0.76,
		"time": "2025-11-22T11:59:58.5Z", "user": {"id": 10, "username": "test_driver1", "name": "Sara <س>"}}`
	sara = `{"id":"10","username":"test_driver1","name":"Sara <س>","team":"","phone":"","vehicle":"","active":true,"metadata":{},"listed":false,` +
		`"position":{"latitude":35.0001,"longitude":53.12111,"accuracy":5,"speed":8.3,"heading":270,"battery":0.76,` +
		`"time":"2025-11-22T11:59:58.5Z","stamp":1763812800000000,"interval":60}}`
	slashed = `{"id":"a/b","username":"","name":"","team":"","phone":"","vehicle":"","active":true,"metadata":{},"listed":false,` +
		`"position":{"latitude":1,"longitude":2,"stamp":1763812800000000,"interval":60}}`
)

func TestCouriers(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[]}`)
	h.post(t, detailed).want(t, 200, accepted)
	h.post(t, `{"latitude": 1, "longitude": 2, "user": {"id": "a/b"}}`).want(t, 200, accepted)

	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[`+sara+`,`+slashed+`]}`)
	h.asAdmin(t, "GET", "/api/v1/couriers/?limit=1", "").want(t, 200, `{"couriers":[`+sara+`],"next":"10"}`)
	h.asAdmin(t, "GET", "/api/v1/couriers?limit=1&after=10", "").want(t, 200, `{"couriers":[`+slashed+`]}`)
	h.asAdmin(t, "GET", "/api/v1/couriers?limit=1000&after=b", "").want(t, 200, `{"couriers":[]}`)
	h.asAdmin(t, "GET", "/api/v1/couriers?q=SARA", "").want(t, 200, `{"couriers":[`+sara+`]}`)
	h.asAdmin(t, "GET", "/api/v1/couriers?team=north", "").want(t, 200, `{"couriers":[]}`)

	h.asAdmin(t, "GET", "/api/v1/couriers/10", "").want(t, 200, sara)
	h.asAdmin(t, "GET", "/api/v1/couriers/a%2Fb/", "").want(t, 200, slashed)
	for _, id := range []string{"11", "%FF", "%00", strings.Repeat("x", 129)} {
		h.asAdmin(t, "GET", "/api/v1/couriers/"+id, "").want(t, 404, `{"detail":"Not found."}`)
	}
	h.asAdmin(t, "HEAD", "/api/v1/couriers/10", "").want(t, 200, "")
}

func TestWrongPages(t *testing.T) {
	h := open(t, nil)
	const limit = `"limit":["A whole number from 1 to 1000 is required."]`
	for query, want := range map[string]string{
		"limit=0":                          limit,
		"limit=1001":                       limit,
		"limit=":                           limit,
		"limit=ten":                        limit,
		"limit=-1":                         limit,
		"limit=1.5":                        limit,
		"after=%00&limit=x":                limit + `,"after":["Courier id holds a control character: \"\\x00\"."]`,
		"q=%FF":                            `"q":["Courier name is not valid UTF-8: \"\\xff\"."]`,
		"team=" + strings.Repeat("x", 513): `"team":["Courier team has 513 bytes (want at most 512)."]`,
	} {
		t.Run(query, func(t *testing.T) {
			h.asAdmin(t, "GET", "/api/v1/couriers?"+query, "").want(t, 400, "{"+want+"}")
		})
	}
}

func TestWithoutAGoodCredential(t *testing.T) {
	h := open(t, nil)
	h.post(t, detailed).want(t, 200, accepted)
	for _, route := range []struct{ method, path string }{
		{"POST", "/api/v1/locations"}, {"POST", "/driver/location/"}, {"GET", "/api/v1/couriers"},
		{"GET", "/api/v1/couriers/10"}, {"GET", "/api/v1/couriers/11"}, {"GET", "/api/v1/me"}, {"DELETE", "/api/v1/couriers/10"}, {"PUT", "/api/v1/keys/x"},
	} {
		t.Run(route.method+route.path, func(t *testing.T) {
			none := h.ask(t, route.method, route.path, good)
			none.want(t, 401, `{"detail":"Authentication credentials were not provided."}`)
			none.wantHeader(t, "WWW-Authenticate", "Bearer")
			wrong := h.ask(t, route.method, route.path, good, "Authorization", "Bearer "+h.token+"x")
			wrong.want(t, 401, `{"detail":"Invalid token."}`)
			wrong.wantHeader(t, "WWW-Authenticate", "Bearer")
		})
	}
	if got := len(h.reports()); got != 1 {
		t.Errorf("%d positions were published, want the admin's one", got)
	}
}

func TestInsecureLetsEverybodyIn(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Who = auth.Everybody{} })
	h.ask(t, "POST", "/api/v1/locations", detailed, "Content-Type", "application/json").want(t, 200, accepted)
	h.ask(t, "GET", "/api/v1/couriers/10", "").want(t, 200, sara)
	h.ask(t, "GET", "/api/v1/me", "").want(t, 200, everybodyIsMe)
}

func TestMethodsAndPathsThatThereAreNot(t *testing.T) {
	h := open(t, nil)
	for _, test := range []struct{ method, path, allow string }{
		{"GET", "/api/v1/locations", "POST"}, {"PUT", "/driver/location/", "POST"}, {"OPTIONS", "/api/v1/locations", "POST"},
		{"POST", "/api/v1/couriers", "GET, PUT, HEAD"}, {"PATCH", "/api/v1/couriers/10", "DELETE, GET, PUT, HEAD"}, {"GET", "/api/v1/keys/x", "DELETE, PUT"},
	} {
		got := h.asAdmin(t, test.method, test.path, "")
		got.want(t, 405, `{"detail":"Method \"`+test.method+`\" not allowed."}`)
		got.wantHeader(t, "Allow", test.allow)
	}
	for _, path := range []string{"/api/", "/api/v1", "/api/v1/", "/api/v1/couriers/10/x", "/api/v2/locations"} {
		h.ask(t, "GET", path, "").want(t, 404, `{"detail":"Not found."}`)
	}
}

func TestCheckLocationPath(t *testing.T) {
	for _, path := range []string{"/driver/location/", "/driver/location", "/x", "/api/v1/locations", "/api/v1/locations/", "/api/v2/Loc_1.~-"} {
		if err := api.CheckLocationPath(path); err != nil {
			t.Errorf("CheckLocationPath(%q) = %v, want nil", path, err)
		}
		open(t, func(o *api.Options) { o.LocationPath = path }) // and ServeMux takes it
	}
	for _, path := range []string{
		"", "/", "//", "x", "x/", "/a//b", "/a/../b", "/a/.", "/{id}", "/a b", "/a?b", "/a%20b", `/"`, "/پیک", "/ws", "/ws/",
		"/api/v1/couriers", "/api/v1", "/api/v1/x", "http://shop.example/x",
	} {
		if err := api.CheckLocationPath(path); err == nil {
			t.Errorf("CheckLocationPath(%q) = nil, want an error", path)
		}
	}
}

func TestMe(t *testing.T) {
	h := open(t, nil)
	for _, c := range []struct {
		claims peyk.Claims
		want   string // what comes after the name
	}{
		{peyk.Claims{Role: peyk.RoleAdmin, All: true}, `"role":"admin","courier":null,"actions":["watch","publish","manage"],"scopes":[{"kind":"all","name":""}]`},
		{peyk.Claims{Role: peyk.RoleViewer, Teams: []string{"A"}, Couriers: []string{"1"}},
			`"role":"viewer","courier":null,"actions":["watch"],"scopes":[{"kind":"team","name":"A"},{"kind":"courier","name":"1"}]`},
		{peyk.Claims{Role: peyk.RoleCourier, Self: "1"},
			`"role":"courier","courier":{"id":"1","username":""},"actions":["watch","publish"],"scopes":[{"kind":"courier","name":"1"}]`},
		{peyk.Claims{Role: peyk.RoleCustomer, Orders: []string{"7"}}, `"role":"customer","courier":null,"actions":["watch"],"scopes":[{"kind":"order","name":"7"}]`},
		{peyk.Claims{Role: peyk.RoleService}, `"role":"service","courier":null,"actions":["publish"],"scopes":[]`},
	} {
		t.Run(string(c.claims.Role), func(t *testing.T) {
			h.ask(t, "GET", "/api/v1/me", "", h.as(t, c.claims)...).want(t, 200,
				`{"subject":"somebody","name":"Some Body",`+c.want+`,"until":"2025-11-22T13:00:00Z"}`)
		})
	}
	expired := h.ask(t, "GET", "/api/v1/me", "", h.credential(t, "expired")...)
	expired.want(t, 401, `{"detail":"Token has expired."}`)
	expired.wantHeader(t, "WWW-Authenticate", "Bearer")
}
