package main

import (
	"bufio"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"peyk/internal/bus/redistest"
)

const asForm = "application/x-www-form-urlencoded"

// publications are what phones post to Django, and what it makes of that.
var publications = []struct{ path, kind, phone, published string }{
	{"/number/", "application/json", `{"latitude": "35.0001", "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}}`,
		`{"latitude": 35.0001, "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}}`},
	{"/string/", "application/json", `{"latitude": 35.0002, "longitude": 53, "user": {"id": 11, "username": "پیک"}}`,
		`{"latitude": "35.000200", "longitude": "53.000000", "user": {"id": 11, "username": "\u067e\u06cc\u06a9"}}`},
	{"/number/", asForm, "latitude=۳۵.۷&longitude=-0.00001&user.id=12&user.username=x",
		`{"latitude": 35.7, "longitude": -1e-05, "user": {"id": 12, "username": "x"}}`},
	{"/string/", asForm, "latitude=-35&longitude=+0.5&user.id=10&user.username=test_driver1",
		`{"latitude": "-35.000000", "longitude": "0.500000", "user": {"id": 10, "username": "test_driver1"}}`},
}

// TestOldPublisher has phones post to the API from which Peyk takes over,
// while the maps listen to Peyk already.
func TestOldPublisher(t *testing.T) {
	t.Parallel()
	redis := redistest.Start(t)
	n := startNode(t, "--insecure", "--bus", redis.URL)
	django := startDjango(t, redis.URL)
	n.wantReady(soon)
	n.post(first)
	page, picture := n.listen(t), n.watch(t)
	page.until(`"first"`)
	wire := redis.Listen("dlchannel")

	for _, c := range publications {
		a, err := n.send("POST", django+c.path, c.phone, "Content-Type", c.kind)
		if err != nil {
			t.Fatal(err)
		}
		a.want(t, http.StatusOK, accepted)
		if got := wire.Next(soon); got != c.published {
			t.Errorf("Django published %s\n           want %s", got, c.published)
		}
		page.want(c.published)
	}

	within(t, soon, "the map shows what Django published", func() bool {
		return picture.shows(map[string]float64{"first": 1, "10": -35, "11": 35.0002, "12": 35.7})
	})
	list := n.ask("GET", "/api/v1/couriers?after=1&limit=3", "")
	list.body = regexp.MustCompile(`"stamp":\d{16}`).ReplaceAllString(list.body, `"stamp":0`)
	list.want(t, http.StatusOK, `{"couriers":[`+
		`{"id":"10","username":"test_driver1","name":"","team":"",`+heardOnly+`"position":{"latitude":-35,"longitude":0.5,"stamp":0,"interval":60}},`+
		`{"id":"11","username":"پیک","name":"","team":"",`+heardOnly+`"position":{"latitude":35.0002,"longitude":53,"stamp":0,"interval":60}},`+
		`{"id":"12","username":"x","name":"","team":"",`+heardOnly+`"position":{"latitude":35.7,"longitude":-0.00001,"stamp":0,"interval":60}}],"next":"12"}`)
}

// heardOnly is what stands in the API of a courier that the shop did not list.
const heardOnly = `"phone":"","vehicle":"","active":true,"metadata":{},"listed":false,`

// startDjango runs the publisher until the test ends and returns its URL.
func startDjango(t *testing.T, redis string) (url string) {
	t.Helper()
	return startPython(t, "django_publisher.py", redis)
}

// startPython runs a program of testdata/e2e until the test ends and returns the
// URL that it prints. It needs Debian's own Python, for which the packages are.
func startPython(t *testing.T, program, redis string) (url string) {
	t.Helper()
	const python = "/usr/bin/python3"
	log := new(transcript)
	cmd := exec.Command(python, "testdata/e2e/"+program, redis)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatalf("this test needs a real old server: install Debian's package python3 (%v)", err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()         // "signal: killed" is what we want
		if t.Failed() {
			t.Logf("%s says:\n%s", program, log)
		}
	})
	if err != nil {
		_ = cmd.Wait() // so that its log is whole
		t.Fatalf("%s does not start: %s", program, log)
	}
	return strings.TrimSpace(line)
}
