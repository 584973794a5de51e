package directory

import (
	"context"
	"maps"

	"peyk"
)

// Keep writes couriers that were heard for the first time into the store, so
// that a list has them. It is cheap where there are none.
func (d *Directory) Keep(ctx context.Context) error {
	if err := d.keeping.take(ctx); err != nil {
		return err
	}
	defer d.keeping.give()
	for more := true; more; {
		met := d.met
		var reports []peyk.Report
		reports, more = d.meet()
		if err := d.write(ctx, reports); err != nil {
			d.met = met
			return err
		}
	}
	return nil
}

// meet returns the next couriers that the world has and the shop did not list.
func (d *Directory) meet() (reports []peyk.Report, more bool) {
	entries, more := d.world.Couriers(d.met, atOnce)
	for _, e := range entries {
		d.met = e.Number
		if _, _, listed := d.Lookup(e.Courier.ID); !listed {
			reports = append(reports, peyk.Report{Courier: e.Courier, Position: e.Position})
		}
	}
	return reports, more
}

// keepChanged writes every position that changed since the last time. What the
// store does not take changes nothing, so that it is written the next time.
func (d *Directory) keepChanged(ctx context.Context) error {
	began := d.world.Version()
	batch := make([]peyk.Report, 0, atOnce)
	for r := range d.world.Changed(d.kept) {
		if batch = append(batch, r); len(batch) < atOnce {
			continue
		}
		if err := d.write(ctx, batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	if err := d.write(ctx, batch); err != nil {
		return err
	}
	d.kept = began
	return nil
}

func (d *Directory) write(ctx context.Context, reports []peyk.Report) error {
	if len(reports) == 0 {
		return nil
	}
	err := d.o.Store.KeepPositions(ctx, reports)
	d.writes.note(err)
	if err == nil {
		d.keptCount.Add(uint64(len(reports)))
	}
	return err
}

// keepUsed writes when keys were used last.
func (d *Directory) keepUsed(ctx context.Context) error {
	if d.o.Used == nil {
		return nil
	}
	if maps.Copy(d.used, d.o.Used()); len(d.used) == 0 {
		return nil
	}
	err := d.o.Store.KeysUsed(ctx, d.used)
	d.writes.note(err)
	if err == nil {
		clear(d.used)
	}
	return err
}

// forget deletes the positions of who was not heard for long.
func (d *Directory) forget(ctx context.Context) error {
	now := d.o.Now()
	if now.Sub(d.forgotten) < forgetEvery {
		return nil
	}
	err := d.o.Store.ForgetPositions(ctx, peyk.MicrosOf(now.Add(-d.o.Forget)))
	d.writes.note(err)
	if err == nil {
		d.forgotten = now
	}
	return err
}
