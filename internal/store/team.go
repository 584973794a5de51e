package store

import (
	"context"
	"database/sql"

	"peyk"
)

// TeamSize is a team and how many couriers are in it.
type TeamSize struct {
	peyk.Team
	Couriers int
}

// PutTeam makes a team, or gives it another name. It reports whether it is new.
func (s *Store) PutTeam(ctx context.Context, t peyk.Team) (made bool, err error) {
	if err := t.Validate(); err != nil {
		return false, err
	}
	err = s.change(ctx, "put a team", func(tx *sql.Tx, _ int64) error {
		err := tx.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM peyk_teams WHERE id = $1)", t.ID).Scan(&made)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO peyk_teams (id, name) VALUES ($1, $2)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name`, t.ID, t.Name)
		return err
	})
	return made && err == nil, err
}

// DeleteTeam deletes a team. It returns peyk.ErrNotFound if there is none of
// that id, and peyk.ErrConflict while couriers are in it.
func (s *Store) DeleteTeam(ctx context.Context, id string) error {
	return s.change(ctx, "delete a team", func(tx *sql.Tx, _ int64) error {
		if !storable(id) {
			return peyk.ErrNotFound
		}
		var inUse bool
		err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM peyk_couriers WHERE team = peyk_teams.id)
			FROM peyk_teams WHERE id = $1`, id).Scan(&inUse)
		if err != nil {
			return found(err)
		}
		if inUse {
			return peyk.ErrConflict
		}
		_, err = tx.ExecContext(ctx, "DELETE FROM peyk_teams WHERE id = $1", id)
		return err
	})
}

// Teams returns all teams in the order of their ids' bytes.
func (s *Store) Teams(ctx context.Context) (teams []TeamSize, err error) {
	err = s.read(ctx, "read teams", func(tx *sql.Tx) error {
		teams, err = collect(ctx, tx, scanTeam, `SELECT id, name,
			(SELECT count(*) FROM peyk_couriers WHERE team = peyk_teams.id) FROM peyk_teams ORDER BY id`)
		return err
	})
	return teams, err
}

func scanTeam(rows *sql.Rows) (t TeamSize, err error) {
	err = rows.Scan(&t.ID, &t.Name, &t.Couriers)
	return t, err
}
