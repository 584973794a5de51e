package tile_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"peyk/internal/tile"
)

// atlas is a host with a style that names everything a style can.
type atlas struct {
	*host
	fonts *host // glyphs and fonts are on another one
	gone  atomic.Bool
}

const key = "hunter2-hunter2"

func newAtlas(t *testing.T) *atlas {
	t.Helper()
	a := new(atlas)
	a.fonts = newHost(t, func(w http.ResponseWriter, r *http.Request) { a.answer(w, r) })
	a.host = newHost(t, func(w http.ResponseWriter, r *http.Request) { a.answer(w, r) })
	return a
}

func (a *atlas) answer(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "max-age=60")
	switch {
	case a.gone.Load():
		w.WriteHeader(http.StatusInternalServerError)
	case r.URL.Path == "/style.json":
		_, _ = fmt.Fprint(w, strings.NewReplacer("ATLAS", a.URL, "FONTS", a.fonts.URL, "KEY", key).Replace(atlasStyle))
	case r.URL.Path == "/tiles.json":
		_, _ = fmt.Fprintf(w, `{"tiles":["%s/v1/{z}/{x}/{y}.pbf?key=%s"],"minzoom":1,"maxzoom":14,"attribution":"<a href=\"https://osm.example/?k=%s\">OSM</a>","name":"a"}`, a.URL, key, key)
	default:
		_, _ = fmt.Fprintf(w, "%s?%s", r.URL.Path, r.URL.RawQuery)
	}
}

const atlasStyle = `{"version":8,"name":"KEY","center":[51.4,35.7],"zoom":0.10,
	"metadata":{"maptiler:key":"KEY"},
	"sprite":[{"id":"default","url":"ATLAS/sprite?key=KEY"},{"id":"more","url":"ATLAS/more"}],
	"glyphs":"FONTS/{fontstack}/{range}.pbf?key=KEY",
	"font-faces":{"Vazirmatn":[{"url":"FONTS/v.woff2?key=KEY","unicode-range":["U+0600-06FF"]}]},
	"sources":{
		"described":{"type":"vector","url":"ATLAS/tiles.json?key=KEY","maxzoom":13},
		"listed":{"type":"raster","tiles":["ATLAS/r/{z}/{x}/{y}{ratio}.png","FONTS/r/{z}/{x}/{y}.png"],"tileSize":256},
		"fetched":{"type":"geojson","data":"ATLAS/fetched.geojson"},
		"inline":{"type":"geojson","data":{"type":"FeatureCollection","features":[],"see":"https://people.example"}},
		"photo":{"type":"image","url":"ATLAS/photo.png","coordinates":[[0,1],[1,1],[1,0],[0,0]]}},
	"layers":[{"id":"a","type":"background","metadata":{"k":"another-key"},"paint":{"background-color":"#fff"}},
		{"id":"b","type":"symbol","source":"described","source-layer":"place","layout":{"text-field":["get","name"],"icon-image":"https://spy.example/i.png"}}]}`

// dig goes into a document.
func dig(t *testing.T, document any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch at := step.(type) {
		case string:
			members, _ := document.(map[string]any)
			document = members[at]
		case int:
			items, _ := document.([]any)
			if at >= len(items) {
				t.Fatalf("there is no item %d of %v", at, path)
			}
			document = items[at]
		}
	}
	return document
}

