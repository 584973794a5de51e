// Package order knows what may become of an order, what its customer may see of
// the courier, and when the courier comes. The rules are functions; the Book has
// the open orders in memory and holds the rules against where couriers are. It
// promises that nothing it lets a customer know is finer than a rule allows. It
// reads and writes nothing: it is told what the store has.
package order

import (
	"cmp"
	"slices"

	"peyk"
)

// Round is the open orders of one courier, in the sequence in which it brings
// them: by their stop where it is given, then by the promised time, then by
// when they were picked up. What stays equal is in the order of the ids, so
// that everybody sees the same sequence.
func Round(orders []*peyk.Order) []*peyk.Order {
	var open []*peyk.Order
	for _, o := range orders {
		if !o.State.Ended() {
			open = append(open, o)
		}
	}
	slices.SortFunc(open, func(a, b *peyk.Order) int {
		return cmp.Or(
			known(a.Stop > 0, b.Stop > 0), cmp.Compare(a.Stop, b.Stop),
			known(!a.Promised.IsZero(), !b.Promised.IsZero()), a.Promised.Compare(b.Promised),
			known(a.State == peyk.OrderPickedUp, b.State == peyk.OrderPickedUp),
			a.At[peyk.OrderPickedUp].Compare(b.At[peyk.OrderPickedUp]), cmp.Compare(a.ID, b.ID))
	})
	return open
}

// known puts first what has the thing that is compared next.
func known(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
