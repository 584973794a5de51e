package main

import (
	"context"
	"flag"
	"net/http"
	"sync"
	"time"

	coder "github.com/coder/websocket"
	gorilla "github.com/gorilla/websocket"
	"github.com/redis/rueidis"
)

// hear calls take with every message that is published, from one goroutine.
func hear(url string, take func(message []byte)) error {
	options, err := rueidis.ParseURL(url)
	if err != nil {
		return err
	}
	options.DisableCache = true
	client, err := rueidis.NewClient(options)
	if err != nil {
		return err
	}
	return client.Receive(context.Background(), client.B().Subscribe().Channel(channel).Build(), func(m rueidis.PubSubMessage) {
		take([]byte(m.Message))
	})
}

// sender writes one message to one viewer.
type sender interface{ send(message *prepared) error }

// prepared is a message that was framed once for everybody, where a library can.
type prepared struct {
	text    []byte
	gorilla *gorilla.PreparedMessage
}

// plainServer is the plain broadcast server that one writes on a library: every
// position goes to every viewer at once, in a frame of its own.
func plainServer(accept func(http.ResponseWriter, *http.Request) (sender, func(), error)) func([]string) error {
	return func(arguments []string) error {
		flags := flag.NewFlagSet("plain", flag.ExitOnError)
		redis := flags.String("redis", "", "URL")
		if err := flags.Parse(arguments); err != nil {
			return err
		}
		var mu sync.Mutex // guards viewers
		viewers := map[sender]bool{}
		go hear(*redis, func(text []byte) { // without it nothing arrives, which is seen
			m := &prepared{text: text}
			m.gorilla, _ = gorilla.NewPreparedMessage(gorilla.TextMessage, text) // fails for no text
			mu.Lock()
			defer mu.Unlock()
			for v := range viewers {
				if v.send(m) != nil {
					delete(viewers, v)
				}
			}
		})
		return listen(func(w http.ResponseWriter, r *http.Request) {
			v, read, err := accept(w, r)
			if err != nil {
				return
			}
			mu.Lock()
			viewers[v] = true
			mu.Unlock()
			read() // answers pings, until the connection ends
		})
	}
}

const sendTimeout = 10 * time.Second

type gorillaViewer struct{ conn *gorilla.Conn }

func acceptGorilla(w http.ResponseWriter, r *http.Request) (sender, func(), error) {
	upgrader := gorilla.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}
	conn, err := upgrader.Upgrade(w, r, nil)
	return gorillaViewer{conn}, func() {
		for err == nil {
			_, _, err = conn.NextReader()
		}
	}, err
}

func (v gorillaViewer) send(m *prepared) error {
	if err := v.conn.SetWriteDeadline(time.Now().Add(sendTimeout)); err != nil {
		return err
	}
	return v.conn.WritePreparedMessage(m.gorilla)
}

type coderViewer struct{ conn *coder.Conn }

func acceptCoder(w http.ResponseWriter, r *http.Request) (sender, func(), error) {
	conn, err := coder.Accept(w, r, nil)
	return coderViewer{conn}, func() { <-conn.CloseRead(context.Background()).Done() }, err
}

func (v coderViewer) send(m *prepared) error {
	ctx, cancel := context.WithTimeout(context.Background(), sendTimeout)
	defer cancel()
	return v.conn.Write(ctx, coder.MessageText, m.text)
}
