package bench

import (
	"fmt"
	"strings"
	"time"
)

// Result is what came of a load.
type Result struct {
	Seconds   float64 `json:"seconds"`
	Fed       int     `json:"fed"`       // positions that the server took
	Wanted    int     `json:"wanted"`    // positions that were due
	Viewers   int     `json:"viewers"`   // connected
	Checked   int     `json:"checked"`   // of them, those that decode
	Frames    int64   `json:"frames"`    // messages that reached all viewers
	Bytes     int64   `json:"bytes"`     // of these messages, without the frames' headers
	Delivered float64 `json:"delivered"` // positions that reached all viewers, by what those that decode got
	Size      float64 `json:"bytes_per_position"`
	P50       float64 `json:"p50_ms"` // from taken to decoded
	P99       float64 `json:"p99_ms"`
}

// counts is what had come up to a moment.
type counts struct {
	frames, bytes int64 // of all viewers
	seen, checked int   // positions of those that decode, and how many these are
	checkedBytes  int64
}

func (r *Run) count() (c counts) {
	for _, v := range r.viewers {
		bytes := v.bytes.Load()
		c.frames += v.frames.Load()
		c.bytes += bytes
		if v.checker != nil {
			c.seen += v.checker.positions()
			c.checked++
			c.checkedBytes += bytes
		}
	}
	return c
}

func (r *Run) result(took time.Duration, fed int, before, after counts) Result {
	res := Result{
		Seconds: took.Seconds(), Fed: fed, Viewers: len(r.viewers), Checked: after.checked,
		Wanted: int(float64(r.load.Couriers) * took.Seconds() / r.load.Every.Seconds()),
		Frames: after.frames - before.frames, Bytes: after.bytes - before.bytes,
		P50: milliseconds(r.delays.quantile(0.5)), P99: milliseconds(r.delays.quantile(0.99)),
	}
	if seen := after.seen - before.seen; seen > 0 {
		res.Size = float64(after.checkedBytes-before.checkedBytes) / float64(seen)
		res.Delivered = float64(seen) * float64(res.Viewers) / float64(res.Checked)
	}
	return res
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// String returns the result in lines for people.
func (r Result) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d positions in %.1f s, of %d that were due\n", r.Fed, r.Seconds, r.Wanted)
	fmt.Fprintf(&b, "%d viewers got %d messages, %.1f MB", r.Viewers, r.Frames, float64(r.Bytes)/1e6)
	if r.Checked == 0 {
		return b.String() + "; none decoded"
	}
	fmt.Fprintf(&b, ", %.0f positions of %.1f bytes\n", r.Delivered, r.Size)
	fmt.Fprintf(&b, "%d viewers decoded and checked: from taken to decoded p50 %.1f ms, p99 %.1f ms", r.Checked, r.P50, r.P99)
	return b.String()
}
