package sim

import (
	"math"
	"math/rand/v2"
	"time"

	"peyk"
	"peyk/internal/sim/city"
	"peyk/internal/sim/plane"
)

// Courier is a simulated courier: it drives to somebody's door, stands there
// while it hands over, and drives on. It is not safe for concurrent use;
// couriers of the same city may be used concurrently.
type Courier struct {
	city    *City
	rand    *rand.Rand
	door    int           // where the trip ends
	next    *int          // where the one after it shall end; nil: anywhere
	trip    trip          // the one under way, or done
	stay    time.Duration // how long it stands where the trip ends
	elapsed time.Duration // since the trip began
	age     time.Duration // since the courier began
	drift   [2]wobble     // of its GPS, to the east and north
	doubt   wobble        // of its GPS's accuracy
	battery battery
}

// NewCourier returns the courier of the city with that number. Most are on
// their way already, somewhere in the city.
func NewCourier(city *City, number int) *Courier {
	r := rand.New(rand.NewPCG(city.seed^0x9e3779b97f4a7c15, uint64(number)))
	c := &Courier{city: city, rand: r, drift: [2]wobble{newWobble(r), newWobble(r)}, doubt: newWobble(r), battery: newBattery(r)}
	c.door = c.anyDoor()
	c.depart()
	begun := r.Float64()
	if r.IntN(10) > 0 {
		begun *= c.trip.time / c.phase().Seconds() // on its way
	}
	c.elapsed = time.Duration(begun * float64(c.phase()))
	return c
}

// Advance lets d go by (nothing, if it is negative) and returns where the
// courier is then. Time and Stamp are left to the caller, who has a clock.
func (c *Courier) Advance(d time.Duration) peyk.Position {
	d = max(d, 0)
	c.age += d
	c.elapsed += d
	for c.elapsed >= c.phase() {
		c.elapsed -= c.phase()
		c.depart()
	}
	return c.position()
}

// phase returns how long it is from one departure to the next.
func (c *Courier) phase() time.Duration { return seconds(c.trip.time) + c.stay }

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// depart begins the next trip.
func (c *Courier) depart() {
	from := c.door
	c.door = c.destination(from)
	c.trip = newTrip(c.city.roads.Route(from, c.door))
	c.stay = time.Minute + seconds(180*c.rand.Float64())
	if c.rand.IntN(12) == 0 { // a rest
		c.stay += 4*time.Minute + seconds(480*c.rand.Float64())
	}
}

func (c *Courier) anyDoor() int {
	doors := c.city.roads.Doors
	return doors[c.rand.IntN(len(doors))]
}

// destination returns another door: the one to which the courier was sent, or one
// as far away as orders go, if such a one is soon found.
func (c *Courier) destination(from int) int {
	if sent := c.next; sent != nil && *sent != from {
		c.next = nil
		return *sent
	}
	const near, far, tries = 900, 4500, 12
	nodes := c.city.roads.Nodes
	door := from
	for try := 0; door == from || try < tries; try++ {
		door = c.anyDoor()
		if d := nodes[door].At.Distance(nodes[from].At); d > near && d < far {
			return door
		}
	}
	return door
}

func (c *Courier) position() peyk.Position {
	s := c.trip.after(c.elapsed.Seconds())
	age := c.age.Seconds()
	const drift = 1.3 // metres each way
	at := s.at.Add(plane.Pt(c.drift[0].at(age), c.drift[1].at(age)).Times(drift))
	lat, lon := city.Degrees(at)
	heading := math.Mod(360+math.Atan2(s.way.X, s.way.Y)*180/math.Pi, 360)
	return peyk.Position{
		Lat:      math.Round(lat*1e6) / 1e6,
		Lon:      math.Round(lon*1e6) / 1e6,
		Accuracy: peyk.Measured(math.Round(55+25*c.doubt.at(age)) / 10),
		Speed:    peyk.Measured(math.Floor(s.speed*10) / 10), // never above the limit
		Heading:  peyk.Measured(math.Floor(heading)),
		Battery:  peyk.Measured(math.Round(c.battery.at(c.age)*100) / 100),
	}
}

// wobble goes up and down slowly and without a visible period, between -1 and 1.
type wobble [3]struct{ pace, phase float64 }

func newWobble(r *rand.Rand) (w wobble) {
	for i := range w {
		const shortest, longest = 30, 120 // seconds
		w[i].pace = 2 * math.Pi / (shortest + (longest-shortest)*r.Float64())
		w[i].phase = 2 * math.Pi * r.Float64()
	}
	return w
}

func (w wobble) at(seconds float64) (sum float64) {
	for _, v := range w {
		sum += math.Sin(v.pace*seconds + v.phase)
	}
	return sum / float64(len(w))
}

// battery falls while the courier works, and is charged before it is empty.
type battery struct {
	since time.Duration // it was full, when the courier began
	lasts time.Duration // from full to lowest
}

const (
	lowest   = 0.2 // share of a full battery, when it is plugged in
	charging = 70 * time.Minute
)

func newBattery(r *rand.Rand) battery {
	lasts := 5*time.Hour + seconds(3*3600*r.Float64())
	const freshest = 0.3 // share at the start at least
	used := r.Float64() * (1 - freshest) / (1 - lowest)
	return battery{time.Duration(used * float64(lasts)), lasts}
}

// at returns the charge, from lowest to 1.
func (b battery) at(age time.Duration) float64 {
	t := (b.since + age) % (b.lasts + charging)
	if t < b.lasts {
		return 1 - (1-lowest)*float64(t)/float64(b.lasts)
	}
	return lowest + (1-lowest)*float64(t-b.lasts)/float64(charging)
}
