package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"peyk"
)

// read runs f in a transaction that sees one moment of the database.
func (s *Store) read(ctx context.Context, what string, f func(*sql.Tx) error) error {
	snapshot := &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	return s.wrap(ctx, what, run(ctx, s.reader, snapshot, f))
}

// write runs f in a transaction of which everything or nothing takes place. One
// runs at a time, on all nodes together.
func (s *Store) write(ctx context.Context, what string, f func(*sql.Tx) error) error {
	return s.alone(ctx, what, s.writing, f)
}

// alone is write by another lock, which may be empty.
func (s *Store) alone(ctx context.Context, what, lock string, f func(*sql.Tx) error) error {
	return s.wrap(ctx, what, run(ctx, s.writer, nil, func(tx *sql.Tx) error {
		if lock != "" {
			if _, err := tx.ExecContext(ctx, lock); err != nil {
				return err
			}
		}
		return f(tx)
	}))
}

// change is write for what has a revision, and gives it the next one.
func (s *Store) change(ctx context.Context, what string, f func(tx *sql.Tx, revision int64) error) error {
	return s.write(ctx, what, func(tx *sql.Tx) error {
		var revision int64
		err := tx.QueryRowContext(ctx, "UPDATE peyk_revision SET n = n + 1 RETURNING n").Scan(&revision)
		if err != nil {
			return err
		}
		return f(tx, revision)
	})
}

func run(ctx context.Context, db *sql.DB, o *sql.TxOptions, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() // once committed it does nothing
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// ErrFailed is what errors.Is finds in an error that is the database's own: it
// cannot be reached, or did not do what it was asked to.
var ErrFailed = errors.New("the store failed")

// failure is an ErrFailed that says no more than what the database did.
type failure struct{ error }

func (failure) Is(target error) bool { return target == ErrFailed }

func (f failure) Unwrap() error { return f.error }

// wrap says what was attempted, names the end of the context as the reason where
// it is one, and keeps the password out.
func (s *Store) wrap(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil {
		return fmt.Errorf("%s: %w", what, ended)
	}
	if s.password != "" && strings.Contains(err.Error(), s.password) {
		err = errors.New(strings.ReplaceAll(err.Error(), s.password, "xxxxx"))
	}
	if !errors.Is(err, peyk.ErrNotFound) && !errors.Is(err, peyk.ErrConflict) {
		err = failure{err}
	}
	return fmt.Errorf("%s: %w", what, err)
}
