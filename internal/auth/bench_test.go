package auth_test

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"
)

// Who was verified once costs a hash from then on, and no memory.
func TestRememberedCostsNoMemory(t *testing.T) {
	r := openRing(t)
	key, text := makeKey(t, peyk.Claims{Role: peyk.RoleService, All: true}, time.Time{})
	r.Set([]store.Key{key})
	for name, token := range map[string]string{"key": text, "JWT": ours().sign("RS256", `{"alg":"RS256"}`, but(nil))} {
		shown := bearer(token)
		if allocs := testing.AllocsPerRun(100, func() {
			if _, err := r.Identity(shown); err != nil {
				t.Fatal(err)
			}
		}); allocs > 0 {
			t.Errorf("%s: %v allocations, want none", name, allocs)
		}
	}
}

func BenchmarkIdentity(b *testing.B) {
	keys := auth.NewKeys(time.Now, slog.New(slog.DiscardHandler))
	key, text, err := auth.FirstKey(zeros{}, start)
	if err != nil {
		b.Fatal(err)
	}
	keys.Set([]store.Key{key})
	desk := openDesk(b, func(o *auth.Options) { o.Keys = keys })
	run := func(name string, request *http.Request, before func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				before()
				if _, err := desk.Identity(request); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("key", bearer(text), func() {})
	for _, alg := range []string{"HS256", "RS256", "ES256", "EdDSA"} {
		request := bearer(ours().sign(alg, `{"alg":"`+alg+`"}`, but(nil)))
		run(alg+"/cached", request, func() {})
		run(alg+"/uncached", request, desk.Forget)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
