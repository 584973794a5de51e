package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"peyk"
	"peyk/internal/sim"
)

// customers invent what they order of a shop, and the shop gives it to couriers.
// One goroutine at a time uses them.
type customers struct {
	city   *sim.City
	random *rand.Rand
	phones []*phone
	shop   peyk.Place
	count  int       // of all their orders
	last   time.Time // when they ordered
}

const (
	unassigned = 3                // orders are left to whoever looks at the panel
	carried    = 14               // orders are couriers', or as many as a third of them
	breathing  = 20 * time.Second // between two orders
)

func newCustomers(city *sim.City, phones []*phone) *customers {
	middle := city.DoorAt(35.70, 51.40)
	return &customers{city: city, random: rand.New(rand.NewPCG(sim.Demo, 1)), phones: phones, shop: place(middle), count: 1000}
}

func place(d sim.Door) peyk.Place {
	return peyk.Place{Lat: d.Lat, Lon: d.Lon, Known: true, Address: d.Address}
}

// carried is how many orders couriers have.
func (c *customers) carried() int { return min(carried, (len(c.phones)+2)/3) }

// first returns the orders of a day that has begun: most are on their way to the
// doors to which their couriers are bound, one of them late, one soon to be, some
// with another one after them; two have to be got, and some nobody brings yet. The
// first one takes longest.
func (c *customers) first(now time.Time) (orders []peyk.Order) {
	for i, p := range c.farthest() {
		to, left := p.courier.Bound()
		promised := left + c.minutes(4, 12)
		switch i {
		case 1:
			promised = -time.Minute
		case 2:
			promised = left / 2
		case 3, 4:
			orders = append(orders, assigned(c.order(c.city.AnyDoor(c.random), now.Add(promised+c.minutes(8, 12))), p, peyk.OrderPickedUp))
		case 5, 6:
			orders = append(orders, assigned(c.order(c.city.AnyDoor(c.random), now.Add(promised+c.minutes(15, 25))), p, peyk.OrderAssigned))
			continue
		}
		orders = append(orders, assigned(c.order(to, now.Add(promised)), p, peyk.OrderPickedUp))
	}
	for range unassigned {
		orders = append(orders, c.order(c.city.AnyDoor(c.random), now.Add(c.minutes(20, 40))))
	}
	return orders
}

// farthest returns couriers that shall have orders, who has longest to drive first.
func (c *customers) farthest() []*phone {
	const some = 100 // there may be a million
	phones := slices.Clone(c.phones[:min(some, len(c.phones))])
	slices.SortFunc(phones, func(a, b *phone) int {
		_, left := a.courier.Bound()
		_, others := b.courier.Bound()
		return cmp.Compare(others, left)
	})
	return phones[:c.carried()]
}

// more returns what is ordered in place of what was delivered: at most one order
// at a time, some for couriers that have none, some for nobody.
func (c *customers) more(open []peyk.Order, now time.Time) []peyk.Order {
	if now.Sub(c.last) < breathing {
		return nil
	}
	has := make(map[string]bool)
	for _, o := range open {
		has[o.Courier] = true
	}
	left := len(slices.DeleteFunc(slices.Clone(open), func(o peyk.Order) bool { return o.Courier != "" }))
	made := c.order(c.city.AnyDoor(c.random), now.Add(c.minutes(20, 40)))
	p := c.phones[c.random.IntN(len(c.phones))]
	switch {
	case left < unassigned:
	case len(open)-left < c.carried() && !has[p.who.ID]:
		made.Promised = now.Add(c.minutes(3, 25)).Truncate(time.Minute) // which some miss
		made = assigned(made, p, peyk.OrderAssigned)
	default:
		return nil
	}
	c.last = now
	return []peyk.Order{made}
}

// order returns one to a door, which nobody brings yet. No telephone in Iran has
// a number like these.
func (c *customers) order(to sim.Door, promised time.Time) peyk.Order {
	c.count++
	customer, _ := sim.Person(c.count)
	return peyk.Order{
		ID: fmt.Sprintf("A-%d", c.count), State: peyk.OrderCreated, Customer: customer, Destination: place(to), Pickup: c.shop,
		Promised: promised.Truncate(time.Minute), Phone: fmt.Sprintf("0900 000 %04d", c.count), ShopPhone: "021 0000 0000", Code: fmt.Sprint(c.count * 7),
	}
}

// assigned returns the order as a courier's.
func assigned(o peyk.Order, p *phone, state peyk.OrderState) peyk.Order {
	o.State, o.Courier, o.CourierPhone = state, p.who.ID, "0900 001 0000"
	return o
}

// minutes returns a time between two numbers of them.
func (c *customers) minutes(least, most int) time.Duration {
	return time.Duration(least)*time.Minute + time.Duration(c.random.Int64N(int64(most-least)*int64(time.Minute)))
}
