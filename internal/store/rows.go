package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"peyk"
)

// chunk is how many rows go into one statement. A few thousand are as fast as
// any number, and 1,000 of the largest profiles are still less than 10 MB.
const chunk = 1000

// asRows makes rows a parameter for dialect.rows: many rows in one statement are
// one round trip, and of one text whatever their number. The texts in them
// have to be valid, as storable says.
func asRows[T any](list []T, row func(T) ([]any, error)) (string, error) {
	table := make([][]any, len(list))
	for i, item := range list {
		var err error
		if table[i], err = row(item); err != nil {
			return "", err
		}
	}
	b, err := json.Marshal(table)
	return string(b), err
}

// asNames makes names a parameter for dialect.names.
func asNames(names []string) string {
	table := make([][1]string, len(names))
	for i, name := range names {
		table[i][0] = name
	}
	b, err := json.Marshal(table)
	if err != nil {
		panic(err) // strings can always be encoded
	}
	return string(b)
}

// storable reports whether both databases take a text and give the same back.
func storable(text string) bool {
	return utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}

// collect returns what scan makes of each row that a query yields.
func collect[T any](ctx context.Context, tx *sql.Tx, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, rows.Err()
}

// found returns err, or peyk.ErrNotFound where a single row was wanted and
// there is none.
func found(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return peyk.ErrNotFound
	}
	return err
}

// touched returns otherwise where a statement has changed nothing.
func touched(result sql.Result, err error, otherwise error) error {
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return otherwise
}
