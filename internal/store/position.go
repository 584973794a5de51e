package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"peyk"
)

// report is how a report is kept, next to its courier's id and its stamp.
type report struct {
	Username string        `json:"username,omitempty"`
	Name     string        `json:"name,omitempty"`
	Lat      float64       `json:"lat"`
	Lon      float64       `json:"lon"`
	Accuracy measure       `json:"accuracy,omitzero"`
	Altitude measure       `json:"altitude,omitzero"`
	Speed    measure       `json:"speed,omitzero"`
	Heading  measure       `json:"heading,omitzero"`
	Battery  measure       `json:"battery,omitzero"`
	Time     peyk.Micros   `json:"time,omitempty"`
	Interval time.Duration `json:"interval,omitempty"` // nanoseconds
}

type measure struct{ peyk.Measure }

func (m measure) MarshalJSON() ([]byte, error) { return m.Append(nil), nil }

func (m *measure) UnmarshalJSON(b []byte) error {
	var v float64
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	m.Measure = peyk.Measured(v)
	return nil
}

func encodeReport(r peyk.Report) ([]byte, error) {
	p := r.Position
	return json.Marshal(report{
		r.Courier.Username, r.Courier.Name, p.Lat, p.Lon,
		measure{p.Accuracy}, measure{p.Altitude}, measure{p.Speed}, measure{p.Heading}, measure{p.Battery},
		p.Time, p.Interval,
	})
}

func decodeReport(id string, stamp peyk.Micros, b []byte) (peyk.Report, error) {
	var r report
	if err := json.Unmarshal(b, &r); err != nil {
		return peyk.Report{}, fmt.Errorf("position of %q is damaged: %w", id, err)
	}
	return peyk.Report{
		Courier: peyk.Courier{ID: id, Username: r.Username, Name: r.Name},
		Position: peyk.Position{
			Lat: r.Lat, Lon: r.Lon,
			Accuracy: r.Accuracy.Measure, Altitude: r.Altitude.Measure, Speed: r.Speed.Measure,
			Heading: r.Heading.Measure, Battery: r.Battery.Measure,
			Time: r.Time, Stamp: stamp, Interval: r.Interval,
		},
	}, nil
}

// KeepPositions keeps the newest position of couriers: one that is not newer
// than what is kept, or than the courier's deletion, changes nothing. All of
// them are kept or, with an error, none. Who is not listed is known from then
// on as its phone names it. Teams and raw messages are not kept.
func (s *Store) KeepPositions(ctx context.Context, list []peyk.Report) error {
	list, err := newestOfEach(list)
	if err != nil || len(list) == 0 {
		return err
	}
	return s.write(ctx, "keep positions", func(tx *sql.Tx) error {
		for part := range slices.Chunk(list, chunk) {
			if err := s.keep(ctx, tx, part); err != nil {
				return err
			}
		}
		return nil
	})
}

// newestOfEach returns the reports with one for each courier, or an error if one
// is not valid.
func newestOfEach(list []peyk.Report) ([]peyk.Report, error) {
	for _, r := range list {
		if err := r.Courier.Validate(); err != nil {
			return nil, err
		}
		if err := r.Position.Validate(); err != nil {
			return nil, fmt.Errorf("courier %q: %w", r.Courier.ID, err)
		}
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b peyk.Report) int {
		return cmp.Or(strings.Compare(a.Courier.ID, b.Courier.ID), cmp.Compare(b.Position.Stamp, a.Position.Stamp))
	})
	return slices.CompactFunc(list, func(a, b peyk.Report) bool { return a.Courier.ID == b.Courier.ID }), nil
}

