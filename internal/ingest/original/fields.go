package original

import (
	"peyk"
	"peyk/internal/ingest"
)

// field is one of the fields that the dialect knows, in the order in which an
// answer names them.
type field int

const (
	latitude field = iota
	longitude
	when
	accuracy
	altitude
	speed
	heading
	battery
	user // an object in JSON; in a form the three below stand for it
	userID
	userUsername
	userName
	fieldCount
)

const userPrefix = "user."

// names are the fields as answers and forms write them.
var names = [fieldCount]string{
	latitude:     "latitude",
	longitude:    "longitude",
	when:         "time",
	accuracy:     "accuracy",
	altitude:     "altitude",
	speed:        "speed",
	heading:      "heading",
	battery:      "battery",
	user:         "user",
	userID:       userPrefix + "id",
	userUsername: userPrefix + "username",
	userName:     userPrefix + "name",
}

// kind is what a value is, by the names that Python has for it.
type kind uint8

const (
	absent kind = iota
	null
	boolean
	integer
	float
	text
	list
	dict
)

// String returns Python's name of the kind, as answers mention it.
func (k kind) String() string {
	return [...]string{"empty", "NoneType", "bool", "int", "float", "str", "list", "dict"}[k]
}

// value is one value of the body before it is judged.
type value struct {
	kind kind
	text []byte // of a text, unescaped; of anything else as it stands in the JSON
}

// blank reports whether an optional field says nothing.
func (v value) blank() bool {
	return v.kind <= null || v.kind == text && len(trim(v.text)) == 0
}

// fields is a body taken apart; where a field comes twice the later one counts.
type fields [fieldCount]value

// judge turns values into what they mean and keeps what is wrong with them.
type judge struct {
	fields fields
	wrong  ingest.FieldErrors
}

// post judges the fields. Its error names all that are wrong.
func (j *judge) post() (Post, error) {
	post := Post{
		Position: peyk.Position{
			Lat:      j.degrees(latitude, 90),
			Lon:      j.degrees(longitude, 180),
			Time:     j.time(when),
			Accuracy: j.measure(accuracy, peyk.Accuracies),
			Altitude: j.measure(altitude, peyk.Altitudes),
			Speed:    j.measure(speed, peyk.Speeds),
			Heading:  j.measure(heading, peyk.Headings),
			Battery:  j.measure(battery, peyk.Batteries),
		},
		Courier: j.courier(),
	}
	if err := j.wrong.Err(); err != nil {
		return Post{}, err
	}
	return post, nil
}

// complain notes what is wrong with a field; an empty sentence is no complaint.
func (j *judge) complain(about field, sentence string) {
	if sentence != "" {
		j.wrong.Add(names[about], sentence)
	}
}

// The framework's sentences that several fields share.
const (
	required     = "This field is required."
	mayNotBeNull = "This field may not be null."
	notANumber   = "A valid number is required."
	tooLarge     = "String value too large."
	atMost       = "Ensure this value is less than or equal to "
	atLeast      = "Ensure this value is greater than or equal to "
	notADict     = "Invalid data. Expected a dictionary, but got "
)
