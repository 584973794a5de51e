package tile_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"peyk/internal/tile"
)

// echo answers with the path, good for an hour.
func echo(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "max-age=3600")
	w.Header().Set("Content-Type", "image/png")
	_, _ = fmt.Fprint(w, r.URL.Path)
}

func TestTileByWayOfProxy(t *testing.T) {
	far := newHost(t, echo)
	h := open(t, far.raster()+"?key=hunter2", proxied(t.TempDir()))
	if strings.Contains(h.Page().Light, far.URL) || strings.Contains(h.Page().Light, "hunter2") {
		t.Errorf("the page is told %q", h.Page().Light)
	}
	for range 3 {
		a := h.get(t, h.tilePath(t, "3", "5", "6"))
		a.want(t, 200, "/3/5/6.png")
		for name, want := range map[string]string{
			"Content-Type": "image/png", "Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff",
			"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s = %q, want %q", name, got, want)
			}
		}
		if again := h.get(t, h.tilePath(t, "3", "5", "6"), "If-None-Match", a.header.Get("Etag")); again.status != http.StatusNotModified {
			t.Errorf("asked again = %d, want 304", again.status)
		}
	}
	if asked := far.asked.Load(); asked != 1 || far.lastAsked().URL.Query().Get("key") != "hunter2" {
		t.Errorf("the host was asked %d times, at last %v; want once, with the key", asked, far.lastAsked().URL)
	}
	if stats := h.Stats(); stats.Fetched != 1 || stats.Hits != 5 || stats.Bytes != 4096 {
		t.Errorf("Stats = %+v, want 1 fetched, 5 hits and one block on the disk", stats)
	}
}

// TestNoOpenProxy: nothing is fetched but what the map names.
func TestNoOpenProxy(t *testing.T) {
	far := newHost(t, echo)
	h := open(t, far.raster(), proxied(t.TempDir()))
	good := h.tilePath(t, "1", "0", "0")
	for _, path := range []string{
		h.tilePath(t, "0", "1", "0"), h.tilePath(t, "1", "0", "2"), h.tilePath(t, "26", "0", "0"), h.tilePath(t, "01", "0", "0"),
		h.tilePath(t, "1", "-1", "0"), h.tilePath(t, "1", "0", "0%2f..%2f..%2fadmin"), h.tilePath(t, "1", "0", "0?key=2")[:len(good)-1],
		"map/tile/00000000000000000000/0/0/0", "map/tile/" + far.URL + "/0/0/0", "map/file/00000000000000000000",
		"map/light.json", "map/tiles.pmtiles", "map/",
		strings.Replace(good, "/tile/", "/glyphs/", 1), strings.Replace(good, "/tile/", "/file/", 1),
	} {
		if a := h.get(t, path); a.status != http.StatusNotFound {
			t.Errorf("%s = %d %q, want 404", path, a.status, a.body)
		}
	}
	if asked := far.asked.Load(); asked != 0 {
		t.Errorf("the host was asked %d times, want never", asked)
	}
}

