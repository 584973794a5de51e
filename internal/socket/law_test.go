package socket_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/order"
)

// law is what customers may be told of couriers, by the words of the protocol
// alone: it shares no code with packages order and live. Where they round a place
// before they measure, it allows for it.
type law struct {
	rule order.Rule // the numbers alone

	mu       sync.Mutex // guards the rest
	orders   map[string]peyk.Order
	couriers map[string]known
	off      map[string]bool
	lawful   map[string][]lawful // by order, since the beginning
	places   []peyk.Position     // where any courier ever was
}

// known is what is known of where a courier is.
type known struct {
	at   peyk.Position
	name string
}

// lawful is what may be told of an order from one moment to another.
type lawful struct {
	from  time.Time // to the next one's from, inclusive
	order peyk.Order
	on    bool // the order is on its way, and its courier is somewhere
	known known
	stop  int

	may, must         bool // the courier may be told, and must be
	mayBe, mustBeThis bool // exactly where it is
}

// rounded is what a place may be off by, in metres, before it is measured: half
// the diagonal of a cell, and a bit.
const rounded = 40

func newLaw(r order.Rule) *law {
	return &law{
		rule: r, orders: map[string]peyk.Order{}, couriers: map[string]known{}, off: map[string]bool{}, lawful: map[string][]lawful{},
	}
}

// change changes what is, and notes what follows from it.
func (l *law) change(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	f()
	for _, id := range orderIDs {
		l.lawful[id] = append(l.lawful[id], l.judge(l.orders[id]))
	}
}

func (l *law) judge(o peyk.Order) lawful {
	e := lawful{from: time.Now(), order: o, stop: l.before(o)}
	where, heard := l.couriers[o.Courier]
	open := o.State == peyk.OrderAssigned && l.rule.From == peyk.OrderAssigned || o.State == peyk.OrderPickedUp
	if e.on = open && heard; !e.on {
		return e
	}
	e.known = where
	next, far := e.stop < l.rule.Stops, metres(where.at.Lat, where.at.Lon, o.Destination)
	e.may = next || far <= l.rule.Metres+rounded || far <= 1.5*l.rule.Metres+rounded && l.seen(o, e.from)
	e.must = next || far <= l.rule.Metres-rounded
	e.mayBe = e.stop == 0 && far <= l.rule.Exactly+rounded
	e.mustBeThis = e.stop == 0 && far <= l.rule.Exactly-rounded
	return e
}

// seen reports whether the courier may have been told, just before or in the tick
// that is under way, of whom more may be told than of one who was not.
func (l *law) seen(o peyk.Order, now time.Time) bool {
	const tick = 150 * time.Millisecond
	recent := l.between(o.ID, now.Add(-tick), now)
	return slices.ContainsFunc(recent, func(e lawful) bool { return e.may && e.order.Courier == o.Courier })
}

// before counts to how many orders the courier comes first.
func (l *law) before(o peyk.Order) (n int) {
	turn := func(o peyk.Order) string { // by the stop, by when it was picked up, if it was, by the id
		picked := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
		if at := o.At[peyk.OrderPickedUp]; !at.IsZero() {
			picked = at.UTC()
		}
		return fmt.Sprintf("%06d/%s/%s", (o.Stop+99_999)%100_000, picked.Format("2006-01-02T15:04:05.000000000"), o.ID)
	}
	for _, other := range l.orders {
		if other.Courier == o.Courier && other.State != 0 && other.State <= peyk.OrderPickedUp && turn(other) < turn(o) {
			n++
		}
	}
	return n
}

// metres is a distance on a map that is flat: good enough for a city.
func metres(lat, lon float64, p peyk.Place) float64 {
	north, east := (p.Lat-lat)*111_195, (p.Lon-lon)*111_195*math.Cos(lat*math.Pi/180)
	return math.Hypot(north, east)
}

// said is what the directory says of a courier.
func (l *law) said(id string) live.Listed {
	l.mu.Lock()
	defer l.mu.Unlock()
	return live.Listed{OffDuty: l.off[id]}
}

// between returns what was lawful at any time between two moments, both included.
func (l *law) between(id string, from, to time.Time) []lawful {
	list := l.lawful[id]
	first := 0
	for i, e := range list {
		if !e.from.After(from) {
			first = i
		}
	}
	for first > 0 && list[first].from.Equal(from) { // what ended in this moment
		first--
	}
	last := len(list)
	for last > first && list[last-1].from.After(to) {
		last--
	}
	return list[first:last]
}

// grace is for how long what was lawful may still be on its way: a tick, and a second.
const grace = 1150 * time.Millisecond

