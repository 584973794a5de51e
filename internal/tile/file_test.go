package tile_test

import (
	"encoding/binary"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"peyk/internal/tile"
)

// archive is a whole PMTiles file of version 3 with one tile, that of zoom 0
// (github.com/protomaps/PMTiles, spec/v3).
func archive(image string) []byte {
	const metadata = `{"name":"one tile","attribution":"nobody"}`
	directory := []byte{1, 0, 1} // one entry: tile 0, a run of 1
	directory = binary.AppendUvarint(directory, uint64(len(image)))
	directory = append(directory, 1) // it begins at offset 0, written as 1
	const uncompressed, png = 1, 2

	file := append([]byte("PMTiles"), 3)
	at := uint64(127)
	for _, section := range []int{len(directory), len(metadata), 0, len(image)} { // 0: there are no leaf directories
		file = binary.LittleEndian.AppendUint64(file, at)
		file = binary.LittleEndian.AppendUint64(file, uint64(section))
		at += uint64(section)
	}
	for range 3 { // tiles addressed, entries, contents
		file = binary.LittleEndian.AppendUint64(file, 1)
	}
	file = append(file, 1, uncompressed, uncompressed, png, 0, 0) // clustered; zooms 0 to 0
	for _, degrees := range []int32{-180e7, -85e7, 180e7, 85e7} {
		file = binary.LittleEndian.AppendUint32(file, uint32(degrees))
	}
	file = append(file, 0, 0, 0, 0, 0, 0, 0, 0, 0) // the centre
	file = append(file, directory...)
	file = append(file, metadata...)
	return append(file, image...)
}

func write(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCheckFile(t *testing.T) {
	dir := t.TempDir()
	whole := archive("tile")
	second := append([]byte(nil), whole...)
	second[7] = 2
	for _, c := range []struct{ name, path, want string }{
		{"an archive", write(t, filepath.Join(dir, "good.pmtiles"), whole), ""},
		{"missing", filepath.Join(dir, "missing.pmtiles"), "a readable file: no such file or directory"},
		{"a directory", dir, "a file"},
		{"empty", write(t, filepath.Join(dir, "empty.pmtiles"), nil), "a PMTiles file of version 3; this is none"},
		{"cut off", write(t, filepath.Join(dir, "cut.pmtiles"), whole[:126]), "a PMTiles file of version 3; this is none"},
		{"another format", write(t, filepath.Join(dir, "mbtiles.pmtiles"), []byte("SQLite format 3\x00"+strings.Repeat("x", 200))), "a PMTiles file of version 3; this is none"},
		{"version 2", write(t, filepath.Join(dir, "v2.pmtiles"), second), "a PMTiles file of version 3; this is version 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if err := tile.CheckFile(c.path); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("CheckFile = %q, want %q", got, c.want)
			}
		})
	}
}

// TestFile reads an archive in the steps in which the page's reader does.
func TestFile(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "map.pmtiles"), archive("the tile"))
	h := open(t, path, nil)
	if page := h.Page(); page != (tile.Page{Kind: tile.Archive, Light: "map/tiles.pmtiles", Dark: "map/tiles.pmtiles"}) {
		t.Errorf("the page is told %+v", page)
	}
	if hosts := h.Hosts(); len(hosts) != 0 {
		t.Errorf("the page may load from %q, want nowhere else", hosts)
	}
	head := h.get(t, "map/tiles.pmtiles", "Range", "bytes=0-16383")
	if head.status != http.StatusPartialContent || head.body != string(archive("the tile")) || head.header.Get("Content-Type") != "application/vnd.pmtiles" {
		t.Fatalf("the first part = %d %v, %d bytes", head.status, head.header, len(head.body))
	}
	begins := binary.LittleEndian.Uint64([]byte(head.body[56:]))
	if got := head.body[begins:]; got != "the tile" {
		t.Errorf("the tile is %q", got)
	}
	etag := head.header.Get("Etag")
	if strings.HasPrefix(etag, "W/") || etag == "" {
		t.Errorf("ETag = %q, want one that readers compare", etag)
	}
	if again := h.get(t, "map/tiles.pmtiles", "Range", "bytes=0-6"); again.body != "PMTiles" || again.header.Get("Etag") != etag {
		t.Errorf("another part = %q with %q, want PMTiles with the same ETag", again.body, again.header.Get("Etag"))
	}
	if beyond := h.get(t, "map/tiles.pmtiles", "Range", "bytes=9999-10000"); beyond.status != http.StatusRequestedRangeNotSatisfiable {
		t.Errorf("a part after the end = %d, want 416", beyond.status)
	}

	next := write(t, path+".new", archive("another"))
	if err := os.Rename(next, path); err != nil {
		t.Fatal(err)
	}
	if changed := h.get(t, "map/tiles.pmtiles", "Range", "bytes=0-16383"); !strings.HasSuffix(changed.body, "another") || changed.header.Get("Etag") == etag {
		t.Errorf("after a new extract came: %q with %q, want the new one with another ETag", changed.body[120:], changed.header.Get("Etag"))
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	h.get(t, "map/tiles.pmtiles", "Range", "bytes=0-6").wantSentence(t, http.StatusBadGateway, "The map's file cannot be read.")
}

// TestWhoMayHaveTheMap: those who may watch couriers.
func TestWhoMayHaveTheMap(t *testing.T) {
	far := newHost(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("tile")) })
	path := write(t, filepath.Join(t.TempDir(), "map.pmtiles"), archive("tile"))
	file, raster := open(t, path, nil), open(t, far.raster(), proxied(""))
	for _, c := range []struct {
		credential string
		status     int
	}{{"", 401}, {"Bearer wrong", 401}, {"Bearer post", 403}, {"Bearer over", 403}, {"Bearer watch", 200}} {
		if a := file.get(t, "map/tiles.pmtiles", "Authorization", c.credential); a.status != c.status {
			t.Errorf("the file with %q = %d, want %d", c.credential, a.status, c.status)
		}
		a := raster.get(t, raster.tilePath(t, "0", "0", "0"), "Authorization", c.credential)
		if a.status != c.status || c.status != 200 && a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("a tile with %q = %d %v, want %d", c.credential, a.status, a.header, c.status)
		}
		if a.status == 401 && a.header.Get("Www-Authenticate") != "Bearer" {
			t.Errorf("401 says %q, want Bearer", a.header.Get("Www-Authenticate"))
		}
	}
	if asked := far.asked.Load(); asked != 1 {
		t.Errorf("the host was asked %d times, want once: for who may", asked)
	}
}
