package tile

import (
	"fmt"
	"slices"
	"strings"
)

// ownPrefix stands before our own paths in a style. MapLibre wants whole
// addresses, and we do not know by which one a browser reaches us; the page
// puts its own in place of this one. No host has the name (RFC 2606).
const ownPrefix = "https://peyk.invalid/"

// rewrite puts our own addresses into a style, in place of others' and of the
// keys in them, and makes its text.
func (t *targets) rewrite(style map[string]any, into *sheet) error {
	delete(style, "metadata")
	if glyphs, ok := style["glyphs"].(string); ok {
		if !slices.Equal(braces(glyphs), []string{"{fontstack}", "{range}"}) || originOf(glyphs) == "" {
			return fmt.Errorf("the style's glyphs are not a template of the web (want {fontstack} and {range} in a URL)")
		}
		style["glyphs"] = ownPrefix + t.path(glyphShape, glyphs)
	}
	if err := t.rewriteSprites(style); err != nil {
		return err
	}
	sources, _ := style["sources"].(map[string]any)
	for name, source := range sources {
		members, _ := source.(map[string]any)
		if err := t.rewriteSource(members); err != nil {
			return fmt.Errorf("the style's source %.100q: %w", name, err)
		}
	}
	for key, value := range style {
		style[key] = t.scrub(key, value)
	}
	return into.finish(style)
}

// rewriteSprites takes the one sprite of a style, or the list of them.
func (t *targets) rewriteSprites(style map[string]any) error {
	switch sprite := style["sprite"].(type) {
	case nil:
		return nil
	case string:
		own, err := t.own(spriteShape, sprite)
		style["sprite"] = own
		return err
	case []any:
		for _, item := range sprite {
			members, _ := item.(map[string]any)
			address, _ := members["url"].(string)
			own, err := t.own(spriteShape, address)
			if err != nil {
				return err
			}
			members["url"] = own
		}
		return nil
	}
	return fmt.Errorf("the style's sprite is neither a text nor a list")
}

// rewriteSource takes one template of the several that a source may have: they
// are names of one host, to get around a bound on connections that is gone.
func (t *targets) rewriteSource(source map[string]any) error {
	if tiles, ok := source["tiles"].([]any); ok && len(tiles) > 0 {
		template, _ := tiles[0].(string)
		if !tileMarks(braces(template)) || originOf(template) == "" {
			return errTemplateOf(template)
		}
		source["tiles"] = []any{ownPrefix + t.path(tileShape, template)}
	}
	for _, key := range []string{"url", "data"} { // of an image; of GeoJSON, which may also stand in the style
		address, ok := source[key].(string)
		if !ok {
			continue
		}
		own, err := t.own(wholeShape, address)
		if err != nil {
			return err
		}
		source[key] = own
	}
	return nil
}

// errTemplateOf does not repeat the template, in which a key may be.
func errTemplateOf(template string) error {
	return fmt.Errorf("its tiles have the marks %q, or no host (want {z}, {x}, {y} and maybe {ratio} in a URL)", braces(template))
}

// own takes down a target without marks. The error does not repeat the address.
func (t *targets) own(s shape, address string) (string, error) {
	if originOf(address) == "" || len(braces(address)) > 0 {
		scheme, _, _ := strings.Cut(address, ":")
		return "", fmt.Errorf("an address of it is not for a proxy: it begins with %.20q (want http or https)", scheme)
	}
	return ownPrefix + t.path(s, address), nil
}

// scrub goes through what is left of a style: fonts get our addresses, any
// other address and every key goes, and so do the notes of its makers.
func (t *targets) scrub(key string, value any) any {
	switch v := value.(type) {
	case string:
		return t.scrubText(key, v)
	case []any:
		for i, item := range v {
			v[i] = t.scrub(key, item)
		}
	case map[string]any:
		if key == "data" {
			return value // GeoJSON, which loads nothing
		}
		delete(v, "metadata")
		for name, item := range v {
			within := name
			if key == "font-faces" {
				within = key
			}
			v[name] = t.scrub(within, item)
		}
	}
	return value
}

func (t *targets) scrubText(key, text string) string {
	if key == "font-faces" && originOf(text) != "" {
		return ownPrefix + t.path(wholeShape, text)
	}
	if t.token != "" {
		text = strings.ReplaceAll(text, t.token, "")
	}
	if key == "attribution" {
		for _, secret := range t.secrets {
			text = strings.ReplaceAll(text, secret, "")
		}
		return text
	}
	if strings.HasPrefix(text, ownPrefix) || !strings.Contains(text, "://") {
		return text
	}
	return ""
}
