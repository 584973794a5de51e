package main

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
)

// hostPort reports whether text is an address to listen on: a name, an IP
// address or nothing, and a port by its number.
func hostPort(text string) bool {
	host, port, err := net.SplitHostPort(text)
	if err != nil || !number(port, 65535) {
		return false
	}
	if strings.Contains(host, ":") {
		_, err := netip.ParseAddr(host)
		return err == nil
	}
	return !strings.ContainsFunc(host, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", r)
	})
}

// loopback reports whether only this machine reaches the address.
func loopback(address string) bool {
	if _, ok := unixPath(address); ok {
		return true
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// anyPort reports whether the address lets the system choose its port.
func anyPort(address string) bool {
	_, port, err := net.SplitHostPort(address)
	return err == nil && number(port, 0)
}

func number(text string, most uint64) bool {
	n, err := strconv.ParseUint(text, 10, 32)
	return err == nil && n <= most
}

// webURL reports whether text is a URL of the web with nobody's name in it.
func webURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil
}

// loginURL reports whether a page may send people to the address. Two slashes
// would begin the name of another host.
func loginURL(text string) bool {
	if strings.HasPrefix(text, "/") {
		u, err := url.Parse(text)
		return err == nil && u.Host == "" && !strings.Contains(text, "\\")
	}
	return webURL(text)
}

// listenError says for which option an address could not be opened.
type listenError struct {
	option  string
	address string // as the option has it
	err     error
}

func (e *listenError) Error() string { return fmt.Sprintf("--%s: %v", e.option, e.err) }
func (e *listenError) Unwrap() error { return e.err }

// addressTaken returns, in place of err, an error that says how to go on where
// another program listens on an address already; any other error stays as it is.
func addressTaken(err error, command string) error {
	failed, ok := errors.AsType[*listenError](err)
	if !ok || !errors.Is(err, syscall.EADDRINUSE) {
		return err
	}
	return fmt.Errorf("another program listens on %s already (choose another address, like: peyk %s --%s 127.0.0.1:0)",
		strings.TrimPrefix(failed.address, unixPrefix), command, failed.option)
}
