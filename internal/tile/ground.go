package tile

import (
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Kind says how a page reads the address of a map.
type Kind string

// The kinds of maps.
const (
	Builtin Kind = "builtin" // the page has it
	Style   Kind = "style"   // a MapLibre style
	Raster  Kind = "raster"  // a template of images with {z}, {x} and {y}
	Archive Kind = "pmtiles" // one PMTiles file, read in parts
)

// Ground is a map as an operator names it. Its addresses hold {token} where a
// token belongs. The zero Ground is none.
type Ground struct {
	Kind  Kind
	Light string // the address; empty: there is none to fetch
	Dark  string // the one for dark pages; the same as Light where there is only one
	File  string // path of an archive on this disk; empty: it has an address
	named bool   // it was named by a word, so that we know where it loads from
}

const (
	openFreeMap = "https://tiles.openfreemap.org/styles/"
	cedarMaps   = "https://api.cedarmaps.com/v1/styles/cedarmaps."
	tokenMark   = "{token}"
)

var (
	errGround = errors.New("builtin, openfreemap, cedar:light, cedar:dark, a .pmtiles file, " +
		"or the http:// or https:// URL of a MapLibre style, of a .pmtiles file, or of raster tiles with {z}, {x} and {y}")
	errTemplate = errors.New("{z}, {x} and {y} in the URL of raster tiles, and no other braces but {ratio} and {token}")
)

// ParseGround reads what --map-style may be. The error's text says what was
// wanted.
func ParseGround(text string) (Ground, error) {
	switch text {
	case "builtin":
		return Ground{Kind: Builtin, named: true}, nil
	case "openfreemap":
		return Ground{Kind: Style, Light: openFreeMap + "positron", Dark: openFreeMap + "dark", named: true}, nil
	case "cedar:light", "cedar:dark":
		_, shade, _ := strings.Cut(text, ":")
		address := cedarMaps + shade + ".json?access_token=" + tokenMark
		return Ground{Kind: Style, Light: address, Dark: address}, nil
	}
	if strings.Contains(text, "://") {
		return parseAddress(text)
	}
	if isArchive(text) {
		return Ground{Kind: Archive, File: text}, nil
	}
	return Ground{}, errGround
}

func parseAddress(text string) (Ground, error) {
	u, err := parseTemplate(text)
	if err != nil || u.User != nil || originOf(text) == "" {
		return Ground{}, errGround
	}
	g := Ground{Kind: Style, Light: text, Dark: text}
	marks := braces(text)
	marks = slices.DeleteFunc(marks, func(mark string) bool { return mark == tokenMark })
	switch {
	case len(marks) > 0:
		g.Kind = Raster
		if !tileMarks(marks) {
			return Ground{}, errTemplate
		}
	case isArchive(u.Path):
		g.Kind = Archive
	}
	return g, nil
}

// Fill returns the ground with the token in its addresses.
func (g Ground) Fill(token string) Ground {
	token = url.QueryEscape(token)
	g.Light = strings.ReplaceAll(g.Light, tokenMark, token)
	g.Dark = strings.ReplaceAll(g.Dark, tokenMark, token)
	return g
}

// CheckToken returns an error that says what was wanted if the ground cannot
// be fetched with this token; empty: with none.
func (g Ground) CheckToken(token string, proxied bool) error {
	marked := strings.Contains(g.Light, tokenMark)
	switch {
	case marked && token == "":
		return errors.New("the token that --map-style needs")
	case token == "" || marked:
		break
	case g.named || g.Light == "":
		return errors.New("none, since --map-style takes none")
	case !proxied:
		return errors.New("{token} in --map-style, where the token belongs, or --map-proxy, which sends it as the header x-api-key")
	}
	if len(token) > 4096 || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return errors.New("at most 4096 letters, digits and signs of ASCII")
	}
	return nil
}

// addresses returns each address once.
func (g Ground) addresses() []string {
	if g.Light == "" {
		return nil
	}
	return slices.Compact([]string{g.Light, g.Dark})
}

func isArchive(name string) bool { return strings.EqualFold(path.Ext(name), ".pmtiles") }

// parseTemplate parses an address that may have marks in braces, which are not
// for url.Parse.
func parseTemplate(text string) (*url.URL, error) {
	return url.Parse(strings.NewReplacer("{", "", "}", "").Replace(text))
}

// origin returns scheme://host[:port] of a URL of the web, or nothing. Its text
// can stand in a policy without changing it.
func origin(u *url.URL) string {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]"
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || strings.Trim(strings.ToLower(u.Host), letters) != "" {
		return ""
	}
	return u.Scheme + "://" + strings.ToLower(u.Host)
}

// originOf is origin of a text; braces in the host make it none.
func originOf(address string) string {
	u, err := parseTemplate(address)
	if err != nil {
		return ""
	}
	at := origin(u)
	if !strings.HasPrefix(strings.ToLower(address), at) {
		return ""
	}
	return at
}
