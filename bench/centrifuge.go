package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"peyk"
	"peyk/internal/bench"

	"github.com/centrifugal/centrifuge"
)

// everybody is the channel of viewers of everything.
const everybody = "all"

// centrifugeServer is a server on the centrifuge library that publishes every
// position as it arrives: on one channel, or on one per tile.
func centrifugeServer(arguments []string) error {
	flags := flag.NewFlagSet("centrifuge", flag.ExitOnError)
	redis := flags.String("redis", "", "URL")
	tuned := flags.Bool("tuned", false, "write delay as Peyk's tick, 1,000 messages a frame, timers instead of goroutines")
	zooms := flags.String("zooms", "", "of the tiles that have channels; empty: one channel has everything")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	node, err := centrifuge.New(centrifuge.Config{ClientChannelLimit: 1000})
	if err != nil {
		return err
	}
	node.OnConnecting(func(_ context.Context, e centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		reply := centrifuge.ConnectReply{Subscriptions: map[string]centrifuge.SubscribeOptions{}, Credentials: &centrifuge.Credentials{}}
		if *tuned {
			reply.WriteDelay, reply.MaxMessagesInFrame, reply.WriteWithTimer = 100*time.Millisecond, 1000, true
		}
		var channels []string
		err := json.Unmarshal(e.Data, &channels)
		for _, c := range channels {
			reply.Subscriptions[c] = centrifuge.SubscribeOptions{}
		}
		return reply, err
	})
	if err := node.Run(); err != nil {
		return err
	}
	go hear(*redis, func(message []byte) { // without it nothing arrives, which is seen
		for _, c := range channelsOf(message, *zooms) {
			if _, err := node.Publish(c, message); err != nil {
				fmt.Println(err)
			}
		}
	})
	return listen(centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		CheckOrigin: func(*http.Request) bool { return true },
	}).ServeHTTP)
}

func channelsOf(message []byte, zooms string) (names []string) {
	if zooms == "" {
		return []string{everybody}
	}
	var at struct{ Latitude, Longitude float64 }
	if err := json.Unmarshal(message, &at); err != nil {
		return nil
	}
	for zoom := range strings.SplitSeq(zooms, ",") {
		z, _ := strconv.Atoi(zoom) // of our own making
		x := at.Longitude/360 + 0.5
		radians := at.Latitude * math.Pi / 180
		y := 0.5 - math.Asinh(math.Tan(radians))/(2*math.Pi)
		side := math.Exp2(float64(z))
		names = append(names, fmt.Sprintf("%d/%d/%d", z, int(x*side), int(y*side)))
	}
	return names
}

// centrifugeLanguage is the library's JSON protocol, as far as a viewer speaks it.
type centrifugeLanguage struct{ tiles bool }

func (centrifugeLanguage) Path() string        { return "/" }
func (centrifugeLanguage) Subprotocol() string { return "" }

func (l centrifugeLanguage) Greeting(v peyk.View) []byte {
	channels := []string{everybody}
	if l.tiles {
		channels = tiles(v)
	}
	data, _ := json.Marshal(channels) // of strings
	return fmt.Appendf(nil, `{"id":1,"connect":{"data":%s}}`, data)
}

func (centrifugeLanguage) Decoder(peyk.View) bench.Decoder { return &centrifugeViewer{} }

// centrifugeViewer unwraps what the library sends, and answers its pings.
type centrifugeViewer struct{ bench.Stream }

func (c *centrifugeViewer) Take(message []byte, seen func(bench.Sight)) (answer []byte, err error) {
	if string(message) == "{}" {
		return message, nil
	}
	c.Unwrap = publications
	return c.Stream.Take(message, seen)
}

// publications are the data of the pushes in a message, one to a line:
// {"push":{"channel":"all","pub":{"data":…}}}.
func publications(message []byte) (list [][]byte, err error) {
	for line := range bytes.Lines(message) {
		_, data, found := bytes.Cut(bytes.TrimSpace(line), []byte(`"pub":{"data":`))
		if found {
			list = append(list, bytes.TrimSuffix(data, []byte("}}}")))
		}
	}
	return list, nil
}
