package auth

// Forget empties the cache, so that benchmarks can verify one token anew.
func (d *Desk) Forget() {
	d.tokens.cache.mu.Lock()
	defer d.tokens.cache.mu.Unlock()
	clear(d.tokens.cache.entries)
}
