package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// asset is one file in the forms in which it is sent. Browsers may keep it but
// ask each time whether it is still good: names carry no hashes.
type asset struct {
	plain   form
	gzipped func() form // made by whoever asks first; its content is nil where it is no smaller
	kind    string      // Content-Type
}

// form is one encoding of an asset.
type form struct {
	content []byte
	etag    string
}

func newAsset(name string, content []byte) *asset {
	sum := sha256.Sum256(content)
	tag := hex.EncodeToString(sum[:12])
	a := &asset{plain: form{content, `"` + tag + `"`}, kind: contentType(name)}
	a.gzipped = sync.OnceValue(func() form { return form{compress(name, content), `"` + tag + `-gzip"`} })
	return a
}

func (a *asset) serve(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	header.Set("Content-Type", a.kind)
	header.Add("Vary", "Accept-Encoding") // besides the Origin, by which the answer to another page differs
	sent := a.plain
	if acceptsGzip(r) {
		if small := a.gzipped(); small.content != nil {
			header.Set("Content-Encoding", "gzip")
			sent = small
		}
	}
	header.Set("ETag", sent.etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(sent.content))
}

// contentType does not ask the system's tables, which differ and may be absent.
func contentType(name string) string {
	types := map[string]string{
		".html":    "text/html; charset=utf-8",
		".css":     "text/css; charset=utf-8",
		".js":      "text/javascript; charset=utf-8",
		".mjs":     "text/javascript; charset=utf-8",
		".json":    "application/json",
		".geojson": "application/geo+json",
		".svg":     "image/svg+xml",
		".woff2":   "font/woff2",
		".png":     "image/png",
		".jpg":     "image/jpeg",
		".webp":    "image/webp",

		".webmanifest": "application/manifest+json",
	}
	if kind, known := types[path.Ext(name)]; known {
		return kind
	}
	return "text/plain; charset=utf-8"
}

// compress returns nil for what gains nothing by it.
func compress(name string, content []byte) []byte {
	if e := path.Ext(name); e == ".woff2" || e == ".png" || e == ".jpg" || e == ".webp" {
		return nil
	}
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(content) // a Buffer takes everything
	z.Close()
	if out.Len() >= len(content) {
		return nil
	}
	return out.Bytes()
}

// acceptsGzip reports whether gzip is named and not forbidden (RFC 9110, section 12.5.3).
func acceptsGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(strings.Join(r.Header.Values("Accept-Encoding"), ","), ",") {
		name, weight, _ := strings.Cut(coding, ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			_, q, _ := strings.Cut(weight, "=")
			return strings.Trim(q, "0. ") != "" || strings.TrimSpace(q) == ""
		}
	}
	return false
}
