package bus

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

const wanted = "want memory:, redis://[user:pass@]host:port[/db], or rediss:// for TLS"

// target is where a Redis is.
type target struct {
	addr           string // host:port
	user, password string // both empty: no AUTH
	db             int
	tls            *tls.Config // nil: in the clear
}

// parseTarget reads a redis: or rediss: URL. Its errors quote nothing but the
// scheme: where a password holds a "/", "#" or "@" that is not escaped, any
// other piece may be a piece of the password.
func parseTarget(text string) (target, error) {
	u, err := url.Parse(text)
	if err != nil {
		return target{}, fmt.Errorf("bus is not a URL; is the password percent-encoded? (%s)", wanted)
	}
	if u.Scheme != "redis" && u.Scheme != "rediss" {
		return target{}, fmt.Errorf("unknown bus scheme %q (%s)", u.Scheme, wanted)
	}
	if u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" {
		return target{}, fmt.Errorf("bus has no host, or something after it that is no database (%s)", wanted)
	}
	t := target{addr: net.JoinHostPort(u.Hostname(), u.Port())}
	if u.Port() == "" {
		t.addr = net.JoinHostPort(u.Hostname(), "6379")
	}
	if u.User != nil {
		t.user = u.User.Username()
		if t.password, _ = u.User.Password(); t.password == "" {
			return target{}, fmt.Errorf("bus has a user without a password (%s)", wanted)
		}
	}
	if path := strings.TrimPrefix(u.Path, "/"); path != "" {
		if t.db, err = strconv.Atoi(path); err != nil || t.db < 0 {
			return target{}, fmt.Errorf("bus has a database that is not a whole number (%s)", wanted)
		}
	}
	if u.Scheme == "rediss" {
		t.tls = &tls.Config{ServerName: u.Hostname(), MinVersion: tls.VersionTLS12}
	}
	return t, nil
}

// redacted returns err without the password: some servers repeat the command
// that they refuse with all its arguments.
func (t target) redacted(err error) error {
	if t.password == "" || !strings.Contains(err.Error(), t.password) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), t.password, "xxxxx"))
}
