package original

import (
	"strings"

	"peyk"
)

// courier judges the user that the body names; nil if it names none.
func (j *judge) courier() *peyk.Courier {
	switch found := j.fields[user].kind; found {
	case absent, null:
		return nil
	case dict:
		c := peyk.Courier{ID: j.id(), Username: j.text(userUsername), Name: j.text(userName)}
		if c.Validate() != nil {
			j.check(userID, c.ID != "", peyk.Courier{ID: c.ID})
			j.check(userUsername, c.Username != "", peyk.Courier{ID: "0", Username: c.Username})
			j.check(userName, c.Name != "", peyk.Courier{ID: "0", Name: c.Name})
		}
		return &c
	default:
		j.complain(user, notADict+found.String()+".")
		return nil
	}
}

// id returns the courier's id, or complains and returns "".
func (j *judge) id() string {
	v := j.fields[userID]
	switch v.kind {
	case absent:
		j.complain(userID, required)
	case null:
		j.complain(userID, mayNotBeNull)
	case text:
		if v.blank() {
			j.complain(userID, "This field may not be blank.")
		}
		return string(trim(v.text))
	case integer:
		return wholeNumber(v)
	default:
		j.complain(userID, "A whole number or a string is required.")
	}
	return ""
}

// text returns an optional text without the spaces around it; null is "".
func (j *judge) text(at field) string {
	v := j.fields[at]
	switch v.kind {
	case absent, null:
	case text:
		return string(trim(v.text))
	case integer:
		return wholeNumber(v)
	default:
		j.complain(at, "Not a valid string.")
	}
	return ""
}

func wholeNumber(v value) string {
	if string(v.text) == "-0" {
		return "0"
	}
	return string(v.text)
}

// check complains about the field in which a courier with nothing but this
// text is not valid.
func (j *judge) check(at field, given bool, c peyk.Courier) {
	if !given {
		return
	}
	if err := c.Validate(); err != nil {
		sentence := err.Error()
		j.complain(at, strings.ToUpper(sentence[:1])+sentence[1:]+".")
	}
}
