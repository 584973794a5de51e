package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
)

const wanted = "want sqlite:PATH, postgres://user:password@host/database or none"

// connect prepares the connections to a database. But for a SQLite file that it
// has to make, it touches nothing yet. Its errors quote of the URL nothing but
// the scheme and the path of a file: where a password is not escaped as it
// should be, any other piece may be a piece of it.
func connect(text string) (database, error) {
	if text == "none" {
		return connectMemory()
	}
	scheme, path, found := strings.Cut(text, ":")
	if !found {
		return database{}, fmt.Errorf("store has no scheme (%s)", wanted)
	}
	switch scheme {
	case "sqlite":
		return connectFile(path)
	case "postgres", "postgresql":
		return connectPostgres(text)
	}
	return database{}, fmt.Errorf("unknown store scheme %q (%s)", scheme, wanted)
}

// connectMemory keeps to one connection, since with it ends what is in memory.
func connectMemory() (database, error) {
	db, err := openSQLite(":memory:", 1)
	return database{sqliteDialect, db, db, ""}, err
}

// connectFile has one connection that writes, so that writers of this process
// wait in line. Those of others wait for each other up to the busy timeout.
func connectFile(path string) (database, error) {
	if path == "" {
		return database{}, fmt.Errorf("sqlite store has no path (%s)", wanted)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return database{}, err
	}
	if err := makeFile(path); err != nil {
		return database{}, fmt.Errorf("make the store: %w", err)
	}
	name := "file://" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() + "?_busy_timeout=5000"
	const readers = 4
	writer, err := openSQLite(name+"&_journal_mode=WAL&_synchronous=FULL&_txlock=immediate", 1)
	if err != nil {
		return database{}, err
	}
	reader, err := openSQLite(name+"&_query_only=1", readers)
	return database{sqliteDialect, reader, writer, ""}, err
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
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}
