package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/api"
)

// bare is what is shown of an order with nothing but an id, made at noon.
func bare(id, state, courier, times string, version int) string {
	return fmt.Sprintf(`{"id":%q,"state":%q,"courier":%q,"destination":null,"pickup":null,"promised":null,"stop":0,"customer":"","phone":"","shop_phone":"",`+
		`"courier_phone":"","code":"","needs_code":false,"reason":"","metadata":{},"times":{%s},"version":%d}`, id, state, courier, times, version)
}

const (
	atNoon   = `"created":"2025-11-22T12:00:00Z"`
	wholeSay = `{"courier":"10","destination":{"latitude":35.7,"longitude":51.4,"address":"خانه <۱>"},"pickup":{"address":"shop"},"promised":"2025-11-22T16:30:00+03:30",` +
		`"stop":2,"customer":"Ali","phone":"1","shop_phone":"2","courier_phone":"3","code":"42","reason":"","metadata":{"a": [1.0]}}`
	whole = `{"id":"7","state":"assigned","courier":"10","destination":{"latitude":35.7,"longitude":51.4,"address":"خانه <۱>"},"pickup":{"address":"shop"},` +
		`"promised":"2025-11-22T13:00:00Z","stop":2,"customer":"Ali","phone":"1","shop_phone":"2","courier_phone":"3","code":"42","needs_code":true,"reason":"",` +
		`"metadata":{"a":[1.0]},"times":{"assigned":"2025-11-22T12:00:00Z",` + atNoon + `},"version":1}`
)

func TestPutOrder(t *testing.T) {
	h := open(t, nil)
	made := h.asAdmin(t, "PUT", "/api/v1/orders/7", wholeSay)
	made.want(t, 201, whole)
	made.wantHeader(t, "ETag", `"1"`)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", wholeSay).want(t, 200, whole)
	h.asAdmin(t, "GET", "/api/v1/orders/7", "").want(t, 200, whole)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", "{}").want(t, 200, bare("7", "created", "", atNoon, 2)) // replaced, and not merged
	h.asAdmin(t, "PUT", "/api/v1/orders/a%2Fb", "{}").want(t, 201, bare("a/b", "created", "", atNoon, 1))
	h.asAdmin(t, "DELETE", "/api/v1/orders/7", "").wantStatus(t, 204)
	h.asAdmin(t, "GET", "/api/v1/orders/7", "").want(t, 404, notFound)
	h.asAdmin(t, "DELETE", "/api/v1/orders/7", "").want(t, 404, notFound)
}

func TestPutOrderSaysWhatIsWrong(t *testing.T) {
	h := open(t, nil)
	for body, want := range map[string]string{
		`{"destination":{"latitude":91,"longitude":0}}`:          `{"destination":["Destination: want degrees, -90 to 90 and -180 to 180: 91, 0."]}`,
		`{"destination":{"latitude":1}}`:                         `{"destination":["latitude and longitude: Both are required, or none."]}`,
		`{"pickup":{"latitude":"1","longitude":2}}`:              `{"pickup":["latitude: A valid number is required."]}`,
		`{"pickup":[],"stop":1.5}`:                               `{"pickup":["Expected a dictionary of items."],"stop":["A valid integer is required."]}`,
		`{"state":"lost","stop":-1,"surprise":1}`:                `{"state":["\"lost\" is not a valid choice."],"stop":["Stop: want 0 to 10000: -1."],"surprise":["There is no such field."]}`,
		`{"promised":"soon","customer":"\u0000"}`:                `{"promised":["Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu]{+HH:MM|-HH:MM|Z}."],"customer":["Customer holds a control character: \"\\x00\"."]}`,
		`{"state":"picked_up"}`:                                  `{"courier":["This field is required."]}`,
		`{"courier":"` + strings.Repeat("x", 129) + `"}`:         `{"courier":["Courier id has 129 bytes (want at most 128)."]}`,
		`{"code":"` + strings.Repeat("1", peyk.MaxCode+1) + `"}`: `{"code":["Code has 33 bytes (want at most 32)."]}`,
	} {
		h.asAdmin(t, "PUT", "/api/v1/orders/7", body).want(t, 400, want)
	}
	h.asAdmin(t, "GET", "/api/v1/orders", "").want(t, 200, `{"orders":[]}`)
}

