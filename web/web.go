// Package web holds the pages that people look at. It embeds dist/, which is
// built from the TypeScript beside it and committed, so that building Peyk
// needs no Node. It knows which files there are, how browsers may keep them
// and what they may load; it promises that a path that is not a file is 404,
// and that nothing runs in the page but its own scripts. It decides nothing
// about who may see what: the files hold no secret and are served to everybody.
package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
)

// all: or files that begin with a dot or an underscore would be left out.
//
//go:embed all:dist
var dist embed.FS

// Builtin is the map style that is in the binary.
const Builtin = "builtin"

// Options is what can be chosen about the pages.
type Options struct {
	MapStyle       string   // Builtin, the URL of a MapLibre style, or of raster tiles with {z}, {x} and {y}; empty: Builtin
	MapAttribution string   // whom a raster map thanks, as text
	MapHosts       []string // origins that the map style loads from, as MapHosts finds them
	City           []byte   // GeoJSON of the demo city; nil: there is none. Never changed
}

// Handler serves the pages at / and below. It is safe for concurrent use.
func Handler(o Options) http.Handler {
	if o.MapStyle == "" {
		o.MapStyle = Builtin
	}
	h := handler{policy: policy(o.MapHosts), assets: map[string]*asset{}}
	h.addDist()
	h.assets["/config.json"] = newAsset("config.json", config(o))
	if o.City != nil {
		h.assets["/map/city.geojson"] = newAsset("city.geojson", o.City)
	}
	return h
}

type handler struct {
	policy string            // Content-Security-Policy
	assets map[string]*asset // by path
}

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), h.policy)
	a, known := h.assets[r.URL.Path]
	if !known {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "want GET or HEAD", http.StatusMethodNotAllowed)
		return
	}
	a.serve(w, r)
}

func (h handler) addDist() {
	err := fs.WalkDir(dist, "dist", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := dist.ReadFile(name)
		h.assets[name[len("dist"):]] = newAsset(entry.Name(), content)
		return err
	})
	if err != nil {
		panic(err) // embedded files can be read
	}
	h.assets["/"] = h.assets["/index.html"]
}

// config is what the page is told, in a file because it may run no inline script.
func config(o Options) []byte {
	text, err := json.Marshal(struct {
		Style       string `json:"style"`
		Attribution string `json:"attribution"`
		City        bool   `json:"city"`
	}{o.MapStyle, o.MapAttribution, o.City != nil})
	if err != nil {
		panic(err) // strings and a bool can be encoded
	}
	return text
}
