package peyk

import "fmt"

// Bounds of what one viewer may watch.
const (
	MaxParts        = 1000 // parts, all in all
	MaxViewCouriers = 500  // couriers of a list
)

// Limits are what a view of a box may choose from: above how many couriers a
// tile is told as counts and centroids. The first is the default.
var Limits = [...]int{1000, 5000, 20000}

// View is what a viewer wants to see of what its grant lets it see: exactly
// one of the three. The zero View is nothing.
type View struct {
	All      bool
	Box      *Box
	Couriers []string // ids, at most MaxViewCouriers
}

// Box is a rectangle of the map. West may be above East: then it crosses the
// antimeridian.
type Box struct {
	South, West, North, East float64 // degrees, WGS 84
	Zoom                     float64 // of the map, 0 to 24, for tiles of 512 pixels
	Limit                    int     // one of Limits
}

// Validate says what is wrong with the view.
func (v View) Validate() error {
	switch {
	case v.All && v.Box == nil && v.Couriers == nil:
		return nil
	case !v.All && v.Box != nil && v.Couriers == nil:
		return v.Box.validate()
	case !v.All && v.Box == nil && len(v.Couriers) > 0:
		return validCouriers(v.Couriers)
	}
	return fmt.Errorf(`want one of "all":true, "box":[south,west,north,east] and "couriers":["id",…]`)
}

func (b *Box) validate() error {
	latitudes := b.South >= -90 && b.South <= b.North && b.North <= 90
	longitudes := b.West >= -180 && b.West <= 180 && b.East >= -180 && b.East <= 180
	if !latitudes || !longitudes {
		return fmt.Errorf("box: want south,west,north,east in degrees, south not above north: %v,%v,%v,%v", b.South, b.West, b.North, b.East)
	}
	if !(b.Zoom >= 0 && b.Zoom <= 24) {
		return fmt.Errorf("zoom: want 0 to 24: %v", b.Zoom)
	}
	for _, limit := range Limits {
		if b.Limit == limit {
			return nil
		}
	}
	return fmt.Errorf("limit: want one of %v: %d", Limits, b.Limit)
}

func validCouriers(ids []string) error {
	if len(ids) > MaxViewCouriers {
		return fmt.Errorf("couriers: want at most %d: %d", MaxViewCouriers, len(ids))
	}
	for _, id := range ids {
		if err := (Courier{ID: id}).Validate(); err != nil {
			return err
		}
	}
	return nil
}

// Interest is what a viewer asks for: a view, and what it has of it already.
type Interest struct {
	View  View
	Epoch Epoch            // of the versions in Have; 0: it has nothing
	Have  map[Part]Version // shared, never changed
}
