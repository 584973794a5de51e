package main

import (
	"peyk/internal/bus"
	"peyk/internal/live"
	"peyk/internal/socket"
)

// gauges are what the rooms count, by the names of Prometheus.
func (s *server) gauges() map[string]func() float64 {
	gauges := map[string]func() float64{
		"peyk_bus_up": func() float64 {
			if s.bus.Health() != nil {
				return 0
			}
			return 1
		},
	}
	gauges["peyk_orders"] = func() float64 { orders, _ := s.orders.Len(); return float64(orders) }
	for name, count := range worldGauges {
		gauges[name] = func() float64 { return count(s.world.Counts()) }
	}
	for name, count := range viewerGauges {
		gauges[name] = func() float64 { return float64(count(s.hub.Stats())) }
	}
	for name, count := range busGauges {
		gauges[name] = func() float64 { return float64(count(s.bus.Stats())) }
	}
	for name, count := range mapGauges {
		gauges[name] = func() float64 { return count(s.maps.Stats()) }
	}
	return gauges
}

var worldGauges = map[string]func(live.Counts) float64{
	"peyk_couriers":                 func(c live.Counts) float64 { return float64(c.Couriers) },
	"peyk_parts":                    func(c live.Counts) float64 { return float64(c.Parts) },
	"peyk_couriers_forgotten_total": func(c live.Counts) float64 { return float64(c.Forgotten) },
	"peyk_ticks_total":              func(c live.Counts) float64 { return float64(c.Ticks) },
	"peyk_ticks_overflowed_total":   func(c live.Counts) float64 { return float64(c.Overflow) },
	"peyk_positions_taken_total":    func(c live.Counts) float64 { return float64(c.Taken) },
	"peyk_positions_heard_total":    func(c live.Counts) float64 { return float64(c.Heard) },
	"peyk_stamps_cut_total":         func(c live.Counts) float64 { return float64(c.Ahead) },

	`peyk_positions_dropped_total{reason="repeat"}`:  func(c live.Counts) float64 { return float64(c.Repeats) },
	`peyk_positions_dropped_total{reason="backlog"}`: func(c live.Counts) float64 { return float64(c.Backlog) },
	`peyk_positions_dropped_total{reason="stale"}`:   func(c live.Counts) float64 { return float64(c.Stale) },
	`peyk_positions_dropped_total{reason="full"}`:    func(c live.Counts) float64 { return float64(c.Full) },
}

var viewerGauges = map[string]func(socket.Stats) uint64{
	"peyk_viewers":                  func(s socket.Stats) uint64 { return uint64(s.Viewers) },
	"peyk_viewers_refused_total":    func(s socket.Stats) uint64 { return s.Refused },
	"peyk_viewers_gone_total":       func(s socket.Stats) uint64 { return s.Closed },
	"peyk_viewer_bytes_total":       func(s socket.Stats) uint64 { return s.Bytes },
	"peyk_viewer_ticks_total":       func(s socket.Stats) uint64 { return s.Ticks },
	"peyk_viewer_differences_total": func(s socket.Stats) uint64 { return s.Walks },

	`peyk_viewer_ticks_skipped_total{reason="full"}`:   func(s socket.Stats) uint64 { return s.Skipped.Full },
	`peyk_viewer_ticks_skipped_total{reason="late"}`:   func(s socket.Stats) uint64 { return s.Skipped.Late },
	`peyk_viewer_ticks_skipped_total{reason="turned"}`: func(s socket.Stats) uint64 { return s.Skipped.Turned },
	`peyk_viewer_ticks_skipped_total{reason="missed"}`: func(s socket.Stats) uint64 { return s.Skipped.Missed },

	`peyk_viewers_closed_total{reason="stuck"}`:    func(s socket.Stats) uint64 { return s.Stuck },
	`peyk_viewers_closed_total{reason="silent"}`:   func(s socket.Stats) uint64 { return s.Silent },
	`peyk_viewers_closed_total{reason="protocol"}`: func(s socket.Stats) uint64 { return s.Protocol },
	`peyk_viewers_closed_total{reason="policy"}`:   func(s socket.Stats) uint64 { return s.Policy },
	`peyk_viewers_closed_total{reason="too_big"}`:  func(s socket.Stats) uint64 { return s.TooBig },
}

var busGauges = map[string]func(bus.Stats) uint64{
	"peyk_bus_published_total": func(s bus.Stats) uint64 { return s.Published },
	"peyk_bus_heard_total":     func(s bus.Stats) uint64 { return s.Heard },
	"peyk_bus_outages_total":   func(s bus.Stats) uint64 { return s.Outages },

	`peyk_bus_dropped_total{reason="malformed"}`:  func(s bus.Stats) uint64 { return s.Dropped[bus.Malformed] },
	`peyk_bus_dropped_total{reason="bad_note"}`:   func(s bus.Stats) uint64 { return s.Dropped[bus.BadNote] },
	`peyk_bus_dropped_total{reason="inbox_full"}`: func(s bus.Stats) uint64 { return s.Dropped[bus.InboxFull] },
	`peyk_bus_dropped_total{reason="outage"}`:     func(s bus.Stats) uint64 { return s.Dropped[bus.Outage] },
}
