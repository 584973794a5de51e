package limit_test

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/limit"
)

// clock is moved by hand.
type clock struct{ now time.Time }

func newClock() *clock                { return &clock{time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)} }
func (c *clock) Now() time.Time       { return c.now }
func (c *clock) pass(d time.Duration) { c.now = c.now.Add(d) }
func perSecond(n int) peyk.Rate       { return peyk.Rate{Count: n, Per: time.Second} }
func wantRefused(t *testing.T, l *limit.Limits, why limit.Reason, want uint64) {
	t.Helper()
	if got := l.Refused()[why]; got != want {
		t.Errorf("refused for %v = %d, want %d", why, got, want)
	}
}

// taken counts how many of n are taken, and returns what the last was told.
func taken(n int, take func() error) (count int, last error) {
	for range n {
		if last = take(); last == nil {
			count++
		}
	}
	return count, last
}

func TestPosts(t *testing.T) {
	c := newClock()
	l := limit.New(limit.Options{Posts: perSecond(5), Now: c.Now})
	post := func() error { return l.Post("10") }
	n, err := taken(25, post)
	var later *peyk.Later
	if n != 20 || !errors.Is(err, peyk.ErrLimited) || !errors.As(err, &later) || later.After != 200*time.Millisecond || later.Seconds() != 1 {
		t.Fatalf("%d of 25 at once were taken, then %v %+v; want 20, and another in 200 ms", n, err, later)
	}
	if err := l.Post("11"); err != nil {
		t.Errorf("another courier is told %v", err)
	}
	c.pass(later.After)
	if n, _ := taken(2, post); n != 1 {
		t.Errorf("after 200 ms %d were taken, want 1", n)
	}
	c.pass(time.Second)
	if n, _ := taken(10, post); n != 5 {
		t.Errorf("after a second %d were taken, want 5", n)
	}
	c.pass(time.Hour)
	if n, _ := taken(30, post); n != 20 {
		t.Errorf("after an hour %d at once were taken, want 20", n)
	}
	wantRefused(t, l, limit.Posts, 5+1+5+10)
}

// TestForgettingChangesNothing: others come and go, so that the table is turned
// over all the time, and a courier gets neither more nor less for it.
func TestForgettingChangesNothing(t *testing.T) {
	c := newClock()
	l := limit.New(limit.Options{Posts: perSecond(5), Now: c.Now})
	count := 0
	for step := range 1000 {
		n, _ := taken(2, func() error { return l.Post("10") })
		count += n
		_ = l.Post(fmt.Sprintf("other %d", step))
		c.pass(100 * time.Millisecond)
	}
	if want := 19 + 500; count < want || count > want+1 {
		t.Errorf("of 20 a second over 100 s %d were taken, want the burst and 5 a second: %d", count, want)
	}
}

// TestMemoryIsBounded: a million couriers within a second.
func TestMemoryIsBounded(t *testing.T) {
	c := newClock()
	l := limit.New(limit.Options{Posts: perSecond(5), Now: c.Now})
	const bound = 2 << 17
	for i := range 1_000_000 {
		if err := l.Post(fmt.Sprint(i)); err != nil {
			t.Fatalf("courier %d is told %v", i, err)
		}
	}
	if got := l.Keys(); got > bound {
		t.Errorf("%d couriers are remembered, want at most %d", got, bound)
	}
	for range 2 {
		c.pass(time.Minute)
		_ = l.Post("one")
	}
	if got := l.Keys(); got > 2 {
		t.Errorf("%d couriers are remembered after two minutes, want the one that came", got)
	}
}

