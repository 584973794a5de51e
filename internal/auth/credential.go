package auth

import (
	"net/http"
	"strings"
)

// SubprotocolPrefix marks the WebSocket subprotocol that carries a credential,
// since browsers cannot set headers there. It is never echoed.
const SubprotocolPrefix = "bearer."

// bearer returns the one token of a request. More than one is ErrWrong: which
// of them counts would depend on who reads the request. Other schemes than
// Bearer are left out: a proxy in front may use Basic for itself, and to us
// that is no credential.
func bearer(h http.Header) (token string, err error) {
	found := 0
	for _, value := range h["Authorization"] {
		scheme, rest, _ := strings.Cut(value, " ")
		if strings.EqualFold(scheme, "Bearer") {
			token, found = strings.TrimSpace(rest), found+1
		}
	}
	for _, line := range h["Sec-Websocket-Protocol"] {
		for offered := range strings.SplitSeq(line, ",") {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(offered), SubprotocolPrefix); ok {
				token, found = rest, found+1
			}
		}
	}
	return only(token, found)
}

// cookie returns the token in the cookie of that name. Browsers send a cookie
// whichever page asks, so it counts only where the browser says that the page
// may use this server: by an Origin that the door lets in, or, where browsers
// send none, which is when a page reads from its own origin, by
// Sec-Fetch-Site. A WebSocket always has an Origin.
func cookie(r *http.Request, name string, door *Door) (token string, err error) {
	if _, err := door.Check(r); err != nil || len(r.Header["Origin"]) == 0 && !readByOwnPage(r) {
		return "", ErrNone
	}
	found := r.CookiesNamed(name)
	if len(found) == 0 {
		return "", ErrNone
	}
	return only(found[0].Value, len(found))
}

func readByOwnPage(r *http.Request) bool {
	site := r.Header["Sec-Fetch-Site"]
	return (r.Method == http.MethodGet || r.Method == http.MethodHead) &&
		len(site) == 1 && site[0] == "same-origin" && len(r.Header["Upgrade"]) == 0
}

func only(token string, found int) (string, error) {
	switch found {
	case 0:
		return "", ErrNone
	case 1:
		return token, nil
	}
	return "", ErrWrong
}
