package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"peyk/internal/bus/redistest"
)

// at is what a phone posts, or a stranger publishes, for a courier.
func at(id string, lat float64) string {
	return fmt.Sprintf(`{"latitude": %v, "longitude": 2, "user": {"id": %q, "username": "u"}}`, lat, id)
}

// garbage is what anybody may publish, and none of it is a position.
var garbage = map[string]string{
	"nothing":            "",
	"a word":             "hello",
	"an end of line":     "\r\n",
	"null":               "null",
	"a number":           "35.0001",
	"a list":             "[35.0001, 53.12111]",
	"an empty object":    "{}",
	"half a message":     first[:len(first)/2],
	"two messages":       first + first,
	"single quotes":      strings.ReplaceAll(first, `"`, "'"),
	"no user":            `{"latitude": 1, "longitude": 2}`,
	"user is a number":   `{"latitude": 1, "longitude": 2, "user": 10}`,
	"user is null":       `{"latitude": 1, "longitude": 2, "user": null}`,
	"user without id":    `{"latitude": 1, "longitude": 2, "user": {"username": "x"}}`,
	"id is null":         `{"latitude": 1, "longitude": 2, "user": {"id": null}}`,
	"id is empty":        `{"latitude": 1, "longitude": 2, "user": {"id": ""}}`,
	"id has a fraction":  `{"latitude": 1, "longitude": 2, "user": {"id": 1.5}}`,
	"id is an object":    `{"latitude": 1, "longitude": 2, "user": {"id": {"id": 1}}}`,
	"id with an end":     `{"latitude": 1, "longitude": 2, "user": {"id": "a\nb"}}`,
	"id too long":        at(strings.Repeat("x", 129), 1),
	"no latitude":        `{"longitude": 2, "user": {"id": 1}}`,
	"latitude true":      `{"latitude": true, "longitude": 2, "user": {"id": 1}}`,
	"latitude NaN":       `{"latitude": NaN, "longitude": 2, "user": {"id": 1}}`,
	"latitude \"NaN\"":   `{"latitude": "NaN", "longitude": 2, "user": {"id": 1}}`,
	"latitude \"inf\"":   `{"latitude": "inf", "longitude": 2, "user": {"id": 1}}`,
	"latitude 1e400":     `{"latitude": 1e400, "longitude": 2, "user": {"id": 1}}`,
	"latitude 91":        `{"latitude": 91, "longitude": 2, "user": {"id": 1}}`,
	"longitude -181":     `{"latitude": 1, "longitude": "-181", "user": {"id": 1}}`,
	"another case":       `{"Latitude": 1, "Longitude": 2, "User": {"id": 1}}`,
	"more than 4 KiB":    strings.Replace(first, "{", "{"+strings.Repeat(" ", 4096), 1),
	"a megabyte":         strings.Repeat("x", 1<<20),
	"2,000 brackets":     strings.Repeat("[", 2000),
	"2,000 objects deep": `{"user": ` + strings.Repeat(`{"a":`, 500) + strings.Repeat("}", 500),
	"invalid UTF-8":      strings.Replace(first, "first", "\xff\xfe", 1),
	"bytes":              "\x00\x01\x02\x80",
	"a page":             "<html><script>alert(1)</script></html>",
}

// notes are garbage on the channel on which nodes speak with each other.
var notes = []string{"", "null", "[]", "{}", "hello", `{"node":1}`, `{"node":"","life":""}`, `{"node":"A B","life":"c"}`, strings.Repeat("x", 1<<20)}

