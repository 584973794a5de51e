package directory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
	"peyk/internal/live"
	"peyk/internal/store"
)

// Options are what a directory needs. The zero value of a field that says no
// default must not be used.
type Options struct {
	Store *store.Store // no default

	// Keys is told which API keys changed, revoked ones among them; all there
	// are, if whole: then there are no others any more. Open calls it before it
	// returns. It is called by one goroutine at a time; nil: nobody asks.
	Keys func(keys []store.Key, whole bool)

	// Orders is told which orders and shares changed, as Keys is of keys; nil:
	// nobody asks.
	Orders func(orders []peyk.Order, shares []store.Share, whole bool)

	// Used returns when keys were used, by their ids: those that were since it
	// was called last; nil: nobody counts.
	Used func() map[string]time.Time

	Forget   time.Duration    // positions older than this are deleted, as the world forgets them; no default
	Farewell time.Duration    // how long the end of Run may take, while it keeps what changed last
	Log      *slog.Logger     // no default
	Now      func() time.Time // nil: time.Now
}

// Directory is safe for concurrent use. Open comes first, and Run once at a time.
type Directory struct {
	o     Options
	world *live.World // set by Open

	mu       sync.RWMutex // guards couriers. The world looks up under its mutex: it is never called under this one
	couriers map[string]courier

	reading  turn         // for the next
	revision atomic.Int64 // of the store, as the couriers have it; below 0: nothing was read yet. Changed by who has the turn

	keeping turn   // for the next
	met     uint32 // the number in the world up to which everybody is in the store

	kept      peyk.Version         // the world's, up to which positions are in the store; Run's alone
	used      map[string]time.Time // that the store did not take yet; Run's alone
	forgotten time.Time            // when positions were deleted last; Run's alone

	reads, writes *outage
	keptCount     atomic.Uint64
}

// courier is what the shop says of one.
type courier struct {
	username, name, team string
	active               bool
}

// New returns a directory that knows nobody yet.
func New(o Options) *Directory {
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &Directory{
		o: o, couriers: map[string]courier{}, reading: newTurn(), keeping: newTurn(), used: map[string]time.Time{},
		reads:  &outage{what: "the store cannot be read", log: o.Log, now: o.Now},
		writes: &outage{what: "the store cannot be written", log: o.Log, now: o.Now},
	}
	d.revision.Store(-1)
	return d
}

// Open reads everything, tells the world, and restores the last positions as
// far as they can be read. It comes before anything is shown to anybody. The
// world's Options.Listed must be this directory's.
func (d *Directory) Open(ctx context.Context, world *live.World) error {
	d.world = world
	if err := d.Refresh(ctx); err != nil {
		return fmt.Errorf("read the directory: %w", err)
	}
	err := d.o.Store.Positions(ctx, world.Restore)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if !errors.Is(err, peyk.ErrFull) { // the world has counted it
		d.reads.note(err)
	}
	for more := true; more; {
		_, more = d.meet()
	}
	return nil
}

// Lookup returns what the shop says of a courier, and whether it says anything.
// Of who is not listed only the id is known, and it is active.
func (d *Directory) Lookup(id string) (c peyk.Courier, active, listed bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	known, listed := d.couriers[id]
	return peyk.Courier{ID: id, Username: known.username, Name: known.name, Team: known.team}, known.active || !listed, listed
}

// Listed is Lookup in the world's words.
func (d *Directory) Listed(id string) live.Listed {
	c, active, _ := d.Lookup(id)
	return live.Listed{Name: c.Name, Team: c.Team, OffDuty: !active}
}

// Health returns nil while the store answers, else what does not work, why, and
// since when.
func (d *Directory) Health() error { return errors.Join(d.reads.err(), d.writes.err()) }

// Stats is what was counted since New.
type Stats struct {
	Couriers    int    // that are listed now
	Kept        uint64 // positions that were given to the store, which may have had them already
	ReadErrors  uint64 // times that the store did not say what changed
	WriteErrors uint64 // times that it did not take what it was given; that is given to it again
}

// Stats returns what was counted since New.
func (d *Directory) Stats() Stats {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return Stats{len(d.couriers), d.keptCount.Load(), d.reads.failed.Load(), d.writes.failed.Load()}
}

// turn is a mutex whose wait may end. Capacity 1: it holds one while it is taken.
type turn chan struct{}

func newTurn() turn { return make(turn, 1) }

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	default:
	}
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turn) give() { <-t }
