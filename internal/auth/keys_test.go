package auth_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"
)

// A ring is a desk with API keys and a clock that the test sets.
type ring struct {
	*auth.Keys
	*auth.Desk
	now time.Time
}

func openRing(t *testing.T) *ring {
	t.Helper()
	r := &ring{now: start}
	now := func() time.Time { return r.now }
	r.Keys = auth.NewKeys(now, slog.New(slog.DiscardHandler))
	r.Desk = openDesk(t, func(o *auth.Options) { o.Keys, o.Now = r.Keys, now })
	return r
}

func makeKey(t *testing.T, claims peyk.Claims, until time.Time) (store.Key, string) {
	t.Helper()
	key, text, err := auth.NewKey(rand.Reader, start, "till 3", claims, until)
	if err != nil {
		t.Fatal(err)
	}
	return key, text
}

func TestNewKey(t *testing.T) {
	claims := peyk.Claims{Role: peyk.RoleViewer, Teams: []string{"north"}}
	key, text := makeKey(t, claims, start.Add(time.Hour))
	form := regexp.MustCompile(`^peyk_([a-z2-7]{8})_[A-Za-z0-9_-]{32}$`)
	parts := form.FindStringSubmatch(text)
	if parts == nil {
		t.Fatalf("key %q, want the form %v", text, form)
	}
	want := store.Key{
		ID: parts[1], Hash: sha256.Sum256([]byte(text)), Prefix: "peyk_" + parts[1] + "…", Name: "till 3",
		Claims: claims, Made: start, Until: start.Add(time.Hour),
	}
	if diff := cmp.Diff(want, key); diff != "" {
		t.Errorf("NewKey (-want +got):\n%s", diff)
	}
	if _, other := makeKey(t, claims, time.Time{}); other == text {
		t.Error("two keys are the same")
	}
	if _, _, err := auth.NewKey(rand.Reader, start, "", peyk.Claims{Role: "root"}, start); err == nil {
		t.Error("a key of an unknown role was made")
	}
	if _, text, err := auth.NewKey(strings.NewReader("short"), start, "", claims, start); err == nil || text != "" {
		t.Errorf("without enough chance: %q, %v, want an error", text, err)
	}
}

func TestKeyFromMakingToRevoking(t *testing.T) {
	r := openRing(t)
	key, text := makeKey(t, peyk.Claims{Role: peyk.RoleViewer, Teams: []string{"north"}}, start.Add(time.Hour))
	if _, err := r.Identity(bearer(text)); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("before it is known: %v, want ErrWrong", err)
	}

	r.Update([]store.Key{key})
	want := peyk.Identity{
		Grant:   peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "north"}}, Until: start.Add(time.Hour)},
		Subject: "key:" + key.ID, Name: "till 3", Role: peyk.RoleViewer, Key: key.ID,
	}
	who, err := r.Identity(bearer(text))
	if diff := cmp.Diff(want, who); err != nil || diff != "" {
		t.Fatalf("Identity: %v, (-want +got):\n%s", err, diff)
	}
	for _, wrong := range []string{text + "A", text[:len(text)-1], strings.ToUpper(text), "peyk_" + key.ID, "peyk_" + key.ID + "_", key.Prefix, "peyk_"} {
		if _, err := r.Token(t.Context(), wrong); !errors.Is(err, auth.ErrWrong) {
			t.Errorf("Token(%q) = %v, want ErrWrong", wrong, err)
		}
	}

	key.Claims, key.Name = peyk.Claims{Role: peyk.RoleCourier, Self: "10"}, "phone"
	r.Update([]store.Key{key})
	now, err := r.Again(who)
	if err != nil || now.Role != peyk.RoleCourier || now.Self.ID != "10" || now.Name != "phone" || now.Subject != who.Subject {
		t.Errorf("Again after another role = %+v, %v, want courier 10", now, err)
	}
	if held, err := r.Identity(bearer(text)); err != nil || !cmp.Equal(held, now) {
		t.Errorf("Identity after another role = %+v, %v, want %+v", held, err, now)
	}

	r.now = start.Add(time.Hour)
	if _, err := r.Identity(bearer(text)); !errors.Is(err, auth.ErrExpired) {
		t.Errorf("Identity at the end: %v, want ErrExpired", err)
	}
	if _, err := r.Again(who); !errors.Is(err, auth.ErrExpired) {
		t.Errorf("Again at the end: %v, want ErrExpired", err)
	}

	key.Until = time.Time{}
	r.Update([]store.Key{key})
	if now, err := r.Again(who); err != nil || !now.Until.IsZero() {
		t.Errorf("Again after the end was taken away = %+v, %v, want no end", now, err)
	}

	key.Revoked = r.now
	r.Update([]store.Key{key})
	if _, err := r.Identity(bearer(text)); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("Identity when revoked: %v, want ErrWrong", err)
	}
	if _, err := r.Again(who); !errors.Is(err, auth.ErrRevoked) {
		t.Errorf("Again when revoked: %v, want ErrRevoked", err)
	}
}

