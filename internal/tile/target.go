package tile

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// shape is how a target is filled in.
type shape string

const (
	tileShape    shape = "tile"
	glyphShape   shape = "glyphs"
	spriteShape  shape = "sprite"
	wholeShape   shape = "file" // there is nothing to fill in
	archiveShape shape = "pmtiles"
)

// Where pages find things, relative to the page.
const (
	lightPath   = "map/light.json"
	darkPath    = "map/dark.json"
	archivePath = "map/tiles.pmtiles"
)

// kinds are the content types of what has one of its own. What a host says
// counts for tiles alone.
var kinds = map[shape]string{
	glyphShape:   "application/x-protobuf",
	wholeShape:   "application/octet-stream",
	archiveShape: "application/vnd.pmtiles",
}

// tileTypes are the content types of tiles; whatever else a host says is no
// more than bytes.
var tileTypes = []string{
	"image/png", "image/jpeg", "image/webp", "image/avif", "image/gif",
	"application/x-protobuf", "application/vnd.mapbox-vector-tile", "application/vnd.maplibre-tile",
}

// maxTargets bounds the addresses that are known at a time. Pages that are open
// for days use those of styles of days ago.
const maxTargets = 512

// targets are the addresses that may be fetched: those which styles name. A
// target's name is the same after a restart.
type targets struct {
	token   string   // that no style may repeat; set once
	secrets []string // that no thanks to anybody may repeat; set once

	mu     sync.Mutex // guards the rest
	byName map[string]target
	order  []string // of names, the oldest first
}

type target struct {
	shape    shape
	template string // with its keys
}

// path takes a target down and returns the path of it, with the marks that the
// page fills in.
func (t *targets) path(s shape, template string) string {
	sum := sha256.Sum256([]byte(string(s) + " " + template))
	name := hex.EncodeToString(sum[:10])
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byName == nil {
		t.byName = make(map[string]target)
	}
	t.order = append(slices.DeleteFunc(t.order, func(n string) bool { return n == name }), name)
	t.byName[name] = target{s, template}
	if len(t.order) > maxTargets {
		delete(t.byName, t.order[0])
		t.order = t.order[1:]
	}
	at := "map/" + string(s) + "/" + name
	switch s {
	case tileShape:
		at += "/{z}/{x}/{y}"
		if strings.Contains(template, "{ratio}") {
			at += "{ratio}"
		}
	case glyphShape:
		at += "/{fontstack}/{range}"
	}
	return at
}

func (t *targets) find(s shape, name string) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	found, ok := t.byName[name]
	return found.template, ok && found.shape == s
}

// template returns the template of a target. After a restart a page may be
// ahead of us: then the styles are read first.
func (s *Server) template(r *http.Request, of shape, name string) (string, bool) {
	if template, found := s.targets.find(of, name); found || s.ground.Kind != Style {
		return template, found
	}
	for _, address := range s.ground.addresses() {
		_, _ = s.sheet(r.Context(), address) // a style that does not come names no targets
	}
	return s.targets.find(of, name)
}

func (s *Server) serveTile(w http.ResponseWriter, r *http.Request) {
	template, known := s.template(r, tileShape, r.PathValue("id"))
	address, ok := fillTile(template, r.PathValue("z"), r.PathValue("x"), r.PathValue("y"))
	s.serveWant(w, r, want{address: address}, known && ok)
}

func (s *Server) serveGlyphs(w http.ResponseWriter, r *http.Request) {
	template, known := s.template(r, glyphShape, r.PathValue("id"))
	address, ok := fillGlyphs(template, r.PathValue("stack"), r.PathValue("range"))
	s.serveWant(w, r, want{address: address, kind: kinds[glyphShape]}, known && ok)
}

func (s *Server) serveSprite(w http.ResponseWriter, r *http.Request) {
	file := r.PathValue("file")
	end := strings.IndexAny(file, "@.")
	if end < 0 {
		end = len(file)
	}
	template, known := s.template(r, spriteShape, file[:end])
	address, ok := fillSprite(template, file[end:])
	kind := "image/png"
	if strings.HasSuffix(file, ".json") {
		kind = "application/json"
	}
	s.serveWant(w, r, want{address: address, kind: kind}, known && ok)
}

func (s *Server) serveWhole(w http.ResponseWriter, r *http.Request) {
	address, known := s.template(r, wholeShape, r.PathValue("id"))
	s.serveWant(w, r, want{address: address, kind: kinds[wholeShape]}, known)
}

func (s *Server) serveWant(w http.ResponseWriter, r *http.Request, of want, known bool) {
	if !known {
		s.refuse(w, http.StatusNotFound, "Not found.")
		return
	}
	s.serveThing(w, r, of)
}

// secrets are what may be a key: the token, and what the operator wrote into
// the query of an address. Some services put it into their attribution.
func (s *Server) secrets() []string {
	found := []string{s.o.Token}
	for _, address := range s.ground.addresses() {
		if u, err := parseTemplate(address); err == nil {
			for _, values := range u.Query() {
				found = append(found, values...)
			}
		}
	}
	for _, secret := range found {
		found = append(found, url.QueryEscape(secret))
	}
	return slices.DeleteFunc(found, func(secret string) bool { return len(secret) < 8 }) // shorter ones are words
}
