package auth_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"
)

// admitted returns a desk that knows the first key of a shop, and that key.
func admitted(t *testing.T) (*auth.Desk, string) {
	t.Helper()
	key, text, err := auth.FirstKey(strings.NewReader(strings.Repeat("chance", 8)), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	keys := auth.NewKeys(time.Now, slog.New(slog.DiscardHandler))
	keys.Set([]store.Key{key})
	desk, err := auth.NewDesk(auth.Options{Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	return desk, text
}

func TestNoKeyWithoutRandomness(t *testing.T) {
	if _, text, err := auth.FirstKey(iotest.ErrReader(errors.New("no chance")), time.Now()); err == nil || text != "" {
		t.Errorf("FirstKey = %q, %v, want an error", text, err)
	}
}

// TestIdentity reads an API key wherever it may stand.
func TestIdentity(t *testing.T) {
	desk, token := admitted(t)
	tests := []struct {
		name   string
		header string // name: value, one per line
		want   error
	}{
		{"header", "Authorization: Bearer " + token, nil},
		{"scheme in capitals", "Authorization: BEARER " + token, nil},
		{"more spaces", "Authorization: Bearer   " + token, nil},
		{"subprotocol", "Sec-WebSocket-Protocol: peyk.v1.json, bearer." + token, nil},
		{"subprotocol on its own line", "Sec-WebSocket-Protocol: echo-protocol\nSec-WebSocket-Protocol: bearer." + token, nil},
		{"a proxy's Basic beside", "Authorization: Basic dTpw\nAuthorization: Bearer " + token, nil},

		{"nothing", "", auth.ErrNone},
		{"empty header", "Authorization:", auth.ErrNone},
		{"another scheme", "Authorization: Basic " + token, auth.ErrNone},
		{"token without a scheme", "Authorization: " + token, auth.ErrNone},
		{"other subprotocols", "Sec-WebSocket-Protocol: peyk.v1.json", auth.ErrNone},
		{"in a cookie", "Cookie: token=" + token, auth.ErrNone},

		{"scheme alone", "Authorization: Bearer", auth.ErrWrong},
		{"empty subprotocol", "Sec-WebSocket-Protocol: bearer.", auth.ErrWrong},
		{"one letter short", "Authorization: Bearer " + token[:len(token)-1], auth.ErrWrong},
		{"one letter more", "Authorization: Bearer " + token + "A", auth.ErrWrong},
		{"another case", "Authorization: Bearer " + strings.ToUpper(token), auth.ErrWrong},
		{"without its prefix", "Authorization: Bearer " + token[len("peyk_"):], auth.ErrWrong},
		{"wrong subprotocol", "Sec-WebSocket-Protocol: peyk.v1.json, bearer.x", auth.ErrWrong},
		{"twice", "Authorization: Bearer " + token + "\nAuthorization: Bearer " + token, auth.ErrWrong},
		{"header and subprotocol", "Authorization: Bearer x\nSec-WebSocket-Protocol: bearer." + token, auth.ErrWrong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			who, err := desk.Identity(request(t, "localhost", test.header))
			if !errors.Is(err, test.want) {
				t.Fatalf("Identity = %v, want %v", err, test.want)
			}
			if err != nil && (!errors.Is(err, peyk.ErrUnauthorized) || who.Actions != 0 || strings.Contains(err.Error(), token)) {
				t.Errorf("Identity = %v, %q, want nothing, peyk.ErrUnauthorized and no token in it", who, err)
			}
			if err == nil && !who.May(peyk.Manage, peyk.Subject{}, time.Now()) {
				t.Errorf("Identity = %v, want every right", who)
			}
		})
	}
}
