package limit

import (
	"log/slog"
	"sync"
	"time"
)

// noteEvery is how often a reason is logged at most.
const noteEvery = 10 * time.Second

// notes logs the first refusal for each reason, and then the newest at most
// once in noteEvery.
type notes struct {
	log *slog.Logger

	mu   sync.Mutex // guards last
	last [reasons]time.Time
}

func (n *notes) say(why Reason, who string, count uint64, now time.Time) {
	n.mu.Lock()
	due := n.last[why].IsZero() || now.Sub(n.last[why]) >= noteEvery
	if due {
		n.last[why] = now
	}
	n.mu.Unlock()
	if due {
		n.log.Warn("a limit is reached", "reason", why.String(), "who", who, "refused", count)
	}
}
