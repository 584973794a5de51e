package api

import (
	"encoding/json"
	"fmt"

	"peyk"
	"peyk/internal/ingest"
)

// order is how the API shows one.
type order struct {
	ID           string            `json:"id"`
	State        string            `json:"state"`
	Courier      string            `json:"courier"`     // its id; empty: nobody yet
	Destination  *place            `json:"destination"` // null: not said
	Pickup       *place            `json:"pickup"`      // likewise
	Promised     moment            `json:"promised"`
	Stop         int               `json:"stop"` // its place in the courier's round, from 1; 0: not said
	Customer     string            `json:"customer"`
	Phone        string            `json:"phone"`
	ShopPhone    string            `json:"shop_phone"`
	CourierPhone string            `json:"courier_phone"`
	Code         string            `json:"code"`       // empty for who may not manage the order
	NeedsCode    bool              `json:"needs_code"` // there is one
	Reason       string            `json:"reason"`
	Metadata     json.RawMessage   `json:"metadata"` // an object
	Times        map[string]moment `json:"times"`    // when it came to each state that it came to
	Version      int64             `json:"version"`
}

type place struct {
	Latitude  *float64 `json:"latitude,omitempty"` // absent, as the other, where only the address is known
	Longitude *float64 `json:"longitude,omitempty"`
	Address   string   `json:"address"`
}

// shownOrder returns what somebody who may see an order is shown of it.
func (s *Server) shownOrder(who peyk.Identity, o peyk.Order) order {
	shown := order{
		ID: o.ID, State: o.State.String(), Courier: o.Courier, Destination: placeOf(o.Destination), Pickup: placeOf(o.Pickup),
		Promised: moment(o.Promised), Stop: o.Stop, Customer: o.Customer, Phone: o.Phone, ShopPhone: o.ShopPhone,
		CourierPhone: o.CourierPhone, NeedsCode: o.Code != "", Reason: o.Reason, Metadata: o.Metadata,
		Times: make(map[string]moment), Version: o.Version,
	}
	if shown.Metadata == nil {
		shown.Metadata = json.RawMessage("{}")
	}
	if s.mayOrder(who, peyk.Manage, o) {
		shown.Code = o.Code
	}
	for state := peyk.OrderCreated; state <= peyk.OrderFailed; state++ {
		if at := o.At[state]; !at.IsZero() {
			shown.Times[state.String()] = moment(at)
		}
	}
	return shown
}

func (s *Server) shownOrders(who peyk.Identity, list []peyk.Order) []order {
	shown := make([]order, len(list)) // [] and not null
	for i, o := range list {
		shown[i] = s.shownOrder(who, o)
	}
	return shown
}

func placeOf(p peyk.Place) *place {
	if p == (peyk.Place{}) {
		return nil
	}
	shown := &place{Address: p.Address}
	if p.Known {
		shown.Latitude, shown.Longitude = &p.Lat, &p.Lon
	}
	return shown
}

// order reads what the shop says of the order with this id. Its State is 0 where
// nothing is said of it.
func (o *object) order(id string) peyk.Order {
	says := peyk.Order{
		ID: id, Courier: o.text("courier"), Destination: o.place("destination"), Pickup: o.place("pickup"), Customer: o.text("customer"),
		Phone: o.text("phone"), ShopPhone: o.text("shop_phone"), CourierPhone: o.text("courier_phone"), Code: o.text("code"),
		Reason: o.text("reason"), Metadata: o.dictionary("metadata"), State: o.state(), Promised: o.moment("promised"),
	}
	o.read("stop", &says.Stop, anInteger)
	o.checkOrder(says)
	return says
}

// checkOrder says of each field what is wrong with it.
func (o *object) checkOrder(says peyk.Order) {
	if says.State = peyk.OrderCreated; says.Validate() == nil {
		return
	}
	const some = "0" // an id that is valid
	for _, alone := range [...]struct {
		field string
		is    peyk.Order
	}{
		{"id", peyk.Order{ID: says.ID}},
		{"courier", peyk.Order{ID: some, Courier: says.Courier}},
		{"destination", peyk.Order{ID: some, Destination: says.Destination}},
		{"pickup", peyk.Order{ID: some, Pickup: says.Pickup}},
		{"stop", peyk.Order{ID: some, Stop: says.Stop}},
		{"customer", peyk.Order{ID: some, Customer: says.Customer}},
		{"phone", peyk.Order{ID: some, Phone: says.Phone}},
		{"shop_phone", peyk.Order{ID: some, ShopPhone: says.ShopPhone}},
		{"courier_phone", peyk.Order{ID: some, CourierPhone: says.CourierPhone}},
		{"code", peyk.Order{ID: some, Code: says.Code}},
		{"reason", peyk.Order{ID: some, Reason: says.Reason}},
		{"metadata", peyk.Order{ID: some, Metadata: says.Metadata}},
	} {
		alone.is.State = peyk.OrderCreated
		o.check(alone.field, alone.is.Validate())
	}
}

// state reads a state; 0 where none is said.
func (o *object) state() (state peyk.OrderState) {
	if _, said := o.members["state"]; !said {
		return 0
	}
	text := o.text("state")
	state, err := peyk.ParseOrderState(text)
	if err != nil {
		o.complain("state", fmt.Sprintf("%q is not a valid choice.", text))
	}
	return state
}

// place reads a place, which is null, or has an address, degrees, or both.
func (o *object) place(name string) (p peyk.Place) {
	raw := o.members[name]
	if delete(o.members, name); raw == nil || string(raw) == "null" {
		return p
	}
	in, err := objectOf(raw)
	if err != nil {
		o.complain(name, notADict)
		return p
	}
	p.Address = in.text("address")
	_, lat := in.members["latitude"]
	_, lon := in.members["longitude"]
	if p.Known = lat || lon; lat != lon {
		in.complain("latitude and longitude", "Both are required, or none.")
	}
	in.read("latitude", &p.Lat, aNumber)
	in.read("longitude", &p.Lon, aNumber)
	if wrong, _ := in.end().(ingest.FieldErrors); wrong != nil {
		o.complain(name, wrong[0].Field+": "+wrong[0].Sentences[0])
	}
	return p
}

const (
	aNumber   = "A valid number is required."
	anInteger = "A valid integer is required."
)
