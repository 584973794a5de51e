package bench

import (
	"math"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"peyk"
)

// fleet is the couriers and the truth about them. It is pure: the same seed
// drives the same ways.
type fleet struct {
	random   *rand.Rand
	couriers []courier
	order    []int // in which they report, again and again
	next     int   // in order

	mu    sync.Mutex // guards truth
	truth []place    // where each courier was sent last; by index
}

type courier struct {
	lat, lon float64 // degrees
	heading  float64 // degrees
	speed    float64 // metres per second
}

// place is a place as the wire has it, in millionths of a degree.
type place struct{ lat, lon int32 }

func placeOf(p peyk.Position) place {
	return place{int32(math.Round(p.Lat * 1e6)), int32(math.Round(p.Lon * 1e6))}
}

func newFleet(n int) *fleet {
	const seed = 4
	f := &fleet{random: rand.New(rand.NewPCG(seed, seed)), couriers: make([]courier, n), truth: make([]place, n)}
	f.order = f.random.Perm(n)
	for i := range f.couriers {
		f.couriers[i] = courier{
			lat: south + f.random.Float64()*(north-south), lon: west + f.random.Float64()*(east-west),
			heading: f.random.Float64() * 360, speed: 2 + f.random.Float64()*12,
		}
	}
	return f
}

// take drives the next n couriers on by the time and returns where they are.
func (f *fleet) take(n int, by time.Duration, now peyk.Micros) []peyk.Report {
	reports := make([]peyk.Report, n)
	for k := range reports {
		i := f.order[f.next]
		f.next = (f.next + 1) % len(f.order)
		reports[k] = peyk.Report{Courier: who(i), Position: f.drive(&f.couriers[i], by)}
		reports[k].Position.Stamp = now + peyk.Micros(k)
	}
	return reports
}

// drive moves one courier on; at the edge of the area it turns round.
func (f *fleet) drive(c *courier, by time.Duration) peyk.Position {
	const metresPerDegree = 111_320
	c.heading = math.Mod(c.heading+f.random.NormFloat64()*10+360, 360)
	c.speed = min(max(c.speed+f.random.NormFloat64(), 1), 16)
	along, radians := c.speed*by.Seconds()/metresPerDegree, c.heading*math.Pi/180
	lat, lon := c.lat+along*math.Cos(radians), c.lon+along*math.Sin(radians)/math.Cos(c.lat*math.Pi/180)
	if lat < south || lat > north || lon < west || lon > east {
		c.heading = math.Mod(c.heading+180, 360)
		lat, lon = c.lat, c.lon
	}
	c.lat, c.lon = lat, lon
	return peyk.Position{
		Lat: micro(lat), Lon: micro(lon),
		Heading: peyk.Measured(math.Round(c.heading)), Speed: peyk.Measured(math.Round(c.speed*10) / 10),
	}
}

// sent notes what the server was told.
func (f *fleet) sent(reports []peyk.Report) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range reports {
		if i, ours := index(r.Courier.ID, len(f.truth)); ours {
			f.truth[i] = placeOf(r.Position)
		}
	}
}

// last returns the truth as it is now.
func (f *fleet) last() []place {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]place(nil), f.truth...)
}

// No shop's own courier has such an id, should somebody put a load on theirs.
const prefix = "bench-"

func id(i int) string { return prefix + strconv.Itoa(i+1) }

func who(i int) peyk.Courier {
	return peyk.Courier{ID: id(i), Username: "courier" + strconv.Itoa(i+1)}
}

// index is the other way round of id, for n couriers.
func index(id string, n int) (i int, ours bool) {
	if len(id) <= len(prefix) || id[:len(prefix)] != prefix {
		return 0, false
	}
	i, err := strconv.Atoi(id[len(prefix):])
	return i - 1, err == nil && i >= 1 && i <= n
}
