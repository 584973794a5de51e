package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"peyk"
)

const (
	adminFile   = "admin-token"
	adminPrefix = "peyk_admin_" // lets secret scanners know it when it leaks
	adminRandom = 24            // bytes: 192 bits, 32 characters of base64url
)

// Admin knows the one admin token, whose holder may do everything.
type Admin struct {
	hash [sha256.Size]byte
}

// OpenAdmin reads the token's hash from dir. At the first start it makes dir
// and a token from random, and returns the token: the only time it is ever
// seen. Later made is "". Whoever lost the token deletes the file.
func OpenAdmin(dir string, random io.Reader) (a *Admin, made string, err error) {
	path := filepath.Join(dir, adminFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return makeAdmin(path, random)
	}
	if err != nil {
		return nil, "", fmt.Errorf("read the admin token's hash: %w", err)
	}
	a = new(Admin)
	hexadecimal := strings.TrimSuffix(string(text), "\n")
	if len(hexadecimal) != hex.EncodedLen(len(a.hash)) {
		return nil, "", damaged(path)
	}
	if _, err := hex.Decode(a.hash[:], []byte(hexadecimal)); err != nil {
		return nil, "", damaged(path)
	}
	return a, "", nil
}

// damaged does not quote the file: somebody may have put the token itself in.
func damaged(path string) error {
	return fmt.Errorf("the file does not hold the admin token's SHA-256 in 64 hexadecimal digits; "+
		"delete it, and the next start makes and prints a new token: %q", path)
}

func makeAdmin(path string, random io.Reader) (*Admin, string, error) {
	var secret [adminRandom]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return nil, "", fmt.Errorf("make the admin token: %w", err)
	}
	token := adminPrefix + base64.RawURLEncoding.EncodeToString(secret[:])
	a := &Admin{hash: sha256.Sum256([]byte(token))}
	if err := writeDurably(path, hex.EncodeToString(a.hash[:])+"\n"); err != nil {
		return nil, "", fmt.Errorf("keep the admin token's hash: %w", err)
	}
	return a, token, nil
}

// Grant returns every right to the holder of the token.
func (a *Admin) Grant(r *http.Request) (peyk.Grant, error) {
	token, err := bearer(r.Header)
	if err != nil {
		return peyk.Grant{}, err
	}
	hash := sha256.Sum256([]byte(token))
	if subtle.ConstantTimeCompare(hash[:], a.hash[:]) != 1 {
		return peyk.Grant{}, ErrWrong
	}
	return everything(), nil
}

// writeDurably makes the file, 0600, in a directory of 0700, so that after a
// loss of power it is there as a whole or not at all.
func writeDurably(path, text string) (err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, filepath.Base(path)+".*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
