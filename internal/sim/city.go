// Package sim knows couriers who drive around in an invented city: what the
// demo shows, and what makes couriers for a load test. The same seed makes
// the same city, byte for byte, and the same couriers, whatever the steps in
// which their time advances. That holds on one kind of processor: another one
// may round otherwise, so take map and couriers from one process.
//
// It has no clock, no network and no disk: who asks a courier for its position
// says how much time went by, and sets the position's time. It knows of no
// traffic, no one-way streets and no other courier.
//
// The city is made by the packages below: plane is geometry, road makes roads
// of lines, city draws, persian writes names. No other room needs them.
package sim

import (
	"peyk/internal/sim/city"
	"peyk/internal/sim/road"
)

// Demo is the seed of the city that the map's builtin style shows.
const Demo = 1404

// City is an invented city of about 8 by 6 km. It does not change once it is
// made and is safe for concurrent use.
type City struct {
	seed  uint64
	city  *city.City
	roads *road.Graph
}

// NewCity makes the city of a seed.
func NewCity(seed uint64) *City {
	c := city.New(seed)
	return &City{seed, c, c.Roads}
}

// GeoJSON returns the city's map, as city.City does.
func (c *City) GeoJSON() []byte { return c.city.GeoJSON() }
