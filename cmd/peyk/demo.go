package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"peyk"
	"peyk/internal/client"
	"peyk/internal/sim"

	"golang.org/x/sync/errgroup"
)

// demoCmd is peyk demo: a server that needs nothing and leaves nothing behind,
// and a shop with orders and couriers, which speak to it over HTTP like any others.
type demoCmd struct {
	Listen   string `default:"127.0.0.1:8082" placeholder:"${default}" help:"Address of the map, on loopback; port 0: any."`
	Couriers int    `default:"200" help:"How many couriers drive."`
}

// Run shows the demo until ctx ends.
func (d *demoCmd) Run(ctx context.Context, out io.Writer) error {
	config, err := d.config()
	if err != nil {
		return err
	}
	city := sim.NewCity(sim.Demo)
	node := &server{config: config, log: warnings(), out: io.Discard, city: city.GeoJSON()}
	group, ctx := errgroup.WithContext(ctx)
	listening := make(chan string, 1) // one URL, of the server
	group.Go(func() error { return node.run(ctx, func(url string) { listening <- url }) })
	group.Go(func() error {
		select {
		case <-ctx.Done():
			return nil
		case url := <-listening:
			fmt.Fprintf(out, "%d couriers drive around the demo city. Open %s/ in a browser; Ctrl-C ends it.\n", d.Couriers, url)
			return d.trade(ctx, &fleet{client: client.New(url, ""), city: city, couriers: d.Couriers}, out)
		}
	})
	return addressTaken(group.Wait(), "demo")
}

// trade has couriers bring orders until ctx ends.
func (d *demoCmd) trade(ctx context.Context, f *fleet, out io.Writer) error {
	phones := f.phones()
	if err := f.hire(ctx, phones); err != nil && ctx.Err() == nil {
		return err
	}
	f.errands = &errands{fleet: f, customers: newCustomers(f.city, phones)}
	link, err := f.errands.open(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return fmt.Errorf("make the first orders: %w", err)
	}
	fmt.Fprintf(out, "A customer who waits for an order sees %s\n", link)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return f.drive(ctx, phones) })
	group.Go(func() error { return f.errands.run(ctx) })
	return group.Wait()
}

// warnings is the log of a server that is watched on a terminal: it is silent
// as long as all is well.
func warnings() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// config is that of a server to which its couriers report once a second, and
// which keeps nothing on disk.
func (d *demoCmd) config() (Config, error) {
	c, err := defaults()
	if err != nil {
		return Config{}, err
	}
	c.Listen = d.Listen
	c.OpsListen = ""
	c.DataDir = ""
	c.MapStyle = "builtin"
	c.UpdateInterval = peyk.Rate{Count: 60, Per: time.Minute}
	c.Insecure = true
	c.ShopName = "کافه گلستان"
	c.ShopColor = "#0f766e"
	c.OrderCourierName = true
	if err := firstWrong(couriersRule(d.Couriers)); err != nil {
		return Config{}, err
	}
	return c, c.check()
}
