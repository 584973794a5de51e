package tile

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Of what a host does not say for how long it is good. Maps change over days;
// styles are what changes when the host moves its tiles.
const (
	dayLong   = 24 * time.Hour
	absentFor = 10 * time.Minute    // a tile that is not there
	longest   = 30 * 24 * time.Hour // whatever the host says
)

// lifetime is what a host says about keeping its answer (RFC 9111).
type lifetime struct {
	until  time.Time // it is good without asking again
	keep   bool      // it may be kept at all
	strict bool      // after until, it must not be used even where the host does not answer
}

// lifetimeOf reads the header of an answer; otherwise is for a silent host.
func lifetimeOf(h http.Header, now time.Time, otherwise time.Duration) lifetime {
	said := directives(h)
	_, noStore := said["no-store"]
	_, private := said["private"]
	_, noCache := said["no-cache"]
	_, must := said["must-revalidate"]
	_, proxyMust := said["proxy-revalidate"]
	life := lifetime{keep: !noStore && !private, strict: noStore || noCache || must || proxyMust}
	age := otherwise
	if seconds, known := firstSeconds(said["s-maxage"], said["max-age"]); known {
		past, _ := firstSeconds(h.Get("Age"))
		age = seconds - past
	} else if expires, err := http.ParseTime(h.Get("Expires")); err == nil {
		age = expires.Sub(now)
	}
	if noStore || noCache {
		age = 0
	}
	life.until = now.Add(min(max(age, 0), longest))
	return life
}

func directives(h http.Header) map[string]string {
	said := make(map[string]string)
	for _, line := range h.Values("Cache-Control") {
		for part := range strings.SplitSeq(line, ",") {
			name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
			said[strings.ToLower(name)] = strings.Trim(value, `"`)
		}
	}
	return said
}

// firstSeconds reads the first of the texts that is a number of seconds.
func firstSeconds(texts ...string) (time.Duration, bool) {
	for _, text := range texts {
		if n, err := strconv.ParseUint(text, 10, 31); err == nil {
			return time.Duration(n) * time.Second, true
		}
	}
	return 0, false
}
