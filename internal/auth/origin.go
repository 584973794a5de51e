package auth

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// origin is who a page is to a browser, in the one form in which browsers write
// it: lower case, without the scheme's default port.
type origin struct {
	scheme, host string // an IPv6 host without its brackets
	port         string // empty: the scheme's own
}

// parseOrigin reads scheme://host[:port] and nothing more. It is strict rather
// than kind: a text that two programs may read in two ways is no origin.
func parseOrigin(text string) (origin, error) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found || scheme != "http" && scheme != "https" {
		return origin{}, wantOrigin(text)
	}
	host, port, ok := splitHost(rest)
	if !ok || host != strings.ToLower(host) {
		return origin{}, wantOrigin(text)
	}
	return origin{scheme, host, ownPort(scheme, port)}, nil
}

func wantOrigin(text string) error {
	return fmt.Errorf("want http:// or https://, a host in lower case (xn--… where it is not ASCII), "+
		"maybe a port, and nothing else, like https://shop.example: %q", text)
}

func ownPort(scheme, port string) string {
	if scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		return ""
	}
	return port
}

// splitHost takes host[:port] apart, the host being a name or an IP address,
// IPv6 in brackets. An empty port after the colon is refused like any other
// that is not a number.
func splitHost(text string) (host, port string, ok bool) {
	if inner, found := strings.CutPrefix(text, "["); found {
		host, rest, closed := strings.Cut(inner, "]")
		addr, err := netip.ParseAddr(host)
		if !closed || err != nil || !addr.Is6() || addr.String() != host {
			return "", "", false
		}
		port, colon := strings.CutPrefix(rest, ":")
		return host, port, rest == "" || colon && validPort(port)
	}
	host, port, colon := strings.Cut(text, ":")
	return host, port, validName(host) && (!colon || validPort(port))
}

func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0 && strconv.FormatUint(n, 10) == port
}

// validName takes labels of letters, digits, - and _. Where the last label
// begins with a digit, browsers read an IPv4 address in any of its old forms
// (URL standard, "ends in a number"); here only the usual one is.
func validName(host string) bool {
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
			return false
		}
	}
	if last := labels[len(labels)-1]; last[0] < '0' || last[0] > '9' {
		return len(host) <= 253 // RFC 1035, section 2.3.4, as text
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}
