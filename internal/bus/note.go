package bus

import (
	"encoding/json"
	"errors"
	"fmt"

	"peyk"
)

// note is what nodes tell each other, in JSON, on the channel of positions
// with ":peyk" after it. A broker without memory loses what it carries while
// somebody does not listen, and tells neither side. With notes that mends:
//
//   - Every node says again and again up to which stamp it has published all
//     that it took (To). Who has listened without a break has all of it.
//   - Whose subscription is new (Life) says what it has of whom (Want). Everyone
//     else publishes each courier's newest position after that, and then says
//     that it did (Heard).
//   - Only a node that said so in this very life counts as heard up to its To.
//     As long as one has not, Want is said again. So it does not matter which
//     of these messages are lost, or who was away at the same time.
//
// To and Want are stamps of the node that they are about, so that no two clocks
// are compared. A note that comes back proves that the bus carries, and paces
// the sender: see session.room.
type note struct {
	Node  string                 `json:"node"`            // who says it: one name per process
	Life  string                 `json:"life"`            // of its subscription: another after every reconnect
	Beat  int64                  `json:"beat"`            // the notes of this life, counted
	To    peyk.Micros            `json:"to"`              // see above
	Heard []string               `json:"heard,omitempty"` // lives whose Want was fulfilled before this note
	Want  map[string]peyk.Micros `json:"want,omitzero"`   // by node; of one that is not in it, everything; nil: nothing
}

// Bounds of a note.
const (
	maxNote  = 16 << 10 // bytes
	maxName  = 32       // bytes of a node's or a life's name; ours have 16
	maxBeat  = 1 << 53  // more than a sender says in its life; far from where numbers wrap
	maxPeers = 64       // nodes known, and lives answered at once; more than that Redis does not carry well anyway
)

func (n note) encode() []byte {
	b, err := json.Marshal(n)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return b
}

func parseNote(text string) (n note, err error) {
	if len(text) > maxNote {
		return n, fmt.Errorf("note has %d bytes (want at most %d)", len(text), maxNote)
	}
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		return n, fmt.Errorf("read note: %w", err)
	}
	if !validName(n.Node) || !validName(n.Life) {
		return n, errors.New("note without a node or a life")
	}
	if n.Beat > maxBeat {
		return n, fmt.Errorf("note number %d (want at most %d)", n.Beat, maxBeat)
	}
	if len(n.Heard) > maxPeers || len(n.Want) > maxPeers {
		return n, fmt.Errorf("note about more than %d nodes", maxPeers)
	}
	return n, nil
}

// validName takes letters and digits alone, so that a note of ours that repeats
// names of others is never longer than maxNote.
func validName(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return s != "" && len(s) <= maxName
}
