package auth

import (
	"net/http"
	"strings"
)

// SubprotocolPrefix marks the WebSocket subprotocol that carries a credential,
// since browsers cannot set headers there. It is never echoed.
const SubprotocolPrefix = "bearer."

// bearer returns the one token of a request. More than one is ErrWrong: which
// of them counts would depend on who reads the request.
func bearer(r *http.Request) (string, error) {
	tokens := append(authorizations(r.Header), subprotocols(r.Header)...)
	if len(tokens) == 0 {
		return "", ErrNone
	}
	if len(tokens) > 1 {
		return "", ErrWrong
	}
	return tokens[0], nil
}

// authorizations leaves out other schemes: a proxy in front may use Basic for
// itself, and to us that is no credential.
func authorizations(h http.Header) (tokens []string) {
	for _, value := range h["Authorization"] {
		scheme, token, _ := strings.Cut(value, " ")
		if strings.EqualFold(scheme, "Bearer") {
			tokens = append(tokens, strings.TrimSpace(token))
		}
	}
	return tokens
}

func subprotocols(h http.Header) (tokens []string) {
	for _, line := range h["Sec-Websocket-Protocol"] {
		for offered := range strings.SplitSeq(line, ",") {
			if token, ok := strings.CutPrefix(strings.TrimSpace(offered), SubprotocolPrefix); ok {
				tokens = append(tokens, token)
			}
		}
	}
	return tokens
}
