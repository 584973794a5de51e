package bus

import (
	"log/slog"
	"sync"
	"time"
)

// complainEvery bounds how often bad messages are logged.
const complainEvery = time.Minute

// complaints logs the first bad message, and then at most one line a minute
// that says how many there were.
type complaints struct {
	addr string
	log  *slog.Logger

	mu    sync.Mutex // guards the rest
	count int        // since the last line
	last  time.Time  // when that was
}

func (c *complaints) add(channel string, err error) {
	c.mu.Lock()
	c.count++
	count, due := c.count, c.last.IsZero() || time.Since(c.last) >= complainEvery
	if due {
		c.count, c.last = 0, time.Now()
	}
	c.mu.Unlock()
	if due {
		c.log.Warn("bus messages dropped", "bus", c.addr, "channel", channel, "count", count, "err", shortened(err))
	}
}

// shortened returns the beginning of the error's text, which may quote what
// somebody published.
func shortened(err error) string {
	const enough = 200
	text := err.Error()
	if len(text) > enough {
		return text[:enough] + " …"
	}
	return text
}
