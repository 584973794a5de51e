package client

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"peyk"
)

// PutTeam makes a team, or gives it another name.
func (c *Client) PutTeam(ctx context.Context, t peyk.Team) error {
	body, err := json.Marshal(map[string]string{"name": t.Name})
	if err != nil {
		return fmt.Errorf("encode team %s: %w", t.ID, err)
	}
	_, err = c.send(ctx, http.MethodPut, "/api/v1/teams/"+url.PathEscape(t.ID), body, nil)
	return err
}

// PutCouriers says what couriers are, 10,000 at most: all of them or, if anything
// is wrong with one, none.
func (c *Client) PutCouriers(ctx context.Context, couriers []peyk.Profile) error {
	said := make([]profile, len(couriers))
	for i, p := range couriers {
		said[i] = profile{p.Courier.ID, p.Courier.Username, p.Courier.Name, p.Courier.Team, p.Phone, p.Vehicle, p.Active, p.Metadata}
	}
	body, err := json.Marshal(map[string][]profile{"couriers": said})
	if err != nil {
		return fmt.Errorf("encode %d couriers: %w", len(couriers), err)
	}
	_, err = c.send(ctx, http.MethodPut, "/api/v1/couriers", body, nil)
	return err
}

// profile is what is said of one courier.
type profile struct {
	ID       string          `json:"id"`
	Username string          `json:"username"`
	Name     string          `json:"name"`
	Team     string          `json:"team"`
	Phone    string          `json:"phone"`
	Vehicle  string          `json:"vehicle"`
	Active   bool            `json:"active"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
}
