package auth_test

import (
	"bytes"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"peyk"
	"peyk/internal/auth"
)

func openAdmin(t *testing.T, dir string) (*auth.Admin, string) {
	t.Helper()
	admin, made, err := auth.OpenAdmin(dir, bytes.NewReader(bytes.Repeat([]byte{0xfb, 0xff, 7}, 8)))
	if err != nil {
		t.Fatalf("OpenAdmin: %v", err)
	}
	return admin, made
}

func TestAdminTokenIsMadeOnceAndKeptHashed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "peyk-data")
	_, token := openAdmin(t, dir)
	if want := "peyk_admin_" + strings.Repeat("-_8H", 8); token != want {
		t.Errorf("made token = %q, want %q", token, want)
	}
	wantMode(t, dir, 0o700)
	wantMode(t, filepath.Join(dir, "admin-token"), 0o600)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Errorf("files in the data directory = %v (%v), want the one", files, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "admin-token"))
	if err != nil || len(text) != 65 || strings.Contains(string(text), token[len("peyk_admin_"):]) {
		t.Errorf("file = %q (%v), want 64 digits, a newline and no token", text, err)
	}

	admin, again := openAdmin(t, dir)
	if again != "" {
		t.Errorf("second start made %q, want no token", again)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	grant, err := admin.Grant(r)
	if err != nil || !grant.May(peyk.Watch|peyk.Publish|peyk.Manage, peyk.Subject{Courier: "10"}, time.Now()) {
		t.Errorf("Grant after a restart = %v, %v, want every right", grant, err)
	}
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("mode of %s = %o, want %o", filepath.Base(path), got, want)
	}
}

func TestOpenAdminRefusesADamagedFile(t *testing.T) {
	for name, content := range map[string]string{
		"empty":      "",
		"cut":        strings.Repeat("a", 63) + "\n",
		"too long":   strings.Repeat("a", 65) + "\n",
		"not hex":    strings.Repeat("g", 64) + "\n",
		"two lines":  strings.Repeat("a", 64) + "\n\n",
		"the secret": "peyk_admin_" + strings.Repeat("s3cr", 8) + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "admin-token")
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, made, err := auth.OpenAdmin(filepath.Dir(path), iotest.ErrReader(errors.New("not to be read")))
			if err == nil || made != "" {
				t.Fatalf("OpenAdmin = %q, %v, want an error and no token", made, err)
			}
			if text := err.Error(); !strings.Contains(text, "delete it") || !strings.Contains(text, path) || strings.Contains(text, "s3cr") {
				t.Errorf("error = %q, want what to do and the path, and not what was in the file", text)
			}
			if left, err := os.ReadFile(path); err != nil || string(left) != content {
				t.Errorf("file afterwards = %q (%v), want it untouched", left, err)
			}
		})
	}
}

func TestOpenAdminLeavesNothingWithoutRandomness(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "peyk-data")
	if _, _, err := auth.OpenAdmin(dir, strings.NewReader("short")); err == nil {
		t.Error("OpenAdmin with too little randomness gave no error")
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the data directory was made (%v), want nothing left behind", err)
	}
}

func TestGrant(t *testing.T) {
	admin, token := openAdmin(t, t.TempDir())
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
		{"without its prefix", "Authorization: Bearer " + token[len("peyk_admin_"):], auth.ErrWrong},
		{"wrong subprotocol", "Sec-WebSocket-Protocol: peyk.v1.json, bearer.x", auth.ErrWrong},
		{"twice", "Authorization: Bearer " + token + "\nAuthorization: Bearer " + token, auth.ErrWrong},
		{"header and subprotocol", "Authorization: Bearer x\nSec-WebSocket-Protocol: bearer." + token, auth.ErrWrong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			grant, err := admin.Grant(request(t, "localhost", test.header))
			if !errors.Is(err, test.want) {
				t.Fatalf("Grant = %v, want %v", err, test.want)
			}
			if err != nil && (!errors.Is(err, peyk.ErrUnauthorized) || grant.Actions != 0 || strings.Contains(err.Error(), token)) {
				t.Errorf("Grant = %v, %q, want nothing, peyk.ErrUnauthorized and no token in it", grant, err)
			}
			if err == nil && !grant.May(peyk.Manage, peyk.Subject{}, time.Now()) {
				t.Errorf("Grant = %v, want every right", grant)
			}
		})
	}
}

func TestEverybodyMayDoEverything(t *testing.T) {
	grant, err := auth.Everybody{}.Grant(request(t, "localhost", "Authorization: Bearer x"))
	if err != nil || !grant.May(peyk.Watch|peyk.Publish|peyk.Manage, peyk.Subject{}, time.Now()) {
		t.Errorf("Grant = %v, %v, want every right", grant, err)
	}
}
