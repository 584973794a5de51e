package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// hostile is what means harm, in a process of its own: several attacks at once,
// for some time, on one address. At the end it writes what came of them as JSON.
type hostile struct {
	Address string        `json:"-"`
	Token   string        `json:"-"` // good; for attacks from inside
	For     time.Duration `json:"-"`

	mu      sync.Mutex
	Slow    int            `json:"slow"`     // sockets that dribbled, and were closed
	SlowMax float64        `json:"slow_max"` // s until the last of them was
	Answers map[int]int    `json:"answers"`  // to bad handshakes, or to those of a crowd, by status; 0: none
	Flooded map[string]int `json:"flooded"`  // sockets that were closed, by how they flooded
	LongMax float64        `json:"long_max"` // s until the last of them was
}

// attack runs this program as an attacker, and returns what waits for its end.
func (h *house) attack(ctx context.Context, server *process, token string, args ...string) (ended func() (*hostile, error), err error) {
	cmd := exec.CommandContext(ctx, h.self, append([]string{"hostile", "-url", server.url, "-token", token}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, err
	}
	return func() (*hostile, error) {
		result := new(hostile)
		err := json.NewDecoder(out).Decode(result)
		return result, errors.Join(err, cmd.Wait())
	}, nil
}

// attacker is the role.
func attacker(arguments []string) error {
	flags := flag.NewFlagSet("hostile", flag.ExitOnError)
	url := flags.String("url", "", "of the Peyk")
	x := &hostile{Answers: map[int]int{}, Flooded: map[string]int{}}
	flags.StringVar(&x.Token, "token", "", "a good one")
	flags.DurationVar(&x.For, "for", 10*time.Second, "how long")
	slow := flags.Int("slow", 0, "sockets that dribble, all the time")
	bad := flags.Int("bad", 0, "bad handshakes a second")
	crowd := flags.Int("crowd", 0, "good handshakes, whose sockets stay")
	silent := flags.Int("silent", 0, "connections that say nothing, and stay")
	flood := flags.Bool("flood", false, "one socket after the other that says too much")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	x.Address = (*url)[len("http://"):]
	ctx, stop := context.WithTimeout(context.Background(), x.For)
	defer stop()
	var wg sync.WaitGroup
	for i := range *slow {
		wg.Go(func() { x.dribble(ctx, i) })
	}
	if *bad > 0 {
		wg.Go(func() { x.knock(ctx, *bad) })
	}
	if *crowd+*silent > 0 {
		wg.Go(func() { x.stand(ctx, *crowd, *silent) })
	}
	if *flood {
		wg.Go(func() { x.flood(ctx) })
	}
	wg.Wait()
	return json.NewEncoder(os.Stdout).Encode(x)
}

// dial comes from one of a few addresses, so that ports suffice, and resets
// when it closes, so that they are free again.
func (x *hostile) dial(ctx context.Context) (net.Conn, error) {
	from := &net.TCPAddr{IP: net.IPv4(127, 3, 0, byte(1+rand.IntN(8)))}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	conn, err := (&net.Dialer{LocalAddr: from}).DialContext(ctx, "tcp", x.Address)
	if err != nil {
		return nil, err
	}
	return conn, conn.(*net.TCPConn).SetLinger(0)
}

// handshake is one with these headers more.
func (x *hostile) handshake(more string) string {
	return fmt.Sprintf("GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: peyk.v1.json\r\n%s\r\n", x.Address, more)
}

func (x *hostile) good() string { return x.handshake("Authorization: Bearer " + x.Token + "\r\n") }

// dribble opens one slow socket after the other: a byte a second of a header, of
// a stranger's body, or of the body of somebody who may post.
func (x *hostile) dribble(ctx context.Context, i int) {
	const post = "POST /api/v1/locations HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n%s\r\n"
	begins := [...]string{"GET /ws HTT", "GET /ws HTTP/1.1\r\nHost", fmt.Sprintf(post, x.Address, ""),
		fmt.Sprintf(post, x.Address, "Authorization: Bearer "+x.Token+"\r\n")}
	for ctx.Err() == nil {
		conn, err := x.dial(ctx)
		if err != nil {
			continue
		}
		began := time.Now()
		ended := make(chan struct{})
		go func() { _, _ = io.Copy(io.Discard, conn); close(ended) }() // an error is an end like another
		_, err = io.WriteString(conn, begins[i%len(begins)])
		for tick := time.NewTicker(time.Second); err == nil; {
			select {
			case <-tick.C:
				_, err = conn.Write([]byte("x"))
			case <-ended:
				err = io.EOF
			case <-ctx.Done():
				err = ctx.Err()
			}
		}
		if ctx.Err() == nil || time.Since(began) > 10*time.Second {
			x.mu.Lock()
			x.Slow++
			x.SlowMax = max(x.SlowMax, time.Since(began).Seconds())
			x.mu.Unlock()
		}
		_ = conn.Close() // it has ended
		<-ended
	}
}

// knock shakes hands in ways that are wrong, so often a second.
func (x *hostile) knock(ctx context.Context, often int) {
	const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4IiwiZXhwIjo5OTk5OTk5OTk5fQ.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	wrong := [...]string{x.handshake(""), x.handshake("Authorization: Bearer peyk_wrong\r\n"), x.handshake("Authorization: Bearer " + jwt + "\r\n"),
		x.handshake("Sec-WebSocket-Key: twice\r\n")}
	var wg sync.WaitGroup
	began := time.Now()
	for i := 0; ctx.Err() == nil; i++ {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(often))))
		wg.Go(func() {
			conn, err := x.dial(ctx)
			if err != nil {
				x.count(0)
				return
			}
			defer conn.Close() // it is of no use any more
			x.count(x.answer(conn, wrong[i%len(wrong)]))
		})
	}
	wg.Wait()
}

