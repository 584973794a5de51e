package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"peyk"
)

// Edit is a change of one order, or of several of which all are changed or none.
type Edit struct {
	IDs []string // of the orders, each once

	// Make is given what is there, in the order of IDs; of what is not there
	// the State is 0. It returns what is to be: what it leaves with State 0 is
	// deleted, or stays away. Versions are the store's. It must only compute,
	// may be called from another goroutine, and with an error nothing changes.
	Make func(was []peyk.Order) ([]peyk.Order, error)

	// Answer, if there is a Once, says in words what became of the edit.
	Answer func(are []peyk.Order) string
	Once   *Once
}

// Once makes an edit take place one time, however often it is asked for: within
// a day of the first time Edited has that one's answer.
type Once struct {
	ID      [32]byte // who asks, and how it names what it asks for
	Request [32]byte // all of what is asked: the same name for something else is peyk.ErrConflict
}

// Edited is what an edit has made.
type Edited struct {
	Orders   []peyk.Order // as they are now, in the order of IDs; nil if it took place before
	Revision int64        // of the change; 0: nothing changed
	Answer   string       // of the Once
}

// editor has many edits share a transaction, since what a transaction costs is
// mostly waiting for the disk: whoever has the turn writes for all who wait.
type editor struct {
	turn    chan struct{} // capacity 1: it holds one while somebody writes
	mu      sync.Mutex    // guards waiting
	waiting []*pendingEdit
}

// pendingEdit is an edit that waits for a transaction.
type pendingEdit struct {
	Edit
	done    chan struct{} // closed when the rest is set
	changes bool
	edited  Edited
	err     error
}

const (
	editsAtOnce  = 500              // that share a transaction
	editPatience = 10 * time.Second // for one transaction; a database that takes longer is out of order
)

var (
	errUnfinished = errors.New("the transaction did not come to its end")
	errNothing    = errors.New("nothing changed") // so nothing is written
)

// EditOrders makes an edit. Of several at once that touch the same order each
// sees what the one before has made. Its error is that of Make, peyk.ErrConflict
// as Once says, or the database's. A context that ends while the edit waits ends
// it; once its transaction has begun, the call ends with that.
func (s *Store) EditOrders(ctx context.Context, e Edit) (Edited, error) {
	if err := ctx.Err(); err != nil {
		return Edited{}, s.wrap(ctx, "edit orders", err)
	}
	if slices.ContainsFunc(e.IDs, func(id string) bool { return !storable(id) }) {
		return Edited{}, peyk.ErrNotFound
	}
	p := &pendingEdit{Edit: e, done: make(chan struct{}), err: errUnfinished}
	s.editor.add(p)
	select {
	case <-p.done:
	case s.editor.turn <- struct{}{}:
		s.writeUntil(ctx, p)
	case <-ctx.Done():
		if s.editor.remove(p) {
			return Edited{}, s.wrap(ctx, "edit orders", ctx.Err())
		}
		<-p.done
	}
	return p.edited, p.err
}

// writeUntil writes for whoever waits, until p is done, and gives up the turn.
func (s *Store) writeUntil(ctx context.Context, p *pendingEdit) {
	defer func() { <-s.editor.turn }()
	for {
		select {
		case <-p.done:
			return
		default:
			s.writeEdits(context.WithoutCancel(ctx), s.editor.take())
		}
	}
}

func (e *editor) add(p *pendingEdit) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.waiting = append(e.waiting, p)
}

func (e *editor) remove(p *pendingEdit) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	i := slices.Index(e.waiting, p)
	if i < 0 {
		return false
	}
	e.waiting = slices.Delete(e.waiting, i, i+1)
	return true
}

func (e *editor) take() []*pendingEdit {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := min(len(e.waiting), editsAtOnce)
	taken := slices.Clone(e.waiting[:n])
	e.waiting = slices.Delete(e.waiting, 0, n)
	return taken
}

