package bus

import (
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

var (
	errNotYet  = errors.New("not connected yet")
	errStopped = errors.New("stopped")
)

// health is whether a bus carries, and who says so in the log.
type health struct {
	addr string // for people
	log  *slog.Logger

	mu    sync.Mutex // guards the rest
	why   error      // nil while it carries
	since time.Time  // when that began
	told  bool       // this outage is in the log
}

func newHealth(addr string, log *slog.Logger) *health {
	return &health{addr: addr, log: log, why: errNotYet, since: time.Now()}
}

// carries notes that the bus does. It may be called again and again.
func (h *health) carries() {
	h.mu.Lock()
	lost, outage := h.why, time.Since(h.since)
	if lost != nil {
		h.why, h.since, h.told = nil, time.Now(), false
	}
	h.mu.Unlock()
	if lost != nil {
		h.log.Info("bus connected", "bus", h.addr, "dur", outage)
	}
}

// lost notes that the bus does not carry, and reports whether that is news. The
// log has one line for each outage, whatever is tried meanwhile.
func (h *health) lost(why error) (news bool) {
	h.mu.Lock()
	if h.why == nil {
		h.since = time.Now()
	}
	h.why, news, h.told = why, !h.told, true
	h.mu.Unlock()
	if news && why != errStopped {
		h.log.Warn("bus lost", "bus", h.addr, "err", why)
	}
	return news
}

func (h *health) err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.why == nil {
		return nil
	}
	return fmt.Errorf("bus %s does not carry since %s: %w", h.addr, h.since.UTC().Format(time.RFC3339), h.why)
}