func TestSetReplacesAllKeys(t *testing.T) {
	r := openRing(t)
	claims := peyk.Claims{Role: peyk.RoleService, All: true}
	a, textA := makeKey(t, claims, time.Time{})
	b, textB := makeKey(t, claims, time.Time{})
	revoked, textC := makeKey(t, claims, time.Time{})
	unknown, textD := makeKey(t, claims, time.Time{})
	revoked.Revoked, unknown.Claims.Role = start, "of a later version"
	r.Set([]store.Key{a, revoked, unknown})
	r.Set([]store.Key{b, revoked, unknown})
	for text, want := range map[string]error{textA: auth.ErrWrong, textB: nil, textC: auth.ErrWrong, textD: auth.ErrWrong} {
		if _, err := r.Token(t.Context(), text); !errors.Is(err, want) {
			t.Errorf("Token = %v, want %v", err, want)
		}
	}
	// The secret of a key may be replaced, too: then the old one is no longer one.
	b.Hash = a.Hash
	r.Update([]store.Key{b})
	if _, err := r.Token(t.Context(), textB); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("the secret before: %v, want ErrWrong", err)
	}
	if who, err := r.Token(t.Context(), textA); err != nil || who.Key != b.ID {
		t.Errorf("the secret after = %+v, %v, want key %s", who, err, b.ID)
	}
}

func TestUseIsNotedOnceAMinute(t *testing.T) {
	r := openRing(t)
	key, text := makeKey(t, peyk.Claims{Role: peyk.RoleService, All: true}, time.Time{})
	idle, _ := makeKey(t, peyk.Claims{Role: peyk.RoleService, All: true}, time.Time{})
	r.Set([]store.Key{key, idle})
	use := func(after time.Duration, want map[string]time.Time) {
		t.Helper()
		r.now = start.Add(after)
		if _, err := r.Token(t.Context(), text); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, r.Used()); diff != "" {
			t.Errorf("Used after %v (-want +got):\n%s", after, diff)
		}
		if again := r.Used(); len(again) != 0 {
			t.Errorf("Used told twice: %v", again)
		}
	}
	none := map[string]time.Time{}
	use(0, map[string]time.Time{key.ID: start.UTC()})
	use(59*time.Second, none)
	r.Update([]store.Key{key}) // a new name, say: the use is not forgotten
	use(59*time.Second, none)
	use(time.Minute, map[string]time.Time{key.ID: start.Add(time.Minute).UTC()})
}

// Keys are looked up while the store tells of changes; with -race this is the proof.
func TestKeysWhileTheyChange(t *testing.T) {
	r := openRing(t)
	key, text := makeKey(t, peyk.Claims{Role: peyk.RoleService, All: true}, time.Time{})
	r.Set([]store.Key{key})
	var work sync.WaitGroup
	for range 4 {
		work.Go(func() {
			for range 200 {
				if _, err := r.Token(t.Context(), text); err != nil {
					t.Errorf("Token while the key is replaced: %v", err)
				}
				r.Used()
			}
		})
	}
	for range 200 {
		r.Update([]store.Key{key})
	}
	work.Wait()
}

func TestAdminTokenOfAnOlderVersionIsAKey(t *testing.T) {
	dir := t.TempDir()
	if _, path, err := auth.ReadAdmin(dir); !errors.Is(err, peyk.ErrNotFound) || path != filepath.Join(dir, "admin-token") {
		t.Errorf("ReadAdmin of an empty directory: %q, %v, want peyk.ErrNotFound", path, err)
	}
	token := "peyk_admin_" + strings.Repeat("-_8H", 8)
	hash := hexSHA256(token)
	if err := os.WriteFile(filepath.Join(dir, "admin-token"), []byte(hash+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, _, err := auth.ReadAdmin(dir)
	if err != nil {
		t.Fatal(err)
	}
	if again, _, _ := auth.ReadAdmin(dir); !cmp.Equal(key, again) || len(key.ID) != 8 {
		t.Errorf("read again = %+v, want the same key: %+v", again, key)
	}
	r := openRing(t)
	r.Set([]store.Key{key})
	who, err := r.Token(t.Context(), token)
	if err != nil || !who.May(peyk.Watch|peyk.Publish|peyk.Manage, peyk.Subject{Courier: "10"}, start) || who.Role != peyk.RoleAdmin {
		t.Errorf("the old token = %+v, %v, want every right", who, err)
	}
}

func TestReadAdminRefusesADamagedFile(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "cut": long(63) + "\n", "too long": long(66) + "\n", "not hex": strings.Repeat("g", 64) + "\n",
		"two lines": long(64) + "\n\n", "the secret": "peyk_admin_" + strings.Repeat("s3cr", 8) + "\n",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "admin-token"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		key, path, err := auth.ReadAdmin(dir)
		if err == nil || errors.Is(err, peyk.ErrNotFound) || key.ID != "" || strings.Contains(err.Error(), "s3cr") || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: ReadAdmin = %+v, %v, want an error with the path and not what was in the file", name, key, err)
		}
	}
}

func TestFirstKey(t *testing.T) {
	key, text, err := auth.FirstKey(bytes.NewReader(make([]byte, 29)), start)
	if want := "peyk_aaaaaaaa_" + strings.Repeat("A", 32); err != nil || text != want || !key.Claims.All || key.Claims.Role != peyk.RoleAdmin || !key.Until.IsZero() {
		t.Errorf("FirstKey = %+v, %q, %v, want an admin of all without an end, %q", key, text, err, want)
	}
	if _, _, err := auth.FirstKey(iotest.ErrReader(errors.New("none")), start); err == nil {
		t.Error("FirstKey without chance gave no error")
	}
}
