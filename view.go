package peyk

// View is what a viewer wants to see of what its grant lets it see. The zero
// View is nothing.
type View struct {
	All bool // everything the grant allows
}

// Interest is what a viewer asks for: a view, and what it has of it already.
type Interest struct {
	View  View
	Epoch Epoch            // of the versions in Have; 0: it has nothing
	Have  map[Part]Version // shared, never changed
}

// MaxParts is how many parts one viewer may watch or claim to have.
const MaxParts = 1000
