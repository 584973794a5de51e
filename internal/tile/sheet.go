package tile

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	sheetAtLeast = time.Minute      // a style is read again no sooner
	sheetAtMost  = time.Hour        // and no later, since it says where the tiles of today are
	sheetRetry   = 30 * time.Second // if it does not come
	maxSources   = 32               // that a style describes by an address only
	maxSheet     = 16 << 20         // bytes, unpacked
)

// sheet is a style, as pages get it by way of this server.
type sheet struct {
	text   []byte // JSON, in which every address is ours
	packed []byte // the same in gzip
	etag   string
	named  []string // the addresses that the style, as it came, makes pages load
	until  time.Time
}

// sheets are the styles by address.
type sheets struct {
	flights[*sheet]

	mu        sync.Mutex // guards byAddress
	byAddress map[string]*sheet
}

func (s *sheets) have(address string) *sheet {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byAddress[address]
}

func (s *sheets) keep(address string, now *sheet) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byAddress == nil {
		s.byAddress = make(map[string]*sheet)
	}
	s.byAddress[address] = now
}

// sheet returns a style; the last one where it does not come any more. Beside
// an error it returns what it could read.
func (s *Server) sheet(ctx context.Context, address string) (*sheet, error) {
	if have := s.sheets.have(address); have != nil && s.o.Now().Before(have.until) {
		return have, nil
	}
	return s.sheets.do(ctx, address, func() (*sheet, error) {
		now, err := s.readSheet(ctx, address)
		if have := s.sheets.have(address); err != nil && have != nil {
			again := *have
			again.until = s.o.Now().Add(sheetRetry)
			now, err = &again, nil
		}
		if err == nil {
			s.sheets.keep(address, now)
		}
		return now, err
	})
}

func (s *Server) readSheet(ctx context.Context, address string) (*sheet, error) {
	style, until, err := s.readJSON(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("read the style: %w", err)
	}
	now := &sheet{named: addressesIn(style), until: until}
	sources, _ := style["sources"].(map[string]any)
	if len(sources) > maxSources {
		return now, fmt.Errorf("the style has %d sources (want at most %d)", len(sources), maxSources)
	}
	for name, source := range sources {
		until, err := s.describe(ctx, source, now)
		if err != nil {
			return now, fmt.Errorf("read the source %.100q of the style: %w", name, err)
		}
		now.until = earlier(now.until, until)
	}
	least, most := s.o.Now().Add(sheetAtLeast), s.o.Now().Add(sheetAtMost)
	now.until = earlier(most, now.until)
	if now.until.Before(least) {
		now.until = least
	}
	if !s.o.Proxy {
		return now, nil
	}
	return now, s.targets.rewrite(style, now)
}

// describe puts into a source what the address that it names says of it. What
// the source says itself counts more, as it does for MapLibre.
func (s *Server) describe(ctx context.Context, source any, into *sheet) (until time.Time, err error) {
	members, _ := source.(map[string]any)
	kind, _ := members["type"].(string)
	address, _ := members["url"].(string)
	if !slices.Contains([]string{"vector", "raster", "raster-dem"}, kind) || originOf(address) == "" {
		return into.until, nil
	}
	described, until, err := s.readJSON(ctx, address)
	if err != nil {
		return until, err
	}
	into.named = append(into.named, addressesIn(described)...)
	delete(members, "url")
	for _, key := range []string{"tiles", "minzoom", "maxzoom", "bounds", "scheme", "tileSize", "encoding", "attribution", "vector_layers"} {
		if _, said := members[key]; !said && described[key] != nil {
			members[key] = described[key]
		}
	}
	return until, nil
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func (s *Server) readJSON(ctx context.Context, address string) (document map[string]any, until time.Time, err error) {
	t, err := s.get(ctx, want{address: address})
	if err != nil {
		return nil, until, err
	}
	defer t.close()
	if t.Status != http.StatusOK {
		return nil, until, fmt.Errorf("the host answers %d %s", t.Status, http.StatusText(t.Status))
	}
	var content io.Reader = t.content()
	if t.Encoding == "gzip" {
		if content, err = gzip.NewReader(content); err != nil {
			return nil, until, err
		}
	}
	text, err := io.ReadAll(io.LimitReader(content, maxSheet))
	if err != nil {
		return nil, until, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber() // they go on as they came
	if err := decoder.Decode(&document); err != nil {
		return nil, until, errors.New("it is no JSON object")
	}
	return document, t.Until, nil
}

// serveSheet answers with a style.
func (s *Server) serveSheet(address string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		now, err := s.sheet(r.Context(), address)
		if err != nil {
			s.refuse(w, http.StatusBadGateway, sentence(err))
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Content-Type", "application/json")
		h.Add("Vary", "Accept-Encoding")
		content, tag := now.text, `"`+now.etag+`"`
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			content, tag = now.packed, `"`+now.etag+`-gzip"`
		}
		h.Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}
}

// finish makes the sheet's text of the rewritten style.
func (s *sheet) finish(style map[string]any) error {
	text, err := json.Marshal(style)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	s.text, s.etag = text, hex.EncodeToString(sum[:12])
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err = z.Write(text)
	err = errors.Join(err, z.Close())
	s.packed = packed.Bytes()
	return err
}
