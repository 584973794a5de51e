package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"peyk"
)

// answering starts a server that gives the same answer to everybody and hands
// out what it was asked.
func answering(t *testing.T, status int, header, body string) (url string, asked <-chan *http.Request) {
	t.Helper()
	requests := make(chan *http.Request, 16)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		content, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("read the request: %v", err)
		}
		r.Body = io.NopCloser(strings.NewReader(string(content)))
		requests <- r
		if name, value, found := strings.Cut(header, ": "); found {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the client sees what is missing
	}))
	t.Cleanup(server.Close)
	return server.URL, requests
}

func TestPostSends(t *testing.T) {
	for _, c := range []struct {
		name    string
		courier peyk.Courier
		at      peyk.Position
		want    string
	}{
		{"all there is",
			peyk.Courier{ID: "10", Username: "test_driver1", Name: "Sara <3"},
			peyk.Position{Lat: 35.00010049, Lon: -179.9999999, Accuracy: peyk.Measured(4.5), Altitude: peyk.Measured(-12), Speed: peyk.Measured(8.3),
				Heading: peyk.Measured(0), Battery: peyk.Measured(0.76), Time: 1763823600000001},
			`{"latitude":35.0001,"longitude":-180,"user":{"id":10,"username":"test_driver1","name":"Sara \u003c3"},` +
				`"time":"2025-11-22T15:00:00.000001Z","accuracy":4.5,"altitude":-12,"speed":8.3,"heading":0,"battery":0.76}`},
		{"the least", peyk.Courier{ID: "007"}, peyk.Position{Lat: 0, Lon: 100},
			`{"latitude":0,"longitude":100,"user":{"id":"007","username":""}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			url, asked := answering(t, 200, "", `{"update_interval": "60/m"}`)
			rate, err := New(url+"/", "secret").Post(t.Context(), c.courier, c.at)
			if want := (peyk.Rate{Count: 60, Per: time.Minute}); err != nil || rate != want {
				t.Fatalf("Post = %v, %v, want %v", rate, err, want)
			}
			r := <-asked
			body, _ := io.ReadAll(r.Body) // of a strings.Reader
			if string(body) != c.want {
				t.Errorf("posted %s\n  want %s", body, c.want)
			}
			if got, want := r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization"), "POST /api/v1/locations Bearer secret"; got != want {
				t.Errorf("asked %q, want %q", got, want)
			}
		})
	}
}

func TestPostWithoutTokenSendsNone(t *testing.T) {
	url, asked := answering(t, 200, "", `{"update_interval": "1/s"}`)
	if _, err := New(url, "").Post(t.Context(), peyk.Courier{ID: "1"}, peyk.Position{}); err != nil {
		t.Fatal(err)
	}
	if header, sent := (<-asked).Header["Authorization"]; sent {
		t.Errorf("sent Authorization %q, want none", header)
	}
}

func TestPostRefused(t *testing.T) {
	for _, c := range []struct {
		name         string
		status       int
		header, body string
		want         StatusError
	}{
		{"detail", 401, "", `{"detail":"Who are you?"}`, StatusError{401, "Who are you?", 0}},
		{"fields", 400, "", `{"longitude":["Wrong."],"latitude":["Missing."]}`, StatusError{400, "latitude: [Missing.]; longitude: [Wrong.]", 0}},
		{"text", 503, "Retry-After: 7", "come\nback\x1b[31m", StatusError{503, "come back [31m", 7 * time.Second}},
		{"nothing", 502, "Retry-After: soon", "", StatusError{502, "", 0}},
		{"long silence", 429, "Retry-After: 999999", "{}", StatusError{429, "", time.Hour}},
		{"endless", 500, "", strings.Repeat("x", 1<<20), StatusError{500, strings.Repeat("x", 300), 0}},
		{"elsewhere", 302, "Location: https://other.example/", "", StatusError{302, "", 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			url, asked := answering(t, c.status, c.header, c.body)
			_, err := New(url, "").Post(t.Context(), peyk.Courier{ID: "1"}, peyk.Position{})
			var got *StatusError
			if !errors.As(err, &got) || *got != c.want {
				t.Errorf("Post = %#v, want %#v", err, c.want)
			}
			if len(asked) != 1 {
				t.Errorf("asked %d times, want once", len(asked))
			}
		})
	}
}

func TestPostNotUnderstood(t *testing.T) {
	for _, body := range []string{"", "<html>", `{}`, `{"update_interval":null}`, `{"update_interval":"often"}`, strings.Repeat(" ", maxAnswer+1)} {
		url, _ := answering(t, 200, "", body)
		if rate, err := New(url, "").Post(t.Context(), peyk.Courier{ID: "1"}, peyk.Position{}); err == nil {
			t.Errorf("Post with the answer %.40q = %v, want an error", body, rate)
		}
	}
}

func TestPostEndsWithItsContext(t *testing.T) {
	url, _ := answering(t, 200, "", "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(url, "").Post(ctx, peyk.Courier{ID: "1"}, peyk.Position{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Post = %v, want context.Canceled", err)
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"":                              0,
		"0":                             0,
		"120":                           2 * time.Minute,
		"-5":                            0,
		"99999999999999999999":          0,
		"Sun, 22 Nov 2026 15:00:30 GMT": 30 * time.Second,
		"Sun, 22 Nov 2026 14:00:00 GMT": 0,
		"Sun, 22 Nov 2099 15:00:00 GMT": time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {text}}, now); got != want {
			t.Errorf("retryAfter(%q) = %v, want %v", text, got, want)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{`{"update_interval":"1/m"}`, `{"detail":"no"}`, `{"a":["b"],"c":{}}`, "\xff\x00", `[]`, "null"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		if rate, err := parseInterval(answer); err == nil && rate.Interval() <= 0 {
			t.Errorf("parseInterval = %v, want a rate above 0", rate)
		}
		sentence := parseSentence(answer)
		if len(sentence) > 300 || !utf8.ValidString(sentence) || strings.ContainsFunc(sentence, unicode.IsControl) {
			t.Errorf("parseSentence = %q, want a short line", sentence)
		}
	})
}
