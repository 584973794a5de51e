package main

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"peyk"
	"peyk/internal/client"
)

// TestCouriersBringOrders to their customers, those that somebody gave them as well;
// and new ones come. The server is a real one; the couriers' time alone goes faster.
func TestCouriersBringOrders(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	config, err := (&demoCmd{Listen: "127.0.0.1:0", Couriers: 12}).config()
	if err != nil {
		t.Fatal(err)
	}
	node := &server{config: config, log: slog.New(slog.DiscardHandler), out: io.Discard}
	listening, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- node.run(ctx, func(url string) { listening <- url }) }()
	defer func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}()
	f := &fleet{client: client.New(<-listening, ""), city: city(), couriers: 12}
	phones := f.phones()
	f.errands = &errands{fleet: f, customers: newCustomers(f.city, phones)}
	if _, err := f.errands.open(ctx); err != nil {
		t.Fatal(err)
	}
	open, err := f.errands.look(ctx)
	if err != nil || len(open) != 5+unassigned {
		t.Fatalf("%d orders, %v, want five that couriers have and %d that nobody has", len(open), err, unassigned)
	}
	free := phones[slices.IndexFunc(phones, func(p *phone) bool { _, has := f.errands.next(p.who.ID); return !has })]
	last := open[len(open)-1]
	last.State, last.Courier = peyk.OrderAssigned, free.who.ID
	if err := f.client.PutOrder(ctx, last); err != nil {
		t.Fatal(err)
	}
	const hours = 3
	at := time.Now()
	for end := at.Add(hours * time.Hour); len(open) > unassigned-1 && at.Before(end); at = at.Add(10 * time.Second) {
		if open, err = f.errands.look(ctx); err != nil {
			t.Fatal(err)
		}
		for _, p := range phones {
			p.measure(at)
			f.errands.bring(ctx, p)
		}
	}
	if slices.ContainsFunc(open, func(o peyk.Order) bool { return o.Courier != "" }) || len(open) != unassigned-1 {
		t.Errorf("after %d hours there are %v, want those alone that nobody was given", hours, open)
	}
	for i := range 2 * carried {
		open = append(open, f.errands.customers.more(open, at.Add(time.Duration(i)*breathing))...)
	}
	if len(open) < unassigned+1 || len(open) > unassigned+4 {
		t.Errorf("then there are %d, want some for couriers and %d that nobody has", len(open), unassigned)
	}
}
