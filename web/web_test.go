package web_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"peyk/web"
)

const city = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"ground"},"geometry":` +
	`{"type":"Polygon","coordinates":[[[51.38,35.69],[51.42,35.69],[51.42,35.71],[51.38,35.71],[51.38,35.69]]]}}]}`

func get(t *testing.T, url string, header http.Header) (*http.Response, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if header != nil {
		request.Header = header
	}
	// Without compression of its own, so that we see what is sent.
	answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, body
}

func serve(t *testing.T, o web.Options) string {
	t.Helper()
	server := httptest.NewServer(web.Handler(o))
	t.Cleanup(server.Close)
	return server.URL
}

func TestFiles(t *testing.T) {
	url := serve(t, web.Options{City: []byte(city)})
	for _, c := range []struct {
		path, kind, holds string
	}{
		{"/", "text/html; charset=utf-8", `<div id="map">`},
		{"/index.html", "text/html; charset=utf-8", `<div id="map">`},
		{"/main.js", "text/javascript; charset=utf-8", `from "./maplibre-gl.mjs"`},
		{"/maplibre-gl.mjs", "text/javascript; charset=utf-8", "MapLibre"},
		{"/maplibre-gl-worker.mjs", "text/javascript; charset=utf-8", "MapLibre"},
		{"/maplibre-gl.css", "text/css; charset=utf-8", ".maplibregl-map"},
		{"/page.css", "text/css; charset=utf-8", "Vazirmatn"},
		{"/fonts/Vazirmatn-Regular.woff2", "font/woff2", "wOF2"},
		{"/favicon.svg", "image/svg+xml", "<svg"},
		{"/world.geojson", "application/geo+json", `"kind":"border"`},
		{"/t/", "text/html; charset=utf-8", `src="../track.js"`},
		{"/t/worker.js", "text/javascript; charset=utf-8", "../track-map.js"},
		{"/t/manifest.webmanifest", "application/manifest+json", `"start_url":"./"`},
		{"/c/", "text/html; charset=utf-8", `src="../courier.js"`},
		{"/c/worker.js", "text/javascript; charset=utf-8", "../courier.js"},
		{"/icon-192.png", "image/png", "PNG"},
		{"/map/city.geojson", "application/geo+json", `"kind":"ground"`},
		{"/config.json", "application/json", `"city":true`},
	} {
		t.Run(c.path, func(t *testing.T) {
			answer, body := get(t, url+c.path, nil)
			if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != c.kind || !bytes.Contains(body, []byte(c.holds)) {
				t.Errorf("%s = %d, %q, %d bytes; want 200, %q and %q in it",
					c.path, answer.StatusCode, answer.Header.Get("Content-Type"), len(body), c.kind, c.holds)
			}
			zipped, body := get(t, url+c.path, http.Header{"Accept-Encoding": {"br, gzip;q=0.8"}})
			if zipped.Header.Get("Content-Encoding") == "gzip" {
				body = gunzip(t, body)
			}
			if !bytes.Contains(body, []byte(c.holds)) {
				t.Errorf("%s with gzip does not hold %q", c.path, c.holds)
			}
			if answer, _ = get(t, url+c.path, http.Header{"If-None-Match": {answer.Header.Get("Etag")}}); answer.StatusCode != http.StatusNotModified {
				t.Errorf("%s asked for again = %d, want 304", c.path, answer.StatusCode)
			}
		})
	}
}

func gunzip(t *testing.T, body []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func TestCompression(t *testing.T) {
	url := serve(t, web.Options{})
	for _, c := range []struct {
		accept string
		want   string
	}{
		{"gzip, deflate, br", "gzip"}, {"GZIP", "gzip"}, {"gzip;q=0.5", "gzip"}, {"gzip;q=0", ""}, {"gzip; q=0.000", ""}, {"br", ""}, {"", ""},
	} {
		answer, _ := get(t, url+"/main.js", http.Header{"Accept-Encoding": {c.accept}})
		if got := answer.Header.Get("Content-Encoding"); got != c.want {
			t.Errorf("Content-Encoding for %q = %q, want %q", c.accept, got, c.want)
		}
		if answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("Vary = %q, want Accept-Encoding", answer.Header.Get("Vary"))
		}
	}
}

func TestUnknownIsNotFound(t *testing.T) {
	url := serve(t, web.Options{})
	for _, path := range []string{"/nothing", "/main.js/", "/dist/main.js", "/fonts", "/fonts/", "/t/x", "/shop/logo.svg", "/map/city.geojson", "/..%2fweb.go"} {
		if answer, _ := get(t, url+path, nil); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s = %d, want 404", path, answer.StatusCode)
		}
	}
}

func TestMethods(t *testing.T) {
	recorder := httptest.NewRecorder()
	web.Handler(web.Options{}).ServeHTTP(recorder, httptest.NewRequest(http.MethodPost, "/", nil))
	if recorder.Code != http.StatusMethodNotAllowed || recorder.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST / = %d, Allow %q; want 405, GET, HEAD", recorder.Code, recorder.Header().Get("Allow"))
	}
}

func TestHeaders(t *testing.T) {
	url := serve(t, web.Options{Hosts: func() []string { return []string{"https://tiles.example"} }})
	for _, path := range []string{"/", "/main.js", "/nothing"} {
		answer, _ := get(t, url+path, nil)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; worker-src 'self'; " +
				"connect-src 'self' ws: wss: https://tiles.example; img-src 'self' data: blob: https://tiles.example; " +
				"style-src 'self' 'unsafe-inline'; font-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
			"X-Content-Type-Options": "nosniff",
			"Referrer-Policy":        "no-referrer",
			"X-Robots-Tag":           "noindex",
		} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s of %s = %q, want %q", name, path, got, want)
			}
		}
	}
}

func TestConfig(t *testing.T) {
	for _, c := range []struct {
		name string
		web.Options
		want string
	}{
		{"nothing said", web.Options{}, `{"kind":"builtin","style":"builtin","dark":"builtin","attribution":"","city":false,"timezone":"","login":"","shop":{"name":"","color":"","logo":""}}`},
		{"everything said", web.Options{
			Map:      web.Map{Kind: "raster", Style: "https://tiles.example/{z}/{x}/{y}.png", Dark: "map/dark", Attribution: "© Example"},
			Timezone: "Asia/Tehran", City: []byte(city), Login: "/login/",
			Shop: web.Shop{Name: "کافه <b>", Color: "#e4002b", Logo: []byte("<svg/>"), LogoName: "sign.svg"},
		}, `{"kind":"raster","style":"https://tiles.example/{z}/{x}/{y}.png","dark":"map/dark","attribution":"© Example","city":true,"timezone":"Asia/Tehran","login":"/login/",` +
			`"shop":{"name":"کافه \u003cb\u003e","color":"#e4002b","logo":"shop/logo.svg"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, body := get(t, serve(t, c.Options)+"/config.json", nil); string(body) != c.want {
				t.Errorf("config = %s\n want  %s", body, c.want)
			}
		})
	}
}

