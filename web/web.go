// Package web holds the pages that people look at. It embeds dist/, which is
// built from the TypeScript beside it and committed, so that building Peyk
// needs no Node. It knows which files there are, how browsers may keep them
// and what they may load; it promises that a path that is not a file is 404,
// and that nothing runs in the page but its own scripts. It decides nothing
// about who may see what: the files are served to everybody, and hold no secret
// but the one that Options.Map may have in its addresses.
package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"slices"
	"strings"
)

// all: or files that begin with a dot or an underscore would be left out.
//
//go:embed all:dist
var dist embed.FS

// Options is what can be chosen about the pages.
type Options struct {
	Map      Map
	Hosts    func() []string // origins beside our own that the map loads from, as far as they are known by now; nil: none
	Timezone string          // IANA name of the zone in which the page tells times
	Login    string          // the address where people log in; empty: only tokens count
	City     []byte          // GeoJSON of the demo city; nil: there is none. Never changed
	Shop     Shop
}

// Map says which map lies under the couriers. The zero Map is the page's own.
type Map struct {
	Kind        string // how to read the addresses: builtin, style (of MapLibre), raster (a template) or pmtiles
	Style       string // the address, relative to the page or whole
	Dark        string // the one for dark pages; often the same
	Attribution string // whom the map thanks, as text
}

// builtin is the kind, and in place of an address the name, of the page's own map.
const builtin = "builtin"

// Handler serves the panel at /, the customer's page at /t/, the courier's at /c/,
// and what they need. It is safe for concurrent use.
func Handler(o Options) http.Handler {
	if o.Map.Kind == "" {
		o.Map.Kind, o.Map.Style, o.Map.Dark = builtin, builtin, builtin
	}
	if o.Hosts == nil {
		o.Hosts = func() []string { return nil }
	}
	h := handler{hosts: o.Hosts, assets: map[string]*asset{}}
	h.addDist()
	h.addShop(o.Shop)
	h.assets["/config.json"] = newAsset("config.json", config(o))
	if o.City != nil {
		h.assets["/map/city.geojson"] = newAsset("city.geojson", o.City)
	}
	return h
}

type handler struct {
	hosts  func() []string
	assets map[string]*asset // by path
}

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header(), policy(h.hosts()))
	if folder, is := strings.CutPrefix(r.URL.Path, "/"); is && slices.Contains(folders, folder) {
		w.Header().Set("Location", folder+"/") // relative: a proxy may have taken away what came before
		w.WriteHeader(http.StatusPermanentRedirect)
		return
	}
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
	for _, folder := range folders {
		h.assets["/"+folder+"/"] = h.assets["/"+folder+"/index.html"]
	}
}

// folders are the pages beside the panel.
var folders = []string{"t", "c"}

// config is what the page is told, in a file because it may run no inline script.
func config(o Options) []byte {
	text, err := json.Marshal(struct {
		Kind        string `json:"kind"`
		Style       string `json:"style"`
		Dark        string `json:"dark"`
		Attribution string `json:"attribution"`
		City        bool   `json:"city"`
		Timezone    string `json:"timezone"`
		Login       string `json:"login"`
		Shop        look   `json:"shop"`
	}{o.Map.Kind, o.Map.Style, o.Map.Dark, o.Map.Attribution, o.City != nil, o.Timezone, o.Login, o.Shop.look()})
	if err != nil {
		panic(err) // strings and a bool can be encoded
	}
	return text
}
