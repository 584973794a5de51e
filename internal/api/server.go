package api

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/directory"
	"peyk/internal/live"
	rules "peyk/internal/order"
	"peyk/internal/store"
)

// Options are what a server needs from outside. Those of the first block must be
// set.
type Options struct {
	World     *live.World
	Store     *store.Store
	Directory *directory.Directory // of the same store and world
	Orders    *rules.Book          // of the same store
	Publish   func(peyk.Report)    // to every other node; must not wait. Called with each position that is the newest
	Who       Authenticator
	Door      *auth.Door
	Interval  peyk.Rate // how often phones are asked to report
	Carrying  peyk.Rate // the same, while the courier has an order on its way

	Limits       Limits           // nil: none
	Hubs         []Hub            // of the shop; never changed
	NoPosts      string           // why positions are not taken here, as a sentence for who posts; empty: they are
	Cookies      bool             // a cookie can be a credential: browsers may send it for pages of listed origins
	PublicURL    string           // where browsers find the server, like https://shop.example/peyk; empty: not known
	LocationPath string           // the shop's old URL for positions; empty: none. See CheckLocationPath
	Now          func() time.Time // the clock; nil: time.Now
	Random       io.Reader        // what keys are made of; nil: crypto/rand
	Log          *slog.Logger     // nil: discard
}

// Authenticator says who is behind a request.
type Authenticator interface {
	// Identity returns a peyk.ErrUnauthorized or a peyk.ErrForbidden where nobody
	// is that may come in, and peyk.ErrUnavailable where that is not known.
	// It is safe for concurrent use.
	Identity(r *http.Request) (peyk.Identity, error)
}

// Limits says when it is enough.
type Limits interface {
	// Post takes a position of that courier, or returns a *peyk.Later. It waits
	// for nothing, and is safe for concurrent use.
	Post(courier string) error
}

type unlimited struct{}

func (unlimited) Post(string) error { return nil }

// Server answers requests. It is safe for concurrent use.
type Server struct {
	o        Options
	accepted [2][]byte // what a phone is answered: while its courier carries nothing, and while it does
	set      *metrics.Set
	posts    posts
	tries    rules.Tries // of the codes of orders
}

// NewServer returns a server. Register mounts it, and Guard goes around all.
func NewServer(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Limits == nil {
		o.Limits = unlimited{}
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	set := metrics.NewSet()
	return &Server{
		o:        o,
		accepted: [...][]byte{interval(o.Interval), interval(o.Carrying)},
		set:      set,
		posts:    newPosts(set),
	}
}

func interval(rate peyk.Rate) []byte { return fmt.Appendf(nil, `{"update_interval":%q}`, rate) }

// CheckLocationPath returns an error that says what was wanted if positions
// cannot be posted to this path besides Peyk's own.
func CheckLocationPath(location string) error {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
	bare := strings.TrimSuffix(location, "/")
	taken := bare == "/ws" || bare != locations && strings.HasPrefix(bare, "/api/v1")
	if len(bare) < 2 || bare[0] != '/' || path.Clean(bare) != bare || strings.Trim(bare, letters) != "" || taken {
		return fmt.Errorf("want a path of letters, digits and -._~ that Peyk does not use itself, like /api/location/: %q", location)
	}
	return nil
}

// NewHTTPServer returns a server with a bound for everything a client can draw
// out. Its time limits are those of plain requests: when the WebSocket route
// hijacks its connection, net/http clears both deadlines, and the connection's
// own begin. A handler that streams without hijacking moves them itself, by
// http.ResponseController.
func NewHTTPServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       9 * time.Second,   // 64 KiB even at 60 kbit/s; see takeTime
		WriteTimeout:      60 * time.Second,  // the map's library even at 100 kbit/s
		IdleTimeout:       120 * time.Second, // a phone that reports once a minute keeps its connection
		ConnContext:       auth.KeepPeer,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		// "OPTIONS *" goes through the Door like any other request.
		DisableGeneralOptionsHandler: true,
	}
}