func TestStatesOfAnOrder(t *testing.T) {
	h := open(t, nil)
	say := func(state string) answer {
		return h.asAdmin(t, "PUT", "/api/v1/orders/7", fmt.Sprintf(`{"courier":"10","state":%q}`, state))
	}
	say("created").wantStatus(t, 201) // which is assigned, since it has a courier
	say("assigned").wantStatus(t, 200)
	say("picked_up").wantStatus(t, 200)
	say("assigned").want(t, 409, `{"detail":"The order is picked_up and cannot become assigned."}`)
	say("delivered").wantStatus(t, 200)
	version := say("delivered").header.Get("ETag")
	if version != `"3"` {
		t.Errorf("said three times it is version %s, want 3", version)
	}
	for _, state := range []string{"created", "assigned", "picked_up", "cancelled", "failed"} {
		say(state).wantStatus(t, 409)
	}
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"courier":"10","customer":"new"}`).wantStatus(t, 200)
}

func TestIfMatch(t *testing.T) {
	h := open(t, nil)
	const stale = `{"detail":"The order is not as If-Match says."}`
	if got := h.asAdmin(t, "PUT", "/api/v1/orders/7", "{}", "If-Match", "*"); got.status != 412 || got.body != stale {
		t.Errorf("any version of what there is not: %v", got)
	}
	h.asAdmin(t, "PUT", "/api/v1/orders/7", "{}").wantStatus(t, 201)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"stop":1}`, "If-Match", `"9", "1"`).wantStatus(t, 200)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"stop":2}`, "If-Match", `"1"`).want(t, 412, stale)
	h.asAdmin(t, "DELETE", "/api/v1/orders/7", "", "If-Match", `"1"`).want(t, 412, stale)
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"stop":1}`, "If-Match", "*").wantStatus(t, 200)
	h.asAdmin(t, "DELETE", "/api/v1/orders/7", "", "If-Match", `"2"`).wantStatus(t, 204)
}

func TestIdempotencyKey(t *testing.T) {
	h := open(t, nil)
	put := func(key, body string) answer {
		return h.asAdmin(t, "PUT", "/api/v1/orders/7", body, "Idempotency-Key", key)
	}
	first := put("k", `{"stop":1}`)
	first.wantStatus(t, 201)
	put("l", `{"stop":2}`).wantStatus(t, 200)
	again := put("k", `{"stop":1}`)
	if again.status != first.status || again.body != first.body || again.header.Get("ETag") != `"1"` {
		t.Errorf("again: %v, want as at first: %v", again, first)
	}
	if got := h.asAdmin(t, "GET", "/api/v1/orders/7", ""); !strings.Contains(got.body, `"stop":2,`) {
		t.Errorf("it took place again: %s", got.body)
	}
	put("k", `{"stop":3}`).want(t, 422, `{"detail":"This Idempotency-Key was used for another request."}`)
	put("", `{}`).wantStatus(t, 400)
	put("m", `{"state":"picked_up"}`).wantStatus(t, 400)
	put("m", `{"state":"picked_up"}`).wantStatus(t, 400) // what failed is not remembered

	h.keep(t, "other", people["admin"])
	other := h.as(t, people["admin"])
	h.ask(t, "PUT", "/api/v1/orders/7", `{"stop":4}`, append(other, "Idempotency-Key", "k")...).wantStatus(t, 200)

	bulk := func() answer {
		return h.asAdmin(t, "POST", "/api/v1/orders", `{"orders":[{"id":"8"},{"id":"7"}]}`, "Idempotency-Key", "b")
	}
	bulk().want(t, 200, `{"made":1,"changed":1}`)
	bulk().want(t, 200, `{"made":1,"changed":1}`)
}

