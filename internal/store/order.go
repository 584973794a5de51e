package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"peyk"
)

// body is how an order is kept, next to its id and version.
type body struct {
	State        peyk.OrderState `json:"state"`
	Courier      string          `json:"courier,omitempty"`
	Destination  place           `json:"destination,omitzero"`
	Pickup       place           `json:"pickup,omitzero"`
	Promised     peyk.Micros     `json:"promised,omitempty"`
	Stop         int             `json:"stop,omitempty"`
	Customer     string          `json:"customer,omitempty"`
	Phone        string          `json:"phone,omitempty"`
	ShopPhone    string          `json:"shop_phone,omitempty"`
	CourierPhone string          `json:"courier_phone,omitempty"`
	Code         string          `json:"code,omitempty"`
	Reason       string          `json:"reason,omitempty"`
	Metadata     string          `json:"metadata,omitempty"` // JSON as the shop wrote it; JSON inside would be written anew
	At           []peyk.Micros   `json:"at"`                 // by state
}

type place struct {
	Degrees *[2]float64 `json:"at,omitempty"` // nil: not known
	Address string      `json:"address,omitempty"`
}

func placeOf(p peyk.Place) (kept place) {
	kept.Address = p.Address
	if p.Known {
		kept.Degrees = &[2]float64{p.Lat, p.Lon}
	}
	return kept
}

func (p place) place() (is peyk.Place) {
	is.Address = p.Address
	if p.Degrees != nil {
		is.Lat, is.Lon, is.Known = p.Degrees[0], p.Degrees[1], true
	}
	return is
}

// encodeOrder returns all of a valid order but its id and version. What is equal
// is written in equal bytes. A deleted order is nothing.
func encodeOrder(o peyk.Order) (string, error) {
	if o.State == 0 {
		return "", nil
	}
	if err := o.Validate(); err != nil {
		return "", fmt.Errorf("order %q: %w", o.ID, err)
	}
	if !utf8.Valid(o.Metadata) {
		return "", fmt.Errorf("order %q: metadata is not valid UTF-8", o.ID)
	}
	b := body{
		State: o.State, Courier: o.Courier, Destination: placeOf(o.Destination), Pickup: placeOf(o.Pickup),
		Promised: peyk.MicrosOf(o.Promised), Stop: o.Stop, Customer: o.Customer, Phone: o.Phone, ShopPhone: o.ShopPhone,
		CourierPhone: o.CourierPhone, Code: o.Code, Reason: o.Reason, Metadata: string(o.Metadata), At: make([]peyk.Micros, len(o.At)),
	}
	for state, at := range o.At {
		b.At[state] = peyk.MicrosOf(at)
	}
	text, err := json.Marshal(b)
	return string(text), err
}

// decodeOrder is the other way round.
func decodeOrder(id string, version int64, text string) (peyk.Order, error) {
	o := peyk.Order{ID: id, Version: version}
	if text == "" {
		return o, nil
	}
	var b body
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return o, fmt.Errorf("order %q is damaged: %w", id, err)
	}
	o.State, o.Courier, o.Destination, o.Pickup = b.State, b.Courier, b.Destination.place(), b.Pickup.place()
	o.Promised, o.Stop, o.Customer, o.Phone, o.ShopPhone = b.Promised.Time(), b.Stop, b.Customer, b.Phone, b.ShopPhone
	o.CourierPhone, o.Code, o.Reason = b.CourierPhone, b.Code, b.Reason
	if b.Metadata != "" {
		o.Metadata = json.RawMessage(b.Metadata)
	}
	for state, at := range b.At {
		if state < len(o.At) {
			o.At[state] = at.Time()
		}
	}
	return o, nil
}

// keptOrder is an order as its row has it.
type keptOrder struct {
	id      string
	version int64
	body    string
}

func (k keptOrder) order() (peyk.Order, error) { return decodeOrder(k.id, k.version, k.body) }

const selectOrders = "SELECT id, version, body FROM peyk_orders "

func scanKept(rows *sql.Rows) (k keptOrder, err error) {
	err = rows.Scan(&k.id, &k.version, &k.body)
	return k, err
}

func scanOrder(rows *sql.Rows) (peyk.Order, error) {
	k, err := scanKept(rows)
	if err != nil {
		return peyk.Order{}, err
	}
	return k.order()
}

// Order returns an order. It returns peyk.ErrNotFound if there is none.
func (s *Store) Order(ctx context.Context, id string) (o peyk.Order, err error) {
	if !storable(id) {
		return o, peyk.ErrNotFound
	}
	var k keptOrder
	err = s.reader.QueryRowContext(ctx, selectOrders+"WHERE id = $1 AND state > 0", id).Scan(&k.id, &k.version, &k.body)
	if err != nil {
		return o, s.wrap(ctx, "read an order", found(err))
	}
	return k.order()
}

// writeOrders writes orders, of which one with State 0 is deleted, each with its
// encoded text.
func (s *Store) writeOrders(ctx context.Context, tx *sql.Tx, list []*stagedOrder, revision int64, now time.Time) error {
	rows, err := asRows(list, func(o *stagedOrder) ([]any, error) {
		return []any{o.ID, o.Courier, o.State, endedAt(o.Order, now), o.Version, o.text,
			haystack(o.ID, o.Customer, o.Phone, o.Courier, o.Destination.Address)}, nil
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO peyk_orders (id, courier, state, ended, version, body, search, revision)
		SELECT value ->> 0, value ->> 1, CAST(value ->> 2 AS integer), CAST(value ->> 3 AS bigint), CAST(value ->> 4 AS bigint),
			value ->> 5, value ->> 6, CAST($2 AS bigint)
		FROM `+s.rows(1)+` WHERE true ON CONFLICT (id) DO UPDATE SET
			courier = excluded.courier, state = excluded.state, ended = excluded.ended, version = excluded.version,
			body = excluded.body, search = excluded.search, revision = excluded.revision`, rows, revision)
	if err != nil {
		return err
	}
	return s.buryOrders(ctx, tx, list, now)
}

func endedAt(o peyk.Order, now time.Time) peyk.Micros {
	switch {
	case o.State == 0:
		return peyk.MicrosOf(now)
	case o.State.Ended():
		return max(peyk.MicrosOf(o.At[o.State]), 1)
	}
	return 0
}

// buryOrders deletes the shares of deleted orders, and forgets which were
// deleted long ago.
func (s *Store) buryOrders(ctx context.Context, tx *sql.Tx, list []*stagedOrder, now time.Time) error {
	var deleted []string
	for _, o := range list {
		if o.State == 0 {
			deleted = append(deleted, o.ID)
		}
	}
	if len(deleted) == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM peyk_shares WHERE order_id IN ("+s.names(1)+")", asNames(deleted)); err != nil {
		return err
	}
	return prune(ctx, tx, "peyk_orders WHERE state = 0 AND ended < $1", now)
}