// writeEdits makes edits in one transaction. Those that cannot take place leave
// the others alone.
func (s *Store) writeEdits(ctx context.Context, edits []*pendingEdit) {
	ctx, cancel := context.WithTimeout(ctx, editPatience)
	defer cancel()
	defer func() { // also where Make panics
		for _, p := range edits {
			close(p.done)
		}
	}()
	err := s.change(ctx, "edit orders", func(tx *sql.Tx, revision int64) error {
		b, err := s.stage(ctx, tx, edits)
		if err != nil {
			return err
		}
		for part := range slices.Chunk(b.list(), chunk) {
			if err := s.writeOrders(ctx, tx, part, revision, s.now()); err != nil {
				return err
			}
		}
		for _, p := range edits {
			if p.changes {
				p.edited.Revision = revision
			}
		}
		noted, err := s.writeOnce(ctx, tx, edits)
		if err == nil && noted == 0 && len(b.changed) == 0 {
			return errNothing
		}
		return err
	})
	if errors.Is(err, errNothing) {
		return
	}
	for _, p := range edits {
		if err != nil && (p.err == nil || p.err == errUnfinished) {
			p.edited, p.err = Edited{}, err
		}
	}
}

// A batch is the orders that a transaction is about.
type batch struct {
	there   map[string]*stagedOrder // as they will be
	changed map[string]bool
}

// stagedOrder is an order and how it is written.
type stagedOrder struct {
	peyk.Order
	text string
}

func (b *batch) list() (list []*stagedOrder) {
	for id := range b.changed {
		list = append(list, b.there[id])
	}
	return list
}

// stage reads what is there and has every edit say what is to be.
func (s *Store) stage(ctx context.Context, tx *sql.Tx, edits []*pendingEdit) (*batch, error) {
	var ids []string
	for _, p := range edits {
		ids = append(ids, p.IDs...)
	}
	kept, err := collect(ctx, tx, scanKept, selectOrders+"WHERE id IN ("+s.names(1)+")", asNames(ids))
	if err != nil {
		return nil, err
	}
	b := &batch{there: make(map[string]*stagedOrder, len(ids)), changed: make(map[string]bool)}
	for _, k := range kept {
		o, err := k.order()
		if err != nil {
			return nil, err
		}
		b.there[o.ID] = &stagedOrder{o, k.body}
	}
	answered, err := s.answered(ctx, tx, edits)
	if err != nil {
		return nil, err
	}
	for _, p := range edits {
		p.err = b.make(p, answered)
	}
	return b, nil
}

// make has one edit take place in the batch.
func (b *batch) make(p *pendingEdit, answered map[[32]byte]once) error {
	if p.Once != nil {
		if before, found := answered[p.Once.ID]; found {
			p.edited.Answer = before.answer
			return before.same(p.Once)
		}
	}
	was := make([]peyk.Order, len(p.IDs))
	for i, id := range p.IDs {
		if was[i].ID = id; b.there[id] != nil {
			was[i] = b.there[id].Order
		}
	}
	are, err := p.Make(slices.Clone(was))
	if err != nil {
		return err
	}
	if len(are) != len(was) {
		return fmt.Errorf("edit orders: %d became %d", len(was), len(are))
	}
	staged, err := b.stage(was, are)
	if err != nil {
		return err
	}
	for _, o := range staged {
		b.there[o.ID], b.changed[o.ID] = o, true
	}
	p.changes, p.edited.Orders = len(staged) > 0, are
	if p.Once != nil {
		p.edited.Answer = p.Answer(are)
		answered[p.Once.ID] = once{p.Once.Request, p.edited.Answer}
	}
	return nil
}

// stage gives the orders that changed their next version, and returns them.
func (b *batch) stage(was, are []peyk.Order) (staged []*stagedOrder, err error) {
	for i := range are {
		is := &are[i]
		is.ID, is.Version = was[i].ID, was[i].Version
		if is.State == 0 {
			*is = peyk.Order{ID: is.ID, Version: is.Version}
		}
		text, err := encodeOrder(*is)
		if err != nil {
			return nil, err
		}
		there := b.there[is.ID]
		if there != nil && there.text == text || there == nil && text == "" {
			continue
		}
		is.Version++
		staged = append(staged, &stagedOrder{*is, text})
	}
	return staged, nil
}
