package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"peyk"
)

// Share is a link by which somebody watches one order. Its secret is never
// stored. Times are kept to the microsecond, in UTC; the zero time means never.
type Share struct {
	ID      string
	Order   string
	Hash    [32]byte // SHA-256 of the whole secret
	Made    time.Time
	Until   time.Time // the first moment at which it no longer holds
	Revoked time.Time
}

// MakeShare keeps a new share. It returns peyk.ErrNotFound if there is no such
// order, and peyk.ErrConflict if the order has ended, or there is a share of that
// id or hash.
func (s *Store) MakeShare(ctx context.Context, share Share) error {
	return s.change(ctx, "make a share", func(tx *sql.Tx, revision int64) error {
		if !storable(share.ID) || !storable(share.Order) {
			return peyk.ErrNotFound
		}
		var state peyk.OrderState
		err := tx.QueryRowContext(ctx, "SELECT state FROM peyk_orders WHERE id = $1 AND state > 0", share.Order).Scan(&state)
		if err != nil {
			return found(err)
		}
		if state.Ended() {
			return peyk.ErrConflict
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO peyk_shares (id, order_id, hash, made, until, revoked, revision)
			VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT DO NOTHING`, share.ID, share.Order, hex.EncodeToString(share.Hash[:]),
			int64(peyk.MicrosOf(share.Made)), int64(peyk.MicrosOf(share.Until)), revision)
		return touched(result, err, peyk.ErrConflict)
	})
}

// RevokeShare ends a share for ever. It returns peyk.ErrNotFound if the order
// has none of that id; one that is revoked already stays as it is.
func (s *Store) RevokeShare(ctx context.Context, order, id string) error {
	return s.change(ctx, "revoke a share", func(tx *sql.Tx, revision int64) error {
		if !storable(id) || !storable(order) {
			return peyk.ErrNotFound
		}
		result, err := tx.ExecContext(ctx, `UPDATE peyk_shares SET revoked = CASE WHEN revoked > 0 THEN revoked ELSE $3 END, revision = $4
			WHERE id = $1 AND order_id = $2`, id, order, int64(peyk.MicrosOf(s.now())), revision)
		return touched(result, err, peyk.ErrNotFound)
	})
}

// Shares returns the shares of an order, revoked ones too, in the order in which
// they were made.
func (s *Store) Shares(ctx context.Context, order string) (shares []Share, err error) {
	if !storable(order) {
		return nil, nil
	}
	err = s.read(ctx, "read shares", func(tx *sql.Tx) error {
		shares, err = collect(ctx, tx, scanShare, selectShares+"WHERE order_id = $1 ORDER BY made, id", order)
		return err
	})
	return shares, err
}

const selectShares = "SELECT id, order_id, hash, made, until, revoked FROM peyk_shares "

func scanShare(rows *sql.Rows) (share Share, err error) {
	var hash string
	var made, until, revoked peyk.Micros
	if err := rows.Scan(&share.ID, &share.Order, &hash, &made, &until, &revoked); err != nil {
		return Share{}, err
	}
	share.Made, share.Until, share.Revoked = made.Time(), until.Time(), revoked.Time()
	if n, err := hex.Decode(share.Hash[:], []byte(hash)); err != nil || n != len(share.Hash) {
		return Share{}, fmt.Errorf("share %q has a damaged hash", share.ID)
	}
	return share, nil
}
