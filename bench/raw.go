package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"flag"
	"fmt"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"
)

// raw is the limit: a server that writes the same bytes to every socket, by one
// non-blocking write each, and knows nothing else.
func raw(arguments []string) error {
	flags := flag.NewFlagSet("raw", flag.ExitOnError)
	size := flags.Int("bytes", 100, "of a message")
	every := flags.Duration("every", 100*time.Millisecond, "between two messages")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	var mu sync.Mutex // guards viewers
	viewers := map[int]net.Conn{}
	go func() {
		message := binaryFrame(make([]byte, *size))
		for range time.Tick(*every) {
			mu.Lock()
			for fd := range viewers {
				_, _ = syscall.Write(fd, message) // what a socket does not take is lost
			}
			mu.Unlock()
		}
	}()
	return listen(func(w http.ResponseWriter, r *http.Request) {
		conn, fd, err := hijack(w, r)
		if err != nil {
			fmt.Println(err)
			return
		}
		mu.Lock()
		viewers[fd] = conn
		mu.Unlock()
	})
}

// hijack answers a handshake and takes the connection with its descriptor,
// which stays open as long as the connection is held.
func hijack(w http.ResponseWriter, r *http.Request) (net.Conn, int, error) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, 0, err
	}
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	b := bufio.NewWriter(conn)
	fmt.Fprintf(b, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(sum[:]))
	if err := b.Flush(); err != nil {
		return nil, 0, err
	}
	control, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		return nil, 0, err
	}
	var fd int
	err = control.Control(func(d uintptr) { fd = int(d) })
	return conn, fd, err
}

func binaryFrame(payload []byte) []byte {
	head := []byte{0x82, byte(len(payload))}
	switch {
	case len(payload) > 65535:
		head = binary.BigEndian.AppendUint64([]byte{0x82, 127}, uint64(len(payload)))
	case len(payload) > 125:
		head = binary.BigEndian.AppendUint16([]byte{0x82, 126}, uint16(len(payload)))
	}
	return append(head, payload...)
}

// listen serves viewers on a free port, and prints where.
func listen(accept http.HandlerFunc) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	return http.Serve(listener, accept)
}
