package main

import (
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
	said := make([]byte, 1024)
	n, err := read.Read(said)
	if err != nil {
		t.Fatalf("the demo said nothing: %v", err)
	}
	url := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(string(said[:n]))
	if url == "" {
		t.Fatalf("the demo said %q, want the link to the map", said[:n])
	}
	if page := get(t, url+"/"); !strings.Contains(page, "<html") {
		t.Errorf("the link leads to %.200q, want a page", page)
	}
	if !eventually(func() bool { return strings.Count(get(t, url+"/api/v1/couriers"), `"sim-`) == 20 }) {
		t.Errorf("the server knows %s, want 20 couriers", get(t, url+"/api/v1/couriers"))
	}
	stop()
	if got := <-status; got != 0 {
		t.Errorf("it ended with status %d, want 0", got)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) != 0 {
		t.Errorf("it left %v behind (%v), want nothing", left, err)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
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
