package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"peyk/web"
)

func TestShop(t *testing.T) {
	url := serve(t, web.Options{Shop: web.Shop{Name: "Hermes", Color: "#e4002b", Logo: []byte("<svg/>"), LogoName: "sign.svg"}})
	answer, body := get(t, url+"/shop/logo.svg", nil)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "image/svg+xml" || string(body) != "<svg/>" {
		t.Errorf("the logo = %d, %q, %q", answer.StatusCode, answer.Header.Get("Content-Type"), body)
	}
	for path, want := range map[string]string{"/t/": "Hermes", "/c/": "Hermes: deliveries"} {
		var said struct {
			Name  string `json:"name"`
			Theme string `json:"theme_color"`
			Icons []struct{ Src string }
		}
		_, body := get(t, url+path+"manifest.webmanifest", nil)
		if err := json.Unmarshal(body, &said); err != nil || said.Name != want || said.Theme != "#e4002b" {
			t.Errorf("the manifest of %s = %s, %v; want the name %q and the shop's colour", path, body, err, want)
		}
		for _, icon := range said.Icons {
			if answer, _ := get(t, url+"/"+strings.TrimPrefix(icon.Src, "../"), nil); answer.StatusCode != http.StatusOK {
				t.Errorf("the icon %s of %s = %d", icon.Src, path, answer.StatusCode)
			}
		}
	}
}

// TestFoldersAreFound: who leaves the last slash away is led to the page, also
// behind a proxy that takes a path away.
func TestFoldersAreFound(t *testing.T) {
	url := serve(t, web.Options{})
	for path, want := range map[string]string{"/t": "t/", "/c": "c/"} {
		answer, _ := get(t, url+path, nil)
		if answer.StatusCode != http.StatusPermanentRedirect || answer.Header.Get("Location") != want {
			t.Errorf("%s = %d to %q, want 308 to %q", path, answer.StatusCode, answer.Header.Get("Location"), want)
		}
	}
}
