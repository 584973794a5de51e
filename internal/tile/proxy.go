package tile

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	maxBody  = 4 << 20  // bytes; tiles have some 50 KB, styles some 200
	maxPlain = 64 << 20 // bytes of a body that is unpacked for a client that cannot
)

var onePart = regexp.MustCompile(`^bytes=([0-9]{1,15})-([0-9]{1,15})$`)

// want is one thing of a map's host.
type want struct {
	address string // with its keys
	part    string // the value of Range; empty: the whole
	kind    string // Content-Type for the page; empty: what the host says, if it is a tile's
}

// name is that of the thing in the cache.
func (w want) name() string {
	sum := sha256.Sum256([]byte(w.address + "\n" + w.part))
	return hex.EncodeToString(sum[:])
}

// serveThing answers with what is wanted, from the disk if it is good, else
// from the host, else from the disk although it is old.
func (s *Server) serveThing(w http.ResponseWriter, r *http.Request, of want) {
	t, err := s.get(r.Context(), of)
	if err != nil {
		s.sayFailure(w, err)
		return
	}
	defer t.close()
	if t.file == nil {
		select {
		case s.loose <- struct{}{}:
			defer func() { <-s.loose }()
		default:
			s.stats.unserved.Add(1)
			s.refuse(w, http.StatusServiceUnavailable, "Too much of the map is under way.")
			return
		}
	}
	s.write(w, r, of, t)
}

func (s *Server) sayFailure(w http.ResponseWriter, err error) {
	var f *failure
	switch {
	case !errors.As(err, &f):
		s.refuse(w, http.StatusBadGateway, "The map could not be fetched.")
	case f.reason == Busy:
		s.refuse(w, http.StatusServiceUnavailable, sentence(f))
	default:
		s.refuse(w, http.StatusBadGateway, sentence(f))
	}
}

// sentence is an error as people read it.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, of want, t *thing) {
	h := w.Header()
	h.Set("Cache-Control", "private, max-age="+strconv.Itoa(int(s.goodFor(t).Seconds())))
	h.Set("Content-Type", of.kind)
	if of.kind == "" {
		h.Set("Content-Type", tileType(t.Type))
	}
	switch t.Status {
	case http.StatusOK:
		s.writeWhole(w, r, t)
	case http.StatusPartialContent, http.StatusRequestedRangeNotSatisfiable:
		h.Set("Content-Range", t.Range)
		h.Set("Content-Length", strconv.FormatInt(t.Size, 10))
		if t.Tag != "" {
			h.Set("ETag", t.Tag) // of the whole archive, so that readers see that it changed
		}
		w.WriteHeader(t.Status)
		_, _ = io.Copy(w, t.content()) // who is gone needs no rest
	default:
		h.Del("Content-Type")
		w.WriteHeader(t.Status)
	}
}

// goodFor is how long a page need not ask again. What is used although it is
// old is good for a minute: the host is not back sooner for being asked more.
func (s *Server) goodFor(t *thing) time.Duration {
	left := t.Until.Sub(s.o.Now())
	if left <= 0 && !t.Strict {
		return time.Minute
	}
	return max(left, 0)
}

func (s *Server) writeWhole(w http.ResponseWriter, r *http.Request, t *thing) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	packs := strings.Contains(r.Header.Get("Accept-Encoding"), "gzip")
	if t.Encoding == "gzip" && !packs {
		plain, err := gzip.NewReader(t.content())
		if err != nil {
			s.refuse(w, http.StatusBadGateway, "The map's host sent what cannot be unpacked.")
			return
		}
		_, _ = io.Copy(w, io.LimitReader(plain, maxPlain)) // who is gone needs no rest
		return
	}
	if t.Encoding != "" {
		h.Set("Content-Encoding", t.Encoding)
	}
	h.Set("ETag", `"`+t.Sum[:24]+`"`)
	http.ServeContent(w, r, "", time.Time{}, t.content())
}

