package socket

import (
	"bufio"
	"bytes"
	"crypto/sha1" // named by RFC 6455; nothing here rests on its strength
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// handshakeTimeout bounds writing the answer to a handshake.
const handshakeTimeout = 5 * time.Second

// check returns why r is not an opening handshake (RFC 6455, section 4.2.1),
// or nil.
func check(r *http.Request) *refusal {
	switch key, err := base64.StdEncoding.DecodeString(r.Header.Get("Sec-Websocket-Key")); {
	case r.Method != http.MethodGet:
		return &refusal{status: http.StatusMethodNotAllowed, detail: fmt.Sprintf("Method %q not allowed.", r.Method)}
	case !r.ProtoAtLeast(1, 1) || r.ProtoMajor != 1:
		return &refusal{status: http.StatusBadRequest, detail: "A WebSocket begins with HTTP/1.1."}
	case !hasToken(r.Header, "Upgrade", "websocket") || !hasToken(r.Header, "Connection", "upgrade"):
		return &refusal{status: http.StatusUpgradeRequired, detail: "This address speaks WebSocket: want Connection: Upgrade and Upgrade: websocket."}
	case len(r.Header["Sec-Websocket-Version"]) != 1 || r.Header.Get("Sec-Websocket-Version") != "13":
		return &refusal{status: http.StatusUpgradeRequired, detail: "Want Sec-WebSocket-Version: 13."}
	case len(r.Header["Sec-Websocket-Key"]) != 1 || err != nil || len(key) != 16:
		return &refusal{status: http.StatusBadRequest, detail: "Want one Sec-WebSocket-Key of 16 bytes in base64."}
	case r.ContentLength != 0:
		return &refusal{status: http.StatusBadRequest, detail: "A handshake has no body."}
	}
	return nil
}

func hasToken(h http.Header, key, token string) bool {
	return slices.ContainsFunc(tokens(h, key), func(t string) bool { return strings.EqualFold(t, token) })
}

// tokens returns the members of a header that holds a list.
func tokens(h http.Header, key string) []string {
	var list []string
	for _, line := range h.Values(key) {
		for t := range strings.SplitSeq(line, ",") {
			if t = strings.TrimSpace(t); t != "" {
				list = append(list, t)
			}
		}
	}
	return list
}

// choose returns the language that the client wants, and the subprotocol to
// answer with, which may be none.
func choose(r *http.Request, languages map[string]language) (language, string, *refusal) {
	offered := tokens(r.Header, "Sec-Websocket-Protocol")
	if len(offered) == 0 {
		return languages[""], "", nil
	}
	for _, name := range offered {
		if l, known := languages[name]; known {
			return l, name, nil
		}
	}
	return nil, "", &refusal{status: http.StatusBadRequest,
		detail: "Want one of the subprotocols peyk.v1.bin, peyk.v1.json and echo-protocol; bearer.TOKEN stands beside one of them."}
}

// takeOver takes the connection from net/http, and writes the head of an answer.
// What the client has sent already comes back as early. The caller closes the
// connection.
func takeOver(w http.ResponseWriter, head []byte) (conn net.Conn, early []byte, err error) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("take over the connection: %w", err)
	}
	if early, err = buffered(rw.Reader); err == nil {
		err = answer(conn, head)
	}
	if err != nil {
		conn.Close()
		return nil, nil, err
	}
	return conn, early, nil
}

func buffered(r *bufio.Reader) ([]byte, error) {
	b, err := r.Peek(r.Buffered())
	return bytes.Clone(b), err
}

// switching is the head of the answer to a handshake.
func switching(key, protocol string) []byte {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ")
	b.WriteString(base64.StdEncoding.EncodeToString(sum[:]))
	if protocol != "" {
		b.WriteString("\r\nSec-WebSocket-Protocol: " + protocol)
	}
	b.WriteString("\r\n\r\n")
	return b.Bytes()
}

func answer(conn net.Conn, head []byte) error {
	if err := conn.SetDeadline(time.Now().Add(handshakeTimeout)); err != nil {
		return fmt.Errorf("answer the handshake: %w", err)
	}
	if _, err := conn.Write(head); err != nil {
		return fmt.Errorf("answer the handshake: %w", err)
	}
	return conn.SetDeadline(time.Time{})
}
