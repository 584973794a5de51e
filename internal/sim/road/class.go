package road

// Class is a road's place in the hierarchy, the smallest first.
type Class uint8

// The classes.
const (
	Alley Class = iota
	Street
	Avenue
	Motorway
)

var classes = [...]struct {
	name  string
	limit float64
	half  float64
}{
	Alley:    {"alley", 20 / 3.6, 4},
	Street:   {"street", 30 / 3.6, 7},
	Avenue:   {"avenue", 50 / 3.6, 12},
	Motorway: {"motorway", 80 / 3.6, 28},
}

// String returns the class's name, as maps write it.
func (c Class) String() string { return classes[c].name }

// Limit returns how fast one may drive, in metres per second.
func (c Class) Limit() float64 { return classes[c].limit }

// Half returns the metres from the middle of the road to the houses' side.
func (c Class) Half() float64 { return classes[c].half }