func tileType(said string) string {
	kind, _, _ := strings.Cut(said, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	if slices.Contains(tileTypes, kind) {
		return kind
	}
	return "application/octet-stream"
}

// servePart answers with one part of an archive that lies elsewhere.
func (s *Server) servePart(w http.ResponseWriter, r *http.Request) {
	part := r.Header.Get("Range")
	bounds := onePart.FindStringSubmatch(part)
	if bounds == nil {
		s.refuse(w, http.StatusBadRequest, "Want one Range, like bytes=0-16383.")
		return
	}
	from, _ := strconv.ParseInt(bounds[1], 10, 64) // it is digits
	to, _ := strconv.ParseInt(bounds[2], 10, 64)
	if to < from || to-from >= maxBody {
		s.refuse(w, http.StatusRequestedRangeNotSatisfiable, fmt.Sprintf("Want a Range of 1 to %d bytes.", maxBody))
		return
	}
	s.serveThing(w, r, want{address: s.ground.Light, part: part, kind: kinds[archiveShape]})
}

// get returns what is wanted; the caller closes it.
func (s *Server) get(ctx context.Context, of want) (*thing, error) {
	name := of.name()
	if t := s.cache.open(name); t != nil {
		if s.isGood(t, of) {
			s.stats.hits.Add(1)
			return t, nil
		}
		t.close()
	}
	fetched, err := s.things.do(ctx, name, func() (*thing, error) { return s.fetch(ctx, of, name) })
	if err == nil && !fetched.stored {
		return fetched, nil
	}
	switch t := s.cache.open(name); {
	case t == nil:
		return fetched, err
	case err == nil:
		return t, nil
	case !t.Strict:
		s.stats.stale.Add(1)
		return t, nil
	default:
		t.close()
		return nil, err
	}
}

// isGood reports whether a thing can be used without asking its host. A part of
// an archive that has changed since cannot.
func (s *Server) isGood(t *thing, of want) bool {
	tag := s.tag.Load().(string)
	return s.o.Now().Before(t.Until) && (of.part == "" || tag == "" || tag == t.Tag)
}

// fetch asks the host, and keeps what it answers.
func (s *Server) fetch(ctx context.Context, of want, name string) (*thing, error) {
	u, err := url.Parse(of.address)
	if err != nil {
		return nil, &failure{reason: Broken, host: "?", what: "has an address that is none"}
	}
	old := s.cache.open(name)
	if old != nil {
		defer old.close()
		if s.isGood(old, of) { // since a moment ago
			return &thing{stored: true}, nil
		}
	}
	h := s.hosts.of(u.Host)
	if err := h.enter(ctx, s.o.Now, s.o.Patience/2); err != nil {
		s.fail(err, h)
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, s.o.Patience)
	defer cancel()
	t, keep, f := s.ask(ctx, u, of, old)
	s.told(h, f)
	if f != nil {
		s.fail(f, h)
		return nil, f
	}
	if of.part != "" {
		keep = keep && t.Tag != "" // or a change could not be told
		s.tag.Store(t.Tag)
	}
	s.keep(name, t, keep)
	return t, nil
}

// told lets the host go, and says so where it went down by this or came back.
func (s *Server) told(h *host, f *failure) {
	down, back := h.leave(s.o.Now(), f)
	if down {
		s.o.Log.Warn("the map's host is let rest", "host", h.name, "err", f)
	}
	if back {
		s.o.Log.Info("the map's host answers again", "host", h.name)
	}
}

// fail counts why there is nothing. What a host refuses is logged once a
// minute: it is often the token.
func (s *Server) fail(err error, h *host) {
	var f *failure
	if !errors.As(err, &f) {
		return // nobody waits for it any more
	}
	s.stats.failed[f.reason].Add(1)
	if f.reason != Refused && f.reason != Forbidden && f.reason != TooBig {
		return
	}
	now := s.o.Now()
	s.mu.Lock()
	often := now.Sub(s.complained) < time.Minute
	if !often {
		s.complained = now
	}
	s.mu.Unlock()
	if !often {
		s.o.Log.Warn("the map's host is of no use", "host", h.name, "err", f)
	}
}

// keep puts a fetched thing on the disk. Where that fails it is passed on all
// the same.
func (s *Server) keep(name string, t *thing, may bool) {
	if !may {
		s.cache.remove(name)
		return
	}
	if err := s.cache.put(name, t); err != nil {
		s.stats.unkept.Add(1)
		s.cache.remove(name)
	}
}
