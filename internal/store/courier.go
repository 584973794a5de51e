package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"peyk"
)

// Condition says of couriers that shall be changed, by their ids, those that are
// listed as they are now, why they may not be changed; nil: they may. Nobody
// changes them in between. It must only compute.
type Condition func(listed map[string]peyk.Courier) error

// PutCouriers replaces what the shop says of couriers: all of them or, with an
// error, none. Teams that are not there are made, without a name. Of several
// with one id the last counts. It returns how many were not listed before. Where
// the condition does not hold its error is the condition's; nil: there is none.
func (s *Store) PutCouriers(ctx context.Context, list []peyk.Profile, may Condition) (made int, err error) {
	list, err = lastOfEach(list)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	ids := make([]string, len(list))
	for i, p := range list {
		ids[i] = p.Courier.ID
	}
	err = s.changeIf(ctx, "put couriers", ids, may, func(tx *sql.Tx, revision int64) error {
		for part := range slices.Chunk(list, chunk) {
			if err := s.putCouriers(ctx, tx, part, revision); err != nil {
				return err
			}
		}
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM peyk_couriers WHERE revision = $1 AND listed = $1", revision).Scan(&made)
	})
	if err != nil {
		return 0, err
	}
	return made, nil
}

// changeIf is change if the condition holds for these couriers.
func (s *Store) changeIf(ctx context.Context, what string, ids []string, may Condition, f func(*sql.Tx, int64) error) error {
	if may == nil {
		return s.change(ctx, what, f)
	}
	var no error // what a condition says is no failure of the store
	err := s.change(ctx, what, func(tx *sql.Tx, revision int64) error {
		known, err := collect(ctx, tx, scanKnown, selectKnown+"WHERE listed > 0 AND id IN ("+s.names(1)+")", asNames(ids))
		if err != nil {
			return err
		}
		listed := make(map[string]peyk.Courier, len(known))
		for _, k := range known {
			listed[k.Courier.ID] = k.Courier
		}
		if no = may(listed); no != nil {
			return errNothing
		}
		return f(tx, revision)
	})
	if no != nil {
		return no
	}
	return err
}

// lastOfEach returns the profiles with one for each id, in the order of ids, or
// an error if one is not valid.
func lastOfEach(list []peyk.Profile) ([]peyk.Profile, error) {
	for _, p := range list {
		if err := p.Validate(); err != nil {
			return nil, fmt.Errorf("courier %q: %w", p.Courier.ID, err)
		}
		if !utf8.Valid(p.Metadata) {
			return nil, fmt.Errorf("courier %q: metadata is not valid UTF-8", p.Courier.ID)
		}
	}
	list = slices.Clone(list)
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b peyk.Profile) int { return strings.Compare(a.Courier.ID, b.Courier.ID) })
	return slices.CompactFunc(list, func(a, b peyk.Profile) bool { return a.Courier.ID == b.Courier.ID }), nil
}

