package main

import (
	"net/http"
	"strings"
	"testing"

	"peyk/internal/bus/redistest"
)

// TestRoles: each half of the work is done by the node whose role it is, and
// the other one says why it is not.
func TestRoles(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	options := []string{"--insecure", "--bus", redis.URL, "--location-path", "/api/location/", "--role"}
	show, take := startNode(t, append(options, "push")...), startNode(t, append(options, "ingest")...)
	for role, n := range map[string]*process{"push": show, "ingest": take} {
		if want := "Peyk listens on " + n.url + " (--role " + role + ")\n"; n.said.String() != want {
			t.Errorf("the server said %q, want %q", n.said, want)
		}
		within(t, soon, role+" is ready, and says what it is", func() bool {
			a, err := n.ready()
			return err == nil && a.status == http.StatusOK && a.body == `{"ready":true,"role":"`+role+`"}`
		})
	}

	picture := show.watch(t)
	for _, path := range []string{"/api/v1/locations", "/api/location/", "/api/location"} {
		take.ask("POST", path, at("10", 1)).want(t, http.StatusOK, accepted)
		show.ask("POST", path, at("10", 2)).want(t, http.StatusNotFound, `{"detail":"This server takes no positions: it runs with --role push."}`)
	}
	take.ask("POST", "/api/v1/positions", "["+at("11", 3)+"]").want(t, http.StatusOK, `{"results":[{"status":"accepted"}],"update_interval":"1/m"}`)
	show.ask("POST", "/api/v1/positions", "["+at("11", 4)+"]").want(t, http.StatusNotFound, `{"detail":"This server takes no positions: it runs with --role push."}`)
	within(t, soon, "what the one took the other shows", func() bool { return picture.shows(map[string]float64{"10": 1, "11": 3}) })

	for _, path := range []string{"/ws", "/api/v1/stream", "/", "/config.json", "/map/city.geojson"} {
		take.ask("GET", path, "").want(t, http.StatusNotFound, `{"detail":"This server takes positions and shows none: it runs with --role ingest."}`)
		if a := show.ask("HEAD", path, ""); a.status == http.StatusNotFound && path != "/map/city.geojson" {
			t.Errorf("%s of the one that shows is not there", path)
		}
	}
	// Both know the couriers and their keys: to look after them is no half of the work.
	for _, n := range []*process{show, take} {
		if a := n.ask("GET", "/api/v1/couriers/10", ""); a.status != http.StatusOK || !strings.Contains(a.body, `"latitude":1,`) {
			t.Errorf("courier 10 is %d %s, want what was taken", a.status, a.body)
		}
	}
	for role, n := range map[string]*process{"push": show, "ingest": take} {
		me := n.ask("GET", "/api/v1/me", "") // by which the panel decides what it offers
		if offers := strings.Contains(me.body, `"publish"`); offers == (role == "push") {
			t.Errorf("/api/v1/me with the role %s is %s", role, me.body)
		}
	}
	if got := show.metric("peyk_posts_total{outcome=\"accepted\"}"); got != 0 {
		t.Errorf("%v posts were accepted by the one that takes none", got)
	}
	picture.wantUnbroken(t)
}

// TestRolesBelowAPath: each half is found below the path of --public-url.
func TestRolesBelowAPath(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	for _, role := range []string{"push", "ingest"} {
		n := startNode(t, "--bus", redis.URL, "--public-url", "http://127.0.0.1/peyk", "--location-path", "/api/location/", "--role", role)
		status := map[string]int{"push": http.StatusNotFound, "ingest": http.StatusOK}[role]
		for _, path := range []string{"/api/v1/locations", "/api/location/"} {
			for _, path := range []string{path, "/peyk" + path} {
				if a := n.ask("POST", path, at("10", 1), "Authorization", "Bearer "+n.token); a.status != status {
					t.Errorf("a post to %s with the role %s is answered %d %s, want %d", path, role, a.status, a.body, status)
				}
			}
		}
		for _, path := range []string{"/api", "/peyk/api", "/peyk/api/"} {
			n.ask("GET", path, "").want(t, http.StatusNotFound, `{"detail":"Not found."}`)
		}
	}
}

// TestRoleOfTheFirstKey: where there is no map, the key is told without one.
func TestRoleOfTheFirstKey(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	n := startNode(t, "--bus", redis.URL, "--role", "ingest")
	if want := "The first API key, which is shown this once: " + n.token; n.token == "" || !strings.Contains(n.said.String(), want) {
		t.Errorf("the server said %q, want the first API key", n.said)
	}
	n.post(at("10", 1), "Authorization", "Bearer "+n.token)
}
