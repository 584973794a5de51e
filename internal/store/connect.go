package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

const wanted = "want sqlite:PATH, postgres://user:password@host/database or none"

// Check returns why a text cannot be the URL of a store, or nil. It opens
// nothing. Like all errors of this room it quotes of the URL nothing but the
// scheme: where a password is not escaped as it should be, any other piece may
// be a piece of it.
func Check(text string) error {
	_, err := find(text)
	return err
}

// find returns what opens the connections to a database. But for a SQLite file
// that it has to make, that touches nothing yet.
func find(text string) (connect func() (database, error), err error) {
	if text == "none" {
		return connectMemory, nil
	}
	scheme, path, found := strings.Cut(text, ":")
	if !found {
		return nil, fmt.Errorf("store has no scheme (%s)", wanted)
	}
	switch scheme {
	case "sqlite":
		if path == "" {
			return nil, fmt.Errorf("sqlite store has no path (%s)", wanted)
		}
		return func() (database, error) { return connectFile(path) }, nil
	case "postgres", "postgresql":
		config, err := parsePostgres(text)
		if err != nil {
			return nil, err
		}
		return func() (database, error) { return connectPostgres(config), nil }, nil
	}
	return nil, fmt.Errorf("unknown store scheme %q (%s)", scheme, wanted)
}

// connectMemory keeps to one connection, since with it ends what is in memory.
func connectMemory() (database, error) {
	db, err := openSQLite(":memory:", 1)
	return database{sqliteDialect, db, db, ""}, err
}

// connectFile has one connection that writes, so that writers of this process
// wait in line. Those of others wait for each other up to the busy timeout.
func connectFile(path string) (database, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return database{}, err
	}
	if err := makeFile(path); err != nil {
		return database{}, fmt.Errorf("make the store: %w", err)
	}
	name := fmt.Sprintf("file://%s?_busy_timeout=%d", (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), busyTimeout.Milliseconds())
	const readers = 4
	writer, err := openSQLite(name+"&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate", 1)
	if err != nil {
		return database{}, err
	}
	reader, err := openSQLite(name+"&_query_only=1", readers)
	if err != nil {
		return database{}, errors.Join(err, writer.Close())
	}
	return database{sqliteDialect, reader, writer, ""}, nil
}

// makeFile makes an empty file, which SQLite takes for an empty database, since
// SQLite itself would let others read it. One that is there is left as it is.
func makeFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func openSQLite(name string, connections int) (*sql.DB, error) {
	connector, err := sqlite.NewConnector(name)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(patient{connector})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// patient is a connector that waits for other processes where SQLite does not:
// while somebody else turns an empty file into a database, turning it to WAL
// fails at once, whatever the busy timeout (sqlite3BtreeSetVersion, which asks
// for a writer's lock with a reader's in its hand).
type patient struct{ driver.Connector }

const busyTimeout = 5 * time.Second

// Connect connects, and gives up when ctx ends or after busyTimeout.
func (p patient) Connect(ctx context.Context) (driver.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		conn, err := p.Connector.Connect(ctx)
		busy, ok := errors.AsType[*sqlite.Error](err)
		if !ok || busy.Code()&0xff != sqlite3.SQLITE_BUSY { // the other bits say why it is busy
			return conn, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(10 * time.Millisecond):
		}
	}
}
