package original

// readOnce reads the object with which s begins in the pass that proves it to be
// JSON: a second one would cost as much again. It reports whether it could. If
// not, the object is none, is not all there, is nested deeper than deepest, or
// holds an integer that Python would not read; then f is of no use.
func (f *fields) readOnce(s *scan) bool {
	return f.readList(s, deepest, "", latitude, user)
}

func (f *fields) readList(s *scan, depth int, prefix string, first, last field) bool {
	s.rest = skipSpace(s.rest)
	return s.list('{', '}', depth, func(depth int) bool { return f.readMember(s, depth, prefix, first, last) })
}

// readMember reads one member. What it says replaces what an earlier one of the
// same name said.
func (f *fields) readMember(s *scan, depth int, prefix string, first, last field) bool {
	key, ok := s.key()
	if !ok {
		return false
	}
	at, known := find(unquote(key), prefix, first, last)
	if !known {
		return s.value(depth)
	}
	s.rest = skipSpace(s.rest)
	raw := s.rest
	if at == user && len(raw) > 0 && raw[0] == '{' {
		clear(f[userID:])
		ok = f.readList(s, depth, userPrefix, userID, userName)
	} else {
		ok = s.value(depth)
	}
	if !ok {
		return false
	}
	f[at] = valueOf(raw[:len(raw)-len(s.rest)])
	return f[at].tooLong() == nil
}
