package plane

// Overshoot is how far a clipped line goes past the border where it was cut,
// in metres: far enough to cross a line that runs there for sure.
const Overshoot = 2

// Clipped returns the pieces of the line along which keep holds. keep is given
// a point and the unit direction of the line there; borders narrower than the
// step of 16 m may be missed.
func (l Line) Clipped(keep func(p, along Point) bool) (pieces []Line) {
	const step = 16
	var run Line // the piece under way; nil: none is
	if keep(l[0], l[1].Sub(l[0]).Unit()) {
		run = Line{l[0]}
	}
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		along := b.Sub(a).Unit()
		n, from := int(a.Distance(b)/step)+1, a
		for k := 1; k <= n; k++ {
			to := a.Toward(b, float64(k)/float64(n))
			switch kept := keep(to, along); {
			case kept && run == nil:
				run = Line{border(to, from, along, keep).Sub(along.Times(Overshoot))}
			case !kept && run != nil:
				pieces = append(pieces, append(run, border(from, to, along, keep).Add(along.Times(Overshoot))))
				run = nil
			}
			from = to
		}
		if run != nil {
			run = append(run, b)
		}
	}
	if run != nil {
		pieces = append(pieces, run)
	}
	return pieces
}

// border returns the last point that is kept on the way from in to out.
func border(in, out, along Point, keep func(p, along Point) bool) Point {
	for range 12 {
		if mid := in.Toward(out, 0.5); keep(mid, along) {
			in = mid
		} else {
			out = mid
		}
	}
	return in
}
