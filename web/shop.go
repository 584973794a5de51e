package web

import (
	"encoding/json"
	"path"
)

// Shop is how the shop looks to its customers. Each of it may be missing.
type Shop struct {
	Name     string
	Color    string // "#rrggbb"
	Logo     []byte // an image; never changed
	LogoName string // of the file, whose ending says what kind it is: .svg, .png, .jpg or .webp
}

// look is a Shop as the pages are told.
type look struct {
	Name  string `json:"name"`
	Color string `json:"color"`
	Logo  string `json:"logo"` // relative to the root
}

func (s Shop) look() look {
	l := look{Name: s.Name, Color: s.Color}
	if s.Logo != nil {
		l.Logo = "shop/logo" + path.Ext(s.LogoName)
	}
	return l
}

// addShop adds the shop's logo, and what lets phones install the pages.
func (h handler) addShop(s Shop) {
	if s.Logo != nil {
		h.assets["/"+s.look().Logo] = newAsset(s.LogoName, s.Logo)
	}
	customers, couriers := s.Name, "Deliveries"
	if s.Name == "" {
		customers = "Your order"
	} else {
		couriers = s.Name + ": deliveries"
	}
	h.assets["/t/manifest.webmanifest"] = newAsset("t.webmanifest", manifest(customers, s.Color))
	h.assets["/c/manifest.webmanifest"] = newAsset("c.webmanifest", manifest(couriers, s.Color))
}

// manifest is what a phone wants to know of a page that it installs
// (https://www.w3.org/TR/appmanifest/). Its addresses are relative to itself.
func manifest(name, color string) []byte {
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose"`
	}
	text, err := json.Marshal(struct {
		Name    string `json:"name"`
		Start   string `json:"start_url"`
		Scope   string `json:"scope"`
		Display string `json:"display"`
		Theme   string `json:"theme_color,omitempty"`
		Ground  string `json:"background_color"`
		Icons   []icon `json:"icons"`
	}{name, "./", "./", "standalone", color, "#ffffff", []icon{
		{"../icon-192.png", "192x192", "image/png", "any"},
		{"../icon-512.png", "512x512", "image/png", "any maskable"},
		{"../favicon.svg", "any", "image/svg+xml", "any"},
	}})
	if err != nil {
		panic(err) // strings can be encoded
	}
	return text
}
