package tile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ask gets one thing from its host; with an old one, only if it has changed.
// keep says whether the host lets us keep it.
func (s *Server) ask(ctx context.Context, u *url.URL, of want, old *thing) (t *thing, keep bool, f *failure) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, false, failed(u.Host, err)
	}
	s.address(r, of, old)
	answer, err := s.client.Do(r)
	if err != nil {
		return nil, false, failed(u.Host, err)
	}
	defer answer.Body.Close() // it is only read
	if answer.StatusCode == http.StatusNotModified && old != nil {
		t, err = renewed(old)
		s.stats.renewed.Add(1)
	} else {
		t, err = receive(answer, of)
		s.stats.fetched.Add(1)
	}
	if refused, ok := err.(*failure); ok {
		refused.host = u.Host
		return nil, false, refused
	}
	if err != nil {
		return nil, false, failed(u.Host, err)
	}
	life := lifetimeOf(answer.Header, s.o.Now(), silentFor(t.Status))
	t.Until, t.Strict = life.until, life.strict
	return t, life.keep, nil
}

func silentFor(status int) time.Duration {
	if status == http.StatusNotFound || status == http.StatusGone {
		return absentFor
	}
	return dayLong
}

// address writes the header of a request. The key goes to the operator's own
// host alone, whatever other hosts a style names.
func (s *Server) address(r *http.Request, of want, old *thing) {
	r.Header.Set("User-Agent", "Peyk")
	r.Header.Set("Accept-Encoding", "gzip")
	if of.part != "" {
		r.Header.Set("Range", of.part)
		r.Header.Set("Accept-Encoding", "identity") // parts are of the file as it is
	}
	if s.key != "" && origin(r.URL) == originOf(s.ground.Light) {
		r.Header.Set("X-Api-Key", s.key)
	}
	if old != nil && old.Tag != "" {
		r.Header.Set("If-None-Match", old.Tag)
	} else if old != nil && old.Modified != "" {
		r.Header.Set("If-Modified-Since", old.Modified)
	}
}

// receive reads what a host sent, as far as it is of use.
func receive(answer *http.Response, of want) (*thing, error) {
	switch answer.StatusCode {
	case http.StatusOK, http.StatusNoContent, http.StatusPartialContent,
		http.StatusNotFound, http.StatusGone, http.StatusRequestedRangeNotSatisfiable:
	default:
		return nil, refusedBy(answer)
	}
	if of.part != "" && answer.StatusCode == http.StatusOK {
		return nil, &failure{reason: Refused, what: "does not send parts of files"}
	}
	h := answer.Header
	encoding := strings.ToLower(h.Get("Content-Encoding"))
	if encoding == "identity" {
		encoding = ""
	}
	if encoding != "" && encoding != "gzip" {
		return nil, &failure{reason: Refused, what: fmt.Sprintf("answers in an encoding that it was not asked for: %.20q", encoding)}
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusPartialContent {
		body = nil // words for people, at most
	}
	if len(body) > maxBody {
		return nil, &failure{reason: TooBig, what: fmt.Sprintf("answers with more than %d bytes", maxBody)}
	}
	t := &thing{body: body, meta: meta{
		Status: answer.StatusCode, Encoding: encoding, Type: h.Get("Content-Type"),
		Tag: h.Get("ETag"), Modified: h.Get("Last-Modified"), Range: h.Get("Content-Range"),
	}}
	t.measure()
	return t, nil
}

func (t *thing) measure() {
	sum := sha256.Sum256(t.body)
	t.Sum, t.Size = hex.EncodeToString(sum[:]), int64(len(t.body))
}

// renewed is an old thing that is still what its host has.
func renewed(old *thing) (*thing, error) {
	body, err := io.ReadAll(old.content())
	if err != nil {
		return nil, err
	}
	t := &thing{meta: old.meta, body: body}
	t.measure()
	return t, nil
}

func refusedBy(answer *http.Response) *failure {
	f := &failure{reason: Refused, what: "answers " + answer.Status}
	switch answer.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
		f.what += " (is --map-token right?)"
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		wish, _ := firstSeconds(answer.Header.Get("Retry-After"))
		f.rest = max(wish, time.Second)
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusGatewayTimeout:
		f.reason = Broken
	}
	return f
}
