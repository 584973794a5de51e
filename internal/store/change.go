package store

import (
	"context"
	"database/sql"
	"time"

	"peyk"
)

// Changes is what the shop changed in a while.
type Changes struct {
	Revision int64 // up to which everything is in it: the since of the next call
	Whole    bool  // everything is in it: who is not in it is not listed any more
	Couriers []CourierChange
	Keys     []Key        // revoked ones too
	Orders   []peyk.Order // those with State 0 were deleted; where everything is told, those that are open or ended within the hour
	Shares   []Share      // of such orders, revoked ones too
}

// Afterlife is how long it is told that an order has ended.
const Afterlife = time.Hour

// CourierChange is what the shop now says of a courier. It is small, so that a
// directory of 100,000 is read at once.
type CourierChange struct {
	Courier peyk.Courier
	Active  bool
	Deleted bool // only its id is known any more
}

// Revision returns the number of the last change of anything but positions; 0
// before the first. It is cheap.
func (s *Store) Revision(ctx context.Context) (n int64, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT n FROM peyk_revision").Scan(&n)
	return n, s.wrap(ctx, "read the store's revision", err)
}

// Changes returns what changed after the revision since, each thing once and as
// it is now. It returns everything, as Whole says, where since is 0, too old to
// tell what was deleted, or of another database.
func (s *Store) Changes(ctx context.Context, since int64) (c Changes, err error) {
	err = s.read(ctx, "read changes", func(tx *sql.Tx) error {
		var floor int64
		if err := tx.QueryRowContext(ctx, "SELECT n, floor FROM peyk_revision").Scan(&c.Revision, &floor); err != nil {
			return err
		}
		c.Whole = since <= 0 || since < floor || since > c.Revision
		if c.Whole {
			since = 0
		}
		if since == c.Revision {
			return nil
		}
		return c.collect(ctx, tx, since, s.now())
	})
	if err != nil {
		return Changes{}, err
	}
	return c, nil
}

func (c *Changes) collect(ctx context.Context, tx *sql.Tx, since int64, now time.Time) (err error) {
	if err := c.collectOrders(ctx, tx, since, now); err != nil {
		return err
	}
	if c.Keys, err = collect(ctx, tx, scanKey, selectKeys+" WHERE revision > $1 ORDER BY made, id", since); err != nil {
		return err
	}
	const couriers = "SELECT id, username, name, team, active FROM peyk_couriers "
	if c.Whole { // without the index of revisions, in the order of the table
		c.Couriers, err = collect(ctx, tx, scanChange, couriers+"WHERE listed > 0")
	} else {
		c.Couriers, err = collect(ctx, tx, scanChange, couriers+"WHERE revision > $1", since)
	}
	if err != nil {
		return err
	}
	deleted, err := collect(ctx, tx, scanDeleted, "SELECT id FROM peyk_deleted WHERE revision > $1", since)
	c.Couriers = append(c.Couriers, deleted...)
	return err
}

func (c *Changes) collectOrders(ctx context.Context, tx *sql.Tx, since int64, now time.Time) (err error) {
	what := "revision > $1"
	shares := what
	if c.Whole {
		since = int64(peyk.MicrosOf(now.Add(-Afterlife)))
		what = "ended = 0 OR ended > $1 AND state > 0"
		shares = "order_id IN (SELECT id FROM peyk_orders WHERE " + what + ")"
	}
	if c.Orders, err = collect(ctx, tx, scanOrder, selectOrders+"WHERE "+what, since); err != nil {
		return err
	}
	c.Shares, err = collect(ctx, tx, scanShare, selectShares+"WHERE "+shares, since)
	return err
}

func scanChange(rows *sql.Rows) (c CourierChange, err error) {
	err = rows.Scan(&c.Courier.ID, &c.Courier.Username, &c.Courier.Name, &c.Courier.Team, &c.Active)
	return c, err
}

func scanDeleted(rows *sql.Rows) (CourierChange, error) {
	c := CourierChange{Deleted: true}
	err := rows.Scan(&c.Courier.ID)
	return c, err
}
