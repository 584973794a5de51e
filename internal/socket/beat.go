package socket

import (
	"sync"

	"peyk"
	"peyk/internal/wire"
)

// beats are what the quiet are told at one moment, by language. Who is due at
// the same turn of a wheel shares them.
type beats struct {
	mu   sync.Mutex // guards the rest
	when peyk.Version
	told map[language][]byte
}

// at returns the beat of a moment.
func (b *beats) at(l language, when peyk.Version) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.told == nil || b.when != when {
		b.when, b.told = when, map[language][]byte{}
	}
	beat, said := b.told[l]
	if !said {
		beat = l.say(wire.Message{Type: "beat", Version: when})
		b.told[l] = beat
	}
	return beat
}