func TestStrangers(t *testing.T) {
	for _, tt := range []struct {
		name, first, second string
		together            bool
	}{
		{"two ports", "192.0.2.1:1000", "192.0.2.1:2000", true},
		{"without a port", "192.0.2.1:1000", "192.0.2.1", true},
		{"two addresses", "192.0.2.1:1000", "192.0.2.2:1000", false},
		{"IPv4 in IPv6", "192.0.2.1:1000", "[::ffff:192.0.2.1]:1000", true},
		{"one /64", "[2001:db8::1]:1000", "[2001:db8::ffff:1]:1000", true},
		{"two /64", "[2001:db8::1]:1000", "[2001:db8:0:1::1]:1000", false},
		{"a zone", "[fe80::1%eth0]:1000", "[fe80::2]:1000", true},
		{"no address", "@", "@", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := limit.New(limit.Options{Strangers: true, Now: newClock().Now})
			if n, _ := taken(60, func() error { return l.Failed(tt.first, limit.Stranger) }); n != 50 {
				t.Errorf("%d of 60 failures were let pass, want 50", n)
			}
			if err := l.Failed(tt.second, limit.Stranger); (err != nil) != tt.together {
				t.Errorf("the second is told %v, want together %v", err, tt.together)
			}
		})
	}
}

// TestGuesses: who guesses at shares is stopped soon, and for long, however slowly
// it goes on.
func TestGuesses(t *testing.T) {
	c := newClock()
	l := limit.New(limit.Options{Strangers: true, Now: c.Now})
	passed := 0
	for range 120 { // two a second for a minute
		if l.Failed("192.0.2.1:1000", limit.Guess) == nil {
			passed++
		}
		c.pass(500 * time.Millisecond)
	}
	if passed != 20 {
		t.Errorf("%d of 120 guesses were let pass, want 20", passed)
	}
	if err := l.Failed("192.0.2.2:1000", limit.Guess); err != nil {
		t.Errorf("somebody else is told %v", err)
	}
	if err := l.Failed("192.0.2.1:1000", limit.Stranger); err != nil {
		t.Errorf("without a credential it is told %v", err)
	}
	if got := l.Refused()[limit.Guesses]; got != 100 {
		t.Errorf("%d guesses are counted, want 100", got)
	}
	if l.Failed("192.0.2.1:1000", limit.NoFailure) != nil {
		t.Error("what is no failure is limited")
	}
}

func TestSeats(t *testing.T) {
	l := limit.New(limit.Options{Sockets: 2, Files: 196}) // 132 connections, 68 viewers
	for range 2 {
		if err := l.Enter("one"); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Enter("one"); !errors.Is(err, peyk.ErrLimited) {
		t.Errorf("the third of one is told %v, want %v", err, peyk.ErrLimited)
	}
	l.Leave("one")
	if err := l.Enter("one"); err != nil {
		t.Errorf("after one has left, it is told %v", err)
	}
	n := 2
	var err error
	for ; err == nil && n < 1000; n++ {
		err = l.Enter(fmt.Sprint(n))
	}
	if n != 69 || !errors.Is(err, peyk.ErrCrowded) {
		t.Errorf("viewer %d is told %v, want viewer 69 %v", n, err, peyk.ErrCrowded)
	}
	wantRefused(t, l, limit.Sockets, 1)
	wantRefused(t, l, limit.Viewers, 1)
}

func TestNothingSaidIsNoLimit(t *testing.T) {
	l := limit.New(limit.Options{})
	for range 10_000 {
		if l.Post("10") != nil || l.Failed("192.0.2.1", limit.Stranger) != nil || l.Enter("one") != nil {
			t.Fatal("refused")
		}
	}
}

func TestLogIsBounded(t *testing.T) {
	var log strings.Builder
	c := newClock()
	l := limit.New(limit.Options{Posts: perSecond(1), Now: c.Now, Log: slog.New(slog.NewTextHandler(&log, nil))})
	for range 21 { // seconds
		for range 100 {
			_ = l.Post("10")
		}
		c.pass(time.Second)
	}
	if got := strings.Count(log.String(), "\n"); got != 3 || !strings.Contains(log.String(), "reason=posts who=10 refused=") {
		t.Errorf("%d lines in 21 s, want one every 10 s:\n%s", got, log.String())
	}
}
