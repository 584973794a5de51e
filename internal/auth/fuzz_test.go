package auth_test

import (
	"net/http"
	"strings"
	"testing"

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
