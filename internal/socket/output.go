package socket

import "time"

// maxWaiting answers may wait for a viewer that reads slowly.
const maxWaiting = 16

// output is what a viewer has yet to be sent. Chunks are shared with other
// viewers and never written to.
type output struct {
	out     [][]byte  // to be written, in order
	taken   uint64    // bytes that the socket took since the start
	purges  []purge   // by when what was made before must have gone
	held    bool      // the socket did not take all of it: ticks are skipped
	waiting int       // answers in out
	wrote   time.Time // last: a byte was taken, or out was empty
	spoke   time.Time // last: a message was written
}

// answer puts in what the client asked for.
func (o *output) answer(frame []byte) error {
	if o.waiting++; o.waiting > maxWaiting {
		return &closeError{code: codePolicy, reason: "too many answers wait to be read"}
	}
	o.out = append(o.out, frame)
	return nil
}

// written takes out the n bytes that the socket took.
func (o *output) written(n int, now time.Time) {
	o.taken += uint64(n)
	for n > 0 && n >= len(o.out[0]) {
		n -= len(o.out[0])
		o.out[0] = nil
		o.out = o.out[1:]
	}
	if n > 0 {
		o.out[0] = o.out[0][n:]
	}
	o.wrote = now
	if o.waiting == 0 { // pongs are not shown
		o.spoke = now
	}
	if len(o.out) == 0 {
		o.out, o.held, o.waiting = nil, false, 0
	}
}
