package socket

import (
	"slices"
	"sync"
	"sync/atomic"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/wire"
)

// moment is the world from one tick to the next: what changed in each part, as
// bytes that are made when the first viewer needs them and shared by all.
type moment struct {
	tick   live.Tick
	next   chan struct{} // closed by the hub when the next moment has come
	behind *differences  // for viewers that are not in step

	find sync.Once
	of   map[*live.Part]int // index into the tick's changes: see index

	mu   sync.Mutex // guards said
	said map[language]*telling
}

// telling is a moment in one language.
type telling struct {
	*moment
	language language
	changes  []encoded // as those of the tick
	end      encoded
}

// encoded is made by who needs it first. Two who need it at the same time make
// it twice: no loop ever waits for another.
type encoded struct{ bytes atomic.Pointer[[][]byte] }

func (e *encoded) get(encode func() [][]byte) [][]byte {
	if made := e.bytes.Load(); made != nil {
		return *made
	}
	made := encode()
	e.bytes.Store(&made)
	return made
}

// newMoment returns the moment that begins with the tick, after last, which may be nil.
func newMoment(t live.Tick, last *moment) *moment {
	m := &moment{tick: t, next: make(chan struct{}), said: map[language]*telling{}}
	if last != nil && last.behind.follow(m) {
		m.behind = last.behind
	} else {
		m.behind = newDifferences(m.version())
	}
	return m
}

func (m *moment) version() peyk.Version { return m.tick.To }

// in returns the moment in a language.
func (m *moment) in(l language) *telling {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.said[l]
	if s == nil {
		s = &telling{moment: m, language: l, changes: make([]encoded, len(m.tick.Changes))}
		m.said[l] = s
	}
	return s
}

// index returns which of the tick's changes is the part's.
func (m *moment) index(p *live.Part) (n int, changed bool) {
	m.find.Do(func() {
		m.of = make(map[*live.Part]int, len(m.tick.Changes))
		for n := range m.tick.Changes {
			m.of[m.tick.Changes[n].Part] = n
		}
	})
	n, changed = m.of[p]
	return n, changed
}

// narrow reports whether what was told before may say what somebody may not know
// any more.
func (m *moment) narrow() bool {
	return m.tick.Rights || slices.ContainsFunc(m.tick.Changes, func(c live.Change) bool { return c.Rights })
}

// narrows reports whether it may say what who watches these parts may not know.
func (m *moment) narrows(have []live.Have) bool {
	for i := range have { // of another goroutine, which counts up the versions meanwhile
		if n, changed := m.index(have[i].Part); changed && m.tick.Changes[n].Rights {
			return true
		}
	}
	return m.tick.Rights
}

// change returns the tick's nth change.
func (s *telling) change(n int) [][]byte {
	return s.changes[n].get(func() [][]byte {
		c := s.tick.Changes[n]
		return s.language.change(c, c.Reports(s.tick))
	})
}

// upto returns the end of a tick's write.
func (s *telling) upto() [][]byte {
	return s.end.get(func() [][]byte {
		if frame := s.language.say(wire.Message{Type: "upto", Version: s.tick.To}); frame != nil {
			return [][]byte{frame}
		}
		return nil
	})
}

func size(chunks [][]byte) (n int) {
	for _, c := range chunks {
		n += len(c)
	}
	return n
}