// TestGarbageOnTheBus: the bus is an input, not a friend.
func TestGarbageOnTheBus(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	n := startNode(t, "--insecure", "--bus", redis.URL)
	n.wantReady(soon)
	n.post(first)
	page, picture := n.listen(t), n.watch(t)
	page.until(`"first"`)

	began := time.Now()
	for name, text := range garbage {
		before := n.metric(`peyk_bus_dropped_total{reason="malformed"}`)
		if strings.ContainsRune(text, 0) || len(text) > 100_000 {
			redis.Publish("dlchannel", text) // what a command line cannot hold
		} else {
			redis.CLI("publish", "dlchannel", text)
		}
		within(t, soon, name+" is counted", func() bool { return n.metric(`peyk_bus_dropped_total{reason="malformed"}`) == before+1 })
	}
	for _, text := range notes {
		redis.Publish("dlchannel:peyk", text)
	}
	within(t, soon, "bad notes are counted", func() bool {
		return n.metric(`peyk_bus_dropped_total{reason="bad_note"}`) == float64(len(notes))
	})

	// What follows the garbage is shown with its bytes; so nothing of the
	// garbage was, since frames come in order.
	good := `{"user":{"id":10,"x":{}},"longitude":"53.12111","more":[1],"latitude":35.0001}`
	redis.CLI("publish", "dlchannel", good)
	page.want(good)
	within(t, soon, "the map shows the good one", func() bool { return picture.shows(map[string]float64{"first": 1, "10": 35.0001}) })
	picture.wantUnbroken(t)
	n.wantReady(soon)
	within(t, soon, "the log tells of dropped messages", func() bool { return strings.Contains(n.log.String(), "bus messages dropped") })
	if lines, most := strings.Count(n.log.String(), "bus messages dropped"), 1+int(time.Since(began)/time.Minute); lines > most {
		t.Errorf("%d lines of the log tell of dropped messages, want one a minute", lines)
	}
}

// TestOutageOfTheBus takes Redis away, first hanging and then dead, while
// phones go on and a third server starts.
func TestOutageOfTheBus(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	options := []string{"--insecure", "--bus", redis.URL, "--tick", "10ms"}
	near, far := startNode(t, options...), startNode(t, options...)
	near.wantReady(soon)
	far.wantReady(soon)
	near.post(at("first", 1))
	far.knows("first")
	page, pictures := near.listen(t), []*watcher{near.watch(t), far.watch(t)}
	page.until(`"first"`)

	redis.Stop()
	taken := map[string]float64{"first": 1}
	near.postMany(page, taken, 10)
	redis.Kill()
	late := startNode(t, options...)
	pictures = append(pictures, late.watch(t))
	for _, n := range []*process{near, far, late} {
		n.wantOutage(redis)
	}
	near.postMany(page, taken, 20)
	far.post(at("faraway", 7))
	late.post(at("newcomer", 8))
	for i, own := range []map[string]float64{taken, {"first": 1, "faraway": 7}, {"newcomer": 8}} {
		within(t, soon, "each picture has what its own server took", func() bool { return pictures[i].shows(own) })
	}

	redis.Restart()
	taken["faraway"], taken["newcomer"] = 7, 8
	everywhere := func() bool {
		return !slices.ContainsFunc(pictures, func(p *watcher) bool { return !p.shows(taken) })
	}
	within(t, soon, "everything that changed is everywhere", everywhere)
	for _, n := range []*process{near, far, late} {
		n.wantReady(soon)
	}
	redis.CLI("publish", "dlchannel", at("stranger", 3))
	taken["stranger"] = 3
	within(t, soon, "the subscriptions live", everywhere)
	for _, p := range pictures {
		p.wantUnbroken(t)
	}
}

// TestStopWhileTheBusHangs: a Redis that does not answer holds up no end.
func TestStopWhileTheBusHangs(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	n := startNode(t, "--insecure", "--bus", redis.URL)
	n.wantReady(soon)
	redis.Stop()
	n.post(first)
	n.stop()
}

// postMany posts positions of so many new couriers, two of each, and wants each
// answered and shown on the page. It notes them in taken.
func (n *process) postMany(page *stream, taken map[string]float64, count int) {
	n.t.Helper()
	for range count {
		id, last := fmt.Sprint("courier", len(taken)), float64(len(taken))
		for _, lat := range []float64{0.5, last} {
			n.post(at(id, lat))
		}
		page.until(fmt.Sprintf(`{"latitude": %.1f, "longitude": 2.0, "user": {"id": %q,`, last, id))
		taken[id] = last
	}
}

// wantOutage wants health and metrics to tell that Redis is gone.
func (n *process) wantOutage(redis *redistest.Server) {
	n.t.Helper()
	n.wantUnready("bus " + redis.Addr + " does not carry since ")
	if up, outages := n.metric("peyk_bus_up"), n.metric("peyk_bus_outages_total"); up != 0 || outages < 1 {
		n.t.Errorf("peyk_bus_up is %v and peyk_bus_outages_total %v, want 0, and 1 at least", up, outages)
	}
}
