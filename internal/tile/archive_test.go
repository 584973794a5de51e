package tile_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"peyk/internal/tile"
)

// TestArchiveByWayOfProxy: parts of an archive elsewhere are kept, and never
// mixed with those of the archive that takes its place.
func TestArchiveByWayOfProxy(t *testing.T) {
	var now atomic.Value // string: the tile in the archive
	now.Store("the tile")
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		image := now.Load().(string)
		w.Header().Set("ETag", `"`+image+`"`)
		w.Header().Set("Cache-Control", "max-age=3600")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(archive(image)))
	})
	h := open(t, far.URL+"/iran.pmtiles?key=hunter2", proxied(t.TempDir()))
	if page := h.Page(); page != (tile.Page{Kind: tile.Archive, Light: "map/tiles.pmtiles", Dark: "map/tiles.pmtiles"}) {
		t.Errorf("the page is told %+v", page)
	}
	part := func(bytes, want, etag string) {
		t.Helper()
		a := h.get(t, "map/tiles.pmtiles", "Range", "bytes="+bytes)
		if a.status != http.StatusPartialContent || !strings.HasSuffix(a.body, want) || a.header.Get("Etag") != etag {
			t.Errorf("part %s = %d %q, %q; want 206, %q at its end, and %q", bytes, a.status, a.header.Get("Etag"), a.body, want, etag)
		}
	}
	for range 2 {
		part("0-6", "PMTiles", `"the tile"`)
		part("0-16383", "the tile", `"the tile"`)
	}
	if asked := far.asked.Load(); asked != 2 || far.lastAsked().URL.Query().Get("key") != "hunter2" {
		t.Errorf("the host was asked %d times, want twice", asked)
	}

	now.Store("another!")
	part("0-6", "PMTiles", `"the tile"`)
	part("0-7", "PMTiles\x03", `"another!"`) // here a reader sees that it changed, and begins anew
	part("0-6", "PMTiles", `"another!"`)
	part("0-16383", "another!", `"another!"`)
}

func TestPartsThatAreNone(t *testing.T) {
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(archive("tile")))
	})
	h := open(t, far.URL+"/iran.pmtiles", proxied(t.TempDir()))
	for _, c := range []struct {
		part   string
		status int
		words  string
	}{
		{"", 400, "Want one Range"},
		{"bytes=0-", 400, "Want one Range"},
		{"bytes=-5", 400, "Want one Range"},
		{"bytes=0-1,3-4", 400, "Want one Range"},
		{"bytes=5-4", 416, "Want a Range of 1 to"},
		{"bytes=0-4194304", 416, "Want a Range of 1 to"},
	} {
		h.get(t, "map/tiles.pmtiles", "Range", c.part).wantSentence(t, c.status, c.words)
	}
	if asked := far.asked.Load(); asked != 0 {
		t.Errorf("the host was asked %d times, want never", asked)
	}
	beyond := h.get(t, "map/tiles.pmtiles", "Range", "bytes=9999-10000")
	if got := beyond.header.Get("Content-Range"); beyond.status != http.StatusRequestedRangeNotSatisfiable || !strings.HasPrefix(got, "bytes */") {
		t.Errorf("a part after the end = %d %q, want 416 and how long it is", beyond.status, got)
	}

	whole := newHost(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(archive("tile")) })
	h = open(t, whole.URL+"/iran.pmtiles", proxied(""))
	h.get(t, "map/tiles.pmtiles", "Range", "bytes=0-16383").wantSentence(t, http.StatusBadGateway, "does not send parts of files")
}
