package web

import (
	"net/http"
	"strings"
)

// policy is the Content-Security-Policy of every answer. The map's own style
// sheet has data: images, its labels and images are blobs, and it sets styles;
// scripts are ours alone. Hosts are those of somebody else's map.
func policy(hosts []string) string {
	more := ""
	if len(hosts) > 0 {
		more = " " + strings.Join(hosts, " ")
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"worker-src 'self'",
		"connect-src 'self' ws: wss:" + more,
		"img-src 'self' data: blob:" + more,
		"style-src 'self' 'unsafe-inline'",
		"font-src 'self'",
		"manifest-src 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"form-action 'self'",
	}, "; ")
}

func secure(header http.Header, policy string) {
	header.Set("Content-Security-Policy", policy)
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Robots-Tag", "noindex")
}
