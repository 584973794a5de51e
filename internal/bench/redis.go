package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"peyk"
	"peyk/internal/wire"
)

// publisher speaks as much of the Redis protocol (RESP2) as PUBLISH takes. It
// is no user of the bus: an outsider's tool is what is wanted here.
type publisher struct {
	conn    net.Conn
	answers *bufio.Reader
	channel string
	out     []byte
}

const redisTimeout = 10 * time.Second

func dialRedis(ctx context.Context, target, channel string) (*publisher, error) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "redis" || u.Host == "" {
		return nil, errors.New("redis: want a URL like redis://[user:password@]host:port")
	}
	host := u.Host
	if u.Port() == "" {
		host = net.JoinHostPort(u.Hostname(), "6379")
	}
	conn, err := (&net.Dialer{Timeout: redisTimeout}).DialContext(ctx, "tcp", host)
	if err != nil {
		return nil, err
	}
	p := &publisher{conn: conn, answers: bufio.NewReader(conn), channel: channel}
	if err := p.authenticate(u.User); err != nil {
		return nil, errors.Join(fmt.Errorf("redis: %w", err), conn.Close())
	}
	return p, nil
}

// authenticate does nothing where no password is given.
func (p *publisher) authenticate(who *url.Userinfo) error {
	password, given := who.Password()
	if !given {
		return nil
	}
	if name := who.Username(); name != "" {
		p.command("AUTH", name, password)
		return p.flush(1)
	}
	p.command("AUTH", password)
	return p.flush(1)
}

func (p *publisher) send(_ context.Context, reports []peyk.Report) (int, error) {
	var message []byte
	for _, r := range reports {
		message = wire.AppendOriginal(message[:0], r, wire.Number)
		p.command("PUBLISH", p.channel, string(message))
	}
	if err := p.flush(len(reports)); err != nil {
		return 0, fmt.Errorf("redis: %w", err)
	}
	return len(reports), nil
}

func (p *publisher) close() error { return p.conn.Close() }

// command appends one command to what goes out next.
func (p *publisher) command(words ...string) {
	p.out = strconv.AppendInt(append(p.out, '*'), int64(len(words)), 10)
	for _, w := range words {
		p.out = strconv.AppendInt(append(p.out, "\r\n$"...), int64(len(w)), 10)
		p.out = append(append(p.out, "\r\n"...), w...)
	}
	p.out = append(p.out, "\r\n"...)
}

// flush writes what is there, and reads as many answers of one line.
func (p *publisher) flush(answers int) error {
	if err := p.conn.SetDeadline(time.Now().Add(redisTimeout)); err != nil {
		return err
	}
	_, err := p.conn.Write(p.out)
	p.out = p.out[:0]
	if err != nil {
		return err
	}
	for range answers {
		line, err := p.answers.ReadSlice('\n')
		if err != nil {
			return err
		}
		if line[0] == '-' {
			return fmt.Errorf("%.200s", line[1:])
		}
	}
	return nil
}