func TestWhatAHostSaysOfItsAnswer(t *testing.T) {
	for _, c := range []struct {
		name, control, kind string
		status              int
		want                int
		wantKind            string
		after               time.Duration // until it is asked for again
		asked               int64         // then
	}{
		{name: "nothing", kind: "image/png", status: 200, want: 200, wantKind: "image/png", after: 23 * time.Hour, asked: 1},
		{name: "nothing, a day ago", kind: "image/png", status: 200, want: 200, wantKind: "image/png", after: 25 * time.Hour, asked: 2},
		{name: "a minute", control: "public, max-age=60", status: 200, want: 200, after: 59 * time.Second, asked: 1},
		{name: "a minute, over", control: "max-age=60", status: 200, want: 200, after: 61 * time.Second, asked: 2},
		{name: "for caches", control: "max-age=0, s-maxage=60", status: 200, want: 200, after: 59 * time.Second, asked: 1},
		{name: "for ever", control: "max-age=2147483647", status: 200, want: 200, after: 31 * 24 * time.Hour, asked: 2},
		{name: "no store", control: "no-store, max-age=60", status: 200, want: 200, asked: 2},
		{name: "private", control: "private", status: 200, want: 200, asked: 2},
		{name: "no cache", control: "no-cache, max-age=60", status: 200, want: 200, asked: 2},
		{name: "no such tile", status: 404, want: 404, after: 9 * time.Minute, asked: 1},
		{name: "an empty tile", status: 204, want: 204, after: time.Hour, asked: 1},
		{name: "a page", kind: "text/html", status: 200, want: 200, wantKind: "application/octet-stream", asked: 1},
		{name: "a drawing with scripts", kind: "image/svg+xml", status: 200, want: 200, wantKind: "application/octet-stream", asked: 1},
		{name: "forbidden", status: 403, want: 502, asked: 2},
		{name: "not modified, though it never was", status: 304, want: 502, asked: 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			far := newHost(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Cache-Control", c.control)
				w.Header().Set("Content-Type", c.kind)
				w.WriteHeader(c.status)
			})
			h := open(t, far.raster(), proxied(t.TempDir()))
			first := h.get(t, h.tilePath(t, "0", "0", "0"))
			kind := first.header.Get("Content-Type")
			if first.status != c.want || c.wantKind != "" && kind != c.wantKind {
				t.Errorf("answered %d %q, want %d %q", first.status, kind, c.want, c.wantKind)
			}
			if never := "private, max-age=0"; strings.Contains(c.control, "no-") && first.header.Get("Cache-Control") != never {
				t.Errorf("a page may keep it for %q, want %q", first.header.Get("Cache-Control"), never)
			}
			h.now.add(c.after)
			h.get(t, h.tilePath(t, "0", "0", "0"))
			if asked := far.asked.Load(); asked != c.asked {
				t.Errorf("the host was asked %d times, want %d", asked, c.asked)
			}
		})
	}
}

// TestRenewed: what is old but has not changed does not come again.
func TestRenewed(t *testing.T) {
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=60")
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = fmt.Fprint(w, "tile")
	})
	h := open(t, far.raster(), proxied(t.TempDir()))
	path := h.tilePath(t, "0", "0", "0")
	h.get(t, path).want(t, 200, "tile")
	h.now.add(61 * time.Second)
	h.get(t, path).want(t, 200, "tile")
	h.now.add(59 * time.Second)
	h.get(t, path).want(t, 200, "tile")
	if stats := h.Stats(); stats.Fetched != 1 || stats.Renewed != 1 || stats.Hits != 1 || far.asked.Load() != 2 {
		t.Errorf("Stats = %+v after %d requests, want one of each", stats, far.asked.Load())
	}
}

// TestPacked: what comes packed goes on packed, but to who cannot unpack.
func TestPacked(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(strings.Repeat("tile", 100)))
	_ = z.Close() // a Buffer takes everything
	far := newHost(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed.Bytes())
	})
	h := open(t, far.raster(), proxied(t.TempDir()))
	path := h.tilePath(t, "0", "0", "0")
	h.get(t, path).want(t, 200, strings.Repeat("tile", 100))
	if a := h.get(t, path, "Accept-Encoding", "gzip, br"); a.body != packed.String() || a.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("to who unpacks: %d bytes in %q, want them packed", len(a.body), a.header.Get("Content-Encoding"))
	}
}

