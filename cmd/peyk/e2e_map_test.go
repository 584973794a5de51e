package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// told is /config.json.
type told struct {
	Kind, Style, Dark, Attribution, Timezone string
	City                                     bool
}

func (n *process) told() (t told) {
	n.t.Helper()
	a := n.ask("GET", "/config.json", "")
	if err := json.Unmarshal([]byte(a.body), &t); err != nil || a.status != http.StatusOK {
		n.t.Fatalf("config.json = %d %s", a.status, a.body)
	}
	return t
}

// mapHost is a server of maps that hangs until it is told to answer, or who
// asked gives up.
func mapHost(t *testing.T) (url string, answer func(), givenUp *atomic.Int64) {
	t.Helper()
	ready := make(chan struct{})
	var said atomic.Bool
	givenUp = new(atomic.Int64)
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-ready:
		case <-r.Context().Done():
			givenUp.Add(1)
			return
		}
		if strings.HasSuffix(r.URL.Path, ".json") {
			_, _ = fmt.Fprintf(w, `{"version":8,"sources":{"a":{"type":"raster","tiles":["http://%s/{z}/{x}/{y}.png?key=%s"]}},"layers":[]}`, r.Host, r.URL.Query().Get("key"))
			return
		}
		_, _ = fmt.Fprint(w, "a tile for "+r.URL.Query().Get("key"))
	}))
	answer = func() {
		if !said.Swap(true) {
			close(ready)
		}
	}
	t.Cleanup(func() { answer(); host.Close() })
	return host.URL, answer, givenUp
}

// TestMapHostThatHangs: the server listens and answers before the map does, and
// goes when it is told to.
func TestMapHostThatHangs(t *testing.T) {
	t.Parallel()
	for _, proxy := range []bool{false, true} {
		t.Run(fmt.Sprintf("proxy=%v", proxy), func(t *testing.T) {
			t.Parallel()
			host, _, givenUp := mapHost(t)
			n := startNode(t, "--insecure", "--map-style", host+"/style.json", fmt.Sprintf("--map-proxy=%v", proxy), "--timezone", "Asia/Tehran")
			n.post(first)
			if givenUp.Load() != 0 {
				t.Error("the server waited for the map before it answered")
			}
			if got := n.told(); got.Kind != "style" || got.Timezone != "Asia/Tehran" {
				t.Errorf("the page is told %+v", got)
			}
			policy := n.ask("GET", "/", "").header.Get("Content-Security-Policy")
			if got := strings.Contains(policy, host); got == proxy {
				t.Errorf("with proxy=%v the page may load from the map's host: %v", proxy, got)
			}
			n.stop()
		})
	}
}

// TestMapByWayOfPeyk: the token stays on the server, its cache and its log, and
// pages need one of their own.
func TestMapByWayOfPeyk(t *testing.T) {
	t.Parallel()
	host, answer, _ := mapHost(t)
	answer()
	n := startNode(t, "--map-style", host+"/style.json?key={token}", "--map-token", "hunter2-hunter2", "--map-proxy")
	if got := n.told(); got.Style != "map/light.json" || got.Dark != "map/light.json" {
		t.Errorf("the page is told %+v", got)
	}
	n.ask("GET", "/map/light.json", "").want(t, http.StatusUnauthorized, `{"detail":"Authentication credentials were not provided, or are not good."}`+"\n")
	style := n.ask("GET", "/map/light.json", "", "Authorization", "Bearer "+n.token)
	var document struct {
		Sources map[string]struct{ Tiles []string }
	}
	if err := json.Unmarshal([]byte(style.body), &document); err != nil || len(document.Sources["a"].Tiles) != 1 {
		t.Fatalf("the style = %d %s", style.status, style.body)
	}
	template := strings.TrimPrefix(document.Sources["a"].Tiles[0], "https://peyk.invalid")
	path := strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0").Replace(template)
	n.ask("GET", path, "", "Authorization", "Bearer "+n.token).want(t, http.StatusOK, "a tile for hunter2-hunter2")
	if got := n.metric(`peyk_map_answers_total{from="host"}`); got != 2 {
		t.Errorf("the metric says %v answers of the host, want 2: the style and the tile", got)
	}
	if got := n.metric("peyk_map_cache_bytes"); got != 8192 {
		t.Errorf("the metric says %v bytes in the cache, want 2 blocks", got)
	}
	if strings.Contains(n.log.String()+n.said.String()+style.body, "hunter2") {
		t.Error("the map's token is told")
	}
	err := filepath.WalkDir(filepath.Join(n.dir, "peyk-data", "map-cache"), func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.Contains(path, "hunter2") {
			t.Errorf("the map's token is in the name of %s", path)
		}
		return err
	})
	if err != nil {
		t.Errorf("look into the cache: %v", err)
	}
}

// TestMapThroughAnOutgoingProxy: servers without a way of their own to the
// internet use the one that the environment names.
func TestMapThroughAnOutgoingProxy(t *testing.T) {
	out := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "by way of a proxy: "+r.URL.String())
	}))
	t.Cleanup(out.Close)
	t.Setenv("HTTP_PROXY", out.URL)
	n := startNode(t, "--insecure", "--map-style", "http://tiles.example/{z}/{x}/{y}.png", "--map-attribution", "© Example", "--map-proxy")
	told := n.told()
	if told.Kind != "raster" || told.Attribution != "© Example" {
		t.Fatalf("the page is told %+v", told)
	}
	path := strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0").Replace(told.Style)
	n.ask("GET", "/"+path, "").want(t, http.StatusOK, "by way of a proxy: http://tiles.example/0/0/0.png")
}

// TestMapFile: a file is served in parts.
func TestMapFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "map.pmtiles")
	if err := os.WriteFile(file, append([]byte("PMTiles\x03"), make([]byte, 200)...), 0o600); err != nil {
		t.Fatal(err)
	}
	n := startNode(t, "--insecure", "--map-style", file)
	if got := n.told(); got.Kind != "pmtiles" || got.Style != "map/tiles.pmtiles" {
		t.Errorf("the page is told %+v", got)
	}
	n.ask("GET", "/map/tiles.pmtiles", "", "Range", "bytes=0-6").want(t, http.StatusPartialContent, "PMTiles")
}

func TestZone(t *testing.T) {
	for name, want := range map[string]bool{
		"Asia/Tehran": true, "Europe/Berlin": true, "UTC": true, "America/Argentina/Buenos_Aires": true,
		"": false, "Local": false, "asia": false, "Mars/Phobos": false, "../zoneinfo/UTC": false, "posixrules": false, "right/UTC": false,
	} {
		if got := isZone(name); got != want {
			t.Errorf("isZone(%q) = %v, want %v", name, got, want)
		}
	}
	if got := zone("Asia/Tehran"); got != "Asia/Tehran" {
		t.Errorf("zone of a choice = %q", got)
	}
	t.Setenv("TZ", ":Asia/Kabul")
	if got := zone(""); got != "Asia/Kabul" {
		t.Errorf("zone of a server in Kabul = %q", got)
	}
	t.Setenv("TZ", "nowhere")
	if got := zone(""); !isZone(got) {
		t.Errorf("zone of a server that is nowhere = %q, want one that is known", got)
	}
}
