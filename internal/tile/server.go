package tile

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"peyk"
)

// MaxCache bounds what is kept on the disk, in bytes: all that the couriers of
// a large city look at in a month, at some 20 KB a tile.
const MaxCache = 1 << 30

// Options are what a server needs from outside; Ground and Grant must be set.
type Options struct {
	Ground   Ground
	Token    string // put in where Ground has {token}; if it has none, sent to the operator's own host as x-api-key
	Proxy    bool   // pages get everything by way of this server
	Dir      string // where the proxy keeps what it fetched; empty: nowhere
	MaxCache int64  // bytes; 0: MaxCache
	Grant    func(*http.Request) (peyk.Grant, error)
	Patience time.Duration    // for one answer of a host; 0: 10 s
	Now      func() time.Time // the clock; nil: time.Now
	Log      *slog.Logger     // nil: discard
}

// Server brings the map to the pages. It is safe for concurrent use.
type Server struct {
	o       Options
	ground  Ground // with the token
	key     string // sent as x-api-key; empty: none
	client  *http.Client
	cache   *cache
	hosts   hosts
	things  flights[*thing]
	sheets  sheets
	targets targets
	tag     atomic.Value  // string: the ETag that the archive had last
	loose   chan struct{} // holds one for each answer under way whose body is in memory
	known   atomic.Value  // []string: origins that pages load from
	stats   counts

	mu         sync.Mutex // guards complained
	complained time.Time  // when a refused answer was logged last
}

// maxLoose bounds the answers from memory, that is of hosts which forbid to
// keep them, or with a disk that does not work.
const maxLoose = 64

// NewServer returns a server. CheckToken has accepted the token.
func NewServer(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.MaxCache == 0 {
		o.MaxCache = MaxCache
	}
	if !o.Proxy {
		o.Dir = ""
	}
	s := &Server{o: o, ground: o.Ground.Fill(o.Token), loose: make(chan struct{}, maxLoose), cache: newCache(o.Dir, o.MaxCache)}
	if o.Ground == s.ground {
		s.key = o.Token
	}
	s.tag.Store("")
	s.client = newClient(s.ground.addresses(), o.Patience)
	s.targets.token, s.targets.secrets = o.Token, s.secrets()
	s.known.Store(origins(s.ground.addresses()))
	if s.ground.Kind == Raster {
		s.targets.path(tileShape, s.ground.Light)
	}
	return s
}

// Page is what a page is told of its map. Addresses without a scheme are
// relative to the page.
type Page struct {
	Kind  Kind
	Light string
	Dark  string
}

// Page returns what to tell the pages.
func (s *Server) Page() Page {
	switch g := s.ground; {
	case g.Kind == Builtin:
		return Page{Builtin, string(Builtin), string(Builtin)}
	case g.File != "" || s.o.Proxy && g.Kind == Archive:
		return Page{Archive, archivePath, archivePath}
	case !s.o.Proxy:
		return Page{g.Kind, g.Light, g.Dark}
	case g.Kind == Raster:
		at := s.targets.path(tileShape, g.Light)
		return Page{Raster, at, at}
	case g.Light == g.Dark:
		return Page{Style, lightPath, lightPath}
	}
	return Page{Style, lightPath, darkPath}
}

// Hosts returns the origins beside our own that pages load from, as far as
// they are known: those in the addresses at once, those that a style names once
// Run has read it. The slice must not be changed.
func (s *Server) Hosts() []string {
	if s.o.Proxy {
		return nil
	}
	return s.known.Load().([]string)
}

// Run reads the style, again and again as long as it does not come, and learns
// what is in the cache. It returns when ctx ends. Everything works meanwhile.
func (s *Server) Run(ctx context.Context) error {
	if err := s.cache.scan(); err != nil {
		s.o.Log.Warn("the map's cache could not be looked through: it may get larger than it should", "err", err)
	}
	for wait := restFor; s.ground.Kind == Style && (s.o.Proxy || !s.ground.named); wait = min(2*wait, maxWait) {
		err := s.learn(ctx)
		if err == nil {
			break
		}
		s.o.Log.Warn("the map's style could not be read: pages may show the builtin map", "err", err, "again", wait)
		timer := time.NewTimer(wait)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
	}
	<-ctx.Done()
	return nil
}

// Of reading the style for Run.
const (
	styleWithin = 5 * time.Second
	maxWait     = 10 * time.Minute
)

func (s *Server) learn(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, styleWithin)
	defer cancel()
	var errs []error
	named := s.ground.addresses()
	for _, address := range named {
		sheet, err := s.sheet(ctx, address)
		if err != nil {
			errs = append(errs, err)
		}
		if sheet != nil {
			named = append(named, sheet.named...)
		}
	}
	s.known.Store(origins(named))
	return errors.Join(errs...)
}

// Register mounts what the pages fetch, below /map/.
func (s *Server) Register(mux *http.ServeMux) {
	switch {
	case s.ground.File != "":
		mux.Handle("GET /"+archivePath, s.guard(s.serveFile))
	case s.o.Proxy && s.ground.Kind == Archive:
		mux.Handle("GET /"+archivePath, s.guard(s.servePart))
	case s.o.Proxy && s.ground.Kind == Raster:
		mux.Handle("GET /map/tile/{id}/{z}/{x}/{y}", s.guard(s.serveTile))
	case s.o.Proxy && s.ground.Kind == Style:
		mux.Handle("GET /"+lightPath, s.guard(s.serveSheet(s.ground.Light)))
		mux.Handle("GET /"+darkPath, s.guard(s.serveSheet(s.ground.Dark)))
		mux.Handle("GET /map/tile/{id}/{z}/{x}/{y}", s.guard(s.serveTile))
		mux.Handle("GET /map/glyphs/{id}/{stack}/{range}", s.guard(s.serveGlyphs))
		mux.Handle("GET /map/sprite/{file}", s.guard(s.serveSprite))
		mux.Handle("GET /map/file/{id}", s.guard(s.serveWhole))
	}
}
