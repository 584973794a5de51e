package auth_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"peyk"
	"peyk/internal/auth"
)

// Whatever a browser is made to say: who comes in is on the list, letter by
// letter, or is the very host that was asked for.
func FuzzDoor(f *testing.F) {
	f.Add("localhost:8082", "http://localhost:8082")
	f.Add("[::1]:80", "http://[::1]")
	f.Add("shop.example", "https://shop.example:443")
	f.Add("127.0.0.1", "https://shop.example@evil.example")
	f.Add("evil.example", "null")
	door, err := auth.NewDoor([]string{"https://shop.example"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, host, origin string) {
		listed, err := door.Check(&http.Request{Host: host, Header: http.Header{"Origin": {origin}}})
		onList := origin == "https://shop.example" || origin == "https://shop.example:443"
		own := strings.TrimSuffix(origin, ":80") == "http://"+strings.TrimSuffix(strings.ToLower(host), ":80")
		if err == nil && !onList && !own {
			t.Errorf("host %q let origin %q in", host, origin)
		}
		if (listed != "") != (err == nil && onList) {
			t.Errorf("host %q, origin %q: listed = %q, %v", host, origin, listed, err)
		}
		name := strings.ToLower(host)
		if err == nil && strings.Contains(name, "evil") {
			t.Errorf("host %q was let in", host)
		}
	})
}

// Whatever is shown: it is one of the two tokens that were signed, or nobody.
func FuzzToken(f *testing.F) {
	good := map[string]bool{ours().hs(but(nil)): true, ours().sign("EdDSA", `{"alg":"EdDSA"}`, but(nil)): true}
	for token := range good {
		f.Add(token)
	}
	for _, token := range badTokens() {
		if len(token) <= 4<<10 {
			f.Add(token)
		}
	}
	desk := openDesk(f, nil)
	f.Fuzz(func(t *testing.T, token string) {
		who, err := desk.Token(t.Context(), token)
		if (err == nil) != (who.Subject != "") || err != nil && !errors.Is(err, peyk.ErrUnauthorized) {
			t.Errorf("Token(%q) = %+v, %v", token, who, err)
		}
		if err == nil && !good[token] {
			t.Errorf("Token(%q) = %+v, which nobody signed", token, who)
		}
	})
}

// Whatever the shop signs: who comes in is within all bounds, and is who any
// other reader of JSON would say.
func FuzzPayload(f *testing.F) {
	f.Add(but(nil))
	f.Add(but(map[string]any{"user": map[string]any{"id": 10, "username": "a"}, "peyk": map[string]any{"role": "courier"}}))
	f.Add(`{"sub":"a","exp":1800000060,"iss":"https://shop.example","aud":["peyk"],"peyk":{"role":"admin","all":true,"teams":[1,"a"]}}`)
	desk := openDesk(f, nil)
	f.Fuzz(func(t *testing.T, payload string) {
		who, err := desk.Token(t.Context(), ours().hs(payload))
		if err != nil {
			return
		}
		var said struct {
			Sub, Name string
			Exp       int64
			Peyk      struct{ Role peyk.Role }
		}
		if err := json.Unmarshal([]byte(payload), &said); err != nil {
			t.Fatalf("let in, but no JSON: %v: %q", err, payload)
		}
		if who.Subject != said.Sub || who.Name != said.Name || who.Role != said.Peyk.Role || who.Key != "" {
			t.Errorf("payload %q stands for %+v, want %+v", payload, who, said)
		}
		if err := (peyk.Courier{ID: who.Subject, Name: who.Name}).Validate(); err != nil || len(who.Scopes) > 1000 {
			t.Errorf("payload %q stands for %+v: %v", payload, who, err)
		}
		if !who.Until.After(start) || who.Until.Unix() > said.Exp || who.Until.After(start.Add(24*time.Hour)) {
			t.Errorf("payload %q counts until %v", payload, who.Until)
		}
	})
}
