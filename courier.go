package peyk

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Bounds of a courier's texts, in bytes. They keep the introduction of one
// courier far below the size of a frame, whatever it is escaped to.
const (
	MaxID   = 128
	MaxName = 512 // username, name and team each
)

// Courier is who is tracked. Two couriers are the same if their ids are.
type Courier struct {
	ID       string // 1 to MaxID bytes of UTF-8 without control characters
	Username string // the shop's login name, as phones and the original form carry it; may be empty
	Name     string // to show to people; empty: show the username
	Team     string // at most one; empty: none
}

// Validate returns an error that says which text is wrong and what was wanted.
func (c Courier) Validate() error {
	if err := checkText("courier id", c.ID, MaxID); err != nil {
		return err
	}
	if c.ID == "" {
		return fmt.Errorf("courier id is empty (want 1 to %d bytes)", MaxID)
	}
	for _, t := range [...]struct{ what, text string }{{"courier username", c.Username}, {"courier name", c.Name}, {"courier team", c.Team}} {
		if err := checkText(t.what, t.text, MaxName); err != nil {
			return err
		}
	}
	return nil
}

func checkText(what, text string, limit int) error {
	if len(text) > limit {
		return fmt.Errorf("%s has %d bytes (want at most %d)", what, len(text), limit)
	}
	if printable(text) {
		return nil
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("%s is not valid UTF-8: %q", what, text)
	}
	for _, r := range text {
		if unicode.IsControl(r) {
			return fmt.Errorf("%s holds a control character: %q", what, text)
		}
	}
	return nil
}

// printable reports whether text is ASCII without control characters, as most is.
func printable(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

// NumericID reports whether id is written as a JSON number in the original
// form: it matches 0|[1-9][0-9]{0,14}, which every language reads back exactly.
func NumericID(id string) bool {
	if id == "0" {
		return true
	}
	if id == "" || len(id) > 15 || id[0] == '0' {
		return false
	}
	for i := range len(id) {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
	}
	return true
}

// Shown returns the name to show to people; it is never empty for a valid courier.
func (c Courier) Shown() string {
	if c.Name != "" {
		return c.Name
	}
	if c.Username != "" {
		return c.Username
	}
	return c.ID
}
