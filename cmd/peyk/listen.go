package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
)

// unixPrefix begins the address of a unix socket; its path follows.
const unixPrefix = "unix:"

// maxUnixPath is the longest path that a socket's address has room for, in
// bytes (unix(7), with the zero at its end).
const maxUnixPath = 107

func unixPath(address string) (path string, ok bool) { return strings.CutPrefix(address, unixPrefix) }

// listenable reports whether text is an address to listen on.
func listenable(text string) bool {
	if path, ok := unixPath(text); ok {
		return path != "" && len(path) <= maxUnixPath && printable(path, maxUnixPath)
	}
	return hostPort(text)
}

// listen opens the option's address, which listenable has accepted. Its error is
// a *listenError.
func listen(option, address string) (l net.Listener, err error) {
	if path, ok := unixPath(address); ok {
		l, err = listenUnix(path)
	} else {
		l, err = net.Listen("tcp", address)
	}
	if err != nil {
		return nil, &listenError{option, address, err}
	}
	return l, nil
}

// listenUnix makes a socket for its owner and its group, in place of one that a
// server left behind which was killed. It goes when the listener closes.
func listenUnix(path string) (net.Listener, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode().Type() != fs.ModeSocket {
		return nil, fmt.Errorf("%s is there already, and is no socket", path)
	}
	l, err := net.Listen("unix", path)
	if errors.Is(err, syscall.EADDRINUSE) && abandoned(path) {
		if err = os.Remove(path); err == nil {
			l, err = net.Listen("unix", path)
		}
	}
	if err != nil {
		return nil, err
	}
	// Until here it was the umask's, which hardly lets more people write.
	if err := os.Chmod(path, 0o660); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// abandoned reports whether nobody listens on the socket.
func abandoned(path string) bool {
	conn, err := net.Dial("unix", path)
	if err == nil {
		conn.Close()
	}
	return errors.Is(err, syscall.ECONNREFUSED)
}

// visible is the URL at which this machine reaches the address; of a unix
// socket, which has none, its address.
func visible(at net.Addr) string {
	switch at := at.(type) {
	case *net.UnixAddr:
		return unixPrefix + at.Name
	case *net.TCPAddr:
		if at.IP.IsUnspecified() {
			return fmt.Sprintf("http://127.0.0.1:%d", at.Port)
		}
	}
	return "http://" + at.String()
}
