package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/bus/redistest"
)

// couriers post all the time.
const couriers = 4

// move is one change of one line of nginx.
type move struct {
	name   string
	line   string // empty: nothing changes
	taker  string // who takes the positions from then on: django, peyk or both
	byPeyk bool   // who serves the pages that are opened from then on
}

// TestMovingOver does what docs/migration.md says, forward and back, while phones
// post: every position reaches every page, once, in order, with its bytes. A
// phone posts again once its position is everywhere, as real ones do, which
// wait for seconds.
func TestMovingOver(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	before := s.guide.lines
	pages, phones := before[0], before[1]
	s.follow(move{"before", "", "django", false})
	s.settle("django")
	for _, m := range []move{
		{"step a", s.guide.a, "django", true},
		{"step a undone", pages, "django", false},
		{"step b", s.guide.b, "peyk", false},
		{"step b undone", phones, "django", false},
		{"step a again", s.guide.a, "django", true},
		{"step b after step a", s.guide.b, "peyk", true},
		{"step c", s.guide.c, "both", true},
		{"step c undone", s.guide.b, "peyk", true},
		{"step a undone after step b", pages, "peyk", false},
		{"everything undone", phones, "django", false},
	} {
		s.follow(m)
	}
	last := s.stop()
	s.check(last)
	s.checkReconnect(last)
}

// shop is a whole old system, with Peyk beside it and nginx before both.
type shop struct {
	t            *testing.T
	guide        guide
	redis        *redistest.Server
	wire         *redistest.Listener
	site         *site
	push, ingest *process
	panel        *watcher
	cookie       string // of who may see everybody

	cancel context.CancelFunc // ends the phones
	phones sync.WaitGroup
	last   [couriers + 1]int // the last position of each courier; to be read when the phones have ended

	mu    sync.Mutex // guards pages
	pages []*oldPage
}

func openShop(t *testing.T) *shop {
	t.Helper()
	s := &shop{t: t, guide: readGuide(t), redis: redistest.Start(t)}
	addr, dir := redistest.FreeAddr(t), t.TempDir()
	file := filepath.Join(dir, "peyk.yaml")
	yaml := strings.NewReplacer("redis://127.0.0.1:6379", s.redis.URL, "https://shop.example", "http://"+addr).Replace(s.guide.yaml)
	if err := os.WriteFile(file, []byte(yaml+"\nauth-jwt-secret: "+shopSecret+"\nauth-cookie: shop\ntick: 10ms\npost-rate: 1000/s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.tryCommands(dir)
	s.push = startNode(t, "--config", file, "--data-dir", dir, "--role", "push")
	s.ingest = startNode(t, "--config", file, "--data-dir", dir, "--role", "ingest")
	s.site = openSite(t, addr, s.guide, strings.NewReplacer(
		"127.0.0.1:8000", strings.TrimPrefix(startDjango(t, s.redis.URL), "http://"),
		"127.0.0.1:8082", strings.TrimPrefix(startPython(t, "aiohttp_viewers.py", s.redis.URL), "http://"),
		"127.0.0.1:8083", s.push.addr, "127.0.0.1:8084", s.ingest.addr,
	))
	for _, n := range []*process{s.push, s.ingest} {
		within(t, soon, "both halves are ready", func() bool {
			a, err := n.ready()
			return err == nil && a.status == http.StatusOK
		})
	}
	s.wire = s.redis.Listen("dlchannel")
	s.panel = s.push.watch(t)
	s.cookie = "shop=" + token(t, "office", peyk.Courier{}, peyk.Claims{Role: peyk.RoleViewer, All: true})
	s.tryHalves()
	s.drive()
	return s
}

// tryHalves asks both halves, under the shop's name, what the guide has one ask
// before anybody is sent there.
func (s *shop) tryHalves() {
	s.t.Helper()
	host := strings.TrimPrefix(s.site.url, "http://")
	s.push.ask("GET", "/ws", "", "Host", host, "Origin", s.site.url, "Cookie", s.cookie).want(s.t, http.StatusUpgradeRequired,
		`{"detail":"This address speaks WebSocket: want Connection: Upgrade and Upgrade: websocket."}`+"\n")
	s.ingest.ask("POST", "/api/location/", "latitude=x", "Host", host, "Content-Type", asForm, "Authorization", s.phone(1)).want(s.t, http.StatusBadRequest,
		`{"latitude":["A valid number is required."],"longitude":["This field is required."]}`)
	s.push.ask("POST", "/api/location/", "").want(s.t, http.StatusNotFound, `{"detail":"This server takes no positions: it runs with --role push."}`)
	s.ingest.ask("GET", "/ws", "").want(s.t, http.StatusNotFound, `{"detail":"This server takes positions and shows none: it runs with --role ingest."}`)
}

// token is the same each time that the test runs, so that nginx's hash of it is.
func token(t *testing.T, subject string, user peyk.Courier, claims peyk.Claims) string {
	t.Helper()
	text, err := auth.Sign(auth.Draft{
		Subject: subject, User: user, Claims: claims, Until: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC),
	}, []byte(shopSecret))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// tryCommands has Peyk read the command lines of the guide.
func (s *shop) tryCommands(dir string) {
	s.t.Helper()
	if len(s.guide.serve) != 3 {
		s.t.Errorf("docs/migration.md starts Peyk by %q, want each half and the whole", s.guide.serve)
	}
	for _, line := range s.guide.serve {
		cmd := exec.Command("peyk", append([]string{"config", "check"}, strings.Fields(line)[2:]...)...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			s.t.Errorf("%s: %v: %s", line, err, out)
		}
	}
}

// drive starts the phones.
func (s *shop) drive() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.t.Context()))
	s.cancel = cancel
	s.t.Cleanup(func() {
		cancel()
		s.phones.Wait()
	})
	for courier := 1; courier <= couriers; courier++ {
		bearer := s.phone(courier)
		s.phones.Go(func() {
			for n := 1; ctx.Err() == nil && s.report(trip{courier, n}, bearer); n++ {
				s.last[courier] = n
			}
		})
	}
}