func (s *Store) keep(ctx context.Context, tx *sql.Tx, list []peyk.Report) error {
	rows, err := asRows(list, func(r peyk.Report) ([]any, error) {
		b, err := encodeReport(r)
		return []any{r.Courier.ID, r.Position.Stamp, json.RawMessage(b), r.Courier.Username, r.Courier.Name}, err
	})
	if err != nil {
		return err
	}
	unknown, err := collect(ctx, tx, scanID, `WITH n AS (SELECT value ->> 0 AS id, CAST(value ->> 1 AS bigint) AS stamp,
			value ->> 3 AS username, value ->> 4 AS name FROM `+s.rows(1)+`)
		SELECT n.id FROM n LEFT JOIN peyk_couriers c ON c.id = n.id
		WHERE (c.id IS NULL OR c.listed = 0 AND (c.username <> n.username OR c.name <> n.name))
			AND NOT EXISTS (SELECT 1 FROM peyk_positions p WHERE p.id = n.id AND p.stamp >= n.stamp)
			AND NOT EXISTS (SELECT 1 FROM peyk_deleted d WHERE d.id = n.id AND d.at >= n.stamp)`, rows)
	if err != nil {
		return err
	}
	if err := s.meet(ctx, tx, list, unknown); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `WITH n AS (SELECT value ->> 0 AS id, CAST(value ->> 1 AS bigint) AS stamp, value ->> 2 AS report FROM `+s.rows(1)+`)
		INSERT INTO peyk_positions (id, stamp, report) SELECT id, stamp, report FROM n
		WHERE NOT EXISTS (SELECT 1 FROM peyk_deleted d WHERE d.id = n.id AND d.at >= n.stamp)
		ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, report = excluded.report WHERE excluded.stamp > peyk_positions.stamp`, rows)
	return err
}

// meet notes who is heard and not listed. There are few of them, so the others
// need not be folded.
func (s *Store) meet(ctx context.Context, tx *sql.Tx, list []peyk.Report, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	isNew := make(map[string]bool, len(ids))
	for _, id := range ids {
		isNew[id] = true
	}
	list = slices.DeleteFunc(slices.Clone(list), func(r peyk.Report) bool { return !isNew[r.Courier.ID] })
	rows, err := asRows(list, func(r peyk.Report) ([]any, error) {
		c := r.Courier
		return []any{c.ID, c.Username, c.Name, haystack(c.ID, c.Username, c.Name)}, nil
	})
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO peyk_couriers (id, username, name, search)
		SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM `+s.rows(1)+` WHERE true
		ON CONFLICT (id) DO UPDATE SET username = excluded.username, name = excluded.name, search = excluded.search
			WHERE peyk_couriers.listed = 0`, rows)
	return err
}

func scanID(rows *sql.Rows) (id string, err error) {
	err = rows.Scan(&id)
	return id, err
}

// Positions calls each with the newest position of every courier, named as its
// phone does, in the order of their ids' bytes, until each returns an error,
// which Positions returns. What is kept meanwhile may or may not be among them.
// No transaction is open while each runs; it may call the store.
func (s *Store) Positions(ctx context.Context, each func(peyk.Report) error) error {
	for after := ""; ; {
		page, err := s.positions(ctx, after)
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := each(r); err != nil {
				return err
			}
			after = r.Courier.ID
		}
		if len(page) < chunk {
			return nil
		}
	}
}

func (s *Store) positions(ctx context.Context, after string) (page []peyk.Report, err error) {
	err = s.read(ctx, "read positions", func(tx *sql.Tx) error {
		page, err = collect(ctx, tx, scanReport, "SELECT id, stamp, report FROM peyk_positions WHERE id > $1 ORDER BY id LIMIT $2", after, chunk)
		return err
	})
	return page, err
}

func scanReport(rows *sql.Rows) (peyk.Report, error) {
	var id string
	var stamp peyk.Micros
	var b []byte
	if err := rows.Scan(&id, &stamp, &b); err != nil {
		return peyk.Report{}, err
	}
	return decodeReport(id, stamp, b)
}

// ForgetPositions deletes positions that were taken before the given moment, and
// the couriers of whom nothing else is known.
func (s *Store) ForgetPositions(ctx context.Context, before peyk.Micros) error {
	return s.write(ctx, "forget positions", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM peyk_positions WHERE stamp < $1", int64(before)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM peyk_couriers WHERE listed = 0
			AND NOT EXISTS (SELECT 1 FROM peyk_positions p WHERE p.id = peyk_couriers.id)`)
		return err
	})
}