func TestUselessHosts(t *testing.T) {
	elsewhere := newHost(t, echo)
	for _, c := range []struct {
		name   string
		handle http.HandlerFunc
		words  string
		reason tile.Reason
	}{
		{"huge", func(w http.ResponseWriter, _ *http.Request) {
			for range 5 {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		}, "answers with more than 4194304 bytes", tile.TooBig},
		{"without an end", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		}, "answers with more than 4194304 bytes", tile.TooBig},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+r.URL.Path, http.StatusFound)
		}, "it sends us elsewhere", tile.Forbidden},
		{"in circles", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, "it sends us elsewhere", tile.Forbidden},
		{"wants a token", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusUnauthorized)
		}, "answers 401 Unauthorized (is --map-token right?)", tile.Refused},
		{"breaks off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("part"))
		}, "cannot be reached: unexpected EOF", tile.Broken},
		{"another encoding", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "br")
			_, _ = w.Write([]byte("part"))
		}, "an encoding that it was not asked for", tile.Refused},
		{"too many requests", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusTooManyRequests)
		}, "answers 429 Too Many Requests", tile.Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			far := newHost(t, c.handle)
			dir := t.TempDir()
			h := open(t, far.raster()+"?key=hunter2", proxied(dir))
			a := h.get(t, h.tilePath(t, "0", "0", "0"))
			a.wantSentence(t, http.StatusBadGateway, c.words)
			if stats := h.Stats(); stats.Failed[c.reason] != 1 || stats.Bytes != 0 {
				t.Errorf("Stats = %+v, want one failure of the reason %d", stats, c.reason)
			}
			if strings.Contains(a.body+h.log.String(), "hunter2") {
				t.Errorf("the key is told: %s\n%s", a.body, h.log)
			}
		})
	}
	t.Cleanup(func() {
		if asked := elsewhere.asked.Load(); asked != 0 {
			t.Errorf("the other host was asked %d times, want never", asked)
		}
	})
}

func TestRedirectWithinTheHost(t *testing.T) {
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/now") {
			http.Redirect(w, r, "/now"+r.URL.Path, http.StatusFound)
			return
		}
		echo(w, r)
	})
	h := open(t, far.raster(), proxied(t.TempDir()))
	h.get(t, h.tilePath(t, "0", "0", "0")).want(t, 200, "/now/0/0/0.png")
}

// TestHangingHost: some wait for it, then nobody; it is tried by one, and used
// again when it is back.
func TestHangingHost(t *testing.T) {
	end := make(chan struct{})
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-end:
			echo(w, r)
		case <-r.Context().Done():
		}
	})
	h := open(t, far.raster(), func(o *tile.Options) { o.Proxy, o.Dir, o.Patience = true, t.TempDir(), 2*time.Second })
	for i := range 3 {
		h.get(t, h.tilePath(t, "9", fmt.Sprint(i), "0")).wantSentence(t, http.StatusBadGateway, "does not answer in time")
	}
	for i := range 20 {
		h.get(t, h.tilePath(t, "9", fmt.Sprint(i), "1")).wantSentence(t, http.StatusBadGateway, "did not answer a moment ago")
	}
	if asked := far.asked.Load(); asked != 3 {
		t.Errorf("the host was asked %d times, want 3", asked)
	}
	h.now.add(11 * time.Second)
	var tries sync.WaitGroup
	for i := range 10 {
		tries.Go(func() { _, _ = h.ask(t.Context(), h.tilePath(t, "9", fmt.Sprint(i), "2")) }) // all are refused
	}
	tries.Wait()
	if asked := far.asked.Load(); asked != 4 {
		t.Errorf("after a rest the host was asked %d times, want once", asked-3)
	}
	close(end)
	h.now.add(11 * time.Second)
	h.get(t, h.tilePath(t, "9", "0", "3")).want(t, 200, "/9/0/3.png")
	h.get(t, h.tilePath(t, "9", "1", "3")).want(t, 200, "/9/1/3.png")
	if log := h.log.String(); strings.Count(log, "is let rest") != 1 || strings.Count(log, "answers again") != 1 {
		t.Errorf("the log tells more or less than that the host went and came back:\n%s", log)
	}
}

// TestSlowBody: a host that trickles is one that hangs.
func TestSlowBody(t *testing.T) {
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		drip := time.NewTicker(10 * time.Millisecond)
		defer drip.Stop()
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("x"))
			_ = http.NewResponseController(w).Flush() // who is gone needs nothing
			<-drip.C
		}
	})
	h := open(t, far.raster(), func(o *tile.Options) { o.Proxy, o.Patience = true, 200*time.Millisecond })
	h.get(t, h.tilePath(t, "0", "0", "0")).wantSentence(t, http.StatusBadGateway, "does not answer in time")
}

