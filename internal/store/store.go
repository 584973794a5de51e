package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"time"
)

// Store is an open database. Its methods may be called by several goroutines at
// once. When the context of a call ends, so does the call, with its error.
type Store struct {
	database
	now    func() time.Time
	log    *slog.Logger
	editor editor
}

// Options is what a store needs from outside.
type Options struct {
	Now func() time.Time // nil: time.Now
	Log *slog.Logger     // nil: nothing is logged
}

// database is a database that can be asked.
type database struct {
	dialect
	reader, writer *sql.DB // one and the same, except for a SQLite file
	password       string  // that no error may hold; empty: there is none
}

// Open opens the database at url and brings its tables up to date. It wants
// "sqlite:PATH", a "postgres://" or "postgresql://" URL, or "none", which keeps
// everything in memory until Close. A SQLite file that it makes can be read by
// its owner alone, and so can the directories. It returns an error for a
// database that a newer program has written. No error holds a password.
func Open(ctx context.Context, url string, o Options) (*Store, error) {
	connect, err := find(url)
	if err != nil {
		return nil, err
	}
	db, err := connect()
	if err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Store{database: db, now: o.Now, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), editor: editor{turn: make(chan struct{}, 1)}}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close waits for what is running and closes the database.
func (s *Store) Close() error {
	return errors.Join(s.reader.Close(), s.writer.Close()) // closing twice does nothing
}

// Health returns an error if the database does not answer.
func (s *Store) Health(ctx context.Context) error {
	_, err := s.Revision(ctx)
	return err
}
