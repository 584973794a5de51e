package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestDemo goes from nothing to a map that every courier is on, and back.
func TestDemo(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"demo", "--listen", "127.0.0.1:0", "--couriers", "20"}, write, os.Stderr)
		_ = write.Close() // of a pipe
	}()
	lines := bufio.NewReader(read)
	said := func(what string, link *regexp.Regexp) []string {
		line, err := lines.ReadString('\n')
		found := link.FindStringSubmatch(line)
		if found == nil {
			t.Fatalf("the demo said %q (%v), want the link to %s", line, err, what)
		}
		return found
	}
	url := said("the map", regexp.MustCompile(`http://127\.0\.0\.1:\d+`))[0]
	secret := said("an order", regexp.MustCompile(url+`/t/#(peyk_share_\S+)`))[1]
	if page := get(t, url+"/"); !strings.Contains(page, "<html") {
		t.Errorf("the link leads to %.200q, want a page", page)
	}
	if !eventually(func() bool { return strings.Count(get(t, url+"/api/v1/couriers"), `"sim-`) == 20 }) {
		t.Errorf("the server knows %s, want 20 couriers", get(t, url+"/api/v1/couriers"))
	}
	if couriers := get(t, url+"/api/v1/couriers"); strings.Count(couriers, `"listed":true`) != 20 || strings.Contains(couriers, `"team":""`) {
		t.Errorf("couriers are %s, want 20 that the shop listed, in teams", couriers)
	}
	if !eventually(func() bool { return strings.Count(get(t, url+"/api/v1/couriers"), `"interval":1}`) == 20 }) {
		t.Errorf("couriers are %s, want all to report each second, whatever they carry", get(t, url+"/api/v1/couriers"))
	}
	if !eventually(func() bool { return strings.Contains(get(t, url+"/api/v1/track", secret), `"courier":{"name"`) }) {
		t.Errorf("the customer is told %s, want where its courier is", get(t, url+"/api/v1/track", secret))
	}
	if orders := get(t, url+"/api/v1/orders?state=created"); strings.Count(orders, `"courier":""`) < unassigned {
		t.Errorf("orders that nobody brings are %s, want %d", orders, unassigned)
	}
	stop()
	if got := <-status; got != 0 {
		t.Errorf("it ended with status %d, want 0", got)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) != 0 {
		t.Errorf("it left %v behind (%v), want nothing", left, err)
	}
}

func get(t *testing.T, url string, token ...string) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range token {
		request.Header.Set("Authorization", "Bearer "+one)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close() // it was only read
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(fmt.Errorf("read %s: %w", url, err))
	}
	return string(body)
}