// TestFetchedOnce: of many who want a tile one fetches it, and if that one goes
// away another does.
func TestFetchedOnce(t *testing.T) {
	arrived, release := make(chan struct{}, 10), make(chan struct{})
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		select {
		case <-release:
			echo(w, r)
		case <-r.Context().Done():
		}
	})
	h := open(t, far.raster(), proxied(t.TempDir()))
	path := h.tilePath(t, "0", "0", "0")
	first, leave := context.WithCancel(t.Context())
	gone := make(chan struct{})
	go func() {
		_, _ = h.ask(first, path) // it goes away
		close(gone)
	}()
	<-arrived
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if a, err := h.ask(t.Context(), path); err != nil || a.body != "/0/0/0.png" {
				t.Errorf("one of many got %d %q, %v", a.status, a.body, err)
			}
		})
	}
	leave()
	<-gone
	<-arrived // the next one fetches it
	close(release)
	all.Wait()
	if asked := far.asked.Load(); asked != 2 {
		t.Errorf("the host was asked %d times, want twice: by who went away, and by one of the others", asked)
	}
}

// TestOneHostForAnother: who hangs takes no place from others.
func TestOneHostForAnother(t *testing.T) {
	stuck := hanging(t)
	good := newHost(t, nil)
	good.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/style.json" {
			_, _ = fmt.Fprintf(w, `{"version":8,"glyphs":"%s/{fontstack}/{range}.pbf","sources":{"a":{"type":"raster","tiles":["%s/{z}/{x}/{y}.png"]}},"layers":[]}`, stuck.URL, good.URL)
			return
		}
		echo(w, r)
	})
	h := open(t, good.URL+"/style.json", proxied(t.TempDir()))
	style := h.style(t, "map/light.json")
	glyphs := strings.NewReplacer("{fontstack}", "Vazirmatn", "{range}", "%d-255").Replace(style["glyphs"].(string))
	ctx, leave := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	var ended atomic.Int64
	for i := range 40 {
		waiting.Go(func() {
			_, _ = h.ask(ctx, fmt.Sprintf(glyphs, i)) // it is given up
			ended.Add(1)
		})
	}
	eventually(t, "16 ask the host that hangs", func() bool { return stuck.asked.Load() == 16 })
	tiles := style["sources"].(map[string]any)["a"].(map[string]any)["tiles"].([]any)[0].(string)
	h.get(t, strings.NewReplacer("{z}", "0", "{x}", "0", "{y}", "0").Replace(tiles)).want(t, 200, "/0/0/0.png")
	if n := ended.Load(); n > 0 {
		t.Errorf("a tile came after %d of those had ended who waited for another host, want before", n)
	}
	leave()
	waiting.Wait()
}

// TestBusyHost: who finds no place within patience is told to come again.
func TestBusyHost(t *testing.T) {
	for patience := time.Second; !busyHost(t, patience); patience *= 2 {
		if patience > soon {
			t.Fatal("nobody is told that the host is busy")
		}
	}
}

// busyHost reports false if this machine is too slow for so little patience.
func busyHost(t *testing.T, patience time.Duration) (inTime bool) {
	t.Helper()
	far := newHost(t, func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).Flush() // the header comes, the rest does not
		<-r.Context().Done()
	})
	h := open(t, far.raster(), func(o *tile.Options) { o.Proxy, o.Patience = true, patience })
	var waiting sync.WaitGroup
	began := time.Now()
	for x := range 16 {
		waiting.Go(func() {
			if a, err := h.ask(t.Context(), h.tilePath(t, "9", fmt.Sprint(x), "0")); err != nil || a.status != http.StatusBadGateway {
				t.Errorf("one of the first = %d, %v; want 502", a.status, err)
			}
		})
	}
	eventually(t, "the host is busy", func() bool { return far.asked.Load() >= 16 || time.Since(began) > patience })
	late := h.get(t, h.tilePath(t, "9", "0", "1"))
	if time.Since(began) >= patience { // the first ones may have left
		waiting.Wait()
		return false
	}
	late.wantSentence(t, http.StatusServiceUnavailable, "has enough to do")
	if late.header.Get("Retry-After") == "" {
		t.Error("who comes late is not told when to come again")
	}
	waiting.Wait()
	if stats := h.Stats(); stats.Failed[tile.Busy] != 1 || stats.Failed[tile.Hanging] != 16 {
		t.Errorf("Stats = %+v, want 16 that hung and one that found no place", stats)
	}
	return true
}
