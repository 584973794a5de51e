package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"peyk"
	"peyk/internal/client"
)

// TestEveryMeasure has one courier post all that it can.
func TestEveryMeasure(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure", "--update-interval", "30/m")
	picture := n.watch(t)
	at := peyk.Position{
		Lat: 35.0001, Lon: 53.12111, Accuracy: peyk.Measured(4.5), Altitude: peyk.Measured(-12), Speed: peyk.Measured(8.34),
		Heading: peyk.Measured(270.4), Battery: peyk.Measured(0.76), Time: peyk.MicrosOf(time.Date(2025, 11, 22, 11, 59, 58, 0, time.UTC)),
	}
	rate, err := client.New(n.url, "").Post(t.Context(), peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara <س>"}, at)
	if want := (peyk.Rate{Count: 30, Per: time.Minute}); err != nil || rate != want {
		t.Fatalf("Post = %v, %v, want %v", rate, err, want)
	}

	got := n.ask("GET", "/api/v1/couriers/10", "")
	stamp := numberAfter(t, got.body, `"stamp":`)
	got.want(t, http.StatusOK, `{"id":"10","username":"test_driver1","name":"Sara <س>","team":"",`+
		heardOnly+`"position":{"latitude":35.0001,"longitude":53.12111,"accuracy":4.5,"altitude":-12,"speed":8.34,"heading":270.4,"battery":0.76,`+
		fmt.Sprintf(`"time":"2025-11-22T11:59:58Z","stamp":%d,"interval":2}}`, stamp))

	within(t, soon, "the courier is in the picture", func() bool { return picture.shows(map[string]float64{"10": at.Lat}) })
	shown, _ := picture.picture()
	want := peyk.Position{
		Lat: at.Lat, Lon: at.Lon, Heading: peyk.Measured(270), Speed: peyk.Measured(8.3),
		Stamp: peyk.Micros(stamp / 1000 * 1000), Interval: 2 * time.Second,
	}
	if got := shown["10"]; got.Position != want || got.Courier != (peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara <س>"}) {
		t.Errorf("the picture shows %+v, want %+v", got, want)
	}
}

// TestThousandCouriers has them report at the same time, twice, while one
// viewer reads nothing until it is over and one comes late.
func TestThousandCouriers(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure")
	n.post(first)
	page, slow, pictures := n.listen(t), n.listen(t), []*watcher{n.watch(t), n.watch(t)}
	page.until(`"first"`)
	latitudes := map[string]float64{"first": 1}
	for round := range 2 {
		n.reportAll(t, latitudes, 1000*round)
	}
	pictures = append(pictures, n.watch(t))
	for _, p := range pictures {
		within(t, soon, "every picture has all couriers", func() bool { return p.shows(latitudes) })
		p.wantUnbroken(t)
	}
	n.wantList(t, latitudes)
	page.wantNewest(latitudes)
	slow.wantNewest(latitudes)
	if got := n.metric("peyk_viewers_gone_total"); got != 0 {
		t.Errorf("%v viewers went, want none", got)
	}
}

// reportAll has a thousand couriers post at once, and notes their latitudes.
func (n *process) reportAll(t *testing.T, latitudes map[string]float64, base int) {
	t.Helper()
	c := client.New(n.url, "")
	posts, ctx := errgroup.WithContext(t.Context())
	posts.SetLimit(64)
	for i := range 1000 {
		id, lat := fmt.Sprint("courier", i), float64(base+i)/100
		latitudes[id] = lat
		posts.Go(func() error {
			_, err := c.Post(ctx, peyk.Courier{ID: id}, peyk.Position{Lat: lat, Lon: 2})
			return err
		})
	}
	if err := posts.Wait(); err != nil {
		t.Fatal(err)
	}
}

// wantList reads the list page by page.
func (n *process) wantList(t *testing.T, latitudes map[string]float64) {
	t.Helper()
	listed, path := map[string]float64{}, "/api/v1/couriers?limit=300"
	for next := "0"; next != ""; {
		var page struct {
			Couriers []struct {
				ID       string
				Position struct{ Latitude float64 }
			}
			Next string
		}
		if err := json.Unmarshal([]byte(n.ask("GET", path+"&after="+next, "").body), &page); err != nil {
			t.Fatal(err)
		}
		for _, c := range page.Couriers {
			if _, twice := listed[c.ID]; twice {
				t.Errorf("courier %s is listed twice", c.ID)
			}
			listed[c.ID] = c.Position.Latitude
		}
		next = page.Next
	}
	for id, want := range latitudes {
		if got, found := listed[id]; !found || got != want {
			t.Errorf("courier %s is listed at %v (%v), want %v", id, got, found, want)
		}
	}
	if len(listed) != len(latitudes) {
		t.Errorf("%d couriers are listed, want %d", len(listed), len(latitudes))
	}
}

// wantNewest reads until every courier is where it has to be, but for the
// first, whose frame came before. None may step back on the way.
func (s *stream) wantNewest(latitudes map[string]float64) {
	s.t.Helper()
	shape := regexp.MustCompile(`^\{"latitude": ([0-9.]+), "longitude": 2\.0, "user": \{"id": "([^"]+)", "username": ""\}, "stamp": ([0-9]{16}), "interval": 60\}$`)
	missing, stamps := maps.Clone(latitudes), map[string]string{}
	delete(missing, "first")
	for len(missing) > 0 {
		frame := s.next()
		found := shape.FindStringSubmatch(frame)
		if found == nil {
			s.t.Fatalf("frame %s, want the original form", frame)
		}
		id, stamp := found[2], found[3]
		if stamp < stamps[id] {
			s.t.Errorf("courier %s steps back from %s to %s", id, stamps[id], stamp)
		}
		stamps[id] = stamp
		if lat, err := strconv.ParseFloat(found[1], 64); err == nil && lat == missing[id] {
			delete(missing, id)
		}
	}
}

// TestFullWorld: where there are too many couriers already, a new one is asked
// to come back later, and the others go on.
func TestFullWorld(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure", "--max-couriers", "2")
	picture := n.watch(t)
	n.post(at("a", 1))
	n.post(at("b", 2))
	no := n.ask("POST", "/api/v1/locations", at("c", 3))
	no.want(t, http.StatusServiceUnavailable, `{"detail":"As many couriers as --max-couriers allows are known already."}`)
	if got := no.header.Get("Retry-After"); got != "60" {
		t.Errorf("Retry-After is %q, want 60", got)
	}
	_, err := client.New(n.url, "").Post(t.Context(), peyk.Courier{ID: "c"}, peyk.Position{})
	var status *client.StatusError
	if !errors.As(err, &status) || status.Status != http.StatusServiceUnavailable || status.RetryAfter != time.Minute {
		t.Errorf("Post = %v, want 503 and to come back after a minute", err)
	}
	n.post(at("a", 4))
	within(t, soon, "the two couriers go on", func() bool { return picture.shows(map[string]float64{"a": 4, "b": 2}) })
	for name, want := range map[string]float64{
		`peyk_positions_dropped_total{reason="full"}`:                2,
		`peyk_refused_total{route="/api/v1/locations",status="503"}`: 2,
		"peyk_couriers": 2,
	} {
		if got := n.metric(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// TestForgottenMakesRoom: who was silent for --forget leaves every picture and
// makes room for another.
func TestForgottenMakesRoom(t *testing.T) {
	t.Parallel()
	n := startNode(t, "--insecure", "--max-couriers", "1", "--forget", "2s")
	picture := n.watch(t)
	n.post(at("silent", 1))
	within(t, soon, "the courier is in the picture", func() bool { return picture.shows(map[string]float64{"silent": 1}) })
	within(t, soon, "there is room for another", func() bool {
		return n.ask("POST", "/api/v1/locations", at("other", 2)).status == http.StatusOK
	})
	within(t, soon, "the silent one left", func() bool { return picture.shows(map[string]float64{"other": 2}) })
	n.ask("GET", "/api/v1/couriers/silent", "").want(t, http.StatusNotFound, `{"detail":"Not found."}`)
}
