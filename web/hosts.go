package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// maxStyle bounds what is read of a style or of a source it names, in bytes.
const maxStyle = 4 << 20

// MapHosts returns the origins that a map style makes browsers load from:
// itself and, of a style that is a URL, what it and the sources in it name.
// They are for Options. What it could learn it returns beside an error too;
// ctx bounds how long it asks. It needs the network for the URL of a style alone.
func MapHosts(ctx context.Context, client *http.Client, style string) ([]string, error) {
	if style == Builtin || style == "" {
		return nil, nil
	}
	f := finder{client: client}
	f.add(style)
	if strings.Contains(style, "{z}") {
		return f.hosts, nil
	}
	document, err := f.fetch(ctx, style)
	if err != nil {
		return f.hosts, err
	}
	f.addAll(document)
	return f.hosts, f.addSources(ctx, document)
}

type finder struct {
	client *http.Client
	hosts  []string
}

// addSources reads the sources that a style describes by an address only.
func (f *finder) addSources(ctx context.Context, document any) error {
	style, _ := document.(map[string]any)
	sources, _ := style["sources"].(map[string]any)
	for name, source := range sources {
		members, _ := source.(map[string]any)
		address, _ := members["url"].(string)
		if !strings.HasPrefix(address, "http") {
			continue
		}
		described, err := f.fetch(ctx, address)
		if err != nil {
			return fmt.Errorf("source %q: %w", name, err)
		}
		f.addAll(described)
	}
	return nil
}

func (f *finder) fetch(ctx context.Context, address string) (any, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	answer, err := f.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("get map style: %s", answer.Status)
	}
	var document any
	err = json.NewDecoder(io.LimitReader(answer.Body, maxStyle)).Decode(&document)
	return document, err
}

// addAll adds the origin of every address that stands anywhere in a document.
func (f *finder) addAll(document any) {
	switch value := document.(type) {
	case string:
		f.add(value)
	case []any:
		for _, item := range value {
			f.addAll(item)
		}
	case map[string]any:
		for key, item := range value {
			if key != "attribution" { // links for people
				f.addAll(item)
			}
		}
	}
}

// add adds the origin of an address. Templates have braces, which no host has.
func (f *finder) add(address string) {
	u, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(address))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !plainHost(u.Host) {
		return
	}
	origin := u.Scheme + "://" + u.Host
	if !slices.Contains(f.hosts, origin) {
		f.hosts = append(f.hosts, origin)
	}
}

// plainHost reports whether host can stand in a policy without changing it.
func plainHost(host string) bool {
	return host != "" && strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:[]") == ""
}
