package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"peyk"
	"peyk/internal/api"
	"peyk/internal/audit"
	"peyk/internal/auth"
	"peyk/internal/bus"
	"peyk/internal/directory"
	"peyk/internal/limit"
	"peyk/internal/live"
	"peyk/internal/order"
	"peyk/internal/socket"
	"peyk/internal/store"
	"peyk/internal/tile"
	"peyk/web"

	"golang.org/x/sync/errgroup"
)

// Bounds of stopping; together they stay below the 5 s in which a server that
// got SIGTERM is gone.
const (
	goodbyes = 2 * time.Second // for viewers to take their last frame
	requests = 2 * time.Second // for requests under way to be answered
	farewell = time.Second     // for the last positions to be kept
)

// server is one node: the only place where the rooms meet.
type server struct {
	config Config
	log    *slog.Logger
	out    io.Writer // where the user reads what the server has to tell
	city   []byte    // GeoJSON of the demo city; nil: none
	shop   web.Shop

	store     *store.Store
	directory *directory.Directory
	orders    *order.Book
	desk      *auth.Desk // nil: --insecure
	limits    *limit.Limits
	audit     *audit.Log // nil: off
	world     *live.World
	hub       *socket.Hub
	bus       bus.Bus
	api       *api.Server
	maps      *tile.Server

	stopping atomic.Bool
}

// serve runs a server until ctx ends, and calls ready with its URL once it
// listens.
func serve(ctx context.Context, c Config, out io.Writer, ready func(url string)) error {
	s := &server{config: c, log: slog.New(slog.NewTextHandler(os.Stderr, nil)), out: out}
	return s.run(ctx, ready)
}

func (s *server) run(ctx context.Context, ready func(url string)) error {
	main, err := listen("listen", s.config.Listen)
	if err != nil {
		return err
	}
	defer main.Close()
	var ops net.Listener
	if s.config.OpsListen != "" {
		if ops, err = listen("ops-listen", s.config.OpsListen); err != nil {
			return err
		}
		defer ops.Close()
	}
	// Only who has the address makes a key: a second server that is started
	// by mistake leaves the first one's files alone.
	if s.store, err = s.config.openStore(ctx, s.log); err != nil {
		return err
	}
	key, err := s.build(ctx)
	if err == nil {
		s.announce(main.Addr(), key)
		err = s.live(ctx, main, ops, func() { ready(visible(main.Addr())) })
	}
	return errors.Join(err, s.store.Close())
}

// build makes the rooms and connects them. It returns the first API key if it
// was made just now. The rooms call each other only once the directory opens,
// which comes last: until then some of them are not there.
func (s *server) build(ctx context.Context) (key string, err error) {
	c := s.config
	o, err := c.desk()
	if err != nil {
		return "", err
	}
	if c.AuditLog != "" {
		if s.audit, err = audit.Open(c.AuditLog, audit.Options{Log: s.log}); err != nil {
			return "", fmt.Errorf("--audit-log: %w", err)
		}
	}
	keys := auth.NewKeys(time.Now, s.log)
	s.orders = order.NewBook(order.Options{Rule: c.rule(), Afterlife: store.Afterlife, Changed: func(ids []string) { s.world.Retrack(ids) }})
	shares := auth.NewShares(time.Now, s.orders.Ended)
	s.directory = directory.New(directory.Options{
		Store: s.store, Keys: s.keysChanged(keys), Orders: s.ordersChanged(shares), Used: keys.Used, Forget: c.Forget, Farewell: farewell, Log: s.log,
	})
	if err := s.buildWorld(); err != nil {
		return "", err
	}
	s.limits = limit.New(c.limits(s.log))
	o.Keys, o.Shares, o.Log = keys, shares, s.log
	o.Recheck = func() { s.hub.Recheck() }
	o.Forward.Household = limit.Household
	who, key, err := s.buildDesk(ctx, o)
	if err != nil {
		return "", err
	}
	if err := s.buildFaces(who, o.Door); err != nil {
		return "", err
	}
	return key, s.directory.Open(ctx, s.world)
}

