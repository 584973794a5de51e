package main

import (
	"fmt"

	"peyk/internal/audit"
	"peyk/internal/auth/forward"
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
		gauges[name] = func() float64 { return count(s.world.Stats()) }
	}
	for name, count := range viewerGauges {
		gauges[name] = func() float64 { return float64(count(s.hub.Stats())) }
	}
	for name, count := range busGauges {
		gauges[name] = func() float64 { return float64(count(s.bus.Stats())) }
	}
	for name, count := range shopGauges {
		gauges[name] = func() float64 { return count(s.asked()) }
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
	for why := range s.limits.Refused() {
		gauges[fmt.Sprintf("peyk_limited_total{reason=%q}", why)] = func() float64 { return float64(s.limits.Refused()[why]) }
	}
	return gauges
}

// asked is what the shop answered.
func (s *server) asked() forward.Stats {
	if s.desk == nil {
		return forward.Stats{}
	}
	return s.desk.Asked()
}

var shopGauges = map[string]func(forward.Stats) float64{
	"peyk_auth_forward_known": func(s forward.Stats) float64 { return float64(s.Known) },

	`peyk_auth_forward_answers_total{answer="confirmed"}`: func(s forward.Stats) float64 { return float64(s.Confirmed) },
	`peyk_auth_forward_answers_total{answer="refused"}`:   func(s forward.Stats) float64 { return float64(s.Refused) },
	`peyk_auth_forward_answers_total{answer="failed"}`:    func(s forward.Stats) float64 { return float64(s.Failed) },
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

var worldGauges = map[string]func(live.Stats) float64{
	"peyk_couriers":                 func(s live.Stats) float64 { return float64(s.Couriers) },
	"peyk_parts":                    func(s live.Stats) float64 { return float64(s.Parts) },
	"peyk_couriers_forgotten_total": func(s live.Stats) float64 { return float64(s.Forgotten) },
	"peyk_ticks_total":              func(s live.Stats) float64 { return float64(s.Ticks) },
	"peyk_ticks_overflowed_total":   func(s live.Stats) float64 { return float64(s.Overflow) },
	"peyk_positions_taken_total":    func(s live.Stats) float64 { return float64(s.Taken) },
	"peyk_positions_heard_total":    func(s live.Stats) float64 { return float64(s.Heard) },
	"peyk_positions_restored_total": func(s live.Stats) float64 { return float64(s.Restored) },
	"peyk_stamps_cut_total":         func(s live.Stats) float64 { return float64(s.Ahead) },

	`peyk_positions_dropped_total{reason="repeat"}`:   func(s live.Stats) float64 { return float64(s.Repeats) },
	`peyk_positions_dropped_total{reason="backlog"}`:  func(s live.Stats) float64 { return float64(s.Backlog) },
	`peyk_positions_dropped_total{reason="stale"}`:    func(s live.Stats) float64 { return float64(s.Stale) },
	`peyk_positions_dropped_total{reason="off_duty"}`: func(s live.Stats) float64 { return float64(s.OffDuty) },
	`peyk_positions_dropped_total{reason="full"}`:     func(s live.Stats) float64 { return float64(s.Full) },
}

var viewerGauges = map[string]func(socket.Stats) uint64{
	"peyk_viewers":                  func(s socket.Stats) uint64 { return uint64(s.Viewers) },
	"peyk_viewers_gone_total":       func(s socket.Stats) uint64 { return s.Closed },
	"peyk_viewer_bytes_total":       func(s socket.Stats) uint64 { return s.Bytes },
	"peyk_viewer_ticks_total":       func(s socket.Stats) uint64 { return s.Ticks },
	"peyk_viewer_differences_total": func(s socket.Stats) uint64 { return s.Walks },

	`peyk_viewers_refused_total{reason="malformed"}`:    func(s socket.Stats) uint64 { return s.Refused.Malformed },
	`peyk_viewers_refused_total{reason="unauthorized"}`: func(s socket.Stats) uint64 { return s.Refused.Unauthorized },
	`peyk_viewers_refused_total{reason="forbidden"}`:    func(s socket.Stats) uint64 { return s.Refused.Forbidden },
	`peyk_viewers_refused_total{reason="limited"}`:      func(s socket.Stats) uint64 { return s.Refused.Limited },
	`peyk_viewers_refused_total{reason="unavailable"}`:  func(s socket.Stats) uint64 { return s.Refused.Unavailable },
	`peyk_viewers_refused_total{reason="fault"}`:        func(s socket.Stats) uint64 { return s.Refused.Fault },
	`peyk_viewers_refused_total{reason="broken"}`:       func(s socket.Stats) uint64 { return s.Refused.Broken },

	`peyk_viewer_ticks_skipped_total{reason="full"}`:   func(s socket.Stats) uint64 { return s.Skipped.Full },
	`peyk_viewer_ticks_skipped_total{reason="late"}`:   func(s socket.Stats) uint64 { return s.Skipped.Late },
	`peyk_viewer_ticks_skipped_total{reason="turned"}`: func(s socket.Stats) uint64 { return s.Skipped.Turned },
	`peyk_viewer_ticks_skipped_total{reason="missed"}`: func(s socket.Stats) uint64 { return s.Skipped.Missed },

	`peyk_viewers_closed_total{reason="stuck"}`:       func(s socket.Stats) uint64 { return s.Stuck },
	`peyk_viewers_closed_total{reason="silent"}`:      func(s socket.Stats) uint64 { return s.Silent },
	`peyk_viewers_closed_total{reason="protocol"}`:    func(s socket.Stats) uint64 { return s.Protocol },
	`peyk_viewers_closed_total{reason="policy"}`:      func(s socket.Stats) uint64 { return s.Policy },
	`peyk_viewers_closed_total{reason="too_big"}`:     func(s socket.Stats) uint64 { return s.TooBig },
	`peyk_viewers_closed_total{reason="expired"}`:     func(s socket.Stats) uint64 { return s.Expired },
	`peyk_viewers_closed_total{reason="revoked"}`:     func(s socket.Stats) uint64 { return s.Revoked },
	`peyk_viewers_closed_total{reason="purged"}`:      func(s socket.Stats) uint64 { return s.Purged },
	`peyk_viewers_closed_total{reason="unconfirmed"}`: func(s socket.Stats) uint64 { return s.Unconfirmed },
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
