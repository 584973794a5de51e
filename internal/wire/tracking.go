package wire

import (
	"encoding/json"
	"fmt"
	"time"

	"peyk"
)

// AppendTracking appends what the customer of an order is told. What is not
// known is left out. It always fits into a frame.
func AppendTracking(dst []byte, t peyk.Tracking) []byte {
	dst = appendString(append(dst, `{"id":`...), t.Order)
	dst = appendString(append(dst, `,"state":`...), t.State.String())
	if t.Destination != (peyk.Place{}) {
		dst = appendPlace(append(dst, `,"destination":`...), t.Destination)
	}
	dst = appendTime(dst, `,"promised":`, t.Promised)
	dst = appendTime(dst, `,"ended":`, t.Ended)
	dst = appendText(dst, `,"code":`, t.Code)
	dst = appendText(dst, `,"shop_phone":`, t.ShopPhone)
	dst = appendText(dst, `,"phone":`, t.Phone)
	if t.Stops >= 0 {
		dst = appendNumber(dst, `,"stops":`, int64(t.Stops))
	}
	if t.Eta != (peyk.Window{}) {
		dst = appendNumber(dst, `,"eta":[`, int64(t.Eta.Least))
		dst = append(appendNumber(dst, ",", int64(t.Eta.Most)), ']')
	}
	if t.Courier != nil {
		dst = appendTracked(append(dst, `,"courier":`...), *t.Courier)
	}
	return append(dst, '}')
}

func appendTime(dst []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return dst
	}
	return appendNumber(dst, key, t.UnixMilli())
}

func appendText(dst []byte, key, text string) []byte {
	if text == "" {
		return dst
	}
	return appendString(append(dst, key...), text)
}

func appendPlace(dst []byte, p peyk.Place) []byte {
	dst = append(dst, '[')
	if p.Known {
		dst = append(appendPoint(dst, p.Lat, p.Lon), ',')
	} else {
		dst = append(dst, "null,null,"...)
	}
	return append(appendString(dst, p.Address), ']')
}

func appendTracked(dst []byte, c peyk.TrackedCourier) []byte {
	dst = append(dst, '{')
	if c.Name != "" {
		dst = append(appendString(append(dst, `"name":`...), c.Name), ',')
	}
	dst = append(appendPoint(append(dst, `"at":[`...), c.Lat, c.Lon), ']')
	if c.Exact {
		dst = append(dst, `,"exact":true`...)
	}
	return append(appendNumber(dst, `,"time":`, int64(c.Stamp)/1000), '}')
}

// tracking is what AppendTracking writes.
type tracking struct {
	ID          string            `json:"id"`
	State       string            `json:"state"`
	Destination []json.RawMessage `json:"destination"`
	Promised    int64             `json:"promised"`
	Ended       int64             `json:"ended"`
	Code        string            `json:"code"`
	ShopPhone   string            `json:"shop_phone"`
	Phone       string            `json:"phone"`
	Stops       *int              `json:"stops"`
	Eta         []int             `json:"eta"`
	Courier     *struct {
		Name  string    `json:"name"`
		At    []float64 `json:"at"`
		Exact bool      `json:"exact"`
		Time  int64     `json:"time"`
	} `json:"courier"`
}

// ParseTracking reads what AppendTracking writes. A state that it does not know
// is 0.
func ParseTracking(b []byte) (t peyk.Tracking, err error) {
	var raw tracking
	if err := json.Unmarshal(b, &raw); err != nil {
		return t, fmt.Errorf("read order: %w", err)
	}
	t = peyk.Tracking{
		Order: raw.ID, Promised: untilOf(raw.Promised), Ended: untilOf(raw.Ended),
		Code: raw.Code, ShopPhone: raw.ShopPhone, Phone: raw.Phone, Stops: -1,
	}
	t.State, _ = peyk.ParseOrderState(raw.State)
	if raw.Stops != nil {
		t.Stops = *raw.Stops
	}
	if len(raw.Eta) >= 2 {
		t.Eta = peyk.Window{Least: raw.Eta[0], Most: raw.Eta[1]}
	}
	if c := raw.Courier; c != nil {
		if len(c.At) < 2 {
			return t, fmt.Errorf("place of a courier has %d elements (want 2)", len(c.At))
		}
		t.Courier = &peyk.TrackedCourier{Name: c.Name, Lat: c.At[0], Lon: c.At[1], Exact: c.Exact, Stamp: peyk.Micros(c.Time) * 1000}
	}
	if raw.Destination != nil {
		t.Destination, err = parsePlace(raw.Destination)
	}
	return t, err
}

func parsePlace(raw []json.RawMessage) (p peyk.Place, err error) {
	var lat, lon *float64
	if err := elements(raw, "destination", &lat, &lon, &p.Address); err != nil {
		return p, err
	}
	if p.Known = lat != nil && lon != nil; p.Known {
		p.Lat, p.Lon = *lat, *lon
	}
	return p, nil
}