// buildWorld makes the world, and the bus that carries its positions.
func (s *server) buildWorld() (err error) {
	c := s.config
	s.world = live.NewWorld(live.Options{
		Epoch: newEpoch(), Tick: c.Tick, MaxCouriers: c.MaxCouriers, Forget: c.Forget, Interval: c.UpdateInterval.Interval(),
		Listed: s.directory.Listed, Orders: s.orders,
	})
	s.bus, err = bus.Open(c.Bus, bus.Options{Channel: c.BusChannel, Decimals: c.BusDecimals, TakenSince: s.world.TakenSince, Log: s.log})
	if err != nil {
		return fmt.Errorf("--bus: %w", err)
	}
	return nil
}

// buildDesk returns who says who is asking, and the first API key if it was
// made just now.
func (s *server) buildDesk(ctx context.Context, o auth.Options) (who socket.Who, key string, err error) {
	if s.config.Insecure {
		return auth.Everybody{Shares: o.Shares}, "", nil
	}
	if key, err = firstKey(ctx, s.store, s.config.DataDir, rand.Reader); err != nil {
		return nil, "", err
	}
	if s.desk, err = auth.NewDesk(o); err != nil {
		return nil, "", err
	}
	return s.limits.Bound(s.desk, failure), key, nil
}

// buildFaces makes what is to be seen from outside.
func (s *server) buildFaces(who socket.Who, door *auth.Door) (err error) {
	c := s.config
	s.hub = socket.NewHub(socket.Options{World: s.world, Decimals: c.BusDecimals, Who: who, Seats: s.limits, Watched: s.watched(), Log: s.log})
	if s.api, err = s.newAPI(who, door); err != nil {
		return err
	}
	grant := func(r *http.Request) (peyk.Grant, error) {
		id, err := who.Identity(r)
		return id.Grant, err
	}
	if err := s.openMaps(tile.Options{Grant: grant, Log: s.log}); err != nil {
		return err
	}
	if s.shop, err = c.shop(); err != nil {
		return fmt.Errorf("--shop-logo: %w", err)
	}
	return nil
}

// newAPI returns the HTTP face of the rooms.
func (s *server) newAPI(who api.Authenticator, door *auth.Door) (*api.Server, error) {
	c := s.config
	hubs, err := c.hubs()
	if err != nil {
		return nil, fmt.Errorf("--shop-hubs: %w", err)
	}
	return api.NewServer(api.Options{
		World: s.world, Store: s.store, Directory: s.directory, Orders: s.orders, Publish: s.bus.Publish, Who: who, Limits: s.limits, Door: door,
		PublicURL: strings.TrimSuffix(c.PublicURL, "/"), Cookies: c.cookies(), Interval: c.UpdateInterval, Carrying: c.carrying(), LocationPath: c.LocationPath,
		Hubs: hubs, NoPosts: c.Role.noPosts(), Log: s.log,
	}), nil
}

// keysChanged passes on what became of API keys: to the desk, and then to whoever
// came in with them.
func (s *server) keysChanged(keys *auth.Keys) func(changed []store.Key, whole bool) {
	return func(changed []store.Key, whole bool) {
		if whole {
			keys.Set(changed)
		} else {
			keys.Update(changed)
		}
		s.hub.Recheck()
	}
}

// watched keeps who watched whom, if anybody wants to know.
func (s *server) watched() func(socket.Watching) {
	if s.audit == nil {
		return nil
	}
	return func(w socket.Watching) {
		s.audit.Record(audit.Entry{Who: w.Who, View: w.View, From: w.From, To: w.To, Address: w.Address})
	}
}

// front is the server of everything that a browser or a phone can reach.
func (s *server) front() (*http.Server, error) {
	proxies, err := auth.NewProxies(s.config.TrustedProxies)
	if err != nil {
		return nil, fmt.Errorf("--trusted-proxies: %w", err)
	}
	return api.NewHTTPServer(located(proxies, s.handler()), s.log), nil
}

func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	s.api.Register(mux)
	if why := s.config.Role.noViewers(); why != "" {
		absent(mux, s.api, why)
	} else {
		mux.Handle("/ws", s.hub)
		mux.HandleFunc("/api/v1/stream", s.hub.ServeStream)
		s.maps.Register(mux)
		mux.Handle("/", web.Handler(s.pages()))
	}
	_, base, _ := splitPublic(s.config.PublicURL)
	return s.api.Guard(below(base, mux))
}

