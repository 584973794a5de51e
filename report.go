package peyk

// Report is one position together with the courier it is of: what a phone
// posts and what the bus carries.
type Report struct {
	Courier  Courier
	Position Position
	// Raw is the message as an outsider put it on the bus; nil for what Peyk
	// took itself. It is shared and must not be changed.
	Raw []byte
}
