package tile

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzRewrite: whatever a host calls a style, what goes on to pages leads to us
// alone, and has no key in it.
func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{
		`{"sprite":"https://a/s?k=hunter2","glyphs":"https://a/{fontstack}/{range}","sources":{"a":{"type":"raster","tiles":["http://a/{z}/{x}/{y}{ratio}"]}}}`,
		`{"sprite":[{"id":"a","url":"https://a/b"},null],"layers":[{"metadata":{"k":"hunter2"},"x":["http://a"]}]}`,
		`{"sources":{"a":{"data":"https://a/b.geojson"},"b":{"data":{"see":"https://a"}},"c":null,"d":{"urls":["https://a/v.mp4"]},"e":{"tiles":[{}]}}}`,
		`{"font-faces":{"a":"https://a/b.woff2","b":[{"url":"https://a/c"}]},"metadata":1,"attribution":"https://a/?k=hunter2"}`,
		`{"sources":[],"sprite":5,"glyphs":null}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var style map[string]any
		if json.Unmarshal([]byte(text), &style) != nil {
			return
		}
		var into sheet
		to := targets{token: "hunter2", secrets: []string{"hunter2"}}
		if to.rewrite(style, &into) != nil {
			return
		}
		var came map[string]any
		if err := json.Unmarshal(into.text, &came); err != nil {
			t.Fatalf("what goes on is no style: %v", err)
		}
		wantOwn(t, "", came)
	})
}

func wantOwn(t *testing.T, key string, value any) {
	switch v := value.(type) {
	case string:
		if strings.Contains(v, "hunter2") || key != "attribution" && strings.Contains(v, "://") && !strings.HasPrefix(v, ownPrefix+"map/") {
			t.Errorf("%q is %q", key, v)
		}
	case []any:
		for _, item := range v {
			wantOwn(t, key, item)
		}
	case map[string]any:
		for name, item := range v {
			if name != "data" {
				wantOwn(t, name, item)
			}
		}
	}
}
