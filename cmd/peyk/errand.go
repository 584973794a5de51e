package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"peyk"
	"peyk/internal/order"
	"peyk/internal/sim"
)

// errands are the orders that the couriers of a fleet bring. Like any shop they
// speak to the server over HTTP alone, and see there what became of the orders: so
// a courier brings what somebody gave to it in the panel.
type errands struct {
	fleet     *fleet
	customers *customers

	mu     sync.Mutex              // guards rounds
	rounds map[string][]peyk.Order // what each courier still brings, in its sequence
}

// How couriers and the shop take their time.
const (
	lookAround = 2 * time.Second
	atTheDoor  = 20 * time.Second // until the customer has come down
)

// open makes the first orders, before anybody drives, and returns a link for the
// customer of the one that takes longest.
func (e *errands) open(ctx context.Context) (link string, err error) {
	orders := e.customers.first(time.Now())
	for _, o := range orders {
		if err := e.fleet.client.PutOrder(ctx, o); err != nil {
			return "", err
		}
	}
	return e.fleet.client.Share(ctx, orders[0].ID)
}

// run makes more of them until ctx ends. What the server does not take is not
// missed: another one comes after the next look.
func (e *errands) run(ctx context.Context) error {
	for due := time.Now(); wait(ctx, due); due = time.Now().Add(lookAround) {
		open, err := e.look(ctx)
		if err != nil {
			continue
		}
		for _, o := range e.customers.more(open, time.Now()) {
			_ = e.fleet.client.PutOrder(ctx, o)
		}
	}
	return nil
}

// look learns who has to bring what.
func (e *errands) look(ctx context.Context) (open []peyk.Order, err error) {
	if open, err = e.fleet.client.OpenOrders(ctx); err != nil {
		return nil, err
	}
	of := make(map[string][]*peyk.Order)
	for i, o := range open {
		if o.Courier != "" {
			of[o.Courier] = append(of[o.Courier], &open[i])
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.rounds = make(map[string][]peyk.Order)
	for courier, orders := range of {
		for _, o := range order.Round(orders) {
			e.rounds[courier] = append(e.rounds[courier], *o)
		}
	}
	return open, nil
}

// next returns what a courier has to bring first.
func (e *errands) next(courier string) (o peyk.Order, found bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	round := e.rounds[courier]
	if len(round) == 0 {
		return o, false
	}
	return round[0], true
}

// done forgets the first order of a round as it was, until the next look.
func (e *errands) done(o peyk.Order) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.rounds[o.Courier] = slices.DeleteFunc(e.rounds[o.Courier], func(other peyk.Order) bool { return other.ID == o.ID })
}

// bring has a courier do the next thing that it has to: drive to where it gets or
// brings its next order, or report that it did.
func (e *errands) bring(ctx context.Context, p *phone) {
	o, found := e.next(p.who.ID)
	if !found {
		return
	}
	to, then := o.Destination, peyk.OrderDelivered
	if o.State == peyk.OrderAssigned {
		to, then = o.Pickup, peyk.OrderPickedUp
	}
	if to.Known && !e.reached(p.courier, to) {
		return
	}
	if o.State = then; e.fleet.client.PutOrder(ctx, o) == nil { // else again, as it is after the next look
		e.done(o)
	}
}

// reached reports whether the courier has stood at a place for long enough; it
// sends it there.
func (e *errands) reached(c *sim.Courier, place peyk.Place) bool {
	to := e.fleet.city.DoorAt(place.Lat, place.Lon)
	bound, left := c.Bound()
	if bound == to {
		return left <= -atTheDoor
	}
	c.Send(to)
	return false
}
