package tile_test

import (
	"strings"
	"testing"

	"peyk/internal/tile"
)

func TestParseGround(t *testing.T) {
	const cedar = "https://api.cedarmaps.com/v1/styles/cedarmaps.dark.json?access_token={token}"
	const general, marks = "openfreemap", "{z}, {x} and {y} in"
	for _, c := range []struct {
		text  string
		kind  tile.Kind
		light string
		dark  string
		file  string
		wrong string // what the error says
	}{
		{text: "builtin", kind: tile.Builtin},
		{text: "openfreemap", kind: tile.Style, light: "https://tiles.openfreemap.org/styles/positron", dark: "https://tiles.openfreemap.org/styles/dark"},
		{text: "cedar:dark", kind: tile.Style, light: cedar, dark: cedar},
		{text: "https://a.example/s.json?key=1", kind: tile.Style, light: "https://a.example/s.json?key=1", dark: "https://a.example/s.json?key=1"},
		{text: "https://a.example/s?key={token}", kind: tile.Style, light: "https://a.example/s?key={token}", dark: "https://a.example/s?key={token}"},
		{text: "http://10.0.0.1:8080/{z}/{x}/{y}{ratio}.png", kind: tile.Raster, light: "http://10.0.0.1:8080/{z}/{x}/{y}{ratio}.png", dark: "http://10.0.0.1:8080/{z}/{x}/{y}{ratio}.png"},
		{text: "https://a.example/iran.pmtiles?sig=1", kind: tile.Archive, light: "https://a.example/iran.pmtiles?sig=1", dark: "https://a.example/iran.pmtiles?sig=1"},
		{text: "/srv/iran.PMTiles", kind: tile.Archive, file: "/srv/iran.PMTiles"},
		{text: "https://a.example/{z}/{x}.png", wrong: marks},
		{text: "https://a.example/{z}/{x}/{y}/{quadkey}", wrong: marks},
		{text: "https://{s}.a.example/{z}/{x}/{y}.png", wrong: general},
		{text: "https://{token}/style.json", wrong: general},
		{text: "https://user:pass@a.example/s.json", wrong: general},
		{text: "https://a.example; script-src */s.json", wrong: general},
		{text: "file:///etc/passwd", wrong: general},
		{text: "ftp://a.example/a.pmtiles", wrong: general},
		{text: "https:///s.json", wrong: general},
		{text: "dark", wrong: general},
		{text: "cedar:blue", wrong: general},
		{text: "", wrong: general},
	} {
		t.Run(c.text, func(t *testing.T) {
			g, err := tile.ParseGround(c.text)
			if c.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), c.wrong) {
					t.Fatalf("ParseGround = %+v, %v; want an error with %q", g, err, c.wrong)
				}
				return
			}
			if err != nil || g.Kind != c.kind || g.Light != c.light || g.Dark != c.dark || g.File != c.file {
				t.Errorf("ParseGround = %+v, %v", g, err)
			}
		})
	}
}

func TestCheckToken(t *testing.T) {
	for _, c := range []struct {
		name, ground, token string
		proxied             bool
		wrong               string
	}{
		{name: "none needed", ground: "openfreemap"},
		{name: "the one needed", ground: "cedar:light", token: "abc"},
		{name: "needed", ground: "cedar:light", wrong: "the token that --map-style needs"},
		{name: "with a named map", ground: "openfreemap", token: "abc", proxied: true, wrong: "none, since --map-style takes none"},
		{name: "with a file", ground: "iran.pmtiles", token: "abc", proxied: true, wrong: "none, since --map-style takes none"},
		{name: "with nowhere to go", ground: "https://map.example/style.json", token: "abc", wrong: "x-api-key"},
		{name: "as a header", ground: "https://map.example/style.json", token: "abc", proxied: true},
		{name: "that is no header", ground: "https://map.example/style.json", token: "a\nb", proxied: true, wrong: "ASCII"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, err := tile.ParseGround(c.ground)
			if err != nil {
				t.Fatal(err)
			}
			err = g.CheckToken(c.token, c.proxied)
			if (err != nil) != (c.wrong != "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("CheckToken(%q, %v) = %v, want %q", c.token, c.proxied, err, c.wrong)
			}
		})
	}
}

// FuzzParseGround: what is taken can stand in a policy, and be filled.
func FuzzParseGround(f *testing.F) {
	for _, seed := range []string{"builtin", "https://a.example/{z}/{x}/{y}.png?k={token}", "http://[::1]:80/a.pmtiles", "https://a\n.example", "a.pmtiles", "https://%/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := tile.ParseGround(text)
		if err != nil || g.Light == "" {
			return
		}
		s := tile.NewServer(tile.Options{Ground: g, Token: "t"})
		hosts := s.Hosts()
		if len(hosts) == 0 || strings.ContainsAny(strings.Join(hosts, ""), " ;,'\"*{}\n\r\t") {
			t.Errorf("the hosts of %q are %q", text, hosts)
		}
		if strings.Contains(s.Page().Light, "{token}") {
			t.Errorf("the page of %q is told %q", text, s.Page().Light)
		}
	})
}
