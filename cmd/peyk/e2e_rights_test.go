package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/wire"
)

// connection is both ways in which one watches, with one credential.
type connection struct {
	id, key string
	socket  *stream
	events  *events
}

// connect opens both with a new key.
func (n *process) connect(t *testing.T, body string) connection {
	t.Helper()
	id, key := n.key(body)
	return connection{id, key, n.join(t, key), n.subscribe(t, key)}
}

// wantLost wants both closed, and nothing more told of any courier.
func (c connection) wantLost(t *testing.T, code int) {
	t.Helper()
	for _, told := range c.socket.wantClose(websocket.StatusCode(code)) {
		if !strings.HasPrefix(told, `{"type":"beat"`) && !strings.HasPrefix(told, `{"type":"bye"`) {
			t.Errorf("a viewer whose right has ended was told %s", told)
		}
	}
	c.events.wantBye(code)
}

// TestRightsEnd takes rights away in each way, while their holders watch.
func TestRightsEnd(t *testing.T) {
	t.Parallel()
	n := startNode(t)
	n.post(first, "Authorization", "Bearer "+n.token)
	ways := map[string]struct {
		end    func(id string)
		code   int
		answer string
	}{
		"revoked":                    {func(id string) { n.manage("DELETE", "/api/v1/keys/"+id, "", http.StatusNoContent) }, 4403, "Invalid token."},
		"revoked by another process": {func(id string) { n.run("key", "revoke", id) }, 4403, "Invalid token."},
		"another role": {func(id string) {
			n.manage("PUT", "/api/v1/keys/"+id, `{"role":"service","all":true}`, http.StatusOK)
		}, 4403, ""},
		"expired": {func(id string) {
			until := time.Now().Add(3 * time.Second).UTC().Format(time.RFC3339Nano)
			n.manage("PUT", "/api/v1/keys/"+id, fmt.Sprintf(`{"role":"viewer","all":true,"until":%q}`, until), http.StatusOK)
		}, 4401, "Token has expired."},
	}
	open := map[string]connection{}
	for name := range ways {
		open[name] = n.connect(t, `{"name":"a viewer","role":"viewer","all":true}`)
	}
	other := n.connect(t, `{"role":"viewer","all":true}`)
	for name, way := range ways {
		way.end(open[name].id)
		open[name].wantLost(t, way.code)
		if way.answer != "" {
			n.me(open[name].key).want(t, http.StatusUnauthorized, fmt.Sprintf(`{"detail":%q}`, way.answer))
		}
	}
	n.post(at("first", 7), "Authorization", "Bearer "+n.token)
	other.socket.until(`,7,2,`)
	other.events.until(`,7,2,`)
	if got := n.metric(`peyk_viewers_closed_total{reason="revoked"}`); got != 6 {
		t.Errorf("%v viewers were closed as revoked, want 6", got)
	}
	if got := n.metric(`peyk_viewers_closed_total{reason="expired"}`); got != 2 {
		t.Errorf("%v viewers were closed as expired, want 2", got)
	}
}

// TestRightsChange has couriers and a key go from team to team.
func TestRightsChange(t *testing.T) {
	t.Parallel()
	n := startNode(t)
	for id, team := range map[string]string{"1": "north", "2": "south", "3": ""} {
		n.manage("PUT", "/api/v1/couriers/"+id, fmt.Sprintf(`{"team":%q}`, team), http.StatusCreated)
		n.post(at(id, 1), "Authorization", "Bearer "+n.token)
	}
	id, key := n.key(`{"role":"viewer","teams":["north"]}`)
	all, team := n.watch(t), n.watchAs(t, key)
	for _, step := range []struct {
		name, method, path, body string
		status                   int
		seen                     map[string]float64
	}{
		{"at first", "PUT", "/api/v1/teams/north", `{"name":"The north"}`, 200, map[string]float64{"1": 1}},
		{"one comes", "PUT", "/api/v1/couriers/2", `{"team":"north"}`, 200, map[string]float64{"1": 1, "2": 1}},
		{"one goes", "PUT", "/api/v1/couriers/1", `{"team":"south"}`, 200, map[string]float64{"2": 1}},
		{"one is off duty", "PUT", "/api/v1/couriers/2", `{"team":"north","active":false}`, 200, map[string]float64{}},
		{"the key is for another team", "PUT", "/api/v1/keys/" + id, `{"role":"viewer","teams":["south"]}`, 200, map[string]float64{"1": 1}},
		{"the key is for all", "PUT", "/api/v1/keys/" + id, `{"role":"viewer","all":true}`, 200, map[string]float64{"1": 1, "3": 1}},
		{"one is deleted", "DELETE", "/api/v1/couriers/1", "", 204, map[string]float64{"3": 1}},
	} {
		n.manage(step.method, step.path, step.body, step.status)
		within(t, soon, step.name, func() bool { return team.shows(step.seen) })
	}
	n.post(at("2", 5), "Authorization", "Bearer "+n.token) // it is off duty: answered like any other, and not kept
	n.post(at("3", 5), "Authorization", "Bearer "+n.token)
	for _, p := range []*watcher{all, team} {
		within(t, soon, "all see who is left", func() bool { return p.shows(map[string]float64{"3": 5}) })
		p.wantUnbroken(t)
	}
	if got := n.metric(`peyk_positions_dropped_total{reason="off_duty"}`); got != 1 {
		t.Errorf("%v positions were dropped of who is off duty, want 1", got)
	}
}