func (x *hostile) count(status int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.Answers[status]++
}

func (x *hostile) answer(conn net.Conn, request string) (status int) {
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second)) // then it says so
	if _, err := io.WriteString(conn, request); err != nil {
		return 0
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0
	}
	return answer.StatusCode
}

// stand opens many connections, and keeps those that the server keeps.
func (x *hostile) stand(ctx context.Context, crowd, silent int) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all []net.Conn
	places := make(chan int)
	for range 16 {
		wg.Go(func() {
			for i := range places {
				conn, err := x.dial(ctx)
				if err == nil && i < crowd {
					x.count(x.answer(conn, x.good()))
				} else if i < crowd {
					x.count(0)
				}
				mu.Lock()
				all = append(all, conn)
				mu.Unlock()
			}
		})
	}
	for i := range crowd + silent {
		places <- i
	}
	close(places)
	wg.Wait()
	<-ctx.Done()
}

// flood lets one socket after the other say too much, until it is closed.
func (x *hostile) flood(ctx context.Context) {
	ping, tiny, piece := []byte{0x89, 0x80, 0, 0, 0, 0}, []byte{0x81, 0x81, 0, 0, 0, 0, 'x'}, []byte{0x00, 0x81, 0, 0, 0, 0, 'x'}
	floods := [...]struct {
		name         string
		first, again []byte
		pause        time.Duration
	}{
		{"pings", ping, ping, 0},
		{"tiny messages, 10,000/s", tiny, tiny, 100 * time.Microsecond},
		{"endless fragments", []byte{0x01, 0x81, 0, 0, 0, 0, 'x'}, piece, 0},
	}
	for i := 0; ctx.Err() == nil; i++ {
		f := floods[i%len(floods)]
		conn, err := x.dial(ctx)
		if err != nil || x.answer(conn, x.good()) != http.StatusSwitchingProtocols {
			continue
		}
		began := time.Now()
		_ = conn.SetDeadline(began.Add(10 * time.Second)) // by then it should have been closed long ago
		go func() { _, _ = io.Copy(io.Discard, conn) }()  // until it is closed
		_, err = conn.Write(f.first)
		for n := 1; err == nil; n++ {
			time.Sleep(time.Until(began.Add(time.Duration(n) * f.pause)))
			_, err = conn.Write(f.again)
		}
		x.Flooded[f.name]++
		x.LongMax = max(x.LongMax, time.Since(began).Seconds())
		_ = conn.Close() // it was closed already
		time.Sleep(100 * time.Millisecond)
	}
}