// TestHostsMayBecomeKnownLater: the next page loads from where the map turned
// out to be.
func TestHostsMayBecomeKnownLater(t *testing.T) {
	var known atomic.Value
	url := serve(t, web.Options{Hosts: func() []string { return known.Load().([]string) }})
	for _, hosts := range [][]string{nil, {"https://tiles.example", "https://fonts.example"}} {
		known.Store(hosts)
		answer, _ := get(t, url+"/", nil)
		got := strings.Contains(answer.Header.Get("Content-Security-Policy"), "connect-src 'self' ws: wss: https://tiles.example https://fonts.example;")
		if want := hosts != nil; got != want {
			t.Errorf("with the hosts %q the policy is %q", hosts, answer.Header.Get("Content-Security-Policy"))
		}
	}
}

// TestDistIsFresh fails when a source was changed and dist not built again.
func TestDistIsFresh(t *testing.T) {
	built, err := os.ReadFile("dist/sources.sha256")
	if err != nil {
		t.Fatal(err)
	}
	if is := sources(t); is != string(built) {
		t.Errorf("web/dist was not built from these sources: run make web and commit dist\n%s", differing(is, string(built)))
	}
}

// sources writes the hashes of what dist is made from, as scripts/sources.mjs does.
func sources(t *testing.T) string {
	t.Helper()
	var files []string
	for _, root := range []string{"index.html", "package-lock.json", "package.json", "public", "scripts", "src"} {
		err := fs.WalkDir(os.DirFS("."), root, func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(files)
	var lines strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		lines.WriteString(hex.EncodeToString(sum[:]) + "  " + file + "\n")
	}
	return lines.String()
}

func differing(is, built string) string {
	var lines []string
	for line := range strings.Lines(is) {
		if !strings.Contains(built, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}
