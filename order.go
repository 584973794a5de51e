package peyk

import (
	"encoding/json"
	"fmt"
	"time"
)

// OrderState is how far an order has come.
type OrderState uint8

// The states, in the order in which an order may go through them. It may skip
// some, but never goes back; the last three are ends.
const (
	OrderCreated OrderState = iota + 1
	OrderAssigned
	OrderPickedUp
	OrderDelivered
	OrderCancelled
	OrderFailed
)

var orderStates = [...]string{
	OrderCreated: "created", OrderAssigned: "assigned", OrderPickedUp: "picked_up",
	OrderDelivered: "delivered", OrderCancelled: "cancelled", OrderFailed: "failed",
}

// String returns the state as the API names it.
func (s OrderState) String() string {
	if s == 0 || int(s) >= len(orderStates) {
		return "unknown"
	}
	return orderStates[s]
}

// ParseOrderState is the other way round.
func ParseOrderState(text string) (OrderState, error) {
	for s, name := range orderStates {
		if name == text && s > 0 {
			return OrderState(s), nil
		}
	}
	return 0, fmt.Errorf("want one of %v: %q", orderStates[1:], text)
}

// Ended reports whether nothing comes after the state.
func (s OrderState) Ended() bool { return s >= OrderDelivered }

// May reports whether an order in this state may go to the next one. To stay is
// allowed, also at an end.
func (s OrderState) May(next OrderState) bool {
	return s == next || !s.Ended() && next > s && next <= OrderFailed
}

// Place is a point that an order goes to or comes from. The zero Place is none.
type Place struct {
	Lat, Lon float64 // degrees, WGS 84
	Known    bool    // the degrees are
	Address  string  // at most MaxAddress bytes; may stand alone
}

// Bounds of an order's texts, in bytes.
const (
	MaxAddress = 1 << 10
	MaxReason  = 1 << 10
	MaxCode    = 32
)

// MaxStop is the last place that an order can have in a round.
const MaxStop = 10_000

// Order is one delivery.
type Order struct {
	ID           string // the shop's, 1 to MaxID bytes
	State        OrderState
	Courier      string // its id; empty: nobody yet
	Destination  Place
	Pickup       Place
	Promised     time.Time // by when; zero: nothing was
	Stop         int       // its place in the courier's round, from 1; 0: not said
	Customer     string    // a name; may be empty
	Phone        string    // the customer's
	ShopPhone    string
	CourierPhone string                     // by which the customer calls the courier, as long as it sees it; may be masked; empty: not
	Code         string                     // what the customer tells the courier; empty: none is asked for
	Reason       string                     // why it failed
	Metadata     json.RawMessage            // an object, at most MaxMetadata bytes; nil: none
	At           [OrderFailed + 1]time.Time // when it came to each state; zero: it did not
	Version      int64                      // of this order: every change is the next
}

// Validate returns an error that says what is wrong and what was wanted.
func (o Order) Validate() error {
	if o.ID == "" {
		return fmt.Errorf("order id is empty (want 1 to %d bytes)", MaxID)
	}
	for _, t := range [...]struct {
		what, text string
		limit      int
	}{
		{"order id", o.ID, MaxID}, {"courier id", o.Courier, MaxID}, {"customer", o.Customer, MaxName}, {"phone", o.Phone, MaxName},
		{"shop phone", o.ShopPhone, MaxName}, {"courier phone", o.CourierPhone, MaxName}, {"code", o.Code, MaxCode}, {"reason", o.Reason, MaxReason},
		{"destination address", o.Destination.Address, MaxAddress}, {"pick-up address", o.Pickup.Address, MaxAddress},
	} {
		if err := checkText(t.what, t.text, t.limit); err != nil {
			return err
		}
	}
	if o.State < OrderCreated || o.State > OrderFailed {
		return fmt.Errorf("state: want one of %v", orderStates[1:])
	}
	for _, p := range [...]struct {
		what string
		Place
	}{{"destination", o.Destination}, {"pick-up", o.Pickup}} {
		if p.Known && !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
			return fmt.Errorf("%s: want degrees, -90 to 90 and -180 to 180: %v, %v", p.what, p.Lat, p.Lon)
		}
	}
	if o.Stop < 0 || o.Stop > MaxStop {
		return fmt.Errorf("stop: want 0 to %d: %d", MaxStop, o.Stop)
	}
	return validMetadata("order", o.Metadata)
}
