package directory

import (
	"context"
	"slices"

	"peyk/internal/store"
)

// atOnce is how many couriers are changed or written before others may have
// their turn.
const atOnce = 1000

// Refresh reads what changed in the store since the last time. When it has
// returned nil, look-ups know of every change that was made before, and the
// world's next tick applies them. It is cheap where nothing changed.
func (d *Directory) Refresh(ctx context.Context) error {
	if err := d.reading.take(ctx); err != nil {
		return err
	}
	defer d.reading.give()
	err := d.refresh(ctx)
	d.reads.note(err)
	return err
}

// RefreshTo is Refresh for who knows the revision of its change. Of many who come
// at once one reads for all.
func (d *Directory) RefreshTo(ctx context.Context, revision int64) error {
	if d.revision.Load() >= revision {
		return nil
	}
	if err := d.reading.take(ctx); err != nil {
		return err
	}
	defer d.reading.give()
	if d.revision.Load() >= revision {
		return nil
	}
	err := d.read(ctx)
	d.reads.note(err)
	return err
}

func (d *Directory) refresh(ctx context.Context) error {
	revision, err := d.o.Store.Revision(ctx)
	if err != nil || revision == d.revision.Load() {
		return err
	}
	return d.read(ctx)
}

func (d *Directory) read(ctx context.Context) error {
	changes, err := d.o.Store.Changes(ctx, d.revision.Load())
	if err != nil {
		return err
	}
	if d.o.Orders != nil && (changes.Whole || len(changes.Orders)+len(changes.Shares) > 0) {
		d.o.Orders(changes.Orders, changes.Shares, changes.Whole)
	}
	if d.o.Keys != nil && (changes.Whole || len(changes.Keys) > 0) {
		d.o.Keys(changes.Keys, changes.Whole)
	}
	if changes.Whole {
		changes.Couriers = append(changes.Couriers, d.gone(changes.Couriers)...)
	}
	for chunk := range slices.Chunk(changes.Couriers, atOnce) {
		d.learn(chunk)
		d.tell(chunk)
	}
	d.revision.Store(changes.Revision)
	return nil
}

// gone returns everybody who is known and not among those who are there.
func (d *Directory) gone(there []store.CourierChange) (deleted []store.CourierChange) {
	ids := make(map[string]bool, len(there))
	for _, c := range there {
		ids[c.Courier.ID] = true
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	for id := range d.couriers {
		if !ids[id] {
			c := store.CourierChange{Deleted: true}
			c.Courier.ID = id
			deleted = append(deleted, c)
		}
	}
	return deleted
}

func (d *Directory) learn(changes []store.CourierChange) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range changes {
		if c.Deleted {
			delete(d.couriers, c.Courier.ID)
			continue
		}
		d.couriers[c.Courier.ID] = courier{c.Courier.Username, c.Courier.Name, c.Courier.Team, c.Active}
	}
}

// tell tells the world. It looks up meanwhile, so it is told what was learned.
func (d *Directory) tell(changes []store.CourierChange) {
	for _, c := range changes {
		if c.Deleted {
			d.world.Remove(c.Courier.ID)
			continue
		}
		d.world.Set(c.Courier.ID, d.Listed(c.Courier.ID))
	}
}
