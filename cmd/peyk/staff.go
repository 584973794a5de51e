package main

import (
	"context"
	"fmt"

	"peyk"
)

// teams are those of the demo's shop.
func teams() []peyk.Team {
	return []peyk.Team{{ID: "morning", Name: "شیفت صبح"}, {ID: "evening", Name: "شیفت عصر"}, {ID: "part-time", Name: "پاره\u200cوقت"}}
}

// hire has the shop list the couriers of a fleet, as shops do: in teams, with
// telephones. Beyond what one request takes they are heard and not listed.
func (f *fleet) hire(ctx context.Context, phones []*phone) error {
	const most = 10_000
	teams := teams()
	for _, t := range teams {
		if err := f.client.PutTeam(ctx, t); err != nil {
			return fmt.Errorf("make team %s: %w", t.ID, err)
		}
	}
	staff := make([]peyk.Profile, min(most, len(phones)))
	for i, p := range phones[:len(staff)] {
		staff[i] = peyk.Profile{Courier: p.who, Phone: telephone(i), Vehicle: "موتورسیکلت", Active: true}
		staff[i].Courier.Team = teams[i%len(teams)].ID
	}
	if err := f.client.PutCouriers(ctx, staff); err != nil {
		return fmt.Errorf("list the couriers: %w", err)
	}
	return nil
}

// telephone is that of a courier. No telephone in Iran has a number like these.
func telephone(courier int) string { return fmt.Sprintf("0900 001 %04d", courier+1) }
