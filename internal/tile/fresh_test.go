package tile

import (
	"net/http"
	"testing"
	"time"
)

// FuzzLifetime: whatever a host says, nothing is good for longer than a month.
func FuzzLifetime(f *testing.F) {
	f.Add("max-age=60, must-revalidate", "", "")
	f.Add(`private="x", no-cache, S-MAXAGE="9223372036854775807"`, "Sun, 22 Nov 2026 00:00:00 GMT", "4294967296")
	f.Add(",=,;", "0", "-1")
	f.Fuzz(func(t *testing.T, control, expires, age string) {
		now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
		h := http.Header{"Cache-Control": {control}, "Expires": {expires}, "Age": {age}}
		if life := lifetimeOf(h, now, dayLong); life.until.Before(now) || life.until.Sub(now) > longest {
			t.Errorf("lifetimeOf(%q) is until %v", h, life.until)
		}
	})
}

func TestLifetimeByExpires(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for expires, want := range map[string]time.Duration{
		"Sun, 22 Nov 2026 00:01:00 GMT": time.Minute, "Sat, 21 Nov 2026 00:00:00 GMT": 0, "0": dayLong, "": dayLong,
	} {
		if got := lifetimeOf(http.Header{"Expires": {expires}}, now, dayLong).until.Sub(now); got != want {
			t.Errorf("with Expires %q it is good for %v, want %v", expires, got, want)
		}
	}
	aged := http.Header{"Cache-Control": {"max-age=60"}, "Age": {"50"}}
	if got := lifetimeOf(aged, now, dayLong).until.Sub(now); got != 10*time.Second {
		t.Errorf("what is 50 s old of 60 is good for %v, want 10 s", got)
	}
}
