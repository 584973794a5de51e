package limit

// Keys returns how many couriers are remembered.
func (l *Limits) Keys() int {
	l.posts.mu.Lock()
	defer l.posts.mu.Unlock()
	return len(l.posts.young) + len(l.posts.old)
}

// Open returns how many connections net/http has.
func (l *Limits) Open() int {
	l.connections.mu.Lock()
	defer l.connections.mu.Unlock()
	return len(l.connections.all)
}
