package api

import (
	"net/http"

	"peyk"
)

// tracking is what a customer sees of its order.
type tracking struct {
	ID          string          `json:"id"`
	State       string          `json:"state"`
	Destination *place          `json:"destination"`
	Promised    moment          `json:"promised"`
	Ended       moment          `json:"ended"`
	Code        string          `json:"code"`
	ShopPhone   string          `json:"shop_phone"`
	Phone       string          `json:"courier_phone"` // to call the courier; empty: not now
	Stops       *int            `json:"stops"`         // that come before; null: not to be known
	Eta         *window         `json:"eta"`           // null: not known
	Courier     *trackedCourier `json:"courier"`       // null: it is not to be seen now
}

// window is in minutes from now.
type window struct {
	Least int `json:"least"`
	Most  int `json:"most"`
}

type trackedCourier struct {
	Name      string  `json:"name"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Exact     bool    `json:"exact"`
	Time      moment  `json:"time"`
}

// showTrack returns what a customer may see of its orders now. What ended long
// ago is not among them, and what is not one's own cannot be asked for.
func (s *Server) showTrack(w http.ResponseWriter, _ *http.Request, who peyk.Identity) error {
	now := s.o.Now()
	orders := []tracking{}
	for _, in := range who.Scopes {
		if in.Kind != peyk.ScopeOrder || !who.May(peyk.Watch, peyk.Subject{Order: in.Name}, now) {
			continue
		}
		if t := s.o.World.Tracking(in.Name); t.State != 0 {
			orders = append(orders, trackingOf(t))
		}
	}
	writeJSON(w, http.StatusOK, map[string][]tracking{"orders": orders})
	return nil
}

func trackingOf(t peyk.Tracking) tracking {
	shown := tracking{
		ID: t.Order, State: t.State.String(), Destination: placeOf(t.Destination), Promised: moment(t.Promised), Ended: moment(t.Ended),
		Code: t.Code, ShopPhone: t.ShopPhone, Phone: t.Phone,
	}
	if t.Stops >= 0 {
		shown.Stops = &t.Stops
	}
	if t.Eta != (peyk.Window{}) {
		shown.Eta = &window{t.Eta.Least, t.Eta.Most}
	}
	if c := t.Courier; c != nil {
		shown.Courier = &trackedCourier{c.Name, c.Lat, c.Lon, c.Exact, moment(c.Stamp.Time())}
	}
	return shown
}
