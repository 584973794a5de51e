package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"time"

	"peyk"
)

// onceFor is how long it is known that something took place.
const onceFor = 24 * time.Hour

// once is what is known of a request that took place.
type once struct {
	request [32]byte
	answer  string
}

func (o once) same(asked *Once) error {
	if o.request != asked.Request {
		return peyk.ErrConflict
	}
	return nil
}

// answered returns which of the edits took place before, by Once.ID.
func (s *Store) answered(ctx context.Context, tx *sql.Tx, edits []*pendingEdit) (map[[32]byte]once, error) {
	var ids []string
	for _, p := range edits {
		if p.Once != nil {
			ids = append(ids, hex.EncodeToString(p.Once.ID[:]))
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	found := make(map[[32]byte]once)
	rows, err := tx.QueryContext(ctx, "SELECT id, request, answer FROM peyk_once WHERE at >= $2 AND id IN ("+s.names(1)+")",
		asNames(ids), s.onceSince())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, request string
		var o once
		if err := rows.Scan(&id, &request, &o.answer); err != nil {
			return nil, err
		}
		var key [32]byte
		_, _ = hex.Decode(key[:], []byte(id)) // what is damaged is of nobody
		_, _ = hex.Decode(o.request[:], []byte(request))
		found[key] = o
	}
	return found, rows.Err()
}

func (s *Store) onceSince() int64 { return int64(peyk.MicrosOf(s.now().Add(-onceFor))) }

// writeOnce notes which edits took place, and forgets those of the day before.
func (s *Store) writeOnce(ctx context.Context, tx *sql.Tx, edits []*pendingEdit) (count int, err error) {
	noted := make(map[[32]byte]bool)
	for _, p := range edits {
		if p.Once == nil || p.err != nil || p.edited.Orders == nil || noted[p.Once.ID] {
			continue
		}
		if noted[p.Once.ID] = true; len(noted) == 1 {
			if _, err := tx.ExecContext(ctx, "DELETE FROM peyk_once WHERE at < $1", s.onceSince()); err != nil {
				return 0, err
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO peyk_once (id, request, answer, at) VALUES ($1, $2, $3, $4)",
			hex.EncodeToString(p.Once.ID[:]), hex.EncodeToString(p.Once.Request[:]), p.edited.Answer, int64(peyk.MicrosOf(s.now())))
		if err != nil {
			return 0, err
		}
	}
	return len(noted), nil
}
