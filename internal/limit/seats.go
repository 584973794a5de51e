package limit

import "sync"

// seats counts viewers, by whose they are.
type seats struct {
	each, all int // at most; 0: any number

	mu    sync.Mutex // guards the rest
	by    map[string]int
	taken int
}

func (s *seats) take(subject string) (why Reason, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.each > 0 && s.by[subject] >= s.each:
		return Sockets, false
	case s.all > 0 && s.taken >= s.all:
		return Viewers, false
	}
	s.by[subject]++
	s.taken++
	return 0, true
}

func (s *seats) leave(subject string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken--
	if s.by[subject]--; s.by[subject] == 0 {
		delete(s.by, subject)
	}
}

func (s *seats) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.taken
}

// Files that are kept for other things than viewers: the disk, the bus and the
// shop; and requests, which must find a way in when all seats are taken.
const (
	ownFiles     = 64
	requestFiles = 64
)

// divide divides the files that the process may have open: how many connections
// may be open, and how many of them may be viewers'. 0 is any number.
func divide(files int) (all, viewers int) {
	if files <= 0 {
		return 0, 0
	}
	all = max(files-max(ownFiles, files/64), 1)
	return all, max(all-max(requestFiles, files/16), 1)
}
