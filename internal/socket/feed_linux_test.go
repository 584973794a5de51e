package socket

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"peyk"
	"peyk/internal/live"
)

// feed is many couriers, a tenth of whom report each second. It has no
// pointers, so that the garbage collector's work is the server's alone.
type feed struct {
	world  *live.World
	random *rand.Rand
	names  string // usernames of nameSize bytes, one after the other; they end with the ids
	places []fix
	next   int
	rate   int // positions a millisecond
}

const nameSize, idSize = 16, 8

type fix struct{ lat, lon, heading, speed float32 }

// newFeed puts so many couriers into so many towns, or all at one point.
func newFeed(b *testing.B, couriers, towns int, crowd bool) *feed {
	f := &feed{random: rand.New(rand.NewPCG(1, 2)), places: make([]fix, couriers), rate: couriers / 10_000}
	f.world = live.NewWorld(live.Options{Epoch: 1, Tick: time.Millisecond, MaxCouriers: 1_100_000, Forget: 24 * time.Hour})
	var names strings.Builder
	for i := range f.places {
		fmt.Fprintf(&names, "courier-%08d", i)
	}
	f.names = names.String()
	for i := range f.places {
		town := i % towns
		p := fix{float32(town/10) + f.random.Float32()/5, float32(town%10) + f.random.Float32()/5, f.random.Float32() * 360, f.random.Float32() * 15}
		if crowd {
			p.lat, p.lon = 9.7, 5.4
		}
		f.places[i] = p
		f.take(b, i)
	}
	f.world.Tick()
	return f
}

func (f *feed) take(b *testing.B, i int) {
	name, p := f.names[i*nameSize:][:nameSize], &f.places[i]
	lat, lon := p.degrees()
	if _, _, err := f.world.Take(peyk.Report{
		Courier: peyk.Courier{ID: name[nameSize-idSize:], Username: name},
		Position: peyk.Position{
			Lat: lat, Lon: lon, Interval: 10 * time.Second,
			Heading: peyk.Measured(float64(p.heading)), Speed: peyk.Measured(float64(p.speed)),
		},
	}); err != nil {
		b.Fatal(err)
	}
}

func (p fix) degrees() (lat, lon float64) { return 26 + float64(p.lat), 46 + float64(p.lon) }

// box is around some courier; its tiles have at most about 2,000 in them.
func (f *feed) box() peyk.Box {
	lat, lon := f.places[f.random.IntN(len(f.places))].degrees()
	return peyk.Box{South: lat - .022, West: lon - .033, North: lat + .022, East: lon + .033, Zoom: 14, Limit: 1000}
}

// watches returns what so many viewers say.
func (f *feed) watches(n int) io.Reader {
	var lines strings.Builder
	for range n {
		at := f.box()
		fmt.Fprintf(&lines, `{"type":"watch","view":{"box":[%f,%f,%f,%f],"zoom":14,"limit":1000}}`+"\n", at.South, at.West, at.North, at.East)
	}
	return strings.NewReader(lines.String())
}

// run feeds rate positions a millisecond and ticks ten times a second, and
// returns the CPU time of this process.
func (f *feed) run(b *testing.B, seconds int, tick func()) time.Duration {
	before := cpu(b)
	for began, n := time.Now(), 0; n < seconds*1000; n++ {
		for range f.rate {
			i := f.next * 7919 % len(f.places)
			f.next++
			f.places[i].lat += float32(f.next%3-1) / 10_000
			f.take(b, i)
		}
		if n%100 == 99 {
			tick()
		}
		<-time.After(time.Until(began.Add(time.Duration(n+1) * time.Millisecond)))
	}
	return cpu(b) - before
}

// cpu is what this process has taken.
func cpu(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
