package bench

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/tls"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// conn is the least of a WebSocket that a viewer needs: 16 KB, and no copy of a
// frame that nobody decodes. One goroutine reads; answers to pings go out from it.
type conn struct {
	net  net.Conn
	read *bufio.Reader
}

// The opcodes of RFC 6455, section 5.2, that servers of ours send.
const (
	opText   = 0x1
	opBinary = 0x2
	opClose  = 0x8
	opPing   = 0x9
	opPong   = 0xA
)

const (
	readBuffer  = 16 << 10 // bytes; with less, reading costs more than what is measured
	dialTimeout = 20 * time.Second
	maxMessage  = 8 << 20 // bytes; rivals put a thousand messages into one frame
)

// dial opens a connection from the given address, nil: any.
func dial(ctx context.Context, l Load, from net.Addr) (*conn, error) {
	u, err := url.Parse(l.URL)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	tcp, err := (&net.Dialer{LocalAddr: from}).DialContext(ctx, "tcp", address(u))
	if err != nil {
		return nil, err
	}
	if l.ReceiveBuffer > 0 {
		err = tcp.(*net.TCPConn).SetReadBuffer(l.ReceiveBuffer)
	}
	c := newConn(tcp)
	if err == nil && u.Scheme == "https" {
		c, err = secure(ctx, tcp, l.TLS, u.Hostname())
	}
	if err == nil {
		err = c.handshake(u, l)
	}
	if err != nil {
		_ = tcp.Close() // it is of no use
		return nil, err
	}
	return c, nil
}

func newConn(c net.Conn) *conn { return &conn{c, bufio.NewReaderSize(c, readBuffer)} }

// address is where a URL's server listens.
func address(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	return net.JoinHostPort(u.Hostname(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
}

// secure is the connection with TLS.
func secure(ctx context.Context, tcp net.Conn, config *tls.Config, host string) (*conn, error) {
	if config = config.Clone(); config == nil {
		config = new(tls.Config)
	}
	config.ServerName = host
	c := tls.Client(tcp, config)
	return newConn(c), c.HandshakeContext(ctx)
}

func (c *conn) handshake(u *url.URL, l Load) error {
	// The key is a nonce against caches that answer twice; here are none.
	key := base64.StdEncoding.EncodeToString([]byte("peyk bench viewe"))
	var b strings.Builder
	fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n", l.Language.Path(), u.Host, key)
	if p := l.Language.Subprotocol(); p != "" {
		fmt.Fprintf(&b, "Sec-WebSocket-Protocol: %s\r\n", p)
	}
	if l.Token != "" {
		fmt.Fprintf(&b, "Authorization: Bearer %s\r\n", l.Token)
	}
	b.WriteString("\r\n")
	if err := c.net.SetDeadline(time.Now().Add(dialTimeout)); err != nil {
		return err
	}
	if _, err := io.WriteString(c.net, b.String()); err != nil {
		return err
	}
	response, err := http.ReadResponse(c.read, nil)
	if err != nil {
		return err
	}
	defer response.Body.Close() // it was only read
	if response.StatusCode != http.StatusSwitchingProtocols {
		text, _ := io.ReadAll(io.LimitReader(response.Body, 200)) // what there is of it will do
		err := fmt.Errorf("handshake: %s: %s", response.Status, bytes.TrimSpace(text))
		if response.StatusCode == http.StatusTooManyRequests {
			err = fmt.Errorf("%w (more viewers of one token take a server with a higher --max-sockets)", err)
		}
		return err
	}
	proof := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) // RFC 6455, section 4.2.2
	if response.Header.Get("Sec-WebSocket-Accept") != base64.StdEncoding.EncodeToString(proof[:]) {
		return fmt.Errorf("handshake: the answer is not to our key")
	}
	return c.net.SetDeadline(time.Time{})
}

// next reads one message. Its bytes are returned if they are wanted, and
// passed over if not.
func (c *conn) next(wanted bool) (size int, message []byte, err error) {
	for {
		op, size, err := c.header()
		if err != nil {
			return 0, nil, err
		}
		if op == opText || op == opBinary {
			if !wanted {
				_, err = c.read.Discard(size)
				return size, nil, err
			}
			message = make([]byte, size)
			_, err = io.ReadFull(c.read, message)
			return size, message, err
		}
		if err := c.control(op, size); err != nil {
			return 0, nil, err
		}
	}
}

func (c *conn) header() (op byte, size int, err error) {
	var b [8]byte
	if _, err := io.ReadFull(c.read, b[:2]); err != nil {
		return 0, 0, err
	}
	const final, mask = 0x80, 0x80
	if b[0]&final == 0 || b[0]&0x70 != 0 || b[1]&mask != 0 {
		return 0, 0, fmt.Errorf("frame begins with % x (want whole messages, unmasked)", b[:2])
	}
	op, length := b[0]&0xF, uint64(b[1])
	extra := map[uint64]int{126: 2, 127: 8}[length]
	if extra > 0 {
		if _, err := io.ReadFull(c.read, b[8-extra:]); err != nil {
			return 0, 0, err
		}
		clear(b[:8-extra])
		length = binary.BigEndian.Uint64(b[:])
	}
	if length > maxMessage || op >= opClose && length > 125 {
		return 0, 0, fmt.Errorf("frame of opcode %d has %d bytes", op, length)
	}
	return op, int(length), nil
}

func (c *conn) control(op byte, size int) error {
	payload := make([]byte, size)
	if _, err := io.ReadFull(c.read, payload); err != nil {
		return err
	}
	switch op {
	case opPing:
		return c.write(opPong, payload)
	case opPong:
		return nil
	case opClose:
		if size < 2 {
			return fmt.Errorf("the server closed without a code")
		}
		return fmt.Errorf("the server closed with %d %s", binary.BigEndian.Uint16(payload), payload[2:])
	}
	return fmt.Errorf("frame of opcode %d", op)
}

// write sends one frame of less than 64 KiB. It is masked with zeros, which
// changes nothing: no proxy is between that a mask would have to protect.
func (c *conn) write(op byte, payload []byte) error {
	frame := []byte{0x80 | op, 0x80 | byte(len(payload))}
	if len(payload) > 125 {
		frame[1] = 0x80 | 126
		frame = binary.BigEndian.AppendUint16(frame, uint16(len(payload)))
	}
	frame = append(frame, 0, 0, 0, 0)
	_, err := c.net.Write(append(frame, payload...))
	return err
}
