package main

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/bus/redistest"
)

// journey is one position: how a phone posts it, and as what it arrives.
type journey struct {
	name, kind, post string
	number, text     string // latitude and longitude on the bus, by --bus-decimals
	rest             string // what follows them there; STAMP is in it
	intro, at        string // of peyk.v1.json, without the courier's number; AGE is in at
}

var journeys = []journey{
	{
		"the original form", "application/json",
		`{"latitude": 35.0001, "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}}`,
		`"latitude": 35.0001, "longitude": 53.12111`, `"latitude": "35.000100", "longitude": "53.121110"`,
		`"user": {"id": 10, "username": "test_driver1"}, "stamp": STAMP, "interval": 60`,
		`"10","test_driver1","","test_driver1"`, `35.0001,53.12111,null,null,AGE,60`,
	},
	{
		"strings, whole degrees and a name", "application/json",
		`{"latitude":"35","longitude":" -0.50 ","user":{"id":"a-7","username":"پیک","name":"Sara \"S\" <s>"},"x":[{}]}`,
		`"latitude": 35.0, "longitude": -0.5`, `"latitude": "35.000000", "longitude": "-0.500000"`,
		`"user": {"id": "a-7", "username": "پیک", "name": "Sara \"S\" \u003cs>"}, "stamp": STAMP, "interval": 60`,
		`"a-7","Sara \"S\" \u003cs>","","پیک"`, `35,-0.5,null,null,AGE,60`,
	},
	{
		"a form", asForm,
		"latitude=۳۵.۷&longitude=-0.000001&user.id=007&user.username=bond",
		`"latitude": 35.7, "longitude": -0.000001`, `"latitude": "35.700000", "longitude": "-0.000001"`,
		`"user": {"id": "007", "username": "bond"}, "stamp": STAMP, "interval": 60`,
		`"007","bond","","bond"`, `35.7,-0.000001,null,null,AGE,60`,
	},
	{
		"all that a phone measures", "application/json",
		`{"latitude": 89.999999, "longitude": -180, "user": {"id": 11, "username": "test_driver2"}, "time": "2025-11-22T11:59:58.5Z",
			"accuracy": 5, "altitude": -12.5, "speed": 8.34, "heading": 359.6, "battery": 0.76}`,
		`"latitude": 89.999999, "longitude": -180.0`, `"latitude": "89.999999", "longitude": "-180.000000"`,
		`"user": {"id": 11, "username": "test_driver2"}, "stamp": STAMP, "time": 1763812798500000, "interval": 60, ` +
			`"accuracy": 5, "altitude": -12.5, "speed": 8.34, "heading": 359.6, "battery": 0.76`,
		`"11","test_driver2","","test_driver2"`, `89.999999,-180,0,8.3,AGE,60`,
	},
}

// TestPhoneToFrame follows positions through two servers, byte for byte.
func TestPhoneToFrame(t *testing.T) {
	for _, decimals := range []string{"number", "string"} {
		t.Run(decimals, func(t *testing.T) {
			t.Parallel()
			phoneToFrame(t, decimals)
		})
	}
}

func phoneToFrame(t *testing.T, decimals string) {
	redis := redistest.Start(t)
	options := []string{"--insecure", "--bus", redis.URL, "--bus-decimals", decimals}
	near, far := startNode(t, options...), startNode(t, options...)
	near.wantReady(soon)
	far.wantReady(soon)
	near.post(first)
	far.knows("first")
	wire, nearby, faraway := redis.Listen("dlchannel"), near.listen(t), far.listen(t, "echo-protocol")
	nearby.until(`"first"`)
	faraway.until(`"first"`)
	pictures := openFrames(far.listen(t, "peyk.v1.json"))

	for number, j := range journeys {
		began := peyk.MicrosOf(time.Now())
		near.ask("POST", "/api/v1/locations", j.post, "Content-Type", j.kind).want(t, http.StatusOK, accepted)
		message := wire.Next(soon)
		stamp := stampOf(t, message)
		if stamp < began || stamp > peyk.MicrosOf(time.Now()) {
			t.Errorf("%s: the stamp is %d, want the moment of the post, %d", j.name, stamp, began)
		}
		if want := j.message(decimals, stamp); message != want {
			t.Errorf("%s: Redis carries\n     %s\nwant %s", j.name, message, want)
		}
		nearby.want(message)
		faraway.want(message)
		pictures.want(number+2, j, stamp)
	}
}

// first is the position of a courier that shows when a viewer is in step.
const first = `{"latitude": 1, "longitude": 2, "user": {"id": "first"}}`

// knows waits until the node knows the courier.
func (n *process) knows(id string) {
	n.t.Helper()
	within(n.t, soon, "the server knows courier "+id, func() bool {
		return n.ask("GET", "/api/v1/couriers/"+id, "").status == http.StatusOK
	})
}

// message is what the bus has to carry.
func (j journey) message(decimals string, stamp peyk.Micros) string {
	degrees := j.number
	if decimals == "string" {
		degrees = j.text
	}
	return "{" + degrees + ", " + strings.Replace(j.rest, "STAMP", strconv.FormatInt(int64(stamp), 10), 1) + "}"
}

func stampOf(t *testing.T, message string) peyk.Micros {
	t.Helper()
	return peyk.Micros(numberAfter(t, message, `"stamp": `))
}

// numberAfter returns the whole number that stands after the first key.
func numberAfter(t *testing.T, text, key string) int64 {
	t.Helper()
	found := regexp.MustCompile(regexp.QuoteMeta(key) + `(\d+)`).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("there is no %s and a number in %s", key, text)
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// frames is a stream of peyk.v1.json that is in step.
type frames struct {
	*stream
	version int64
}

// openFrames says what is to be seen, and wants the one courier of the world.
func openFrames(s *stream) *frames {
	s.t.Helper()
	hello := s.next()
	if !regexp.MustCompile(`^\{"type":"hello","epoch":"[0-9a-f]{16}","version":[0-9]{13}\}$`).MatchString(hello) {
		s.t.Errorf("the first frame is %s, want hello", hello)
	}
	s.say(`{"type":"watch","view":{"all":true}}`)
	s.want(`{"type":"parts","parts":[[1,"all/everything"]]}`)
	whole := s.next()
	f := &frames{s, numberAfter(s.t, whole, `"to":`)}
	age := regexp.MustCompile(`[0-9]+,60\]\]\}$`).ReplaceAllString(whole, "AGE,60]]}")
	if want := fmt.Sprintf(`{"type":"frame","part":1,"to":%d,"full":true,`+
		`"new":[[1,"first","first","",""]],"at":[[1,1,2,null,null,AGE,60]]}`, f.version); age != want {
		s.t.Errorf("frame %s\n want %s", age, want)
	}
	s.want(fmt.Sprintf(`{"type":"upto","version":%d}`, f.version))
	return f
}

// want wants the difference that one new courier makes, and its end.
func (f *frames) want(number int, j journey, stamp peyk.Micros) {
	f.t.Helper()
	got := f.next()
	to := numberAfter(f.t, got, `"to":`)
	at := strings.Replace(j.at, "AGE", strconv.FormatInt(to-int64(stamp)/1000, 10), 1)
	if want := fmt.Sprintf(`{"type":"frame","part":1,"to":%d,"span":%d,"new":[[%d,%s]],"at":[[%d,%s]]}`,
		to, to-f.version, number, j.intro, number, at); got != want {
		f.t.Errorf("%s: frame\n     %s\nwant %s", j.name, got, want)
	}
	f.stream.want(fmt.Sprintf(`{"type":"upto","version":%d}`, to))
	f.version = to
}
