package api_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/auth"
)

const (
	good     = `{"latitude": 35.0001, "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}}`
	accepted = `{"update_interval":"1/m"}` // as REST framework's JSONRenderer writes it
)

func TestPostLocation(t *testing.T) {
	h := open(t, nil)
	h.post(t, `{"latitude": "35.0001", "longitude": "53.12111", "speed": 8.3, "time": "2025-11-22T11:59:58Z",
		"user": {"id": "10", "username": "test_driver1", "name": "Sara"}, "unknown": [1]}`).want(t, 200, accepted)
	want := []peyk.Report{{
		Courier: peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara"},
		Position: peyk.Position{
			Lat: 35.0001, Lon: 53.12111, Speed: peyk.Measured(8.3), Interval: time.Minute,
			Time: peyk.MicrosOf(noon.Add(-2 * time.Second)), Stamp: peyk.MicrosOf(noon),
		},
	}}
	if diff := cmp.Diff(want, h.reports(), cmp.Comparer(func(a, b peyk.Measure) bool { return a == b })); diff != "" {
		t.Errorf("published (-want +got):\n%s", diff)
	}
}

func TestPostLocationOnEveryPathAndInEveryForm(t *testing.T) {
	h := open(t, nil)
	form := url.Values{"latitude": {"35.0001"}, "longitude": {"53.12111"}, "user.id": {"10"}}.Encode()
	for i, path := range []string{"/api/v1/locations", "/api/v1/locations/", "/driver/location", "/driver/location/"} {
		h.asAdmin(t, "POST", path, good, "Content-Type", "application/json; charset=utf-8").want(t, 200, accepted)
		h.asAdmin(t, "POST", path, form, "Content-Type", "application/x-www-form-urlencoded").want(t, 200, accepted)
		if got := len(h.reports()); got != 2*(i+1) {
			t.Errorf("%s: %d positions were published so far, want %d", path, got, 2*(i+1))
		}
	}
}

func TestOnlyTheNewestIsPublishedAndAllAreAnswered(t *testing.T) {
	h := open(t, nil)
	at := func(clock string) string {
		return `{"latitude": 35, "longitude": 53, "time": "2025-11-22T` + clock + `Z", "user": {"id": 10}}`
	}
	for _, body := range []string{at("11:00:00"), at("11:00:00"), at("10:59:00"), at("11:01:00")} {
		h.post(t, body).want(t, 200, accepted)
	}
	if got := len(h.reports()); got != 2 {
		t.Errorf("%d positions were published, want the 2 that were the newest", got)
	}
	h.wantMetric(t, `peyk_posts_total{outcome="accepted"}`, "2")
	h.wantMetric(t, `peyk_posts_total{outcome="repeat"}`, "1")
	h.wantMetric(t, `peyk_posts_total{outcome="backlog"}`, "1")
}

