package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/store"
)

// storeURL is where the store is: in the data directory, if nothing was said.
func (c Config) storeURL() string {
	switch {
	case c.Store != "":
		return c.Store
	case c.DataDir == "":
		return "none"
	}
	return "sqlite:" + filepath.Join(c.DataDir, "peyk.db")
}

func (c Config) checkStore() error {
	url := c.storeURL()
	return firstWrong(rule{"store", url, store.Check(url) == nil,
		"sqlite:PATH, postgres://user:password@host:port/database with the password percent-encoded, or none"})
}

func (c Config) openStore(ctx context.Context, log *slog.Logger) (*store.Store, error) {
	s, err := store.Open(ctx, c.storeURL(), store.Options{Log: log})
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	return s, nil
}

// checkWho looks at what tells who is asking. It reads the files of keys, and
// asks no host.
func (c Config) checkWho() error {
	o, err := c.desk()
	if err != nil {
		return err
	}
	if _, err = auth.NewDesk(o); err == nil {
		return firstWrong(rule{"auth-forward-cache", show(c.AuthForwardCache), c.AuthForwardCache >= time.Second && c.AuthForwardCache <= 10*time.Minute, "1s to 10m"})
	}
	wrong, ok := errors.AsType[*auth.OptionError](err)
	if !ok {
		return err
	}
	option, ok := map[string]rule{
		"secret":      {name: "auth-jwt-secret", value: show(c.AuthJWTSecret)},
		"public keys": {name: "auth-jwt-keys", value: strings.Join(c.AuthJWTKeys, ",")},
		"key set":     {name: "auth-jwks", value: c.AuthJWKS},
		"cookie":      {name: "auth-cookie", value: c.AuthCookie},

		"forward":         {name: "auth-forward", value: c.AuthForward},
		"forward cookies": {name: "auth-forward-cookie", value: strings.Join(c.AuthForwardCookie, ",")},

		"gateway from":    {name: "auth-gateway-from", value: strings.Join(c.AuthGatewayFrom, ",")},
		"gateway secret":  {name: "auth-gateway-secret", value: show(c.AuthGatewaySecret)},
		"gateway headers": {name: "auth-gateway-headers", value: strings.Join(c.AuthGatewayHeaders, ",")},
		"gateway role":    {name: "auth-gateway-role", value: c.AuthGatewayRole},
	}[wrong.Option]
	if !ok {
		return err
	}
	return &wrongOption{name: option.name, is: quote(option.value), want: strings.TrimPrefix(wrong.Err.Error(), "want ")}
}

// desk are the options of who tells who is asking, but for the keys.
func (c Config) desk() (o auth.Options, err error) {
	o = auth.Options{
		Secret: []byte(c.AuthJWTSecret), KeySet: c.AuthJWKS, Issuer: c.AuthIssuer, Audience: c.AuthAudience, Cookie: c.AuthCookie,
		Forward: auth.Forward{URL: c.AuthForward, CacheFor: c.AuthForwardCache, Cookies: c.AuthForwardCookie},
		Gateway: auth.Gateway{
			From: c.AuthGatewayFrom, Secret: string(c.AuthGatewaySecret), Headers: c.AuthGatewayHeaders, Role: peyk.Role(c.AuthGatewayRole),
		},
	}
	if o.Door, err = c.door(); err != nil {
		return o, fmt.Errorf("--origins: %w", err)
	}
	for _, file := range c.AuthJWTKeys {
		pem, err := readBounded(file)
		if err != nil {
			return o, &wrongOption{name: "auth-jwt-keys", is: quote(file), want: "readable files of public keys in PEM: " + err.Error()}
		}
		o.PublicKeys = append(append(o.PublicKeys, pem...), '\n')
	}
	return o, nil
}

// cookies reports whether a browser's cookie may say who somebody is: to us, to
// the shop that we ask, or to the gateway in front.
func (c Config) cookies() bool {
	return c.AuthCookie != "" || c.AuthForward != "" || len(c.AuthGatewayFrom) > 0
}

// firstKey sees to it that somebody can come in: it takes over the admin token
// of an older version, and makes the first key of a new shop, which it returns.
func firstKey(ctx context.Context, s *store.Store, dir string, random io.Reader) (text string, err error) {
	if err := takeOverAdmin(ctx, s, dir); err != nil {
		return "", fmt.Errorf("take over the admin token: %w", err)
	}
	key, text, err := auth.FirstKey(random, time.Now())
	if err != nil {
		return "", err
	}
	err = s.MakeFirstKey(ctx, key)
	if errors.Is(err, peyk.ErrConflict) { // there are keys
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("keep the first key: %w", err)
	}
	return text, nil
}

// takeOverAdmin makes a key of the admin token. Whoever is interrupted after the
// first half does it again: it is the same key.
func takeOverAdmin(ctx context.Context, s *store.Store, dir string) error {
	key, path, err := auth.ReadAdmin(dir)
	if errors.Is(err, peyk.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	key.Made = time.Now()
	if err := s.MakeKey(ctx, key); err != nil && !errors.Is(err, peyk.ErrConflict) {
		return err
	}
	return os.Remove(path)
}
