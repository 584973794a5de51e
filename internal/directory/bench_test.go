package directory_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/store"
)

const many = 100_000

// filled returns the url of a store with many listed couriers and their positions.
func filled(b *testing.B) string {
	b.Helper()
	url := sqlite(b)
	s, err := store.Open(b.Context(), url, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for i := 0; i < many; i += 10_000 {
		profiles := make([]peyk.Profile, 10_000)
		reports := make([]peyk.Report, len(profiles))
		for j := range profiles {
			p := profile(fmt.Sprintf("%08d", i+j), fmt.Sprintf("name of %08d", i+j), fmt.Sprintf("team %d", j%20))
			p.Phone, p.Vehicle, p.Courier.Username = "+98 912 000 0000", "motorbike", fmt.Sprintf("user%08d", i+j)
			profiles[j], reports[j] = p, report(i+j)
			reports[j].Position.Stamp = peyk.MicrosOf(time.Now())
		}
		if _, err := s.PutCouriers(b.Context(), profiles, nil); err != nil {
			b.Fatal(err)
		}
		if err := s.KeepPositions(b.Context(), reports); err != nil {
			b.Fatal(err)
		}
	}
	return url
}

func report(i int) peyk.Report {
	return peyk.Report{
		Courier: peyk.Courier{ID: fmt.Sprintf("%08d", i), Username: fmt.Sprintf("user%08d", i)},
		Position: peyk.Position{
			Lat: 35 + rand.Float64(), Lon: 51 + rand.Float64(), Interval: time.Minute,
			Speed: peyk.Measured(10), Heading: peyk.Measured(90), Accuracy: peyk.Measured(5),
		},
	}
}

// BenchmarkOpen starts on a store of 100,000 couriers with positions: from the
// opening of the file to a world that has them (aim: 3 s).
func BenchmarkOpen(b *testing.B) {
	url := filled(b)
	for b.Loop() {
		n := open(b, url)
		if c := n.world.Stats(); c.Couriers != many || n.Health() != nil {
			b.Fatalf("the world has %d couriers, %v", c.Couriers, n.Health())
		}
		n.store.Close()
	}
}

// BenchmarkKeep has 100,000 couriers report, 10,000 a second, while nothing is
// kept, or what changed is kept all the time in place of every 10 s: how long a
// tick takes, how long a phone waits for Take, and how much is kept.
func BenchmarkKeep(b *testing.B) {
	url := filled(b)
	for _, keeping := range []bool{false, true} {
		b.Run(fmt.Sprintf("couriers=100000/keeping=%v", keeping), func(b *testing.B) {
			for b.Loop() {
				measure(b, url, keeping)
			}
		})
	}
}

func measure(b *testing.B, url string, keeping bool) {
	const lasts = 5 * time.Second
	n := open(b, url)
	n.world.Tick()
	ctx, cancel := context.WithTimeout(context.Background(), lasts)
	defer cancel()
	var running sync.WaitGroup
	before := n.Stats().Kept
	if keeping {
		running.Go(func() {
			ended, end := context.WithCancel(context.Background())
			for end(); ctx.Err() == nil; {
				if err := n.Run(ended); err != nil { // its end keeps everything
					b.Error(err)
				}
			}
		})
	}
	var ticks, takes []time.Duration
	for i := 0; ctx.Err() == nil; i++ {
		for j := range 1000 { // 10,000 positions a second
			r := report((i*1000 + j) % many)
			began := time.Now()
			_, _, err := n.world.Take(r)
			takes = append(takes, time.Since(began))
			if err != nil {
				b.Fatal(err)
			}
		}
		began := time.Now()
		n.world.Tick()
		ticks = append(ticks, time.Since(began))
		<-time.After(100 * time.Millisecond)
	}
	running.Wait()
	b.ReportMetric(float64(n.Stats().Kept-before)/lasts.Seconds(), "kept/s")
	for name, list := range map[string][]time.Duration{"tick": ticks, "take": takes} {
		slices.Sort(list)
		b.ReportMetric(float64(list[len(list)/2].Nanoseconds())/1000, name+"-p50-µs")
		b.ReportMetric(float64(list[len(list)-1].Nanoseconds())/1000, name+"-max-µs")
	}
	n.store.Close()
}
