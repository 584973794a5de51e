package peyk

import (
	"encoding/json"
	"fmt"
)

// MaxMetadata bounds a courier's metadata, in bytes of JSON.
const MaxMetadata = 4 << 10

// Profile is what the shop says of a courier. It never travels with positions,
// but for the courier's name and team, which go before what phones say.
type Profile struct {
	Courier  Courier
	Phone    string          // at most MaxName bytes, as the shop writes it
	Vehicle  string          // likewise
	Active   bool            // false: off duty. Then it is shown to nobody, and what its phone sends is not kept
	Metadata json.RawMessage // an object, at most MaxMetadata bytes; nil: none
}

// Validate returns an error that says what is wrong and what was wanted.
func (p Profile) Validate() error {
	if err := p.Courier.Validate(); err != nil {
		return err
	}
	for _, t := range [...]struct{ what, text string }{{"courier phone", p.Phone}, {"courier vehicle", p.Vehicle}} {
		if err := checkText(t.what, t.text, MaxName); err != nil {
			return err
		}
	}
	return validMetadata("courier", p.Metadata)
}

func validMetadata(of string, m json.RawMessage) error {
	if len(m) > MaxMetadata {
		return fmt.Errorf("%s metadata has %d bytes (want at most %d)", of, len(m), MaxMetadata)
	}
	if m != nil && (!json.Valid(m) || m[0] != '{') {
		return fmt.Errorf("%s metadata is no JSON object: %q", of, m)
	}
	return nil
}

// Team is a part of the shop's couriers, that a right can cover as a whole.
type Team struct {
	ID   string // as couriers and rights name it: 1 to MaxName bytes
	Name string // to show; empty: show the id
}

// Validate returns an error that says what is wrong and what was wanted.
func (t Team) Validate() error {
	if t.ID == "" {
		return fmt.Errorf("team id is empty (want 1 to %d bytes)", MaxName)
	}
	for _, f := range [...]struct{ what, text string }{{"team id", t.ID}, {"team name", t.Name}} {
		if err := checkText(f.what, f.text, MaxName); err != nil {
			return err
		}
	}
	return nil
}
