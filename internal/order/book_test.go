package order_test

import (
	"slices"
	"testing"
	"time"

	"peyk"
	"peyk/internal/order"
)

// shelf is a book, its clock, and what it said of changes.
type shelf struct {
	*order.Book
	now     time.Time
	changed []string
}

func newShelf() *shelf {
	s := &shelf{now: noon}
	s.Book = order.NewBook(order.Options{
		Rule: order.DefaultRule, Afterlife: time.Hour, Now: func() time.Time { return s.now },
		Changed: func(ids []string) { s.changed = ids },
	})
	return s
}

// carried is an order on its way, with all that a customer may know, and more.
func carried(id, courier string, stop int, lat float64) peyk.Order {
	return peyk.Order{
		ID: id, State: picked, Courier: courier, Stop: stop, Destination: peyk.Place{Known: true, Lat: lat, Lon: 51, Address: "home"},
		Customer: "secret", Phone: "secret", ShopPhone: "shop", CourierPhone: "masked", Code: "42", Metadata: []byte(`{"secret":1}`),
		Promised: noon.Add(time.Hour),
	}
}

func (s *shelf) track(id string, e peyk.Entry) peyk.Tracking {
	return s.Track(id, e, true, false, peyk.MicrosOf(s.now))
}

func (s *shelf) wantChanged(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(s.changed, want) {
		t.Errorf("changed are %q, want %q", s.changed, want)
	}
	s.changed = nil
}

func TestTrackTellsWhatARuleAllows(t *testing.T) {
	s := newShelf()
	near, far := carried("near", "c", 1, 35.05), carried("far", "c", 2, 35.5)
	s.Update([]peyk.Order{near, far}, true)
	s.wantChanged(t, "far", "near")
	e := courierAt(35, 51, noon) // 5.6 km and 56 km away

	got := s.track("near", e)
	if got.State != picked || got.Destination != near.Destination || got.Code != "42" || got.ShopPhone != "shop" || got.Phone != "masked" ||
		got.Stops != 0 || got.Courier == nil || got.Courier.Exact || got.Courier.Name != "" || got.Eta == (peyk.Window{}) {
		t.Errorf("the next stop is told %s", tell(got))
	}
	if got := s.track("far", e); got.Courier != nil || got.Phone != "" || got.Stops != -1 || got.Eta.Least < 60 {
		t.Errorf("the stop after that is told %s, want when it comes, and nothing else of the courier", tell(got))
	}
	if got := s.Track("near", e, false, false, peyk.MicrosOf(noon)); got.Courier != nil || got.State != picked {
		t.Errorf("of a courier that is nowhere it is told %s", tell(got))
	}
	e.Courier.ID = "other"
	if got := s.track("near", e); got.Courier != nil || got.Eta != (peyk.Window{}) {
		t.Errorf("of another courier it is told %s", tell(got))
	}
	if got := s.track("absent", e); tell(got) != tell(peyk.Tracking{Order: "absent", Stops: -1}) {
		t.Errorf("of no order it is told %s", tell(got))
	}
}

// TestWhoIsSeenStaysSeen somewhat farther away, so that it does not come and go
// where the limit is.
func TestWhoIsSeenStaysSeen(t *testing.T) {
	s := newShelf()
	s.Update([]peyk.Order{carried("first", "c", 1, 35.5), carried("second", "c", 2, 35)}, true)
	const metre = 1 / 111_195.0
	for _, tt := range []struct {
		metres     float64
		seen, want bool
	}{{1900, false, true}, {2100, false, false}, {2100, true, true}, {2900, true, true}, {3100, true, false}} {
		e := courierAt(35+tt.metres*metre, 51, noon)
		got := s.Track("second", e, true, tt.seen, peyk.MicrosOf(noon))
		if is := got.Courier != nil; is != tt.want {
			t.Errorf("%v m away, seen before: %v; it is to be seen: %v, want %v", tt.metres, tt.seen, is, tt.want)
		}
	}
}

func TestTrackIsExactForTheNextStopAlone(t *testing.T) {
	s := newShelf()
	s.Update([]peyk.Order{carried("first", "c", 1, 35.001), carried("second", "c", 2, 35.001)}, true)
	e := courierAt(35, 51, noon.Add(999*time.Millisecond)) // 111 m away
	if got := s.track("first", e).Courier; got == nil || !got.Exact || got.Lat != 35 || got.Stamp != peyk.MicrosOf(noon) {
		t.Errorf("the next stop is told %+v, want the place as it is, to the second", got)
	}
	if got := s.track("second", e).Courier; got == nil || got.Exact || got.Lat == 35 {
		t.Errorf("the stop after it is told %+v, want the cell", got)
	}
}

func TestBookFollowsOrders(t *testing.T) {
	s := newShelf()
	a, b := carried("a", "c", 1, 35.5), carried("b", "c", 2, 35.5)
	s.Update([]peyk.Order{a, b}, false)
	e := courierAt(35, 51, noon)
	if s.Courier("a") != "c" || !s.Carrying("c") || s.Carrying("d") {
		t.Error("the courier does not carry its orders")
	}
	s.changed = nil

	a.Courier = "d"
	s.Update([]peyk.Order{a}, false)
	s.wantChanged(t, "a", "b") // b is the next stop now
	if got := s.track("a", e); got.Courier != nil || s.Courier("a") != "d" {
		t.Errorf("taken over, it still shows %s", tell(got))
	}
	if got := s.track("b", e); got.Courier == nil {
		t.Errorf("the next stop is told %s", tell(got))
	}

	b.State, b.At[delivered] = delivered, noon
	s.Update([]peyk.Order{b}, false)
	if got := s.track("b", e); got.Courier != nil || got.Code != "" || !got.Ended.Equal(noon) || s.Carrying("c") || s.Courier("b") != "" {
		t.Errorf("delivered, it is told %s", tell(got))
	}
	if at, found := s.Ended("b"); !found || !at.Equal(noon) {
		t.Errorf("it ended %v, %v", at, found)
	}
	s.now = s.now.Add(time.Hour)
	if got := s.track("b", e); got.State != none {
		t.Errorf("an hour later it is told %s", tell(got))
	}
	if _, found := s.Ended("b"); found {
		t.Error("an hour later it is known when it ended")
	}
	s.Update([]peyk.Order{{ID: "a"}}, false)
	if orders, couriers := s.Len(); orders != 0 || couriers != 0 {
		t.Errorf("%d orders of %d couriers are left, want none", orders, couriers)
	}
}

func TestBookForgetsWhatIsNotThere(t *testing.T) {
	s := newShelf()
	s.Update([]peyk.Order{carried("a", "c", 0, 35), carried("b", "c", 0, 35), carried("x", "d", 0, 35)}, true)
	s.changed = nil
	s.Update([]peyk.Order{carried("b", "c", 0, 35)}, true)
	s.wantChanged(t, "a", "b", "x")
	if orders, couriers := s.Len(); orders != 1 || couriers != 1 {
		t.Errorf("%d orders of %d couriers are left, want one of one", orders, couriers)
	}
}

func TestBookLearnsOfAnOldEnd(t *testing.T) {
	s := newShelf()
	old := carried("a", "c", 0, 35)
	old.State, old.At[failed] = failed, noon.Add(-2*time.Hour)
	s.Update([]peyk.Order{old}, false)
	if orders, _ := s.Len(); orders != 0 {
		t.Error("it keeps what ended long ago")
	}
}
