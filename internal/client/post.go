package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"peyk"
)

// Client speaks to one Peyk in the name of one token. It is safe for
// concurrent use.
type Client struct {
	// HTTP is who carries the requests. It may be replaced before the first one.
	HTTP *http.Client

	url   string // without a slash at its end
	token string // empty where the server asks for none
}

// New returns a client of the Peyk at url, like http://127.0.0.1:8082. It opens
// nothing. It keeps at most 64 connections, and reuses them: requests beyond
// that wait for one another.
func New(url, token string) *Client {
	const connections = 64 // as many as the figures in docs are measured with
	transport := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		MaxConnsPerHost:       connections,
		MaxIdleConnsPerHost:   connections,
		IdleConnTimeout:       2 * time.Minute, // a courier that reports once a minute finds its connection open
		ResponseHeaderTimeout: timeout,
		ForceAttemptHTTP2:     true,
	}
	return &Client{
		HTTP: &http.Client{
			Transport: transport,
			Timeout:   timeout,
			// A POST that is redirected becomes a GET, and may carry the token
			// elsewhere: the redirection is the answer.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		url:   strings.TrimRight(url, "/"),
		token: token,
	}
}

const (
	timeout   = 10 * time.Second
	maxAnswer = 64 << 10 // bytes
)

// StatusError is an answer other than success.
type StatusError struct {
	Status     int
	Sentence   string        // what the server says is wrong: one line, at most 300 bytes; may be empty
	RetryAfter time.Duration // how long the server wants to be left alone; 0: it did not say
}

// Error returns the status in words and the server's sentence.
func (e *StatusError) Error() string {
	text := fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status))
	if e.Sentence == "" {
		return text
	}
	return text + ": " + e.Sentence
}

// Refused reports whether the server does not know the token, or does not allow
// its holder to do this: asking again is of no use.
func (e *StatusError) Refused() bool {
	return e.Status == http.StatusUnauthorized || e.Status == http.StatusForbidden
}

// statusError reads what is wrong from an answer other than success.
func statusError(response *http.Response) error {
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	return &StatusError{response.StatusCode, parseSentence(answer), retryAfter(response.Header, time.Now())}
}

// Post sends one position of the courier and returns how often the server wants
// the next ones. The position is rounded to the six decimals that the original
// contract allows. An answer other than success is a *StatusError.
func (c *Client) Post(ctx context.Context, who peyk.Courier, p peyk.Position) (peyk.Rate, error) {
	body, err := json.Marshal(newLocation(who, p))
	if err != nil {
		return peyk.Rate{}, fmt.Errorf("encode position of %s: %w", who.ID, err)
	}
	answer, err := c.send(ctx, http.MethodPost, "/api/v1/locations", body, nil)
	if err != nil {
		return peyk.Rate{}, err
	}
	return parseInterval(answer)
}

// send returns the body of a successful answer.
func (c *Client) send(ctx context.Context, method, path string, body []byte, header http.Header) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, c.url+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	maps.Copy(request.Header, header)
	request.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close() // it was only read
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return nil, statusError(response)
	}
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	if len(answer) > maxAnswer {
		return nil, errors.New("the answer is longer than 64 KiB")
	}
	return answer, nil
}

// location is what a phone posts.
type location struct {
	Latitude  json.Number     `json:"latitude"`
	Longitude json.Number     `json:"longitude"`
	User      user            `json:"user"`
	Time      string          `json:"time,omitempty"` // RFC 3339
	Accuracy  json.RawMessage `json:"accuracy,omitempty"`
	Altitude  json.RawMessage `json:"altitude,omitempty"`
	Speed     json.RawMessage `json:"speed,omitempty"`
	Heading   json.RawMessage `json:"heading,omitempty"`
	Battery   json.RawMessage `json:"battery,omitempty"`
}

type user struct {
	ID       any    `json:"id"` // json.Number or string
	Username string `json:"username"`
	Name     string `json:"name,omitempty"`
}

func newLocation(who peyk.Courier, p peyk.Position) location {
	l := location{
		Latitude:  degrees(p.Lat),
		Longitude: degrees(p.Lon),
		User:      user{who.ID, who.Username, who.Name},
		Accuracy:  known(p.Accuracy),
		Altitude:  known(p.Altitude),
		Speed:     known(p.Speed),
		Heading:   known(p.Heading),
		Battery:   known(p.Battery),
	}
	if peyk.NumericID(who.ID) {
		l.User.ID = json.Number(who.ID)
	}
	if p.Time != 0 {
		l.Time = p.Time.Time().Format(time.RFC3339Nano)
	}
	return l
}

func degrees(v float64) json.Number {
	text := strconv.FormatFloat(v, 'f', 6, 64)
	return json.Number(strings.TrimSuffix(strings.TrimRight(text, "0"), "."))
}

func known(m peyk.Measure) json.RawMessage {
	if _, ok := m.Value(); !ok {
		return nil
	}
	return m.Append(nil)
}

func parseInterval(answer []byte) (peyk.Rate, error) {
	var body struct {
		UpdateInterval *peyk.Rate `json:"update_interval"`
	}
	if err := json.Unmarshal(answer, &body); err != nil {
		return peyk.Rate{}, fmt.Errorf("read the answer: %w", err)
	}
	if body.UpdateInterval == nil {
		return peyk.Rate{}, fmt.Errorf("the answer names no update_interval: %q", line(string(answer)))
	}
	return *body.UpdateInterval, nil
}

// parseSentence makes one line of what a server says is wrong: of
// {"detail": "…"}, of {"field": ["…"]}, or of any other text.
func parseSentence(answer []byte) string {
	var fields map[string]any
	if json.Unmarshal(answer, &fields) != nil {
		return line(string(answer))
	}
	if detail, ok := fields["detail"].(string); ok {
		return line(detail)
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		parts = append(parts, fmt.Sprintf("%s: %v", name, fields[name]))
	}
	return line(strings.Join(parts, "; "))
}

// line is text that a terminal can show: one line of at most 300 bytes without
// control characters.
func line(text string) string {
	const limit = 300
	text = strings.ToValidUTF8(text[:min(len(text), limit)], "")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text))
}

// retryAfter reads a number of seconds or a date (RFC 9110, section 10.2.3). No
// server may silence its clients for longer than an hour.
func retryAfter(header http.Header, now time.Time) time.Duration {
	const most = time.Hour
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(text, 10, 31); err == nil {
		return min(time.Duration(seconds)*time.Second, most)
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), most)
}
