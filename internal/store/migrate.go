package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strings"
)

// migrations are the steps from nothing to the tables as they are now. Their
// names sort as their numbers do; what was released is never changed.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate takes the steps that the database lacks, all of them or none.
func (s *Store) migrate(ctx context.Context) error {
	steps, err := migrations.ReadDir("migrations")
	if err != nil {
		return err
	}
	from := 0
	err = s.alone(ctx, "bring the store up to date", s.migrating, func(tx *sql.Tx) error {
		if from, err = version(ctx, tx); err != nil {
			return err
		}
		if from > len(steps) {
			return fmt.Errorf("a newer peyk has written it: its tables are version %d, and this program knows them up to %d", from, len(steps))
		}
		for _, step := range steps[from:] {
			if err := s.step(ctx, tx, step.Name()); err != nil {
				return fmt.Errorf("%s: %w", step.Name(), err)
			}
		}
		_, err = tx.ExecContext(ctx, "UPDATE peyk_schema SET version = $1", len(steps))
		return err
	})
	if err == nil && from < len(steps) {
		s.log.Info("store migrated", "from", from, "to", len(steps))
	}
	return err
}

// version returns how many steps the database has taken.
func version(ctx context.Context, tx *sql.Tx) (version int, err error) {
	if _, err := tx.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS peyk_schema (version integer NOT NULL)"); err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, "SELECT version FROM peyk_schema").Scan(&version)
	if errors.Is(err, sql.ErrNoRows) {
		_, err = tx.ExecContext(ctx, "INSERT INTO peyk_schema VALUES (0)")
	}
	return version, err
}

func (s *Store) step(ctx context.Context, tx *sql.Tx, name string) error {
	text, err := migrations.ReadFile("migrations/" + name)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, strings.ReplaceAll(string(text), "{text}", s.text))
	return err
}
