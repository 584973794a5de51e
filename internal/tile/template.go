package tile

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// maxZoom is the deepest zoom of a tile. MapLibre asks for none below 24.
const maxZoom = 25

var (
	mark       = regexp.MustCompile(`\{[^{}]*\}`)
	glyphRange = regexp.MustCompile(`^[0-9]{1,5}-[0-9]{1,5}$`)
)

// braces returns the marks of a template, each once.
func braces(template string) []string {
	marks := mark.FindAllString(template, -1)
	slices.Sort(marks)
	return slices.Compact(marks)
}

// tileMarks reports whether marks name a tile, and nothing that we do not know.
func tileMarks(marks []string) bool {
	for _, needed := range []string{"{z}", "{x}", "{y}"} {
		if !slices.Contains(marks, needed) {
			return false
		}
	}
	return !slices.ContainsFunc(marks, func(m string) bool { return !slices.Contains([]string{"{z}", "{x}", "{y}", "{ratio}"}, m) })
}

// fillTile returns the address of one tile, y maybe followed by @2x. Only
// tiles that a map can have get one, so that nobody fills the cache with others.
func fillTile(template, z, x, y string) (string, bool) {
	y, twice := strings.CutSuffix(y, "@2x")
	zoom, ok := number(z, maxZoom)
	if !ok {
		return "", false
	}
	_, okX := number(x, 1<<zoom-1)
	_, okY := number(y, 1<<zoom-1)
	if !okX || !okY {
		return "", false
	}
	ratio := ""
	if twice {
		ratio = "@2x"
	}
	return strings.NewReplacer("{z}", z, "{x}", x, "{y}", y, "{ratio}", ratio).Replace(template), true
}

// number reads a decimal in the one form that it has.
func number(text string, most uint64) (uint64, bool) {
	n, err := strconv.ParseUint(text, 10, 32)
	return n, err == nil && n <= most && strconv.FormatUint(n, 10) == text
}

// fillGlyphs returns the address of one range of the glyphs of fonts. A stack
// is one segment of a path whatever is in it, and never . or ..
func fillGlyphs(template, stack, span string) (string, bool) {
	if stack == "" || len(stack) > 256 || stack[0] == '.' || !glyphRange.MatchString(span) {
		return "", false
	}
	return strings.NewReplacer("{fontstack}", url.PathEscape(stack), "{range}", span).Replace(template), true
}

// fillSprite returns the address of one of the files of a sprite: the suffix
// belongs to the path, before a query.
func fillSprite(base, suffix string) (string, bool) {
	if !slices.Contains([]string{".json", ".png", "@2x.json", "@2x.png"}, suffix) {
		return "", false
	}
	file, query, asked := strings.Cut(base, "?")
	if asked {
		suffix = fmt.Sprintf("%s?%s", suffix, query)
	}
	return file + suffix, true
}
