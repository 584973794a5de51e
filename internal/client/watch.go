package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"peyk"
	"peyk/internal/wire"
)

// Times of a watching connection, as docs/protocol.md asks.
const (
	lostAfter = 25 * time.Second
	retryMin  = 500 * time.Millisecond
	retryMax  = 30 * time.Second
)

// errLost says that the server was silent for lostAfter.
var errLost = errors.New("nothing was heard for 25 s")

// Watch keeps a picture of everything until ctx ends (then it returns nil) or the
// server refuses the credential (then it returns a *StatusError): it connects,
// resumes and backs off by itself. It calls changed after every message, from one
// goroutine; changed must not keep the picture. When a connection is lost, lost
// says why and when it tries again; it may be nil.
func (c *Client) Watch(ctx context.Context, changed func(*Picture), lost func(err error, again time.Duration)) error {
	return c.WatchView(ctx, peyk.View{All: true}, JSON, changed, lost)
}

// Encoding is a subprotocol.
type Encoding string

// The encodings.
const (
	JSON   Encoding = "peyk.v1.json"
	Binary Encoding = "peyk.v1.bin"
)

// parse reads a message of the encoding.
func (e Encoding) parse(b []byte) (wire.Message, error) {
	if e == Binary {
		return wire.ParseBinMessage(b)
	}
	return wire.ParseMessage(b)
}

// WatchView is Watch of a view, in an encoding.
func (c *Client) WatchView(ctx context.Context, view peyk.View, e Encoding, changed func(*Picture), lost func(err error, again time.Duration)) error {
	picture := Picture{View: view}
	wait := retryMin
	for {
		began := time.Now()
		after, err := c.watchOnce(ctx, &picture, e, changed)
		if ctx.Err() != nil {
			return nil
		}
		if refused(err) {
			return err
		}
		if time.Since(began) > retryMax {
			wait = retryMin
		}
		again := after
		if again == 0 {
			again = time.Duration((0.5 + rand.Float64()) * float64(wait))
			wait = min(2*wait, retryMax)
		}
		if lost != nil {
			lost(err, again)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(again):
		}
	}
}

// watchOnce serves one connection. It returns when the server asked to come
// back, 0 if it did not.
func (c *Client) watchOnce(ctx context.Context, picture *Picture, e Encoding, changed func(*Picture)) (after time.Duration, err error) {
	conn, err := c.dial(ctx, e)
	if err != nil {
		return 0, err
	}
	defer conn.CloseNow()
	conn.SetReadLimit(2 * wire.MaxFrame)
	for {
		b, err := read(ctx, conn)
		if err != nil {
			return after, err
		}
		m, err := e.parse(b)
		if err != nil {
			return 0, err
		}
		switch m.Type {
		case "bye":
			after = m.After
		case "error":
			return 0, fmt.Errorf("the server says %s: %s", m.Error, m.Reason)
		}
		err = picture.Apply(m)
		if m.Type == "hello" || errors.Is(err, ErrGap) {
			err = conn.Write(ctx, websocket.MessageText, wire.AppendWatch(nil, picture.Interest()))
		}
		if err != nil {
			return 0, err
		}
		changed(picture)
	}
}

func read(ctx context.Context, conn *websocket.Conn) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, lostAfter, errLost)
	defer cancel()
	_, b, err := conn.Read(ctx)
	if err != nil && context.Cause(ctx) != nil {
		return nil, context.Cause(ctx)
	}
	return b, err
}

func (c *Client) dial(ctx context.Context, e Encoding) (*websocket.Conn, error) {
	header := http.Header{}
	if c.token != "" {
		header.Set("Authorization", "Bearer "+c.token)
	}
	url := "ws" + strings.TrimPrefix(c.url, "http") + "/ws"
	conn, answer, err := websocket.Dial(ctx, url, &websocket.DialOptions{
		HTTPHeader: header, Subprotocols: []string{string(e)},
	})
	if err != nil && answer != nil {
		sentence, _ := io.ReadAll(io.LimitReader(answer.Body, maxAnswer)) // what there is of it will do
		return nil, &StatusError{answer.StatusCode, parseSentence(sentence), retryAfter(answer.Header, time.Now())}
	}
	return conn, err
}

// refused reports whether the server does not want this credential: trying
// again would not help.
func refused(err error) bool {
	status, ok := errors.AsType[*StatusError](err)
	return ok && status.Refused()
}