func unpack(t *testing.T, packed string) string {
	t.Helper()
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// TestStyleByWayOfProxy follows every address of a style that came through us.
func TestStyleByWayOfProxy(t *testing.T) {
	a := newAtlas(t)
	h := open(t, a.URL+"/style.json?key={token}", func(o *tile.Options) { o.Proxy, o.Dir, o.Token = true, t.TempDir(), key })
	if page := h.Page(); page != (tile.Page{Kind: tile.Style, Light: "map/light.json", Dark: "map/light.json"}) || h.Hosts() != nil {
		t.Errorf("the page is told %+v, and to load from %q", page, h.Hosts())
	}
	style := h.style(t, "map/light.json")
	text, _ := json.Marshal(style) // it was JSON a moment ago
	packed := h.get(t, "map/light.json", "Accept-Encoding", "gzip")
	if plain := unpack(t, packed.body); plain != h.get(t, "map/light.json").body || packed.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("to who unpacks the style is %.100q in %q", plain, packed.header.Get("Content-Encoding"))
	}
	for _, never := range []string{key, a.URL, a.fonts.URL, "spy.example", "maptiler", "another-key"} {
		if strings.Contains(string(text), never) {
			t.Errorf("the style holds %q:\n%s", never, text)
		}
	}
	for _, c := range []struct {
		path     []any
		fill     []string // marks and suffixes, and what takes their place
		want     string   // what the host is asked
		kind     string
		wantFrom *host
	}{
		{[]any{"sources", "described", "tiles", 0}, []string{"{z}", "2", "{x}", "1", "{y}", "3"}, "/v1/2/1/3.pbf?key=" + key, "application/octet-stream", a.host},
		{[]any{"sources", "listed", "tiles", 0}, []string{"{z}", "2", "{x}", "1", "{y}", "3", "{ratio}", "@2x"}, "/r/2/1/3@2x.png?", "", a.host},
		{[]any{"sources", "fetched", "data"}, nil, "/fetched.geojson?", "application/octet-stream", a.host},
		{[]any{"sources", "photo", "url"}, nil, "/photo.png?", "application/octet-stream", a.host},
		{[]any{"glyphs"}, []string{"{fontstack}", "Noto Sans Regular,Vazirmatn", "{range}", "1536-1791"}, "/Noto Sans Regular,Vazirmatn/1536-1791.pbf?key=" + key, "application/x-protobuf", a.fonts},
		{[]any{"font-faces", "Vazirmatn", 0, "url"}, nil, "/v.woff2?key=" + key, "application/octet-stream", a.fonts},
		{[]any{"sprite", 0, "url"}, []string{"", "@2x.png"}, "/sprite@2x.png?key=" + key, "image/png", a.host},
		{[]any{"sprite", 1, "url"}, []string{"", ".json"}, "/more.json?", "application/json", a.host},
	} {
		address, _ := dig(t, style, c.path...).(string)
		if !strings.HasPrefix(address, own+"map/") {
			t.Errorf("%v is %q, want one of ours", c.path, address)
			continue
		}
		if len(c.fill) == 2 && c.fill[0] == "" {
			address += c.fill[1]
		} else {
			address = strings.NewReplacer(c.fill...).Replace(address)
		}
		got := h.get(t, strings.ReplaceAll(address, " ", "%20"))
		got.want(t, 200, c.want)
		if kind := got.header.Get("Content-Type"); c.kind != "" && kind != c.kind {
			t.Errorf("%v comes as %q, want %q", c.path, kind, c.kind)
		}
		if asked := "http://" + c.wantFrom.lastAsked().Host; asked != c.wantFrom.URL {
			t.Errorf("%v was asked of %s, want %s", c.path, asked, c.wantFrom.URL)
		}
	}
	sprite := dig(t, style, "sprite", 0, "url").(string)
	h.get(t, strings.Replace(sprite, "/sprite/", "/file/", 1)).want(t, 404, `{"detail":"Not found."}`+"\n")
	for path, want := range map[string]string{
		"sources/described/maxzoom": "13", "sources/described/minzoom": "1", "sources/described/url": "<nil>",
		"sources/described/attribution": `<a href="https://osm.example/?k=">OSM</a>`, "zoom": "0.1", "layers/0/paint/background-color": "#fff",
	} {
		steps := []any{}
		for step := range strings.SplitSeq(path, "/") {
			steps = append(steps, step)
		}
		if steps[0] == "layers" {
			steps[1] = 0
		}
		if got := fmt.Sprint(dig(t, style, steps...)); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
}

// TestGlyphsAreOneSegment: no name of a font leads to another file.
func TestGlyphsAreOneSegment(t *testing.T) {
	a := newAtlas(t)
	h := open(t, a.URL+"/style.json", proxied(""))
	glyphs := h.style(t, "map/light.json")["glyphs"].(string)
	asked := a.fonts.asked.Load()
	for _, stack := range []string{"..%2f..%2fadmin", "..", "%2e%2e", ".", strings.Repeat("a", 257)} {
		path := strings.NewReplacer("{fontstack}", stack, "{range}", "0-255").Replace(glyphs)
		if got := h.get(t, path); got.status == http.StatusOK {
			t.Errorf("%s = %d %q, want a refusal", path, got.status, got.body)
		}
	}
	if got := a.fonts.asked.Load(); got != asked {
		t.Errorf("the host was asked %d times more, at last %v", got-asked, a.fonts.lastAsked().URL)
	}
	inner := strings.NewReplacer("{fontstack}", "a%2f..%3fb", "{range}", "0-255").Replace(glyphs)
	h.get(t, inner)
	if got := a.fonts.lastAsked().URL.EscapedPath(); got != "/a%2F..%3Fb/0-255.pbf" {
		t.Errorf("the host was asked for %q, want one segment", got)
	}
}

// TestKeyInHeader: a token without a place in the address goes to the
// operator's own host, and to no other.
func TestKeyInHeader(t *testing.T) {
	a := newAtlas(t)
	h := open(t, a.URL+"/style.json", func(o *tile.Options) { o.Proxy, o.Token = true, "secret" })
	style := h.style(t, "map/light.json")
	h.get(t, strings.NewReplacer("{fontstack}", "a", "{range}", "0-255").Replace(style["glyphs"].(string)))
	if got := a.lastAsked().Header.Get("X-Api-Key"); got != "secret" {
		t.Errorf("the map's own host got the key %q, want it", got)
	}
	if got := a.fonts.lastAsked().Header.Get("X-Api-Key"); got != "" {
		t.Errorf("another host got the key %q, want none", got)
	}
}

// TestStyleThatGoes: the last one is used on; a page that was open before a
// restart gets its tiles without asking for the style first.
func TestStyleThatGoes(t *testing.T) {
	a, dir := newAtlas(t), t.TempDir()
	before := open(t, a.URL+"/style.json", proxied(dir))
	tiles := dig(t, before.style(t, "map/light.json"), "sources", "listed", "tiles", 0).(string)
	tiles = strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0", "{ratio}", "").Replace(tiles)

	after := open(t, a.URL+"/style.json", proxied(dir))
	after.get(t, tiles).want(t, 200, "/r/0/0/0.png?")
	etag := after.get(t, "map/light.json").header.Get("Etag")
	if got := after.get(t, "map/light.json", "If-None-Match", etag); got.status != http.StatusNotModified || etag == "" {
		t.Errorf("the style asked for again = %d, want 304", got.status)
	}
	a.gone.Store(true)
	after.now.add(2 * time.Hour)
	if got := after.get(t, "map/light.json", "If-None-Match", etag); got.status != http.StatusNotModified {
		t.Errorf("the style when its host is gone = %d, want 304", got.status)
	}
}

// TestStylesThatAreNone end in words.
func TestStylesThatAreNone(t *testing.T) {
	for name, c := range map[string]struct{ style, words string }{
		"a page":                  {"<html>", "it is no JSON object"},
		"a list":                  {"[]", "it is no JSON object"},
		"an archive within":       {`{"sources":{"a":{"type":"vector","url":"pmtiles://https://a.example/a.pmtiles"}}}`, `begins with \"pmtiles\"`},
		"another scheme":          {`{"sprite":"mapbox://sprites/a"}`, `begins with \"mapbox\"`},
		"glyphs of the disk":      {`{"glyphs":"file:///{fontstack}/{range}"}`, "glyphs are not a template of the web"},
		"tiles with odd marks":    {`{"sources":{"a":{"type":"raster","tiles":["https://a.example/{quadkey}"]}}}`, `{quadkey}`},
		"a source that goes":      {`{"sources":{"a":{"type":"vector","url":"HOST/missing"}}}`, "the host answers 404 Not Found"},
		"a source that is a page": {`{"sources":{"a":{"type":"vector","url":"HOST/page"}}}`, "it is no JSON object"},
	} {
		t.Run(name, func(t *testing.T) {
			var far *host
			far = newHost(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/style.json":
					_, _ = fmt.Fprint(w, strings.ReplaceAll(c.style, "HOST", far.URL))
				case "/page":
					_, _ = fmt.Fprint(w, "<html>")
				default:
					w.WriteHeader(http.StatusNotFound)
				}
			})
			h := open(t, far.URL+"/style.json", proxied(""))
			got := h.get(t, "map/light.json")
			if got.status != http.StatusBadGateway || !strings.Contains(got.body, c.words) {
				t.Errorf("answered %d %s, want 502 and %q", got.status, got.body, c.words)
			}
		})
	}
}

