package api_test

import (
	"net/http"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
)

const (
	adminIsMe = `{"actions":["watch","publish","manage"],"scopes":[{"kind":"all"}],"until":null}`
	detailed  = `{"latitude": 35.0001, "longitude": 53.12111, "accuracy": 5, "speed": 8.3, "heading": 270, "battery": 0.76,
		"time": "2025-11-22T11:59:58.5Z", "user": {"id": 10, "username": "test_driver1", "name": "Sara <س>"}}`
	sara = `{"id":"10","username":"test_driver1","name":"Sara <س>","team":"","position":{"latitude":35.0001,"longitude":53.12111,` +
		`"accuracy":5,"speed":8.3,"heading":270,"battery":0.76,"time":"2025-11-22T11:59:58.5Z","stamp":1763812800000000,"interval":60}}`
	slashed = `{"id":"a/b","username":"","name":"a/b","team":"","position":{"latitude":1,"longitude":2,"stamp":1763812800000000,"interval":60}}`
)

// holder is somebody with a certain grant, which a test changes between
// requests.
type holder struct{ grant *peyk.Grant }

func (h holder) Grant(*http.Request) (peyk.Grant, error) { return *h.grant, nil }

func TestCouriers(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[]}`)
	h.post(t, detailed).want(t, 200, accepted)
	h.post(t, `{"latitude": 1, "longitude": 2, "user": {"id": "a/b"}}`).want(t, 200, accepted)

	h.asAdmin(t, "GET", "/api/v1/couriers", "").want(t, 200, `{"couriers":[`+sara+`,`+slashed+`]}`)
	h.asAdmin(t, "GET", "/api/v1/couriers/?limit=1", "").want(t, 200, `{"couriers":[`+sara+`],"next":"1"}`)
	h.asAdmin(t, "GET", "/api/v1/couriers?limit=1&after=1", "").want(t, 200, `{"couriers":[`+slashed+`]}`)
	h.asAdmin(t, "GET", "/api/v1/couriers?limit=1000&after=4294967295", "").want(t, 200, `{"couriers":[]}`)

	h.asAdmin(t, "GET", "/api/v1/couriers/10", "").want(t, 200, sara)
	h.asAdmin(t, "GET", "/api/v1/couriers/a%2Fb/", "").want(t, 200, slashed)
	h.asAdmin(t, "GET", "/api/v1/couriers/11", "").want(t, 404, `{"detail":"Not found."}`)
	h.asAdmin(t, "HEAD", "/api/v1/couriers/10", "").want(t, 200, "")
}

func TestWrongPages(t *testing.T) {
	h := open(t, nil)
	const limit = `"limit":["A whole number from 1 to 1000 is required."]`
	const after = `"after":["A whole number from 0 to 4294967295 is required."]`
	for query, want := range map[string]string{
		"limit=0":                       limit,
		"limit=1001":                    limit,
		"limit=":                        limit,
		"limit=ten":                     limit,
		"limit=-1":                      limit,
		"limit=1.5":                     limit,
		"after=4294967296":              after,
		"after=99999999999999999999999": after,
		"after=x&limit=x":               limit + "," + after,
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
		{"GET", "/api/v1/couriers/10"}, {"GET", "/api/v1/couriers/11"}, {"GET", "/api/v1/me"}, {"DELETE", "/api/v1/couriers/10"},
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
	h.ask(t, "GET", "/api/v1/me", "", "Sec-WebSocket-Protocol", "peyk.v1.json, bearer."+h.token).want(t, 200, adminIsMe)
	if got := len(h.reports()); got != 1 {
		t.Errorf("%d positions were published, want the admin's one", got)
	}
}

func TestInsecureLetsEverybodyIn(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Who = auth.Everybody{} })
	h.ask(t, "POST", "/api/v1/locations", detailed, "Content-Type", "application/json").want(t, 200, accepted)
	h.ask(t, "GET", "/api/v1/couriers/10", "").want(t, 200, sara)
	h.ask(t, "GET", "/api/v1/me", "").want(t, 200, adminIsMe)
}

func TestWhatAGrantDoesNotAllow(t *testing.T) {
	who := &peyk.Grant{Actions: peyk.Watch | peyk.Publish, Scopes: []peyk.Scope{peyk.All}}
	h := open(t, func(o *api.Options) { o.Who = holder{who} })
	const forbidden = `{"detail":"You do not have permission to perform this action."}`
	h.post(t, `{"latitude": 1, "longitude": 2, "user": {"id": "a/b"}}`).want(t, 200, accepted)
	h.post(t, detailed).want(t, 200, accepted)

	*who = peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{{Kind: peyk.ScopeCourier, Name: "10"}}, Until: noon.Add(time.Second)}
	h.post(t, detailed).want(t, 403, forbidden)
	h.ask(t, "GET", "/api/v1/couriers?limit=1", "").want(t, 200, `{"couriers":[`+sara+`]}`)
	h.ask(t, "GET", "/api/v1/couriers/10", "").want(t, 200, sara)
	h.ask(t, "GET", "/api/v1/couriers/a%2Fb", "").want(t, 404, `{"detail":"Not found."}`)
	h.ask(t, "GET", "/api/v1/me", "").want(t, 200,
		`{"actions":["watch"],"scopes":[{"kind":"courier","name":"10"}],"until":"2025-11-22T12:00:01Z"}`)

	who.Actions = peyk.Publish
	h.post(t, detailed).want(t, 200, accepted)
	h.post(t, `{"latitude": 1, "longitude": 2, "user": {"id": 11}}`).want(t, 403, forbidden)
	h.ask(t, "GET", "/api/v1/couriers", "").want(t, 403, forbidden)
	h.ask(t, "GET", "/api/v1/couriers/10", "").want(t, 403, forbidden)

	*who = peyk.Grant{}
	h.ask(t, "GET", "/api/v1/me", "").want(t, 200, `{"actions":[],"scopes":[],"until":null}`)
}

func TestMethodsAndPathsThatThereAreNot(t *testing.T) {
	h := open(t, nil)
	for _, test := range []struct{ method, path, allow string }{
		{"GET", "/api/v1/locations", "POST"}, {"PUT", "/driver/location/", "POST"}, {"OPTIONS", "/api/v1/locations", "POST"},
		{"POST", "/api/v1/couriers", "GET, HEAD"}, {"DELETE", "/api/v1/couriers/10", "GET, HEAD"},
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