func TestPostOrders(t *testing.T) {
	h := open(t, nil)
	post := func(body string) answer { return h.asAdmin(t, "POST", "/api/v1/orders", body) }
	post(`{"orders":[{"id":"1","state":"delivered"},{"id":"2","courier":"10"}]}`).want(t, 200, `{"made":2,"changed":0}`)
	post(`{"orders":[{"id":"3"},{"id":"3"},[],{"id":"4","stop":-1}]}`).want(t, 400,
		`{"orders":{"1":{"id":["This order is in the list twice."]},"2":{"non_field_errors":["Invalid data. Expected a dictionary."]},"3":{"stop":["Stop: want 0 to 10000: -1."]}}}`)
	post(`{"orders":[{"id":"3"},{"id":"1","state":"created"},{"id":"4","state":"assigned"}]}`).want(t, 400,
		`{"orders":{"1":{"state":["The order is delivered and cannot become created."]},"2":{"courier":["This field is required."]}}}`)
	post(`{}`).want(t, 400, `{"orders":["This field is required."]}`)
	h.asAdmin(t, "GET", "/api/v1/orders/3", "").want(t, 404, notFound)
	var many strings.Builder
	for i := range api.MaxOrders + 1 {
		fmt.Fprintf(&many, `,{"id":"%d"}`, i)
	}
	post(`{"orders":[`+many.String()[1:]+`]}`).want(t, 400, `{"orders":["Ensure this field has no more than 10000 elements."]}`)
}

func TestListOrders(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "POST", "/api/v1/orders", `{"orders":[{"id":"1","courier":"10"},{"id":"2","customer":"علي"},{"id":"3","state":"failed"}]}`).wantStatus(t, 200)
	for query, want := range map[string]string{
		"":                         `1 2 3`,
		"?limit=2":                 `1 2 next 2`,
		"?limit=2&after=2":         `3`,
		"?q=علی":                   `2`,
		"?state=failed,assigned":   `1 3`,
		"?state=failed&courier=10": ``,
		"?courier=10":              `1`,
	} {
		var page struct {
			Orders []struct{ ID string }
			Next   string
		}
		got := h.asAdmin(t, "GET", "/api/v1/orders"+query, "")
		if err := json.Unmarshal([]byte(got.body), &page); err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, o := range page.Orders {
			ids = append(ids, o.ID)
		}
		if page.Next != "" {
			ids = append(ids, "next", page.Next)
		}
		if strings.Join(ids, " ") != want {
			t.Errorf("%q: %q, want %q", query, ids, want)
		}
	}
	h.asAdmin(t, "GET", "/api/v1/orders?state=lost&limit=0", "").want(t, 400,
		`{"limit":["A whole number from 1 to 1000 is required."],"state":["Want one of [created assigned picked_up delivered cancelled failed]: \"lost\"."]}`)
}

