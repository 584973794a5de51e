package main

import (
	"peyk/internal/audit"
	"peyk/internal/bus"
	"peyk/internal/directory"
	"peyk/internal/live"
	"peyk/internal/socket"
)

// gauges are what the rooms count, by the names of Prometheus.
func (s *server) gauges() map[string]func() float64 {
	gauges := map[string]func() float64{"peyk_bus_up": up(s.bus.Health), "peyk_store_up": up(s.directory.Health)}
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
	for name, count := range storeGauges {
		gauges[name] = func() float64 { return count(s.directory.Stats()) }
	}
	for name, count := range auditGauges {
		gauges[name] = func() float64 { return float64(count(s.audit.Stats())) }
	}
	return gauges
}

// up is 1 while health says nothing.
func up(health func() error) func() float64 {
	return func() float64 {
		if health() != nil {
			return 0
		}
		return 1
	}
}

var worldGauges = map[string]func(live.Counts) float64{
	"peyk_couriers":                 func(c live.Counts) float64 { return float64(c.Couriers) },
	"peyk_parts":                    func(c live.Counts) float64 { return float64(c.Parts) },
	"peyk_couriers_forgotten_total": func(c live.Counts) float64 { return float64(c.Forgotten) },
	"peyk_ticks_total":              func(c live.Counts) float64 { return float64(c.Ticks) },
	"peyk_ticks_overflowed_total":   func(c live.Counts) float64 { return float64(c.Overflow) },
	"peyk_positions_taken_total":    func(c live.Counts) float64 { return float64(c.Taken) },
	"peyk_positions_heard_total":    func(c live.Counts) float64 { return float64(c.Heard) },
	"peyk_positions_restored_total": func(c live.Counts) float64 { return float64(c.Restored) },
	"peyk_stamps_cut_total":         func(c live.Counts) float64 { return float64(c.Ahead) },

	`peyk_positions_dropped_total{reason="repeat"}`:   func(c live.Counts) float64 { return float64(c.Repeats) },
	`peyk_positions_dropped_total{reason="backlog"}`:  func(c live.Counts) float64 { return float64(c.Backlog) },
	`peyk_positions_dropped_total{reason="stale"}`:    func(c live.Counts) float64 { return float64(c.Stale) },
	`peyk_positions_dropped_total{reason="off_duty"}`: func(c live.Counts) float64 { return float64(c.OffDuty) },
	`peyk_positions_dropped_total{reason="full"}`:     func(c live.Counts) float64 { return float64(c.Full) },
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
	`peyk_viewers_closed_total{reason="expired"}`:  func(s socket.Stats) uint64 { return s.Expired },
	`peyk_viewers_closed_total{reason="revoked"}`:  func(s socket.Stats) uint64 { return s.Revoked },
	`peyk_viewers_closed_total{reason="purged"}`:   func(s socket.Stats) uint64 { return s.Purged },
}

var storeGauges = map[string]func(directory.Stats) float64{
	"peyk_couriers_listed":      func(s directory.Stats) float64 { return float64(s.Couriers) },
	"peyk_positions_kept_total": func(s directory.Stats) float64 { return float64(s.Kept) },

	`peyk_store_errors_total{what="read"}`:  func(s directory.Stats) float64 { return float64(s.ReadErrors) },
	`peyk_store_errors_total{what="write"}`: func(s directory.Stats) float64 { return float64(s.WriteErrors) },
}

var auditGauges = map[string]func(audit.Stats) uint64{
	"peyk_audit_entries_total": func(s audit.Stats) uint64 { return s.Recorded },
	"peyk_audit_dropped_total": func(s audit.Stats) uint64 { return s.Dropped },
	"peyk_audit_errors_total":  func(s audit.Stats) uint64 { return s.Errors },
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
