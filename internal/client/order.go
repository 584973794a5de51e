package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"peyk"
)

// PutOrder makes an order, or says all of it anew. One with a Version is changed
// only if it still has that, else the answer is a *StatusError of 412.
func (c *Client) PutOrder(ctx context.Context, o peyk.Order) error {
	body, err := json.Marshal(newOrder(o))
	if err != nil {
		return fmt.Errorf("encode order %s: %w", o.ID, err)
	}
	header := http.Header{}
	if o.Version > 0 {
		header.Set("If-Match", strconv.Quote(strconv.FormatInt(o.Version, 10)))
	}
	_, err = c.send(ctx, http.MethodPut, orderPath(o.ID), body, header)
	return err
}

// OpenOrders returns the orders that have not ended.
func (c *Client) OpenOrders(ctx context.Context) (open []peyk.Order, err error) {
	query := url.Values{"state": {"created,assigned,picked_up"}, "limit": {"20"}} // of 3 KiB, if they are long
	for {
		answer, err := c.send(ctx, http.MethodGet, "/api/v1/orders?"+query.Encode(), nil, nil)
		if err != nil {
			return nil, err
		}
		var page struct {
			Orders []shownOrder `json:"orders"`
			Next   string       `json:"next"`
		}
		if err := json.Unmarshal(answer, &page); err != nil {
			return nil, fmt.Errorf("read the orders: %w", err)
		}
		for _, shown := range page.Orders {
			o, err := shown.parsed()
			if err != nil {
				return nil, err
			}
			open = append(open, o)
		}
		if page.Next == "" {
			return open, nil
		}
		query.Set("after", page.Next)
	}
}

// Share makes a link by which a customer watches an order.
func (c *Client) Share(ctx context.Context, order string) (link string, err error) {
	answer, err := c.send(ctx, http.MethodPost, orderPath(order)+"/shares", []byte("{}"), nil)
	if err != nil {
		return "", err
	}
	var share struct {
		Link string `json:"link"`
	}
	if err := json.Unmarshal(answer, &share); err != nil {
		return "", fmt.Errorf("read the share: %w", err)
	}
	return c.url + share.Link, nil
}

func orderPath(id string) string { return "/api/v1/orders/" + url.PathEscape(id) }

// order is what is said of one.
type order struct {
	State        string          `json:"state"`
	Courier      string          `json:"courier"`
	Destination  *place          `json:"destination"`
	Pickup       *place          `json:"pickup"`
	Promised     *time.Time      `json:"promised"`
	Stop         int             `json:"stop"`
	Customer     string          `json:"customer"`
	Phone        string          `json:"phone"`
	ShopPhone    string          `json:"shop_phone"`
	CourierPhone string          `json:"courier_phone"`
	Code         string          `json:"code"`
	Reason       string          `json:"reason"`
	Metadata     json.RawMessage `json:"metadata,omitempty"`
}

// shownOrder is what is answered of one.
type shownOrder struct {
	ID      string               `json:"id"`
	Times   map[string]time.Time `json:"times"`
	Version int64                `json:"version"`
	order
}

type place struct {
	Latitude  *float64 `json:"latitude,omitempty"`
	Longitude *float64 `json:"longitude,omitempty"`
	Address   string   `json:"address"`
}

func newOrder(o peyk.Order) order {
	said := order{
		State: o.State.String(), Courier: o.Courier, Destination: newPlace(o.Destination), Pickup: newPlace(o.Pickup), Stop: o.Stop,
		Customer: o.Customer, Phone: o.Phone, ShopPhone: o.ShopPhone, CourierPhone: o.CourierPhone, Code: o.Code, Reason: o.Reason, Metadata: o.Metadata,
	}
	if !o.Promised.IsZero() {
		said.Promised = &o.Promised
	}
	return said
}

func (s shownOrder) parsed() (o peyk.Order, err error) {
	o = peyk.Order{
		ID: s.ID, Courier: s.Courier, Destination: s.Destination.place(), Pickup: s.Pickup.place(), Stop: s.Stop, Customer: s.Customer, Phone: s.Phone,
		ShopPhone: s.ShopPhone, CourierPhone: s.CourierPhone, Code: s.Code, Reason: s.Reason, Metadata: s.Metadata, Version: s.Version,
	}
	if s.Promised != nil {
		o.Promised = *s.Promised
	}
	if o.State, err = peyk.ParseOrderState(s.State); err != nil {
		return o, fmt.Errorf("read order %s: %w", s.ID, err)
	}
	for name, at := range s.Times {
		if state, err := peyk.ParseOrderState(name); err == nil { // a newer server may have more of them
			o.At[state] = at
		}
	}
	return o, nil
}

func newPlace(p peyk.Place) *place {
	switch {
	case p == peyk.Place{}:
		return nil
	case !p.Known:
		return &place{Address: p.Address}
	}
	return &place{&p.Lat, &p.Lon, p.Address}
}

func (p *place) place() (is peyk.Place) {
	if p == nil {
		return is
	}
	is.Address = p.Address
	if is.Known = p.Latitude != nil && p.Longitude != nil; is.Known {
		is.Lat, is.Lon = *p.Latitude, *p.Longitude
	}
	return is
}
