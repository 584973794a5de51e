package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestSplitPublic(t *testing.T) {
	for text, want := range map[string][2]string{
		"https://shop.example":             {"https://shop.example", ""},
		"https://shop.example/":            {"https://shop.example", ""},
		"https://shop.example/peyk":        {"https://shop.example", "/peyk"},
		"https://shop.example/peyk/":       {"https://shop.example", "/peyk"},
		"https://shop.example/a/peyk-2":    {"https://shop.example", "/a/peyk-2"},
		"https://shop.example/tracking/ws": {"https://shop.example", "/tracking/ws"},
		"http://[2001:db8::1]:8080/peyk":   {"http://[2001:db8::1]:8080", "/peyk"},
		"https://xn--mgbx4cd0ab.example/p": {"https://xn--mgbx4cd0ab.example", "/p"},
	} {
		if origin, base, ok := splitPublic(text); !ok || origin != want[0] || base != want[1] {
			t.Errorf("splitPublic(%q) = %q, %q, %v, want %q", text, origin, base, ok, want)
		}
	}
	for _, text := range []string{
		"", "shop.example", "shop.example/peyk", "ftp://shop.example", "https://", "https:///peyk", "https://Shop.example", "https://shop.example.",
		"https://shop.example/peyk?x", "https://shop.example/peyk#x", "https://shop.example/peyk?", "https://u@shop.example/peyk", "https://shop.example:0/peyk",
		"https://shop.example//", "https://shop.example//peyk", "https://shop.example/peyk//", "https://shop.example/a//b", "https://shop.example/../peyk",
		"https://shop.example/./peyk", "https://shop.example/p%65yk", "https://shop.example/پیک", "https://shop.example/pe yk", "https://shop.example/peyk.v1",
		"https://shop.example/{peyk}", "https://shop.example/ws", "https://shop.example/api", "https://shop.example/api/peyk", "https://shop.example/map/peyk",
	} {
		if origin, base, ok := splitPublic(text); ok {
			t.Errorf("splitPublic(%q) = %q, %q, want it refused", text, origin, base)
		}
	}
}

// TestBaseIsNoFile: whatever is added to the pages, no base hides it.
func TestBaseIsNoFile(t *testing.T) {
	files, err := os.ReadDir("../../web/dist")
	if err != nil || len(files) < 10 {
		t.Fatalf("web/dist has %d files (%v)", len(files), err)
	}
	for _, file := range files {
		if _, _, ok := splitPublic("https://shop.example/" + file.Name()); ok {
			t.Errorf("/%s is taken as a base, want it refused", file.Name())
		}
	}
}

func TestBelow(t *testing.T) {
	inside := http.NewServeMux()
	inside.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.EscapedPath())) }) // a recorder takes it
	handler := below("/a/peyk", inside)
	for _, c := range []struct{ path, want string }{
		{"/a/peyk/", "/"}, {"/a/peyk/main.js", "/main.js"}, {"/a/peyk/api/v1/couriers/a%2Fb", "/api/v1/couriers/a%2Fb"},
		{"/", "/"}, {"/main.js", "/main.js"}, {"/api/v1/couriers/a%2Fb", "/api/v1/couriers/a%2Fb"}, // the proxy took it away
		{"/a/peyks", "/a/peyks"}, {"/a/", "/a/"}, {"/a/peyk/a/peyk/", "/a/peyk/"},
		{"/a/peyk", "to /a/peyk/"}, {"/a/peyk?x=1", "to /a/peyk/?x=1"}, {"/a/peyk//main.js", "to /a/peyk/main.js"}, {"/a/peyk/x/../../../", "to /"},
	} {
		got := httptest.NewRecorder()
		handler.ServeHTTP(got, httptest.NewRequest("GET", c.path, nil))
		is := got.Body.String()
		if got.Code/100 == 3 {
			is = "to " + got.Header().Get("Location")
		}
		if is != c.want {
			t.Errorf("%s is answered %d %q, want %q", c.path, got.Code, is, c.want)
		}
	}
	if got := below("", inside); got != http.Handler(inside) {
		t.Error("without a base there is something between")
	}
	got := httptest.NewRecorder()
	handler.ServeHTTP(got, httptest.NewRequest("POST", "/a/peyk/x", strings.NewReader("")))
	if got.Code != http.StatusOK || got.Body.String() != "/x" {
		t.Errorf("a post is answered %d %q", got.Code, got.Body)
	}
}