func TestWrongPosts(t *testing.T) {
	h := open(t, nil)
	user := `, "user": {"id": 10}}`
	tests := []struct {
		name, contentType, body string
		status                  int
		want                    string // begin of the answer
	}{
		{"no fields", "application/json", `{}`, 400,
			`{"latitude":["This field is required."],"longitude":["This field is required."]}`},
		{"no user", "application/json", `{"latitude": 1, "longitude": 2}`, 400, `{"user":["This field is required."]}`},
		{"NaN", "application/json", `{"latitude": NaN, "longitude": 2` + user, 400, `{"detail":"JSON parse error - `},
		{"NaN in a string", "application/json", `{"latitude": "NaN", "longitude": 2` + user, 400, `{"latitude":["A valid number is required."]}`},
		{"1e400", "application/json", `{"latitude": 1e400, "longitude": 2` + user, 400, `{"latitude":["`},
		{"91 degrees", "application/json", `{"latitude": 91, "longitude": 2` + user, 400, `{"latitude":["`},
		{"two wrong", "application/json", `{"latitude": 91, "longitude": "x"` + user, 400, `{"latitude":["`},
		{"another content type", "text/plain", good, 415, `{"detail":"Unsupported media type \"text/plain\" in request."}`},
		{"no content type", "", good, 415, `{"detail":"Unsupported media type \"\" in request."}`},
		{"invalid UTF-8", "application/json", "{\"latitude\": \"\xff\"}", 400, `{"detail":"JSON parse error - `},
		{"10,000 nested brackets", "application/json", strings.Repeat("[", 10_000), 400, `{"detail":"JSON parse error - `},
		{"10,000 closed brackets", "application/json", `{"latitude":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "}", 400, `{"`},
		{"cut off", "application/json", good[:20], 400, `{"detail":"JSON parse error - `},
		{"one byte too long", "application/json", good + strings.Repeat(" ", 64<<10+1-len(good)), 413, `{"detail":"The body has more than 65536 bytes."}`},
		{"10 MB", "application/json", good + strings.Repeat(" ", 10<<20), 413, `{"detail":"The body has more than 65536 bytes."}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := h.asAdmin(t, "POST", "/api/v1/locations", test.body, "Content-Type", test.contentType)
			if !strings.HasPrefix(got.body, test.want) {
				t.Errorf("body = %.200s, want %s…", got.body, test.want)
			}
			got.want(t, test.status, got.body)
		})
	}
	if got := h.reports(); len(got) != 0 {
		t.Errorf("published %v, want nothing", got)
	}
	h.wantMetric(t, `peyk_refused_total{route="/api/v1/locations",status="413"}`, "2")
	h.wantMetric(t, `peyk_refused_total{route="/api/v1/locations",status="415"}`, "2")
	h.post(t, good+strings.Repeat(" ", 64<<10-len(good))).want(t, 200, accepted)
}

// raw opens a connection on which nothing is sent but what the test sends.
func (h *house) raw(t *testing.T, text string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", h.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // twice does no harm
	if err := c.SetDeadline(time.Now().Add(soon)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

func (h *house) head(more string) string {
	return "POST /api/v1/locations HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + h.token +
		"\r\nContent-Type: application/json\r\n" + more + "\r\n\r\n"
}

func TestTooLongABodyIsRefusedUnreadAndTheConnectionCloses(t *testing.T) {
	h := open(t, nil)
	for name, sent := range map[string]string{
		"little more":     h.head("Content-Length: 65537"),
		"said before":     h.head("Content-Length: 10485760"),
		"seen on the way": h.head("Transfer-Encoding: chunked") + fmt.Sprintf("%x\r\n%s", 10<<20, strings.Repeat(" ", 64<<10+1)),
	} {
		t.Run(name, func(t *testing.T) {
			in := bufio.NewReader(h.raw(t, sent)) // and the rest never comes
			response, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			read(t, response).want(t, 413, `{"detail":"The body has more than 65536 bytes."}`)
			if _, err := in.ReadByte(); err != io.EOF {
				t.Errorf("after the answer: %v, want the end of the connection", err)
			}
		})
	}
}

func TestABodyThatDoesNotArrive(t *testing.T) {
	h := build(t, nil)
	h.Config.ReadHeaderTimeout, h.Config.ReadTimeout = soon, 50*time.Millisecond // of the body alone, whenever the header comes
	h.Start()
	response, err := http.ReadResponse(bufio.NewReader(h.raw(t, h.head("Content-Length: 90")+"{")), nil)
	if err != nil {
		t.Fatal(err)
	}
	read(t, response).want(t, 408, `{"detail":"The body did not arrive whole."}`)

	h = open(t, nil)
	response, err = http.ReadResponse(bufio.NewReader(h.raw(t, h.head("Transfer-Encoding: chunked")+"no length\r\n")), nil)
	if err != nil {
		t.Fatal(err)
	}
	read(t, response).want(t, 400, `{"detail":"The body did not arrive whole."}`)
}

func TestFullWorld(t *testing.T) {
	h := open(t, nil)
	body := func(id int) string { return fmt.Sprintf(`{"latitude": 1, "longitude": 2, "user": {"id": %d}}`, id) }
	for id := range room {
		h.post(t, body(id)).want(t, 200, accepted)
	}
	full := h.post(t, body(room))
	full.want(t, 503, `{"detail":"As many couriers as --max-couriers allows are known already."}`)
	full.wantHeader(t, "Retry-After", "60")
	h.post(t, body(0)).want(t, 200, accepted)
}

func TestPanicIsAnsweredAndLogged(t *testing.T) {
	h := open(t, func(o *api.Options) {
		o.Who = auth.Everybody{}
		o.Publish = func(peyk.Report) { panic("the bus is mad") }
	})
	h.post(t, good).want(t, 500, `{"detail":"A server error occurred."}`)
	h.asAdmin(t, "GET", "/api/v1/me", "").want(t, 200, everybodyIsMe)
	if log := h.log.String(); !strings.Contains(log, "the bus is mad") || !strings.Contains(log, "location.go") || strings.Contains(log, h.token) {
		t.Errorf("log = %s, want the panic and where it was, and no token", log)
	}
	h.wantMetric(t, `peyk_refused_total{route="/api/v1/locations",status="500"}`, "1")
}