// phone returns the header by which a courier's phone comes in.
func (s *shop) phone(courier int) string {
	s.t.Helper()
	user := peyk.Courier{ID: strconv.Itoa(courier), Username: fmt.Sprint("courier", courier)}
	return "Bearer " + token(s.t, user.ID, user, peyk.Claims{Role: peyk.RoleCourier})
}

// report posts a position and waits until it is on every page that was open
// before.
func (s *shop) report(at trip, bearer string) bool {
	open := s.open()
	body := fmt.Sprintf(`{"latitude": %s, "longitude": "%d", "user": {"id": %d, "username": "courier%d"}}`, at.latitude(), at.courier, at.courier, at.courier)
	a, err := s.push.send("POST", s.site.url+"/api/location/", body, "Authorization", bearer)
	if err != nil || a.status != http.StatusOK || a.body != accepted {
		s.t.Errorf("position %v is answered %d %s (%v), want 200 %s", at, a.status, a.body, err, accepted)
		return false
	}
	missing := ""
	if redistest.Eventually(soon, func() bool {
		missing = ""
		for _, p := range open {
			if !p.has(at) {
				missing = p.name
			}
		}
		return missing == "" && s.panel.has(at)
	}) {
		return true
	}
	s.t.Errorf("position %v did not come to everybody within %v; %q", at, soon, missing)
	return false
}

// open returns the pages to which something has come.
func (s *shop) open() (open []*oldPage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.pages {
		if p.live() {
			open = append(open, p)
		}
	}
	return open
}

// follow makes a move, opens a page more, and waits until the phones go the new way.
func (s *shop) follow(m move) {
	s.t.Helper()
	if m.line != "" {
		s.site.change(m.line)
	}
	status := http.StatusBadRequest // of aiohttp
	if m.byPeyk {
		status = http.StatusUnauthorized
	}
	within(s.t, soon, m.name+": the pages are served by who should", func() bool {
		a, err := s.push.send("GET", s.site.url+"/ws", "")
		return err == nil && a.status == status
	})
	a, err := s.push.send("POST", s.site.url+"/api/location/", "") // of the two, Django's answers alone have this header
	if byDjango := a.header.Get("Allow") != ""; err != nil || m.taker != "both" && byDjango != (m.taker == "django") {
		s.t.Errorf("%s: a post is answered %d %v (%v), want it from %s", m.name, a.status, a.header, err, m.taker)
	}
	p := openPage(s.t, m.name, s.site.url, s.cookie, m.byPeyk)
	s.mu.Lock()
	s.pages = append(s.pages, p)
	s.mu.Unlock()
	within(s.t, soon, m.name+": something comes to a new page", p.live)
	s.settle(m.taker)
}

