package auth

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"peyk"
	"peyk/internal/store"
)

// An API key is peyk_<id>_<secret>. The beginning lets secret scanners know it
// when it leaks, the id tells which key it was.
const (
	keyPrefix = "peyk_"
	keyID     = 5  // bytes of hash or chance: 8 characters of base32
	keySecret = 24 // bytes of chance: 192 bits, 32 characters of base64url
)

// The admin token of older versions, of which the data directory has the hash.
const (
	adminFile   = "admin-token"
	adminPrefix = "peyk_admin_"
)

// subjectOfKey begins the subject of who comes with an API key. What the shop
// signs may not begin so.
const subjectOfKey = "key:"

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// NewKey makes an API key from random. The text is what its holder shows; it is
// nowhere else, and the key to store has only its hash.
func NewKey(random io.Reader, now time.Time, name string, claims peyk.Claims, until time.Time) (k store.Key, text string, err error) {
	if _, err := claims.Grant(until); err != nil {
		return store.Key{}, "", err
	}
	var chance [keyID + keySecret]byte
	if _, err := io.ReadFull(random, chance[:]); err != nil {
		return store.Key{}, "", fmt.Errorf("make a key: %w", err)
	}
	id := lowerBase32.EncodeToString(chance[:keyID])
	text = keyPrefix + id + "_" + base64.RawURLEncoding.EncodeToString(chance[keyID:])
	return store.Key{
		ID: id, Hash: sha256.Sum256([]byte(text)), Prefix: keyPrefix + id + "…",
		Name: name, Claims: claims, Made: now, Until: until,
	}, text, nil
}

// FirstKey makes the key with which a new shop makes all others.
func FirstKey(random io.Reader, now time.Time) (k store.Key, text string, err error) {
	return NewKey(random, now, "first admin", peyk.Claims{Role: peyk.RoleAdmin, All: true}, time.Time{})
}

// ReadAdmin returns the admin token of an older version, of which dir has the
// hash, as a key. Its id comes from the hash, so that it is the same key
// however often it is read. It returns peyk.ErrNotFound if there is none, and
// path either way: whoever has stored the key removes that file.
func ReadAdmin(dir string) (k store.Key, path string, err error) {
	path = filepath.Join(dir, adminFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return store.Key{}, path, fmt.Errorf("%w: %q", peyk.ErrNotFound, path)
	}
	if err != nil {
		return store.Key{}, path, fmt.Errorf("read the admin token's hash: %w", err)
	}
	hash, err := hex.DecodeString(strings.TrimSuffix(string(text), "\n"))
	if err != nil || len(hash) != sha256.Size {
		return store.Key{}, path, damagedAdmin(path)
	}
	return store.Key{
		ID: lowerBase32.EncodeToString(hash[:keyID]), Hash: [sha256.Size]byte(hash), Prefix: adminPrefix + "…",
		Name: "admin token", Claims: peyk.Claims{Role: peyk.RoleAdmin, All: true},
	}, path, nil
}

// damagedAdmin does not quote the file: somebody may have put the token itself in.
func damagedAdmin(path string) error {
	return fmt.Errorf("the file does not hold the admin token's SHA-256 in 64 hexadecimal digits; "+
		"delete it, and make a key by `peyk key make`: %q", path)
}
