package sim

import (
	"math"
	"sort"

	"peyk/internal/sim/plane"
	"peyk/internal/sim/road"
)

// How a courier drives, in metres per second and per second.
const (
	speedup  = 1.4
	slowdown = 1.8
)

// trip is one drive along a path, known in advance: where the courier is at
// any moment is read off, so steps of any size lead to the same place.
type trip struct {
	stops []stop // the path's points
	time  float64
}

// stop is a point of the path. Most are passed without stopping.
type stop struct {
	at    plane.Point
	limit float64 // of the stretch to the next one, metres per second
	speed float64 // when passing: at first the most that the bend allows
	time  float64 // seconds from the start, when passing
}

// newTrip plans the drive.
func newTrip(legs []road.Leg) trip {
	t := trip{stops: rounded(path(legs))}
	s := t.stops
	s[0].speed, s[len(s)-1].speed = 0, 0
	for i := 1; i < len(s); i++ {
		reachable := math.Sqrt(s[i-1].speed*s[i-1].speed + 2*speedup*s[i].at.Distance(s[i-1].at))
		s[i].speed = min(s[i].speed, reachable)
	}
	for i := len(s) - 2; i >= 0; i-- {
		stoppable := math.Sqrt(s[i+1].speed*s[i+1].speed + 2*slowdown*s[i].at.Distance(s[i+1].at))
		s[i].speed = min(s[i].speed, stoppable)
	}
	for i := 1; i < len(s); i++ {
		s[i].time = s[i-1].time + stretchOf(s[i-1], s[i]).time()
	}
	t.time = s[len(s)-1].time
	return t
}

// path returns the points along the legs, with the limits of the stretches
// and, at junctions, how fast they may be passed.
func path(legs []road.Leg) []stop {
	stops := []stop{{at: legs[0].Shape[0]}}
	for _, leg := range legs {
		limit, last := leg.Class.Limit(), &stops[len(stops)-1]
		last.limit, last.speed = limit, min(last.speed, limit)
		for _, p := range leg.Shape[1:] {
			stops = append(stops, stop{at: p, limit: limit, speed: limit})
		}
		if leg.Yields {
			stops[len(stops)-1].speed = 0.6 * limit
		}
	}
	return stops
}

// rounded replaces sharp corners by curves, which are driven slower.
func rounded(s []stop) []stop {
	const sharp = 0.2 // radians
	curve := s[:1:1]
	for i := 1; i < len(s)-1; i++ {
		before, here, after := s[i-1].at, s[i], s[i+1].at
		in, out := here.at.Sub(before), after.Sub(here.at)
		turn := math.Abs(math.Atan2(in.Cross(out), in.Dot(out)))
		if turn < sharp {
			curve = append(curve, here)
			continue
		}
		here.speed = min(here.speed, s[i-1].limit, 13-10.5*min(turn, 1.1))
		cut := min(9, in.Length()/2, out.Length()/2)
		from, to := here.at.Sub(in.Unit().Times(cut)), here.at.Add(out.Unit().Times(cut))
		for k := range 7 {
			t := float64(k) / 6
			bend := here
			bend.at = from.Toward(here.at, t).Toward(here.at.Toward(to, t), t)
			if k < 6 {
				bend.limit = min(s[i-1].limit, here.limit)
			}
			curve = append(curve, bend)
		}
	}
	return append(curve, s[len(s)-1])
}

// state is where a courier is on its trip and how it moves.
type state struct {
	at    plane.Point
	way   plane.Point // the unit direction
	speed float64     // metres per second
}

// after returns the state so many seconds from the start.
func (t *trip) after(seconds float64) state {
	s := t.stops
	i := sort.Search(len(s)-2, func(i int) bool { return s[i+1].time > seconds })
	x := stretchOf(s[i], s[i+1])
	way, speed := x.after(seconds - s[i].time)
	along := s[i+1].at.Sub(s[i].at).Unit()
	return state{s[i].at.Add(along.Times(way)), along, speed}
}

// stretch is the drive from one point to the next: speed up, keep on, slow down.
type stretch struct {
	length, first, peak, last float64 // metres; metres per second
}

func stretchOf(a, b stop) stretch {
	n := a.at.Distance(b.at)
	peak := math.Sqrt((2*speedup*slowdown*n + slowdown*a.speed*a.speed + speedup*b.speed*b.speed) / (speedup + slowdown))
	return stretch{n, a.speed, max(min(peak, a.limit), a.speed, b.speed), b.speed}
}

// parts returns the seconds of its three parts.
func (x stretch) parts() (up, on, down float64) {
	up, down = (x.peak-x.first)/speedup, (x.peak-x.last)/slowdown
	left := x.length - up*(x.first+x.peak)/2 - down*(x.peak+x.last)/2
	if left > 0 && x.peak > 0 {
		on = left / x.peak
	}
	return up, on, down
}

func (x stretch) time() float64 {
	up, on, down := x.parts()
	return up + on + down
}

// after returns the metres driven and the speed, so many seconds into it.
func (x stretch) after(seconds float64) (way, speed float64) {
	up, on, down := x.parts()
	if seconds < up {
		return seconds * (x.first + speedup*seconds/2), x.first + speedup*seconds
	}
	if seconds < up+on {
		return up*(x.first+x.peak)/2 + (seconds-up)*x.peak, x.peak
	}
	left := max(up+on+down-seconds, 0)
	return x.length - left*(x.last+slowdown*left/2), x.last + slowdown*left
}