// accuse says what is wrong with what somebody is told now, which is of the
// moment of a tick; empty: nothing.
func (l *law) accuse(t *peyk.Tracking, tick time.Time) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, why := time.Now(), "nothing was ever lawful"
	for _, e := range l.between(t.Order, tick.Add(-2*time.Millisecond), now) {
		if why = e.accuse(t); why != "" {
			continue
		}
		still := slices.ContainsFunc(l.between(t.Order, now.Add(-grace), now), func(recent lawful) bool {
			same := recent.order.Courier == e.order.Courier
			return (t.Courier == nil || same && recent.may) && (t.Eta == peyk.Window{} || same && recent.on)
		})
		if still {
			return ""
		}
		why = "it is not lawful any more"
	}
	return why
}

// accuse says in what t differs from what is lawful.
func (e lawful) accuse(t *peyk.Tracking) string {
	o := e.order
	ended := o.State >= peyk.OrderDelivered
	switch {
	case t.State != o.State:
		return fmt.Sprintf("state %v, want %v", t.State, o.State)
	case metres(t.Destination.Lat, t.Destination.Lon, o.Destination) > 1 || t.Destination.Address != o.Destination.Address:
		return "another destination"
	case t.ShopPhone != o.ShopPhone, ended && t.Code != "", !ended && t.Code != o.Code, ended == t.Ended.IsZero():
		return "another phone, code or end"
	case t.Eta != peyk.Window{} && !e.on:
		return "an ETA of nobody"
	case t.Courier == nil && (e.must || t.Phone != "" || t.Stops != -1):
		return fmt.Sprintf("the courier is not there (it must be: %v)", e.must)
	case t.Courier != nil && (!e.may || t.Phone != o.CourierPhone || t.Stops != e.stop):
		return fmt.Sprintf("the courier is there (it may be: %v), with %d stops, want %d", e.may, t.Stops, e.stop)
	case t.Courier == nil:
		return ""
	}
	return e.accuseCourier(*t.Courier)
}

func (e lawful) accuseCourier(c peyk.TrackedCourier) string {
	at := e.known.at
	off := metres(c.Lat, c.Lon, peyk.Place{Lat: at.Lat, Lon: at.Lon})
	late := at.Stamp.Sub(c.Stamp)
	switch {
	case c.Exact && !e.mayBe || !c.Exact && e.mustBeThis:
		return fmt.Sprintf("exact is %v", c.Exact)
	case c.Exact && off > 0.2 || off > rounded:
		return fmt.Sprintf("%.1f m from where it is", off)
	case !c.Exact && !onGrid(c.Lat, c.Lon):
		return "not the middle of a cell"
	case c.Name != e.known.name:
		return fmt.Sprintf("the name %q, want %q", c.Name, e.known.name)
	case c.Stamp%1_000_000 != 0 || late < 0 || late > 32*time.Second:
		return fmt.Sprintf("of %v before it was taken", late)
	}
	return ""
}

// onGrid reports whether a place is the middle of a cell of 50 m, where a degree
// has 111,195.08 m.
func onGrid(lat, lon float64) bool {
	row, column := lat*111_195.0802/50, lon*111_195.0802*math.Cos(lat*math.Pi/180)/50
	half := func(v float64) bool { return math.Abs(v-math.Floor(v)-0.5) < 0.02 }
	return half(row) && half(column)
}

// secrets returns what is in bytes for who may watch these orders, and must never
// be; of what is told of a courier, but for what stands in t.
func (l *law) secrets(b []byte, mine []string, t *peyk.Tracking) (found []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	find := func(secret string) {
		if bytes.Contains(b, []byte(secret)) {
			found = append(found, secret)
		}
	}
	told := cmp.Or(t, &peyk.Tracking{}).Courier
	for _, c := range crew {
		find(c.ID)
		find(c.Username)
		for i, word := range bytes.Fields([]byte(c.Name)) {
			if i > 0 || told == nil || told.Name != string(word) {
				find(string(word))
			}
		}
	}
	for _, id := range orderIDs {
		if !slices.Contains(mine, id) {
			find(id)
		}
	}
	for _, p := range l.places {
		if told != nil && told.Exact && math.Abs(p.Lat-told.Lat) < 2e-6 {
			continue
		}
		lat, lon := strconv.FormatFloat(p.Lat, 'f', 6, 64), strconv.FormatFloat(p.Lon, 'f', 6, 64)
		if bytes.Contains(b, []byte(lat)) { // the middle of a cell may have one of them by chance
			find(lon)
		}
	}
	return found
}
