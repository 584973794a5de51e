package main

import (
	"path/filepath"

	"peyk/internal/tile"
	"peyk/web"
)

// checkMap looks at the first bytes of a map's file, and asks no host.
func (c Config) checkMap() error {
	ground, err := tile.ParseGround(c.MapStyle)
	if err == nil && ground.File != "" {
		err = tile.CheckFile(ground.File)
	}
	if err != nil {
		return &wrongOption{name: "map-style", is: quote(c.MapStyle), want: err.Error()}
	}
	if err := ground.CheckToken(string(c.MapToken), c.MapProxy); err != nil {
		return &wrongOption{name: "map-token", is: quote(show(c.MapToken)), want: err.Error()}
	}
	return firstWrong(
		rule{"map-attribution", c.MapAttribution, c.MapAttribution != "" || ground.Kind != tile.Raster,
			"whom the raster tiles of --map-style are by, like © OpenStreetMap contributors"},
		rule{"map-attribution", c.MapAttribution, printable(c.MapAttribution, 1000), "at most 1000 bytes of printable text"},
	)
}

// openMaps makes the room that brings the map to the pages.
func (s *server) openMaps(o tile.Options) error {
	c := s.config
	var err error
	if o.Ground, err = tile.ParseGround(c.MapStyle); err != nil {
		return &wrongOption{name: "map-style", is: quote(c.MapStyle), want: err.Error()}
	}
	o.Token, o.Proxy = string(c.MapToken), c.MapProxy
	if c.DataDir != "" {
		o.Dir = filepath.Join(c.DataDir, "map-cache")
	}
	if o.Token != "" && !o.Proxy {
		s.log.Warn("the map's token goes to every browser: --map-proxy keeps it here")
	}
	s.maps = tile.NewServer(o)
	return nil
}

// pages is what the pages are told.
func (s *server) pages() web.Options {
	page := s.maps.Page()
	return web.Options{
		Map:      web.Map{Kind: string(page.Kind), Style: page.Light, Dark: page.Dark, Attribution: s.config.MapAttribution},
		Hosts:    s.maps.Hosts,
		Timezone: zone(s.config.Timezone),
		Login:    s.config.LoginURL,
		City:     s.city,
		Shop:     s.shop,
	}
}

var mapGauges = map[string]func(tile.Stats) float64{
	`peyk_map_answers_total{from="disk"}`:    func(s tile.Stats) float64 { return float64(s.Hits) },
	`peyk_map_answers_total{from="host"}`:    func(s tile.Stats) float64 { return float64(s.Fetched) },
	`peyk_map_answers_total{from="renewed"}`: func(s tile.Stats) float64 { return float64(s.Renewed) },
	`peyk_map_answers_total{from="stale"}`:   func(s tile.Stats) float64 { return float64(s.Stale) },

	`peyk_map_failed_total{reason="hanging"}`:   func(s tile.Stats) float64 { return float64(s.Failed[tile.Hanging]) },
	`peyk_map_failed_total{reason="broken"}`:    func(s tile.Stats) float64 { return float64(s.Failed[tile.Broken]) },
	`peyk_map_failed_total{reason="refused"}`:   func(s tile.Stats) float64 { return float64(s.Failed[tile.Refused]) },
	`peyk_map_failed_total{reason="too_big"}`:   func(s tile.Stats) float64 { return float64(s.Failed[tile.TooBig]) },
	`peyk_map_failed_total{reason="forbidden"}`: func(s tile.Stats) float64 { return float64(s.Failed[tile.Forbidden]) },
	`peyk_map_failed_total{reason="busy"}`:      func(s tile.Stats) float64 { return float64(s.Failed[tile.Busy]) },
	`peyk_map_failed_total{reason="down"}`:      func(s tile.Stats) float64 { return float64(s.Failed[tile.Down]) },
	`peyk_map_failed_total{reason="gone"}`:      func(s tile.Stats) float64 { return float64(s.Failed[tile.Gone]) },
	`peyk_map_failed_total{reason="memory"}`:    func(s tile.Stats) float64 { return float64(s.Unserved) },

	"peyk_map_unkept_total": func(s tile.Stats) float64 { return float64(s.Unkept) },
	"peyk_map_cache_bytes":  func(s tile.Stats) float64 { return float64(s.Bytes) },
}
