package bus

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/rueidis"

	"peyk"
	"peyk/internal/wire"
)

// A broker that hangs is noticed by what does not come: the answer to a
// command, or the notes that every node, this one too, says each beat.
const (
	dialTimeout   = time.Second
	answerTimeout = 1500 * time.Millisecond
	silence       = 2 * time.Second
	beatEvery     = 500 * time.Millisecond
	lastWords     = time.Second // to send what waits when Run shall end
)

var (
	errSilent = errors.New("nothing is heard any more, not even this node's own notes")
	errClosed = errors.New("the connection was closed")
)

// session is one life of the connections to Redis: one that sends, one that
// listens. Whatever goes wrong with either ends both, so that there is one
// answer to "does it carry".
type session struct {
	*redis
	life   string
	client rueidis.Client
	hear   func(peyk.Report)
	start  time.Time

	heardAt atomic.Int64  // nanoseconds after start, of whatever came last
	echoed  atomic.Int64  // the latest of our own notes that came back
	echo    chan struct{} // capacity 1; the listener sends when echoed grows

	// owned by the sender
	beat    int64 // notes sent
	unnoted int   // positions sent after the last note
}

// session connects, and carries until something fails or ctx has ended and
// what waits is sent. It reports whether it ever carried. When it returns,
// nothing of it runs any more.
func (b *redis) session(ctx context.Context, hear func(peyk.Report)) (carried bool, err error) {
	life, end := context.WithCancel(context.WithoutCancel(ctx)) // closes the connections
	defer end()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lastWords, end) })
	defer stop()
	if err := b.target.probe(life); err != nil {
		return false, err
	}
	client, err := rueidis.NewClient(b.clientOption(life))
	if client != nil {
		defer client.Close()
	}
	if err != nil {
		return false, err
	}
	s := &session{redis: b, life: randomName(), client: client, hear: hear, start: time.Now(), echo: make(chan struct{}, 1)}
	listener, _ := client.Dedicate() // Close releases it
	lost := listener.SetPubSubHooks(rueidis.PubSubHooks{OnMessage: s.listen})
	if err = s.subscribe(life, listener); err == nil {
		err = s.carry(ctx, life, end, lost)
	}
	end()
	for range lost {
		// it is closed when the listening goroutine has ended
	}
	listener.Close()
	return s.echoed.Load() > 0, err
}

func (s *session) subscribe(ctx context.Context, listener rueidis.DedicatedClient) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	s.peers.begin(s.life)
	channels := listener.B().Subscribe().Channel(s.options.Channel, s.noteChannel())
	err := listener.Do(ctx, channels.Build()).Error()
	s.heardAt.Store(int64(time.Since(s.start)))
	if err != nil {
		return fmt.Errorf("subscribe to %s and %s: %w", s.options.Channel, s.noteChannel(), err)
	}
	return nil
}

// carry runs the sender and returns why one of both ended, or nil after ctx has.
func (s *session) carry(ctx, life context.Context, end func(), lost <-chan error) error {
	sent := make(chan error, 1)
	s.outbox.resume()
	go func() { sent <- s.send(life, ctx.Done()) }()
	err, over := s.watch(lost, sent)
	if !over {
		end()
		<-sent
	}
	s.counters.drop(Outage, s.outbox.pause())
	return err
}

// watch returns why the session is over, and whether the sender has ended.
func (s *session) watch(lost, sent <-chan error) (err error, over bool) {
	tick := time.NewTicker(beatEvery / 2)
	defer tick.Stop()
	for {
		select {
		case err := <-sent:
			return err, true
		case err := <-lost:
			return cmp.Or(err, errClosed), false
		case <-tick.C:
			if time.Since(s.start)-time.Duration(s.heardAt.Load()) > silence {
				return errSilent, false
			}
		}
	}
}

// listen takes what the broker carries. It runs on the goroutine that reads.
func (s *session) listen(m rueidis.PubSubMessage) {
	s.heardAt.Store(int64(time.Since(s.start)))
	if m.Channel == s.noteChannel() {
		s.listenNote(m.Message)
		return
	}
	r, err := parseOriginal(m.Message)
	if err != nil {
		s.drop(Malformed, s.options.Channel, err)
		return
	}
	s.counters.heard.Add(1)
	s.hear(r)
}

// parseOriginal looks at the length before the text is copied.
func parseOriginal(text string) (peyk.Report, error) {
	if len(text) > wire.MaxOriginal {
		return peyk.Report{}, fmt.Errorf("message has %d bytes (want at most %d)", len(text), wire.MaxOriginal)
	}
	return wire.ParseOriginal([]byte(text))
}

func (s *session) listenNote(text string) {
	n, err := parseNote(text)
	switch {
	case err != nil:
		s.drop(BadNote, s.noteChannel(), err)
	case n.Life == s.life:
		s.echoed.Store(max(n.Beat, s.echoed.Load()))
		s.health.carries()
		nudge(s.echo)
	case n.Node != s.node && s.peers.hear(n):
		nudge(s.outbox.wake)
	}
}

func (s *session) drop(why Reason, channel string, err error) {
	s.counters.drop(why, 1)
	s.complaints.add(channel, err)
}

func (b *redis) noteChannel() string { return b.options.Channel + ":peyk" }

// clientOption makes the client leave reconnecting to Run, and end with life.
func (b *redis) clientOption(life context.Context) rueidis.ClientOption {
	t := b.target
	return rueidis.ClientOption{
		InitAddress: []string{t.addr}, Username: t.user, Password: t.password, SelectDB: t.db, TLSConfig: t.tls,
		ClientName: "peyk", ClientSetInfo: rueidis.DisableClientSetInfo,
		ForceSingleClient: true, DisableRetry: true, DisableCache: true,
		PipelineMultiplex: -1, // one connection: positions stay in order
		ConnWriteTimeout:  answerTimeout,
		// Notes show that a connection lives. The client's own pings, which are
		// off with the keep-alive, would end one whose listener is busy.
		Dialer: net.Dialer{Timeout: dialTimeout, KeepAlive: -1},
		DialCtxFn: func(_ context.Context, addr string, d *net.Dialer, c *tls.Config) (net.Conn, error) {
			return dial(life, addr, d, c)
		},
	}
}

// dial returns a connection that is closed when life ends, so that nothing
// that waits for the broker outlasts it.
func dial(life context.Context, addr string, d *net.Dialer, c *tls.Config) (conn net.Conn, err error) {
	if c == nil {
		conn, err = d.DialContext(life, "tcp", addr)
	} else {
		conn, err = (&tls.Dialer{NetDialer: d, Config: c}).DialContext(life, "tcp", addr)
	}
	if err != nil {
		return nil, err
	}
	context.AfterFunc(life, func() { conn.Close() })
	return conn, nil
}