// live runs the rooms until ctx ends or one of them fails.
func (s *server) live(ctx context.Context, main, ops net.Listener, ready func()) error {
	front, err := s.front()
	if err != nil {
		return err
	}
	servers := map[net.Listener]*http.Server{main: front}
	if ops != nil {
		servers[ops] = api.NewHTTPServer(s.api.Ops(api.Ops{Unready: s.unready, Lacking: s.lacking, Role: s.config.Role.named(), Gauges: s.gauges(), Pprof: s.config.Pprof}), s.log)
	}
	for _, server := range servers {
		server.ConnState = s.limits.ConnState
	}
	// The rooms outlive ctx: viewers and requests take their leave first.
	rooms, closeRooms := context.WithCancel(context.WithoutCancel(ctx))
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.hub.Run(rooms) })
	group.Go(func() error { return s.world.Run(rooms, s.hub.Tell) })
	group.Go(func() error { return s.bus.Run(rooms, s.hear) })
	group.Go(func() error { return s.maps.Run(rooms) })
	group.Go(func() error { return s.directory.Run(rooms) })
	if s.desk != nil {
		group.Go(func() error { return s.desk.Run(rooms) })
	}
	if s.audit != nil {
		group.Go(func() error { return s.audit.Run(rooms) })
		group.Go(func() error { return s.reopen(rooms) })
	}
	for listener, server := range servers {
		group.Go(func() error { return served(server.Serve(listener)) })
	}
	group.Go(func() error {
		<-ctx.Done()
		defer closeRooms()
		return s.stop(context.WithoutCancel(ctx), servers[main], servers[ops])
	})
	ready()
	return group.Wait()
}

// stop sends viewers away, lets requests end, and takes the ops address down last.
func (s *server) stop(ctx context.Context, main, ops *http.Server) error {
	s.stopping.Store(true)
	s.log.Info("stopping")
	leaving, cancel := context.WithTimeout(ctx, goodbyes)
	defer cancel()
	s.hub.Shutdown(leaving)
	ending, cancel := context.WithTimeout(ctx, requests)
	defer cancel()
	for _, server := range []*http.Server{main, ops} {
		if server == nil {
			continue
		}
		if err := server.Shutdown(ending); err != nil {
			s.log.Warn("requests were cut off", "err", err)
			_ = server.Close() // of listeners that are closed
		}
	}
	s.log.Info("stopped")
	return nil
}

// reopen makes the audit log go on in another file after SIGHUP, which is what
// those who rotate logs send.
func (s *server) reopen(ctx context.Context) error {
	told := make(chan os.Signal, 1) // one is enough: two mean the same
	signal.Notify(told, syscall.SIGHUP)
	defer signal.Stop(told)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-told:
			if err := s.audit.Reopen(); err != nil {
				s.log.Error("the audit log goes on in its old file", "err", err)
			}
		}
	}
}

func served(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// hear takes a position from the bus. The world counts what it has no room for.
func (s *server) hear(r peyk.Report) { _ = s.world.Hear(r) }

// unready says why this node should get no traffic now.
func (s *server) unready() []string {
	var why []string
	if s.stopping.Load() {
		why = append(why, "the server stops")
	}
	if err := s.bus.Health(); err != nil {
		why = append(why, err.Error())
	}
	return why
}

// lacking says what does not work while all that is live goes on. Nodes share a
// store: if it is lost, no other node is better off.
func (s *server) lacking() []string {
	if err := s.directory.Health(); err != nil {
		return []string{err.Error()}
	}
	return nil
}

// announce tells whoever started the server where it is, in one write.
func (s *server) announce(at net.Addr, key string) {
	url := strings.TrimSuffix(cmp.Or(s.config.PublicURL, visible(at)), "/")
	text := fmt.Sprintf("Peyk listens on %s%s\n", visible(at), s.config.Role.announced())
	switch {
	case s.config.Role == ingest && key != "":
		text += fmt.Sprintf("The first API key, which is shown this once: %s\n", key)
	case s.config.Role == ingest:
	case key != "":
		text += fmt.Sprintf("The map, with the first API key, which is shown this once: %s/#token=%s\n", url, key)
	case s.config.PublicURL != "":
		text += fmt.Sprintf("The map: %s/\n", url)
	}
	fmt.Fprint(s.out, text)
}

// newEpoch names a world's life. 0 would mean none.
func newEpoch() peyk.Epoch {
	var b [8]byte
	rand.Read(b[:]) // it never fails, by its documentation
	return peyk.Epoch(cmp.Or(binary.BigEndian.Uint64(b[:]), 1))
}
