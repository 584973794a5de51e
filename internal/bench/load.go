package bench

import (
	"crypto/tls"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"peyk"
)

// Load is what a server has to carry.
type Load struct {
	URL      string      // of the Peyk, like http://127.0.0.1:8082
	Token    string      // empty where none is asked for
	TLS      *tls.Config // of https; nil: as Go has it
	Couriers int
	Every    time.Duration // between two positions of one courier
	Viewers  int
	Watch    Watch
	Language Language
	Feed     Feed
	Redis    string // URL, for FeedRedis
	Channel  string // of the positions on Redis

	CheckEvery    int  // one viewer in so many decodes and checks; 0: none does
	ReceiveBuffer int  // bytes that the kernel keeps for a viewer; 0: as it likes
	Beside        *Run // whose couriers these viewers see; Couriers, Every and Feed are then its own. nil: none
}

// Watch says what viewers watch.
type Watch string

// What viewers watch.
const (
	WatchAll     Watch = "all"     // everything
	WatchBox     Watch = "box"     // a box with a twentieth of the couriers, each viewer another
	WatchCourier Watch = "courier" // one courier each
)

// Feed says how positions come to the server.
type Feed string

// How positions come to the server.
const (
	FeedHTTP  Feed = "http"  // a POST for each
	FeedBatch Feed = "batch" // a POST for many
	FeedRedis Feed = "redis" // a PUBLISH for each
)

// The area in which couriers drive, about 40 km from side to side.
const (
	south, north = 35.52, 35.88 // degrees
	west, east   = 51.18, 51.62
)

// shareOfBox is the share of the area that a box has.
const shareOfBox = 1. / 20

// View is what viewer i watches: the same whenever it is asked.
func (l Load) View(i int) peyk.View {
	switch l.Watch {
	case WatchBox:
		return peyk.View{Box: box(i)}
	case WatchCourier:
		return peyk.View{Couriers: []string{id(i % l.Couriers)}}
	}
	return peyk.View{All: true}
}

func box(i int) *peyk.Box {
	side := math.Sqrt(shareOfBox)
	random := rand.New(rand.NewPCG(uint64(i), 1))
	b := peyk.Box{Zoom: 24, Limit: peyk.Limits[len(peyk.Limits)-1]}
	b.South = micro(south + random.Float64()*(1-side)*(north-south))
	b.West = micro(west + random.Float64()*(1-side)*(east-west))
	b.North, b.East = micro(b.South+side*(north-south)), micro(b.West+side*(east-west))
	return &b
}

// micro rounds degrees to the six decimals of the wire.
func micro(degrees float64) float64 { return math.Round(degrees*1e6) / 1e6 }

// mayShow reports whether a viewer of v may get a courier at that place. The
// server gives an eighth of the box more on every side, and on to the end of the
// tiles: they are at most half the box, or of zoom 16.
func mayShow(v peyk.View, id string, p peyk.Position) bool {
	switch {
	case v.All:
		return true
	case v.Box != nil:
		const tile = 360. / (1 << 16) // degrees
		high, wide := v.Box.North-v.Box.South, v.Box.East-v.Box.West
		high, wide = high/8+max(high/2, tile), wide/8+max(wide/2, tile)
		return p.Lat >= v.Box.South-high && p.Lat <= v.Box.North+high && p.Lon >= v.Box.West-wide && p.Lon <= v.Box.East+wide
	}
	return len(v.Couriers) == 1 && v.Couriers[0] == id
}

// mustShow reports whether a viewer of v has to get a courier at that place.
func mustShow(v peyk.View, id string, p place) bool {
	if b := v.Box; b != nil {
		lat, lon := float64(p.lat)/1e6, float64(p.lon)/1e6
		return lat >= b.South && lat <= b.North && lon >= b.West && lon <= b.East
	}
	return mayShow(v, id, peyk.Position{})
}

func (l Load) validate() error {
	switch {
	case l.Couriers < 1 || l.Every <= 0 || l.Viewers < 0 || l.CheckEvery < 0:
		return fmt.Errorf("a load of %d couriers every %v and %d viewers (want a courier, a time, and none below 0)", l.Couriers, l.Every, l.Viewers)
	case l.Viewers > 0 && l.Language == nil:
		return fmt.Errorf("%d viewers without a language", l.Viewers)
	case l.Feed == FeedRedis && l.Beside == nil && (l.Redis == "" || l.Channel == ""):
		return fmt.Errorf("positions by Redis, but no Redis or no channel is named")
	}
	return nil
}