// settle waits for three positions more of each phone, of which the first may
// have been under way, and wants the others to be taken by the taker.
func (s *shop) settle(taker string) {
	s.t.Helper()
	first := s.pages[0]
	since, ways := first.counts(), map[bool]bool{}
	within(s.t, soon, "each phone posts three times", func() bool {
		now := first.counts()
		for courier := 1; courier <= couriers; courier++ {
			if now[courier] < since[courier]+3 {
				return false
			}
		}
		return true
	})
	for courier := 1; courier <= couriers; courier++ {
		latest := first.latest(courier)
		if throughPeyk(latest[0]) != throughPeyk(latest[1]) {
			s.t.Errorf("courier %d goes to and fro: %q", courier, latest)
		}
		ways[throughPeyk(latest[1])] = true
	}
	if want := map[string]map[bool]bool{"django": {false: true}, "peyk": {true: true}, "both": {false: true, true: true}}[taker]; fmt.Sprint(ways) != fmt.Sprint(want) {
		s.t.Errorf("positions went through Peyk: %v, want %v, as %s takes them", ways, want, taker)
	}
}

// stop ends the phones, and returns the last position of each courier.
func (s *shop) stop() map[int]int {
	s.cancel()
	s.phones.Wait()
	last := map[int]int{}
	for courier := 1; courier <= couriers; courier++ {
		last[courier] = s.last[courier]
	}
	return last
}

// check compares all that was published with all that was posted, and every page
// with that.
func (s *shop) check(last map[int]int) {
	s.t.Helper()
	published, total, ours := map[trip]string{}, 0, 0
	for courier, end := range last {
		total += end
		s.t.Logf("courier %d: %d positions", courier, end)
	}
	next := map[int]int{}
	for range total {
		text := s.wire.Next(soon)
		at, err := readTrip(text)
		if err != nil || at.n != next[at.courier]+1 {
			s.t.Errorf("published after position %d: %s (%v)", next[at.courier], text, err)
		}
		next[at.courier], published[at] = at.n, text
		if !throughPeyk(text) && text != at.message() || throughPeyk(text) && !strings.HasPrefix(text, strings.TrimSuffix(at.message(), "}")+`, "stamp": `) {
			s.t.Errorf("published %s\n     want %s", text, at.message())
		}
		if throughPeyk(text) {
			ours++
		}
	}
	behind := s.push.metric(`peyk_viewer_ticks_skipped_total{reason="missed"}`)+s.push.metric(`peyk_viewer_ticks_skipped_total{reason="full"}`) > 0
	for _, p := range s.pages {
		p.check(s.t, published, last, behind)
	}
	s.panel.wantUnbroken(s.t)
	for name, got := range map[string][2]float64{
		"heard":     {s.push.metric("peyk_bus_heard_total"), float64(total)},
		"malformed": {s.push.metric(`peyk_bus_dropped_total{reason="malformed"}`), 0},
		"accepted":  {s.ingest.metric(`peyk_posts_total{outcome="accepted"}`), float64(ours)},
		"published": {s.ingest.metric("peyk_bus_published_total"), float64(ours)},
	} {
		if got[0] != got[1] {
			s.t.Errorf("%s: %v positions, want %v", name, got[0], got[1])
		}
	}
}

// checkReconnect opens a page at each server when nothing moves any more. To
// aiohttp's comes nothing but what is published from then on, which is what the
// old system loses whenever a page reconnects; Peyk's has everything.
func (s *shop) checkReconnect(last map[int]int) {
	s.t.Helper()
	old := openPage(s.t, "the end, at aiohttp", s.site.url, s.cookie, false)
	s.site.change(s.guide.a)
	within(s.t, soon, "Peyk serves the pages", func() bool {
		a, err := s.push.send("GET", s.site.url+"/ws", "")
		return err == nil && a.status == http.StatusUnauthorized
	})
	fresh := openPage(s.t, "the end, at Peyk", s.site.url, s.cookie, true)
	within(s.t, soon, "a page that reconnects to Peyk has everybody's last position", func() bool {
		for courier, n := range last {
			if !fresh.has(trip{courier, n}) {
				return false
			}
		}
		return true
	})
	another := trip{couriers + 1, 1}
	within(s.t, soon, "both hear what is published then", func() bool {
		s.redis.CLI("publish", "dlchannel", another.message())
		return old.has(another) && fresh.has(another)
	})
	if counts := old.counts(); len(counts) != 1 {
		s.t.Errorf("a page that connects to aiohttp got %v, want nothing of before", counts)
	}
}
