package peyk

// Identity is who asks, and what it may do. The zero Identity is nobody and may
// do nothing.
type Identity struct {
	Grant          // what it may do
	Subject string // who it is to the shop, or the id of its key; the same for all its credentials
	Name    string // to show; may be empty
	Role    Role
	Self    Courier // its own id and username, if it is a courier
	Key     string  // what it came with, to ask again: the id of an API key, forward:… where the shop said who it is, jwks:… where a key of its set signed; empty: none of these
}