// TestLeaderKeepsOrdersWithItsCouriers: it does not take from others, give to
// others, or let go.
func TestLeaderKeepsOrdersWithItsCouriers(t *testing.T) {
	h := open(t, nil)
	for id, team := range map[string]string{"a1": "A", "a2": "A", "b1": "B"} {
		h.asAdmin(t, "PUT", "/api/v1/couriers/"+id, fmt.Sprintf(`{"team":%q}`, team)).wantStatus(t, 201)
	}
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"courier":"a1","code":"42"}`).wantStatus(t, 201)
	put := func(courier string) answer {
		return h.ask(t, "PUT", "/api/v1/orders/7", fmt.Sprintf(`{"courier":%q,"code":"42"}`, courier), h.as(t, people["leader"])...)
	}
	put("a2").wantStatus(t, 200)
	for _, courier := range []string{"b1", "", "unknown"} {
		put(courier).want(t, 400, `{"courier":["You may not give orders to this courier."]}`)
	}
	if got := h.ask(t, "GET", "/api/v1/orders/7", "", h.as(t, people["viewer"])...); !strings.Contains(got.body, `"code":"","needs_code":true`) {
		t.Errorf("a viewer sees %s, want no code", got.body)
	}
	h.asAdmin(t, "PUT", "/api/v1/couriers/a2", `{"team":"B"}`).wantStatus(t, 200)
	put("a2").want(t, 404, notFound)
}

func TestCourierReportsItsOrders(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "POST", "/api/v1/orders", `{"orders":[{"id":"late","courier":"own","stop":2},{"id":"next","courier":"own","stop":1,"code":"42"},{"id":"other","courier":"foe"}]}`).wantStatus(t, 200)
	courier := h.as(t, people["courier"])
	say := func(id, body string) answer { return h.ask(t, "POST", "/api/v1/me/orders/"+id, body, courier...) }
	say("next", `{"state":"picked_up"}`).wantStatus(t, 200)
	say("next", `{"state":"picked_up"}`).wantStatus(t, 200)
	say("next", `{"state":"delivered","time":"yesterday"}`).wantStatus(t, 400)
	say("next", `{"state":"failed"}`).want(t, 400, `{"reason":["This field is required."]}`)
	say("next", `{"state":"cancelled"}`).want(t, 400, `{"state":["A courier reports picked_up, delivered or failed."]}`)
	say("next", `{}`).want(t, 400, `{"state":["This field is required."]}`)
	say("other", `{"state":"picked_up"}`).want(t, 404, notFound)
	say("absent", `{"state":"picked_up"}`).want(t, 404, notFound)

	const wrong = `{"code":["The code is not the order's."]}`
	say("next", `{"state":"delivered"}`).want(t, 400, wrong)
	done := say("next", `{"state":"delivered","code":"۴۲"}`)
	if done.wantStatus(t, 200); !strings.Contains(done.body, `"state":"delivered"`) || strings.Contains(done.body, `"code":"42"`) {
		t.Errorf("delivered: %s, want the state, and no code", done.body)
	}
	say("next", `{"state":"delivered"}`).wantStatus(t, 200)
	late := say("late", `{"state":"failed","reason":"nobody there","time":"2001-01-01T00:00:00Z"}`)
	if late.wantStatus(t, 200); strings.Contains(late.body, "2001") || !strings.Contains(late.body, `"failed":"20`) {
		t.Errorf("failed before it was given to the courier: %s", late.body)
	}
	say("late", `{"state":"delivered"}`).wantStatus(t, 409)
}

func TestCodesAreNotGuessed(t *testing.T) {
	now := noon
	h := open(t, func(o *api.Options) { o.Now = func() time.Time { return now } })
	h.asAdmin(t, "PUT", "/api/v1/orders/7", `{"courier":"own","code":"42"}`).wantStatus(t, 201)
	courier := h.as(t, people["courier"])
	say := func(code string) answer {
		return h.ask(t, "POST", "/api/v1/me/orders/7", fmt.Sprintf(`{"state":"delivered","code":%q}`, code), courier...)
	}
	for i := range 5 {
		say(fmt.Sprint(i)).wantStatus(t, 400)
	}
	no := say("42")
	no.want(t, http.StatusTooManyRequests, `{"detail":"The code was wrong too often."}`)
	no.wantHeader(t, "Retry-After", "901")
	now = now.Add(15 * time.Minute)
	say("42").wantStatus(t, 200)
}

func TestOwnOrdersAreInSequence(t *testing.T) {
	h := open(t, nil)
	h.asAdmin(t, "POST", "/api/v1/orders", `{"orders":[{"id":"c","courier":"own","stop":2},{"id":"a","courier":"own","promised":"2025-11-22T13:00:00Z"},`+
		`{"id":"b","courier":"own","stop":1},{"id":"done","courier":"own","state":"delivered"},{"id":"other","courier":"foe"}]}`).wantStatus(t, 200)
	got := h.ask(t, "GET", "/api/v1/me/orders", "", h.as(t, people["courier"])...)
	var page struct{ Orders []struct{ ID string } }
	if err := json.Unmarshal([]byte(got.body), &page); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, o := range page.Orders {
		ids = append(ids, o.ID)
	}
	if want := []string{"b", "c", "a", "done"}; !slices.Equal(ids, want) {
		t.Errorf("orders are %q, want %q", ids, want)
	}
}