// TestHostsOfAStyle: without the proxy, pages learn from where they may load:
// the style's own host at once, the others when it was read.
func TestHostsOfAStyle(t *testing.T) {
	a := newAtlas(t)
	a.gone.Store(true)
	h := open(t, a.URL+"/style.json", nil)
	if got := h.Hosts(); !slices.Equal(got, []string{a.URL}) {
		t.Errorf("before it was read, pages may load from %q, want %q", got, a.URL)
	}
	if page := h.Page(); page.Light != a.URL+"/style.json" || page.Kind != tile.Style {
		t.Errorf("the page is told %+v", page)
	}
	a.gone.Store(false)
	h.run(t)
	want := []string{a.URL, a.fonts.URL, "https://spy.example", "https://people.example"}
	eventually(t, "the hosts of the style are known", func() bool {
		got := h.Hosts()
		return len(got) == len(want) && !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(got, w) })
	})
	if a := h.get(t, "map/light.json"); a.status != http.StatusNotFound {
		t.Errorf("without the proxy its style is answered %d, want 404", a.status)
	}
}

// TestHostsWhenTheStyleDoesNotCome: it is asked for again, and the log says so
// without its keys. Run ends at once.
func TestHostsWhenTheStyleDoesNotCome(t *testing.T) {
	stuck := hanging(t)
	h := open(t, stuck.URL+"/style.json?key=hunter2", func(o *tile.Options) { o.Patience = 50 * time.Millisecond })
	h.run(t)
	eventually(t, "the log says it", func() bool { return strings.Contains(h.log.String(), "the map's style could not be read") })
	if strings.Contains(h.log.String(), "hunter2") {
		t.Errorf("the log tells the key: %s", h.log)
	}
	if got := h.Hosts(); !slices.Equal(got, []string{stuck.URL}) {
		t.Errorf("pages may load from %q, want %q", got, stuck.URL)
	}
}

// TestNamedMapsAreNotAsked: where they load from is known.
func TestNamedMapsAreNotAsked(t *testing.T) {
	h := open(t, "openfreemap", nil)
	h.run(t)
	if got := h.Hosts(); !slices.Equal(got, []string{"https://tiles.openfreemap.org"}) {
		t.Errorf("pages may load from %q", got)
	}
	builtin := open(t, "builtin", proxied(""))
	builtin.run(t)
	if page := builtin.Page(); page != (tile.Page{Kind: tile.Builtin, Light: "builtin", Dark: "builtin"}) || len(builtin.Hosts()) != 0 {
		t.Errorf("the builtin map is told as %+v", page)
	}
}
