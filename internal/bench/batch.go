package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"peyk"
	"peyk/internal/wire"
)

// batches sends many positions in one POST.
type batches struct {
	url, token string
	http       http.Client
}

func newBatches(l Load) *batches {
	b := &batches{url: strings.TrimRight(l.URL, "/") + "/api/v1/positions", token: l.Token}
	b.http.Timeout = 10 * time.Second
	b.http.Transport = &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: l.TLS.Clone()}
	return b
}

func (b *batches) send(ctx context.Context, reports []peyk.Report) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url, bytes.NewReader(Batch(reports)))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	if b.token != "" {
		request.Header.Set("Authorization", "Bearer "+b.token)
	}
	response, err := b.http.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close() // it was only read
	answer, err := io.ReadAll(io.LimitReader(response.Body, 4<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("POST of %d positions: %s: %.200s", len(reports), response.Status, answer)
	}
	if err != nil {
		return 0, err
	}
	return Taken(answer, len(reports))
}

func (b *batches) close() error {
	b.http.CloseIdleConnections()
	return nil
}

// Batch is the body of a POST of many positions.
func Batch(reports []peyk.Report) []byte {
	body := []byte{'['}
	for i, r := range reports {
		if i > 0 {
			body = append(body, ',')
		}
		r.Position.Stamp = 0 // the server's to give
		body = wire.AppendOriginal(body, r, wire.Number)
	}
	return append(body, ']')
}

// Taken returns how many of the n positions of a batch were taken, by its
// answer. If not all were, a *refused says how many and the first reason.
func Taken(answer []byte, n int) (int, error) {
	var said struct {
		Results []json.RawMessage `json:"results"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || len(said.Results) != n {
		return 0, fmt.Errorf("POST of %d positions: an answer with %d results: %.200s", n, len(said.Results), answer)
	}
	var no refused
	for _, result := range said.Results {
		if string(result) == `{"status":"accepted"}` {
			continue
		}
		if no.count++; no.count == 1 {
			no.first = fmt.Sprintf("%.200s", result)
		}
	}
	if no.count > 0 {
		return n - no.count, &no
	}
	return n, nil
}

// refused are positions that the server did not take.
type refused struct {
	count int
	first string // what was said of the first
}

func (r *refused) Error() string {
	return fmt.Sprintf("%d positions were not taken, the first because of: %s", r.count, r.first)
}
