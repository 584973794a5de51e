package main

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestListenUnix(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	first, err := listen("listen", "unix:"+path)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o660 {
		t.Errorf("the socket has the mode %v (%v), want 0660", info.Mode(), err)
	}
	if _, err := listen("listen", "unix:"+path); err == nil || !strings.Contains(addressTaken(err, "serve").Error(), "--listen 127.0.0.1:0") {
		t.Errorf("listen where another listens = %v, want that it is taken", err)
	}
	if conn, err := net.Dial("unix", path); err != nil {
		t.Errorf("the first does not listen any more: %v", err)
	} else {
		conn.Close()
	}

	first.(*net.UnixListener).SetUnlinkOnClose(false) // as one that is killed
	first.Close()
	second, err := listen("listen", "unix:"+path)
	if err != nil {
		t.Fatalf("listen where a killed server did: %v", err)
	}
	second.Close()
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("after the end the socket is still there (%v)", err)
	}

	if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := listen("listen", "unix:"+path); err == nil || !strings.Contains(err.Error(), "is no socket") {
		t.Errorf("listen on a file = %v, want that it is no socket", err)
	}
	if text, err := os.ReadFile(path); string(text) != "kept" {
		t.Errorf("the file holds %q (%v)", text, err)
	}
}

// TestNodeOnSockets kills a node that listens on two sockets, and starts it anew.
func TestNodeOnSockets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, ops := filepath.Join(dir, "s"), filepath.Join(dir, "ops")
	n := startNode(t, "--listen", "unix:"+path, "--ops-listen", "unix:"+ops, "--public-url", "https://shop.example/peyk")
	n.kill()
	n.start()
	for path, url := range map[string]string{path: "http://shop.example/peyk/config.json", ops: "http://localhost/readyz"} {
		dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", path)
		}
		n.http = &http.Client{Timeout: soon, Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
		if a, err := n.send("GET", url, ""); err != nil || a.status != http.StatusOK {
			t.Errorf("%s over %s is answered %d %s (%v), want 200", url, path, a.status, a.body, err)
		}
	}
	n.stop()
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) > 0 {
		t.Errorf("the node left %q behind", left)
	}
}
