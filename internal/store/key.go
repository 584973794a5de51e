package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"peyk"
)

// Key is what is kept of an API key: its hash, and never the key itself. Times
// are kept to the microsecond, in UTC; the zero time means never.
type Key struct {
	ID      string   // public and short
	Hash    [32]byte // SHA-256 of the whole key
	Prefix  string   // its readable beginning
	Name    string   // what it is for, in the words of who made it
	Claims  peyk.Claims
	Made    time.Time
	Until   time.Time // the first moment at which it no longer holds
	Used    time.Time // last, about
	Revoked time.Time
}

// claims is how claims are kept.
type claims struct {
	Role     peyk.Role `json:"role"`
	All      bool      `json:"all,omitempty"`
	Teams    []string  `json:"teams,omitempty"`
	Couriers []string  `json:"couriers,omitempty"`
	Orders   []string  `json:"orders,omitempty"`
	Self     string    `json:"self,omitempty"`
}

var errKeyText = errors.New("a key holds text that is not valid")

// encode returns the claims of a key as they are kept.
func (k Key) encode() (string, error) {
	texts := slices.Concat([]string{k.ID, k.Prefix, k.Name, string(k.Claims.Role), k.Claims.Self}, k.Claims.Teams, k.Claims.Couriers, k.Claims.Orders)
	for _, text := range texts {
		if !storable(text) {
			return "", errKeyText
		}
	}
	b, err := json.Marshal(claims(k.Claims))
	return string(b), err
}

// MakeKey keeps a new key. It returns peyk.ErrConflict if there is one of that
// id or hash.
func (s *Store) MakeKey(ctx context.Context, k Key) error {
	return s.change(ctx, "make a key", func(tx *sql.Tx, revision int64) error { return k.insert(ctx, tx, revision) })
}

// MakeFirstKey is MakeKey for a store that has no key yet, not even a revoked
// one: of several nodes that make a first key at once one makes it, and the
// others get peyk.ErrConflict.
func (s *Store) MakeFirstKey(ctx context.Context, k Key) error {
	return s.change(ctx, "make the first key", func(tx *sql.Tx, revision int64) error {
		var others bool
		if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM peyk_keys)").Scan(&others); err != nil {
			return err
		}
		if others {
			return peyk.ErrConflict
		}
		return k.insert(ctx, tx, revision)
	})
}

func (k Key) insert(ctx context.Context, tx *sql.Tx, revision int64) error {
	claims, err := k.encode()
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO peyk_keys
		(id, hash, prefix, name, claims, made, until, used, revoked, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
		k.ID, hex.EncodeToString(k.Hash[:]), k.Prefix, k.Name, claims, int64(peyk.MicrosOf(k.Made)),
		int64(peyk.MicrosOf(k.Until)), int64(peyk.MicrosOf(k.Used)), int64(peyk.MicrosOf(k.Revoked)), revision)
	return touched(result, err, peyk.ErrConflict)
}

// ReplaceKey replaces name, claims and until of the key that has k's id. It
// returns peyk.ErrNotFound if there is none, or it is revoked.
func (s *Store) ReplaceKey(ctx context.Context, k Key) error {
	return s.change(ctx, "replace a key", func(tx *sql.Tx, revision int64) error {
		if !storable(k.ID) {
			return peyk.ErrNotFound
		}
		claims, err := k.encode()
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, `UPDATE peyk_keys SET name = $2, claims = $3, until = $4, revision = $5
			WHERE id = $1 AND revoked = 0`, k.ID, k.Name, claims, int64(peyk.MicrosOf(k.Until)), revision)
		return touched(result, err, peyk.ErrNotFound)
	})
}

// RevokeKey ends a key for ever. It returns peyk.ErrNotFound if there is none of
// that id; one that is revoked already stays as it is.
func (s *Store) RevokeKey(ctx context.Context, id string) error {
	return s.change(ctx, "revoke a key", func(tx *sql.Tx, revision int64) error {
		if !storable(id) {
			return peyk.ErrNotFound
		}
		result, err := tx.ExecContext(ctx, `UPDATE peyk_keys SET revision = $2,
			revoked = CASE WHEN revoked = 0 THEN $3 ELSE revoked END WHERE id = $1`, id, revision, int64(peyk.MicrosOf(s.now())))
		return touched(result, err, peyk.ErrNotFound)
	})
}

const selectKeys = "SELECT id, hash, prefix, name, claims, made, until, used, revoked FROM peyk_keys"

// Keys returns all keys, revoked ones too, in the order in which they were made.
func (s *Store) Keys(ctx context.Context) (keys []Key, err error) {
	err = s.read(ctx, "read keys", func(tx *sql.Tx) error {
		keys, err = collect(ctx, tx, scanKey, selectKeys+" ORDER BY made, id")
		return err
	})
	return keys, err
}

func scanKey(rows *sql.Rows) (k Key, err error) {
	var hash, encoded string
	var made, until, used, revoked peyk.Micros
	if err := rows.Scan(&k.ID, &hash, &k.Prefix, &k.Name, &encoded, &made, &until, &used, &revoked); err != nil {
		return Key{}, err
	}
	k.Made, k.Until, k.Used, k.Revoked = made.Time(), until.Time(), used.Time(), revoked.Time()
	if n, err := hex.Decode(k.Hash[:], []byte(hash)); err != nil || n != len(k.Hash) {
		return Key{}, fmt.Errorf("key %q has a damaged hash", k.ID)
	}
	var c claims
	if err := json.Unmarshal([]byte(encoded), &c); err != nil {
		return Key{}, fmt.Errorf("key %q has damaged claims: %w", k.ID, err)
	}
	k.Claims = peyk.Claims(c)
	return k, nil
}

// KeysUsed notes when keys, by id, were last used. Older times and unknown ids
// change nothing. It takes no revision.
func (s *Store) KeysUsed(ctx context.Context, used map[string]time.Time) error {
	ids := slices.Collect(maps.Keys(used))
	ids = slices.DeleteFunc(ids, func(id string) bool { return !storable(id) })
	if len(ids) == 0 {
		return nil
	}
	return s.write(ctx, "note the use of keys", func(tx *sql.Tx) error {
		rows, err := asRows(ids, func(id string) ([]any, error) { return []any{id, peyk.MicrosOf(used[id])}, nil })
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `WITH n AS (SELECT value ->> 0 AS id, CAST(value ->> 1 AS bigint) AS used FROM `+s.rows(1)+`)
			UPDATE peyk_keys SET used = n.used FROM n WHERE peyk_keys.id = n.id AND peyk_keys.used < n.used`, rows)
		return err
	})
}
