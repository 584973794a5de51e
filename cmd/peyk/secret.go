package main

// secret is an option that is shown to nobody.
type secret string

// String hides it.
func (s secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}