// TestCourierAndService: a courier posts for itself, whatever it says, and sees
// itself; a service posts for everybody and sees nobody.
func TestCourierAndService(t *testing.T) {
	t.Parallel()
	n := startNode(t)
	n.manage("PUT", "/api/v1/couriers/10", `{"team":"north"}`, http.StatusCreated)
	phone := n.run("key", "make", "--role", "courier", "--courier", "10", "--name", "a phone")
	within(t, soon, "the server knows a key that another process made", func() bool { return n.me(phone).status == http.StatusOK })
	_, service := n.key(`{"role":"service","all":true}`)
	n.post(at("11", 1), "Authorization", "Bearer "+phone)
	n.post(at("12", 2), "Authorization", "Bearer "+service)
	for token, seen := range map[string]map[string]float64{phone: {"10": 1}, n.token: {"10": 1, "12": 2}} {
		picture := n.watchAs(t, token)
		within(t, soon, "each sees what it may", func() bool { return picture.shows(seen) })
	}
	for _, path := range []string{"/api/v1/couriers", "/api/v1/couriers/12", "/api/v1/stream"} {
		if a := n.ask("GET", path, "", "Authorization", "Bearer "+service); a.status != http.StatusForbidden {
			t.Errorf("a service that asks for %s is answered %d %s, want 403", path, a.status, a.body)
		}
	}
	if _, status := n.knock(t, websocket.DialOptions{HTTPHeader: bearer(service)}); status != http.StatusForbidden {
		t.Errorf("a service that wants to watch is answered %d, want 403", status)
	}
}

const shopSecret = "what the shop signs its tokens with"

// signed returns a token of the shop.
func signed(t *testing.T, subject string, claims peyk.Claims, until time.Time) string {
	t.Helper()
	token, err := auth.Sign(auth.Draft{Subject: subject, Claims: claims, Until: until}, []byte(shopSecret))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestFreshToken has two viewers whose tokens end; one sends a fresh one before.
func TestFreshToken(t *testing.T) {
	t.Parallel()
	n := newNode(t)
	n.env = []string{"PEYK_AUTH_JWT_SECRET=" + shopSecret}
	n.start()
	n.post(first, "Authorization", "Bearer "+n.token)
	viewer := peyk.Claims{Role: peyk.RoleViewer, All: true}
	end := time.Now().Add(8 * time.Second).Truncate(time.Second)
	token := signed(t, "sara", viewer, end)
	lost := connection{"", token, n.join(t, token), n.subscribe(t, token)}
	stays := n.join(t, token)

	stays.say(string(wire.AppendToken(nil, signed(t, "ali", viewer, end.Add(time.Hour)))))
	stays.until(`{"type":"error","error":"bad_token"`)
	stays.say(string(wire.AppendToken(nil, signed(t, "sara", viewer, end.Add(time.Hour)))))
	stays.until(fmt.Sprintf(`{"type":"right","until":%d}`, end.Add(time.Hour).UnixMilli()))

	lost.wantLost(t, 4401)
	if early := time.Until(end); early > 0 {
		t.Errorf("the viewer was closed %v before its right ended", early)
	}
	n.me(token).want(t, http.StatusUnauthorized, `{"detail":"Token has expired."}`)
	for lat := 10; lat < 13; lat++ {
		n.post(at("first", float64(lat)), "Authorization", "Bearer "+n.token)
		stays.until(fmt.Sprintf(`,%d,2,`, lat))
	}
}

// TestAuditLog says who watched, and goes on in another file once it is told to.
func TestAuditLog(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--audit-log", "audit.jsonl")
	n.manage("PUT", "/api/v1/couriers/10", `{"team":"north"}`, http.StatusCreated)
	id, key := n.key(`{"name":"dispatch","role":"viewer","teams":["north"]}`)
	file, old := filepath.Join(n.dir, "audit.jsonl"), filepath.Join(n.dir, "old.jsonl")
	lines := func(file string) []string {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil // it is not there yet
		}
		return strings.Split(strings.TrimSpace(string(text)), "\n")
	}
	viewer := n.join(t, key)
	within(t, soon, "the log tells who watches", func() bool { return len(lines(file)) == 1 })
	if err := os.Rename(file, old); err != nil {
		t.Fatal(err)
	}
	n.signal(syscall.SIGHUP)
	within(t, soon, "there is another file", func() bool { _, err := os.Stat(file); return err == nil })
	n.manage("DELETE", "/api/v1/keys/"+id, "", http.StatusNoContent)
	viewer.wantClose(4403)
	within(t, soon, "the log tells who has watched", func() bool { return len(lines(file)) == 1 && lines(file)[0] != "" })
	what := regexp.MustCompile(`^\{"from":"20[^"]+Z",("to":"20[^"]+Z",)?"subject":"key:` + id + `","name":"dispatch","role":"viewer","key":"` + id +
		`","address":"127\.0\.0\.1:\d+","scopes":\[\{"kind":"team","name":"north"\}\],"view":\{"all":true\}\}$`)
	for file, ended := range map[string]bool{old: false, file: true} {
		line := lines(file)[0]
		if found := what.FindStringSubmatch(line); found == nil || (found[1] != "") != ended {
			t.Errorf("%s holds %s, want one like %v", file, line, what)
		}
	}
}
