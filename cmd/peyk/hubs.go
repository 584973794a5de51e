package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"peyk"
	"peyk/internal/api"
)

// Bounds of the file of a shop's hubs: every panel is told all of them.
const (
	maxHubs     = 200
	maxHubsFile = 64 << 10 // bytes
)

// checkHubs reads the file too.
func (c Config) checkHubs() error {
	_, err := c.hubs()
	if err == nil {
		return nil
	}
	return firstWrong(rule{"shop-hubs", c.ShopHubs, false, err.Error()})
}

// hubs are the shop's places from which orders come, as its file has them.
func (c Config) hubs() ([]api.Hub, error) {
	if c.ShopHubs == "" {
		return nil, nil
	}
	info, err := os.Stat(c.ShopHubs)
	if err == nil && info.Size() > maxHubsFile {
		return nil, fmt.Errorf("at most %d KiB", maxHubsFile>>10)
	}
	text, err := os.ReadFile(c.ShopHubs)
	if err != nil {
		return nil, fmt.Errorf("a file that can be read: %w", err)
	}
	return parseHubs(string(text))
}

// parseHubs reads hubs, one a line; empty lines and those from # on are skipped.
func parseHubs(text string) (hubs []api.Hub, err error) {
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		hub, ok := parseHub(line)
		if !ok {
			return nil, fmt.Errorf("latitude, longitude and name in line %d, like 35.7575 51.4106 Vanak", i+1)
		}
		if hubs = append(hubs, hub); len(hubs) > maxHubs {
			return nil, fmt.Errorf("at most %d hubs", maxHubs)
		}
	}
	return hubs, nil
}

func parseHub(line string) (api.Hub, bool) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return api.Hub{}, false
	}
	lat, latErr := strconv.ParseFloat(fields[0], 64)
	lon, lonErr := strconv.ParseFloat(fields[1], 64)
	name := strings.Join(fields[2:], " ")
	inside := lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180
	return api.Hub{Latitude: lat, Longitude: lon, Name: name}, latErr == nil && lonErr == nil && inside && printable(name, peyk.MaxName)
}
