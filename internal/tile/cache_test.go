package tile_test

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"peyk/internal/tile"
)

// files returns the kept files of a cache and their size on the disk.
func files(t *testing.T, dir string) (paths []string, bytes int64) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it made room meanwhile
		}
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v, want it for its owner alone", entry.Name(), info.Mode())
		}
		paths = append(paths, filepath.Join(dir, entry.Name()))
		bytes += (info.Size() + 4095) / 4096 * 4096
	}
	return paths, bytes
}

// TestCacheOutlivesTheProcess: after a restart tiles come from the disk, also
// when the host is gone; the key is not on the disk.
func TestCacheOutlivesTheProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "map-cache")
	far := newHost(t, echo)
	ground := far.raster() + "?key=hunter2hunter2"
	before := open(t, ground, proxied(dir))
	before.get(t, before.tilePath(t, "0", "0", "0")).want(t, 200, "/0/0/0.png")
	path := before.tilePath(t, "0", "0", "0")

	after := open(t, ground, proxied(dir))
	after.run(t)
	eventually(t, "the cache is counted", func() bool { return after.Stats().Bytes == 4096 })
	after.get(t, path).want(t, 200, "/0/0/0.png")
	if asked := far.asked.Load(); asked != 1 {
		t.Errorf("the host was asked %d times, want once, before the restart", asked)
	}
	far.Close()
	after.now.add(2 * time.Hour)
	after.get(t, path).want(t, 200, "/0/0/0.png")
	after.get(t, after.tilePath(t, "1", "0", "0")).wantSentence(t, http.StatusBadGateway, "cannot be reached")
	if stats := after.Stats(); stats.Stale != 1 || stats.Failed[tile.Broken] != 2 {
		t.Errorf("Stats = %+v, want one old tile in place of a failure", stats)
	}
	kept, _ := files(t, dir)
	for _, path := range kept {
		if text, err := os.ReadFile(path); err != nil || strings.Contains(path+string(text), "hunter2") {
			t.Errorf("%s holds the key (%v)", path, err)
		}
	}
}

// TestOldButStrict: what must not be used when it is old is not.
func TestOldButStrict(t *testing.T) {
	far := newHost(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60, must-revalidate")
		_, _ = fmt.Fprint(w, "tile")
	})
	h := open(t, far.raster(), proxied(t.TempDir()))
	path := h.tilePath(t, "0", "0", "0")
	h.get(t, path).want(t, 200, "tile")
	far.Close()
	h.get(t, path).want(t, 200, "tile")
	h.now.add(61 * time.Second)
	h.get(t, path).wantSentence(t, http.StatusBadGateway, "cannot be reached")
}

// TestCacheIsBounded: what was not used for the longest time makes room, also
// after a restart with a smaller bound.
func TestCacheIsBounded(t *testing.T) {
	dir := t.TempDir()
	far := newHost(t, echo)
	small := func(blocks int64) func(*tile.Options) {
		return func(o *tile.Options) { o.Proxy, o.Dir, o.MaxCache = true, dir, 4096*blocks }
	}
	h := open(t, far.raster(), small(4))
	get := func(x int) {
		h.get(t, h.tilePath(t, "4", fmt.Sprint(x), "0")).want(t, 200, fmt.Sprintf("/4/%d/0.png", x))
	}
	for x := range 4 {
		get(x)
	}
	get(0) // used now
	get(4) // in place of 1
	if kept, bytes := files(t, dir); len(kept) != 4 || bytes != 4*4096 || h.Stats().Bytes != bytes {
		t.Errorf("%d files of %d bytes are kept, counted as %d; want 4 blocks", len(kept), bytes, h.Stats().Bytes)
	}
	asked := far.asked.Load()
	get(0)
	if got := far.asked.Load(); got != asked {
		t.Error("what was used last was thrown away")
	}
	get(1)
	if got := far.asked.Load(); got != asked+1 {
		t.Error("what was not used for the longest time was kept")
	}

	write(t, filepath.Join(dir, "unfinished-1"), []byte("of a crash"))
	write(t, filepath.Join(dir, "readme"), []byte("somebody's own"))
	long := time.Now().Add(-time.Hour)
	kept, _ := files(t, dir)
	for _, path := range kept {
		if err := os.Chtimes(path, long, long); err != nil {
			t.Fatal(err)
		}
	}
	open(t, far.raster(), small(2)).run(t)
	eventually(t, "the smaller bound is kept, and the crash cleared away", func() bool {
		kept, _ := files(t, dir)
		return len(kept) == 3
	})
}

// TestTornFile: what a crash or a disk has changed is fetched anew.
func TestTornFile(t *testing.T) {
	for name, tear := range map[string]func(whole []byte) []byte{
		"changed":      func(whole []byte) []byte { whole[len(whole)-1] ^= 1; return whole },
		"cut off":      func(whole []byte) []byte { return whole[:len(whole)-1] },
		"empty":        func([]byte) []byte { return nil },
		"zeros":        func(whole []byte) []byte { return make([]byte, len(whole)) },
		"a wrong head": func(whole []byte) []byte { return append([]byte("{]\n"), whole...) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			far := newHost(t, echo)
			before := open(t, far.raster(), proxied(dir))
			before.get(t, before.tilePath(t, "0", "0", "0"))
			kept, _ := files(t, dir)
			whole, err := os.ReadFile(kept[0])
			if err != nil {
				t.Fatal(err)
			}
			write(t, kept[0], tear(whole))
			h := open(t, far.raster(), proxied(dir))
			for range 2 {
				h.get(t, h.tilePath(t, "0", "0", "0")).want(t, 200, "/0/0/0.png")
			}
			if asked := far.asked.Load(); asked != 2 {
				t.Errorf("the host was asked %d times, want twice", asked)
			}
		})
	}
}

// TestDiskThatDoesNotWork: tiles pass through, and each that could not be kept
// is counted.
func TestDiskThatDoesNotWork(t *testing.T) {
	far := newHost(t, echo)
	h := open(t, far.raster(), proxied(write(t, filepath.Join(t.TempDir(), "map-cache"), []byte("a file"))))
	h.run(t)
	for range 2 {
		h.get(t, h.tilePath(t, "0", "0", "0")).want(t, 200, "/0/0/0.png")
	}
	if stats := h.Stats(); stats.Unkept != 2 || stats.Fetched != 2 {
		t.Errorf("Stats = %+v, want 2 fetched and not kept", stats)
	}
}

// TestCacheClearedByHand: whoever empties the directory breaks nothing.
func TestCacheClearedByHand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "map-cache")
	far := newHost(t, echo)
	h := open(t, far.raster(), proxied(dir))
	for range 2 {
		h.get(t, h.tilePath(t, "0", "0", "0")).want(t, 200, "/0/0/0.png")
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	if stats := h.Stats(); stats.Fetched != 2 || stats.Unkept != 0 {
		t.Errorf("Stats = %+v, want 2 fetched, and kept", stats)
	}
}