func (s *Store) putCouriers(ctx context.Context, tx *sql.Tx, list []peyk.Profile, revision int64) error {
	rows, err := asRows(list, func(p peyk.Profile) ([]any, error) {
		c := p.Courier
		return []any{c.ID, c.Username, c.Name, c.Team, p.Active, p.Phone, p.Vehicle, string(p.Metadata),
			haystack(c.ID, c.Username, c.Name, p.Phone, p.Vehicle)}, nil
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO peyk_couriers
		(id, username, name, team, active, phone, vehicle, metadata, search, listed, revision)
		SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, CAST(value ->> 4 AS boolean), value ->> 5,
			value ->> 6, value ->> 7, value ->> 8, CAST($2 AS bigint), CAST($2 AS bigint)
		FROM `+s.rows(1)+` WHERE true ON CONFLICT (id) DO UPDATE SET
			username = excluded.username, name = excluded.name, team = excluded.team, active = excluded.active,
			phone = excluded.phone, vehicle = excluded.vehicle, metadata = excluded.metadata, search = excluded.search,
			listed = CASE WHEN peyk_couriers.listed > 0 THEN peyk_couriers.listed ELSE excluded.listed END,
			revision = excluded.revision`, rows, revision)
	if err != nil {
		return err
	}
	return s.settle(ctx, tx, list)
}

// settle makes the teams of couriers that were put, and forgets that they were
// once deleted.
func (s *Store) settle(ctx context.Context, tx *sql.Tx, list []peyk.Profile) error {
	var ids, teams []string
	for _, p := range list {
		ids = append(ids, p.Courier.ID)
		if p.Courier.Team != "" {
			teams = append(teams, p.Courier.Team)
		}
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO peyk_teams (id, name) SELECT DISTINCT value ->> 0, '' FROM "+s.rows(1)+" WHERE true ON CONFLICT DO NOTHING", asNames(teams))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM peyk_deleted WHERE id IN ("+s.names(1)+")", asNames(ids))
	return err
}

// DeleteCourier deletes a courier, listed or only heard, with its position. It
// returns peyk.ErrNotFound if there is none of that id. Where the condition does
// not hold its error is the condition's; nil: there is none.
func (s *Store) DeleteCourier(ctx context.Context, id string, may Condition) error {
	if !storable(id) {
		return peyk.ErrNotFound
	}
	return s.changeIf(ctx, "delete a courier", []string{id}, may, func(tx *sql.Tx, revision int64) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM peyk_couriers WHERE id = $1", id)
		if err := touched(result, err, peyk.ErrNotFound); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM peyk_positions WHERE id = $1", id); err != nil {
			return err
		}
		now := s.now()
		_, err = tx.ExecContext(ctx, `INSERT INTO peyk_deleted (id, revision, at) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, at = excluded.at`, id, revision, int64(peyk.MicrosOf(now)))
		if err != nil {
			return err
		}
		return prune(ctx, tx, "peyk_deleted WHERE at < $1", now)
	})
}

// mourning is how long it is known who was deleted: as long as a node may be
// without the database and still learn of it without reading everything.
const mourning = 7 * 24 * time.Hour

// prune forgets the rows of old, which says what was deleted before $1. Who last
// asked for changes before that reads everything: that is the floor.
func prune(ctx context.Context, tx *sql.Tx, old string, now time.Time) error {
	before := int64(peyk.MicrosOf(now.Add(-mourning)))
	floor := "(SELECT max(revision) FROM " + old + ")"
	if _, err := tx.ExecContext(ctx, "UPDATE peyk_revision SET floor = "+floor+" WHERE floor < "+floor, before); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM "+old, before)
	return err
}

// Profile returns what the shop says of a courier. It returns peyk.ErrNotFound
// if the shop said nothing of it.
func (s *Store) Profile(ctx context.Context, id string) (peyk.Profile, error) {
	var known []Known
	err := s.read(ctx, "read a courier", func(tx *sql.Tx) (err error) {
		if storable(id) {
			known, err = collect(ctx, tx, scanKnown, selectKnown+"WHERE id = $1 AND listed > 0", id)
		}
		if err == nil && len(known) == 0 {
			err = peyk.ErrNotFound
		}
		return err
	})
	if err != nil {
		return peyk.Profile{}, err
	}
	return known[0].Profile, nil
}

const selectKnown = "SELECT id, username, name, team, active, phone, vehicle, metadata, listed > 0 FROM peyk_couriers "

func scanKnown(rows *sql.Rows) (k Known, err error) {
	var metadata string
	err = rows.Scan(&k.Courier.ID, &k.Courier.Username, &k.Courier.Name, &k.Courier.Team, &k.Active, &k.Phone, &k.Vehicle, &metadata, &k.Listed)
	if metadata != "" {
		k.Metadata = json.RawMessage(metadata)
	}
	return k, err
}
