package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"peyk"
)

// OrderQuery says which orders are wanted.
type OrderQuery struct {
	Scopes  []peyk.Scope      // whose couriers bring them; who sees all sees those that nobody brings yet, too
	States  []peyk.OrderState // one of them; empty: any
	Since   time.Time         // that are open, or ended after this; zero: any
	Courier string            // that it brings; empty: any
	Search  string            // only those in whose id, customer, phone, courier's id or address each of its words is; empty: all
	After   string            // only ids after it
	Limit   int               // how many at most; 1 or more
}

// Orders returns the orders that a query wants, in the order of their ids' bytes,
// and whether there are more of them after these. It searches as Couriers does.
func (s *Store) Orders(ctx context.Context, q OrderQuery) (list []peyk.Order, more bool, err error) {
	where, ok := q.where(s.dialect)
	if !ok {
		return nil, false, nil
	}
	err = s.read(ctx, "read orders", func(tx *sql.Tx) error {
		list, more, err = page(ctx, tx, scanOrder, selectOrders, where, q.Limit)
		return err
	})
	return list, more, err
}

// where returns which orders the query wants; false: it wants none.
func (q OrderQuery) where(d dialect) (c conditions, ok bool) {
	words, ok := needles(q.Search)
	if !ok || !storable(q.Courier) || !storable(q.After) {
		return c, false // no order has such texts
	}
	c.add("id > ", c.parameter(q.After))
	q.states(&c)
	if q.Courier != "" {
		c.add("courier = ", c.parameter(q.Courier))
	}
	if !q.Since.IsZero() {
		c.add("(ended = 0 OR ended > ", c.parameter(int64(peyk.MicrosOf(q.Since))), ")")
	}
	c.search(words)
	ok = c.scope(d, "courier", q.Scopes)
	return c, ok
}

func (q OrderQuery) states(c *conditions) {
	if len(q.States) == 0 {
		c.add("state > 0")
		return
	}
	numbers, open := make([]string, len(q.States)), true
	for i, state := range q.States {
		numbers[i] = strconv.Itoa(int(state))
		open = open && !state.Ended()
	}
	c.add("state IN (", strings.Join(numbers, ", "), ")")
	if open { // few are, and there is an index of them
		c.add("ended = 0")
	}
}
