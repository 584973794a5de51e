package main

import (
	"slices"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/order"
	"peyk/internal/store"
)

// rule says when the customers of this shop may see a courier.
func (c Config) rule() order.Rule {
	r := order.DefaultRule
	r.From, _ = peyk.ParseOrderState(c.OrderVisibleFrom) // it was checked
	r.Stops, r.Metres, r.Names = c.OrderVisibleStops, float64(c.OrderVisibleMetres), c.OrderCourierName
	r.Within = time.Duration(c.OrderVisibleMinutes) * time.Minute
	return r
}

// carrying is how often couriers report while an order is on its way: never less
// often than otherwise, since their customers look.
func (c Config) carrying() peyk.Rate {
	if c.UpdateInterval.Interval() < c.UpdateIntervalCarrying.Interval() {
		return c.UpdateInterval
	}
	return c.UpdateIntervalCarrying
}

func (c Config) checkOrders() error {
	from, _ := peyk.ParseOrderState(c.OrderVisibleFrom)
	many := func(n, most int) bool { return n >= 0 && n <= most }
	return firstWrong(
		rule{"order-visible-from", c.OrderVisibleFrom, from == peyk.OrderAssigned || from == peyk.OrderPickedUp, "picked_up or assigned"},
		rule{"order-visible-stops", show(c.OrderVisibleStops), many(c.OrderVisibleStops, peyk.MaxStop), "0 to 10000; 0: never for that reason"},
		rule{"order-visible-minutes", show(c.OrderVisibleMinutes), many(c.OrderVisibleMinutes, 24*60), "0 to 1440; 0: never for that reason"},
		rule{"order-visible-metres", show(c.OrderVisibleMetres), many(c.OrderVisibleMetres, 1_000_000), "0 to 1000000; 0: never for that reason"},
	)
}

// ordersChanged passes on what became of orders and shares: to the book, then to
// whoever tells who is asking, and to whoever came in with a share that may have
// been taken back, was deleted with its order, or holds only for a while longer
// since the order has ended.
func (s *server) ordersChanged(shares *auth.Shares) func(orders []peyk.Order, changed []store.Share, whole bool) {
	return func(orders []peyk.Order, changed []store.Share, whole bool) {
		s.orders.Update(orders, whole)
		shares.Update(changed, whole)
		gone := func(o peyk.Order) bool { return o.State == 0 || o.State.Ended() }
		if whole || len(changed) > 0 || slices.ContainsFunc(orders, gone) {
			s.hub.Recheck()
		}
	}
}
