package sim_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"peyk"
	"peyk/internal/sim"
)

// watched is a courier whose every position is judged beside the one before.
type watched struct {
	courier *sim.Courier
	last    peyk.Position
}

func place(p peyk.Position) spot { return spotOf(p.Lat, p.Lon) }

func value(t rapid.TB, m peyk.Measure) float64 {
	v, known := m.Value()
	if !known {
		t.Fatal("a measure is unknown")
	}
	return v
}

const reach = 15 // metres, how far from a street a courier may seem to be

// drift is how far the GPS may wander in the time, in metres.
func drift(d time.Duration) float64 { return min(0.4*d.Seconds()+0.3, 4) }

// judge returns what is wrong with the position after d.
func (w *watched) judge(t rapid.TB, p peyk.Position, d time.Duration) error {
	if err := p.Validate(); err != nil {
		return err
	}
	limit := demoDrawing().limitAt(place(p), reach)
	if limit == 0 {
		return fmt.Errorf("%v is not near a street", place(p))
	}
	if speed := value(t, p.Speed); speed > limit {
		return fmt.Errorf("speed %v, want at most %v", speed, limit)
	}
	if accuracy := value(t, p.Accuracy); accuracy < 3 || accuracy > 8 {
		return fmt.Errorf("accuracy %v, want 3 to 8", accuracy)
	}
	limit = max(limit, demoDrawing().limitAt(place(w.last), reach))
	if way := place(p).distance(place(w.last)); d <= 2*time.Second && way > limit*d.Seconds()+drift(d) {
		return fmt.Errorf("went %v m in %v, want at most %v m/s", way, d, limit)
	}
	return w.judgeHeading(t, p)
}

// judgeHeading compares the heading with the way that it went, where that is
// long enough and does not bend.
func (w *watched) judgeHeading(t rapid.TB, p peyk.Position) error {
	was, is := value(t, w.last.Heading), value(t, p.Heading)
	from, to := place(w.last), place(p)
	if from.distance(to) < 4 || from.distance(to) > 50 || angle(was, is) > 5 {
		return nil
	}
	went := math.Atan2(to.x-from.x, to.y-from.y) * 180 / math.Pi
	if angle(went, is) > 15 && angle(went, was) > 15 {
		return fmt.Errorf("heading %v, went %v", is, went)
	}
	return nil
}

// angle returns how far two headings are apart, 0 to 180 degrees.
func angle(a, b float64) float64 { return math.Abs(math.Remainder(a-b, 360)) }

func TestCouriersDriveAsOneMay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := sim.NewCourier(demo(), rapid.IntRange(0, 100_000).Draw(t, "number"))
		w := watched{c, c.Advance(0)}
		steps := rapid.SliceOfN(rapid.Int64Range(1, 2000), 50, 400).Draw(t, "milliseconds")
		for _, ms := range steps {
			d := time.Duration(ms) * time.Millisecond
			p := c.Advance(d)
			if err := w.judge(t, p, d); err != nil {
				t.Fatal(err)
			}
			w.last = p
		}
	})
}

// A long drive passes what the random ones are too short for: stays, rests,
// charging.
func TestDay(t *testing.T) {
	for number := range 3 {
		c := sim.NewCourier(demo(), number)
		w := watched{c, c.Advance(0)}
		low, high := 1.0, 0.0
		for range 10 * 3600 {
			p := c.Advance(time.Second)
			if err := w.judge(t, p, time.Second); err != nil {
				t.Fatalf("courier %d: %v", number, err)
			}
			w.last = p
			low, high = min(low, value(t, p.Battery)), max(high, value(t, p.Battery))
		}
		if low < 0.15 || low > 0.35 || high < 0.95 {
			t.Errorf("courier %d: battery from %v to %v, want it to fall and to be charged", number, low, high)
		}
	}
}

func TestStepsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.IntRange(0, 1000).Draw(t, "number")
		one, many := sim.NewCourier(demo(), number), sim.NewCourier(demo(), number)
		var sum time.Duration
		var last peyk.Position
		for _, ms := range rapid.SliceOfN(rapid.Int64Range(0, 600_000), 1, 20).Draw(t, "milliseconds") {
			d := time.Duration(ms) * time.Millisecond
			sum += d
			last = many.Advance(d)
		}
		if got := one.Advance(sum); got != last {
			t.Fatalf("after %v at once: %+v, in steps: %+v", sum, got, last)
		}
	})
}

func TestStart(t *testing.T) {
	const couriers = 300
	moving, where := 0, map[[2]int]int{}
	for number := range couriers {
		p := sim.NewCourier(demo(), number).Advance(0)
		if value(t, p.Speed) > 0 {
			moving++
		}
		if battery := value(t, p.Battery); battery < 0.3 {
			t.Errorf("courier %d begins with a battery of %v, want at least 0.3", number, battery)
		}
		at := place(p)
		where[[2]int{int(math.Floor(at.x / 1500)), int(math.Floor(at.y / 1500))}]++
	}
	if moving < couriers*3/4 {
		t.Errorf("%d of %d move at the start, want most", moving, couriers)
	}
	if len(where) < 16 {
		t.Errorf("they are in %d squares of 1500 m, want them all over the city", len(where))
	}
	for square, n := range where {
		if n > couriers/5 {
			t.Errorf("%d couriers are in the square %v, want them spread", n, square)
		}
	}
}

func TestStays(t *testing.T) {
	c := sim.NewCourier(demo(), 7)
	stays, rests, stood := 0, 0, 0
	for range 20 * 3600 {
		if value(t, c.Advance(time.Second).Speed) == 0 {
			stood++
			continue
		}
		if stood > 5 { // not just the first moment of a trip
			stays++
			if stood < 59 || stood > 16*60+1 {
				t.Errorf("it stood for %d s, want 1 to 16 minutes", stood)
			}
			if stood > 4*60+1 {
				rests++
			}
		}
		stood = 0
	}
	if stays < 60 || rests == 0 || rests > stays/4 {
		t.Errorf("it stood %d times, %d of them for long, in 20 hours", stays, rests)
	}
}

func BenchmarkNewCourier(b *testing.B) {
	city, number := demo(), 0
	for b.Loop() {
		sim.NewCourier(city, number)
		number++
	}
}

// A second of a thousand couriers.
func BenchmarkAdvance(b *testing.B) {
	couriers := make([]*sim.Courier, 1000)
	for i := range couriers {
		couriers[i] = sim.NewCourier(demo(), i)
	}
	b.Run("couriers=1000", func(b *testing.B) {
		for b.Loop() {
			for _, c := range couriers {
				c.Advance(time.Second)
			}
		}
	})
}
