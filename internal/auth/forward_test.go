package auth_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/auth"
)

// counter is the shop's own server, on connections in memory, and a desk that
// asks it. Its clock is the bubble's.
type counter struct {
	t        *testing.T
	desk     *auth.Desk
	log      *strings.Builder
	rechecks atomic.Int64

	mu     sync.Mutex // guards the rest
	answer http.HandlerFunc
	asked  []http.Header
}

func openCounter(t *testing.T, answer http.HandlerFunc, change func(*auth.Options)) *counter {
	c := &counter{t: t, answer: answer, log: new(strings.Builder)}
	network := &memory{connections: make(chan net.Conn), closed: make(chan struct{})}
	door, err := auth.NewDoor([]string{"https://shop.example"})
	if err != nil {
		t.Fatal(err)
	}
	o := auth.Options{
		Secret: ours().secret, Door: door, Log: slog.New(slog.NewTextHandler(c.log, nil)),
		Forward: auth.Forward{URL: "http://shop/peyk/who?key=hidden", CacheFor: time.Minute},
		Recheck: func() { c.rechecks.Add(1) },
		Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(context.Context, string, string) (net.Conn, error) {
			return network.dial()
		}},
	}
	if change != nil {
		change(&o)
	}
	if c.desk, err = auth.NewDesk(o); err != nil {
		t.Fatal(err)
	}
	runDesk(t, network, c, c.desk)
	return c
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.asked = append(c.asked, r.Header)
	answer := c.answer
	c.mu.Unlock()
	if r.Method != http.MethodGet || r.URL.String() != "/peyk/who?key=hidden" || r.Host != "shop" {
		c.t.Errorf("the shop was asked %s %s of %s", r.Method, r.URL, r.Host)
	}
	answer(w, r)
}

func (c *counter) now(answer http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.answer = answer
}

func (c *counter) questions() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.asked)
}

// wantAsked wants the shop to have been asked so often in all.
func (c *counter) wantAsked(n int) {
	c.t.Helper()
	if got := c.questions(); got != n {
		c.t.Errorf("the shop was asked %d times, want %d", got, n)
	}
}

func (c *counter) identity(token string) (peyk.Identity, error) {
	return c.desk.Identity(authorized("Token " + token))
}

// from asks with a token that came from an address.
func (c *counter) from(address, token string) (peyk.Identity, error) {
	r := authorized("Token " + token)
	r.RemoteAddr = address
	return c.desk.Identity(r)
}

// wantSara wants the holder of a token to be known, or an error.
func (c *counter) want(token string, want error) (who peyk.Identity) {
	c.t.Helper()
	who, err := c.identity(token)
	if !errors.Is(err, want) || want == nil && who.Subject != "7" {
		c.t.Errorf("Identity = %+v, %v, want %v", who, err, want)
	}
	return who
}

func authorized(value string) *http.Request {
	return &http.Request{Method: http.MethodPost, Host: "localhost", Header: http.Header{"Authorization": {value}}}
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // who asked may be gone
	}
}

const dispatcher = `{"sub": 7, "role": "viewer", "name": "Sara", "teams": ["north"]}`

func TestForwardAnswers(t *testing.T) {
	north, all := []peyk.Scope{{Kind: peyk.ScopeTeam, Name: "north"}}, []peyk.Scope{peyk.All}
	self := func(id string) []peyk.Scope { return []peyk.Scope{{Kind: peyk.ScopeCourier, Name: id}} }
	watcher := func(scopes []peyk.Scope) peyk.Identity {
		return peyk.Identity{Subject: "7", Role: peyk.RoleViewer, Grant: peyk.Grant{Actions: peyk.Watch, Scopes: scopes}}
	}
	courier := func(id, username string) peyk.Identity {
		return peyk.Identity{Subject: "7", Name: "sara", Role: peyk.RoleCourier, Self: peyk.Courier{ID: id, Username: username},
			Grant: peyk.Grant{Actions: peyk.Watch | peyk.Publish, Scopes: self(id)}}
	}
	admin := func(scopes []peyk.Scope) peyk.Identity {
		return peyk.Identity{Subject: "7", Role: peyk.RoleAdmin, Grant: peyk.Grant{Actions: peyk.RoleAdmin.Actions(), Scopes: scopes}}
	}
	named := watcher(north)
	named.Name = "Sara"
	ending := watcher(north)
	ending.Until = time.Unix(946684860, 0)
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   error
		who    peyk.Identity
	}{
		{"a viewer", 200, dispatcher, nil, named},
		{"an id as text", 200, `{"sub":"7","role":"viewer","teams":["north"]}`, nil, watcher(north)},
		{"until then", 200, `{"sub":"7","role":"viewer","teams":["north"],"exp":946684860}`, nil, ending},
		{"of everybody", 200, `{"sub":"7","role":"viewer","all":true}`, nil, watcher(all)},
		{"of nobody", 200, `{"sub":"7","role":"viewer"}`, nil, watcher(nil)},
		{"a viewer of no team", 200, `{"sub":"7","role":"viewer","teams":[],"couriers":null}`, nil, watcher(nil)},
		{"an admin", 200, `{"sub":"7","role":"admin"}`, nil, admin(all)},
		{"an admin of a team", 200, `{"sub":"7","role":"admin","teams":["north"]}`, nil, admin(north)},
		{"an admin of no team", 200, `{"sub":"7","role":"admin","teams":[]}`, nil, admin(nil)},
		{"an admin, not of all", 200, `{"sub":"7","role":"admin","all":false}`, nil, admin(nil)},
		{"a courier", 200, `{"sub":7,"role":"courier","username":"sara"}`, nil, courier("7", "sara")},
		{"a courier by another id", 200, `{"sub":7,"role":"courier","username":"sara","user":10}`, nil, courier("10", "sara")},
		{"a courier in the form of positions", 200, `{"sub":7,"role":"courier","name":"sara","user":{"id":10,"username":"s"}}`, nil, courier("10", "s")},
		{"members that we do not know", 200, `{"sub":"7","role":"viewer","teams":["north"],"is_staff":true,"groups":[{"id":1}]}`, nil, watcher(north)},

		{"refused", 401, dispatcher, peyk.ErrUnauthorized, peyk.Identity{}},
		{"forbidden", 403, dispatcher, peyk.ErrForbidden, peyk.Identity{}},
		{"ended", 200, `{"sub":"7","role":"admin","exp":946684700}`, peyk.ErrUnauthorized, peyk.Identity{}},

		{"sent to a page to log in", 302, dispatcher, peyk.ErrUnavailable, peyk.Identity{}},
		{"no content", 204, "", peyk.ErrUnavailable, peyk.Identity{}},
		{"not found", 404, dispatcher, peyk.ErrUnavailable, peyk.Identity{}},
		{"broken", 500, dispatcher, peyk.ErrUnavailable, peyk.Identity{}},
		{"empty", 200, "", peyk.ErrUnavailable, peyk.Identity{}},
		{"a page", 200, "<html>", peyk.ErrUnavailable, peyk.Identity{}},
		{"a list", 200, "[" + dispatcher + "]", peyk.ErrUnavailable, peyk.Identity{}},
		{"cut off", 200, dispatcher[:20], peyk.ErrUnavailable, peyk.Identity{}},
		{"no sub", 200, `{"role":"admin"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"no role", 200, `{"sub":"7"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"a role that there is not", 200, `{"sub":"7","role":"root"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"role twice", 200, `{"sub":"7","role":"viewer","role":"admin"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"an API key's subject", 200, `{"sub":"key:1","role":"admin"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"teams that are no list", 200, `{"sub":"7","role":"admin","teams":"north"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"an end that is no number", 200, `{"sub":"7","role":"admin","exp":"never"}`, peyk.ErrUnavailable, peyk.Identity{}},
		{"too long", 200, `{"sub":"7","role":"admin","x":"` + long(64<<10) + `"}`, peyk.ErrUnavailable, peyk.Identity{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := openCounter(t, says(c.status, c.body), nil)
				who, err := o.identity("t")
				if !strings.HasPrefix(who.Key, "forward:") && err == nil || strings.Contains(who.Key, "Token") {
					t.Errorf("Key = %q, want a name of the credential that does not tell it", who.Key)
				}
				who.Key = ""
				if len(who.Scopes) == 0 {
					who.Scopes = nil
				}
				if !errors.Is(err, c.want) || (c.want == nil) != (err == nil) || !reflect.DeepEqual(who, c.who) {
					t.Errorf("Identity = %+v, %v\nwant %+v, %v", who, err, c.who, c.want)
				}
				if failed := errors.Is(c.want, peyk.ErrUnavailable); failed != strings.Contains(o.log.String(), "level=WARN") {
					t.Errorf("the log says %q, want a warning %v", o.log, failed)
				}
				if strings.Contains(o.log.String(), "hidden") {
					t.Errorf("the log tells the URL's query: %s", o.log)
				}
			})
		})
	}
}

// TestForwardSends has what is sent to the shop, and what never is.
func TestForwardSends(t *testing.T) {
	jwt := ours().hs(but(nil))
	page := "Origin: https://shop.example\n"
	session := page + "Cookie: a=1; sessionid=s3; b=2\n"
	for _, c := range []struct {
		name, header          string
		cookies               []string // that matter
		cookie, authorization string   // of the question; both empty: there is none
		want                  error    // where there is none; nil: an identity without asking
	}{
		{name: "a token of REST framework", header: "Authorization: Token 9944b09", authorization: "Token 9944b09"},
		{name: "Basic", header: "Authorization: Basic dTpw", authorization: "Basic dTpw"},
		{name: "a bearer that is no JWT", header: "Authorization: Bearer x", authorization: "Bearer x"},
		{name: "a JWT that others signed", header: "Authorization: Bearer " + stranger().hs(but(nil)), authorization: "Bearer " + stranger().hs(but(nil))},
		{name: "a long bearer", header: "Authorization: Bearer " + long(5000), authorization: "Bearer " + long(5000)},
		{name: "the bearer of a WebSocket", header: "Sec-WebSocket-Protocol: peyk.v1.json, bearer.x", authorization: "Bearer x"},
		{name: "the bearer of a WebSocket beside a proxy's password", header: "Authorization: Basic dTpw\nSec-WebSocket-Protocol: bearer.x", authorization: "Bearer x"},
		{name: "all cookies", header: session, cookie: "a=1; sessionid=s3; b=2"},
		{name: "cookies in two lines", header: page + "Cookie: a=1\nCookie: b=2", cookie: "a=1; b=2"},
		{name: "the cookies that matter", header: session, cookies: []string{"sessionid", "x"}, cookie: "sessionid=s3"},
		{name: "cookies and a token", header: session + "Authorization: Token t", cookies: []string{"sessionid"}, cookie: "sessionid=s3", authorization: "Token t"},
		{name: "a token, and cookies that do not count", header: "Cookie: sessionid=s3\nAuthorization: Token t", authorization: "Token t"},
		{name: "cookies of our own page", header: "Sec-Fetch-Site: same-origin\nCookie: sessionid=s3", cookie: "sessionid=s3"},

		{name: "nothing", header: page, want: auth.ErrNone},
		{name: "no cookie that matters", header: session, cookies: []string{"x"}, want: auth.ErrNone},
		{name: "cookies from nowhere", header: "Cookie: sessionid=s3", want: auth.ErrNone},
		{name: "cookies of a strange page", header: "Origin: https://evil.example\nCookie: sessionid=s3", want: auth.ErrNone},
		{name: "cookies by a link from elsewhere", header: "Sec-Fetch-Site: cross-site\nCookie: sessionid=s3", want: auth.ErrNone},
		{name: "cookies of a WebSocket without Origin", header: "Upgrade: websocket\nSec-Fetch-Site: same-origin\nCookie: sessionid=s3", want: auth.ErrNone},
		{name: "two tokens", header: "Authorization: Token a\nAuthorization: Token b", want: auth.ErrWrong},
		{name: "two bearers", header: "Authorization: Bearer a\nSec-WebSocket-Protocol: bearer.b", want: auth.ErrWrong},
		{name: "too long", header: "Authorization: Token " + long(8<<10), want: auth.ErrWrong},
		{name: "an API key that we do not know", header: "Authorization: Bearer peyk_x_y", want: auth.ErrWrong},
		{name: "an API key in another scheme", header: "Authorization: Token  peyk_x_y", want: auth.ErrWrong},
		{name: "an API key in a WebSocket", header: "Sec-WebSocket-Protocol: bearer.peyk_x_y", want: auth.ErrWrong},
		{name: "our JWT", header: "Authorization: Bearer " + jwt},
		{name: "our JWT in a cookie", header: page + "Cookie: jwt=" + jwt},
		{name: "our JWT, expired", header: "Authorization: Bearer " + ours().hs(but(map[string]any{"exp": 946684700})), want: auth.ErrExpired},
		{name: "our JWT, without rights", header: "Authorization: Bearer " + ours().hs(but(map[string]any{"peyk": nil})), want: auth.ErrWrong},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := openCounter(t, says(200, dispatcher), func(o *auth.Options) { o.Forward.Cookies, o.Cookie = c.cookies, "jwt" })
				_, err := o.desk.Identity(request(t, "localhost", c.header))
				if !errors.Is(err, c.want) || err != nil && c.want == nil {
					t.Errorf("Identity = %v, want %v", err, c.want)
				}
				if c.cookie == "" && c.authorization == "" {
					o.wantAsked(0)
					return
				}
				o.wantAsked(1)
				if sent := o.asked[0]; sent.Get("Cookie") != c.cookie || sent.Get("Authorization") != c.authorization {
					t.Errorf("sent Cookie %q and Authorization %q, want %q and %q", sent["Cookie"], sent["Authorization"], c.cookie, c.authorization)
				}
				if names := []string{"Origin", "Upgrade", "Sec-Websocket-Protocol"}; slices.ContainsFunc(names, func(n string) bool { return o.asked[0][n] != nil }) {
					t.Errorf("sent %v, want nothing of the request but its credential", o.asked[0])
				}
			})
		})
	}
}

func TestForwardAsksOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openCounter(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Millisecond)
			says(200, dispatcher)(w, r)
		}, nil)
		began := time.Now()
		var all sync.WaitGroup
		for range 100 {
			all.Go(func() { o.want("t", nil) })
		}
		all.Wait()
		o.wantAsked(1)
		if took := time.Since(began); took != 20*time.Millisecond {
			t.Errorf("a hundred at once took %v, want 20ms", took)
		}
		time.Sleep(59 * time.Second)
		o.want("t", nil)
		o.wantAsked(1)
		o.want("another", nil)
		o.wantAsked(2)
		time.Sleep(time.Second)
		o.want("t", nil)
		o.wantAsked(3)
		if token, err := o.desk.Token(t.Context(), "t"); err == nil {
			t.Errorf("Token = %+v, want an error: the shop knows it as a Token and not as a Bearer", token)
		}
	})
}

// TestForwardOutlivesTheFirst: who asked first may give up, others wait for the
// same answer.
func TestForwardOutlivesTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openCounter(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(time.Second)
			says(200, dispatcher)(w, r)
		}, nil)
		ctx, giveUp := context.WithCancel(t.Context())
		var both sync.WaitGroup
		both.Go(func() { _, _ = o.desk.Identity(authorized("Token t").WithContext(ctx)) }) // nobody reads it
		synctest.Wait()
		both.Go(func() { o.want("t", nil) })
		giveUp()
		both.Wait()
		o.wantAsked(1)
	})
}

// TestForwardLeavesRoom: whatever one address makes up, others come next.
func TestForwardLeavesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openCounter(t, func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Millisecond)
			if strings.HasPrefix(r.Header.Get("Authorization"), "Token good") {
				says(200, dispatcher)(w, r)
				return
			}
			w.WriteHeader(http.StatusUnauthorized)
		}, nil)
		began := time.Now()
		var flood sync.WaitGroup
		var busy atomic.Int64
		for i := range 2000 {
			flood.Go(func() {
				if _, err := o.from("192.0.2.1", fmt.Sprint(i)); errors.Is(err, peyk.ErrUnavailable) {
					busy.Add(1)
				}
			})
		}
		synctest.Wait()
		o.wantAsked(64)
		for i := range 3 {
			from := time.Since(began)
			if _, err := o.from(fmt.Sprintf("192.0.2.%d", 2+i), fmt.Sprint("good", i)); err != nil || time.Since(began)-from > 40*time.Millisecond {
				t.Errorf("Identity from another address = %v after %v, want somebody after the next answer", err, time.Since(began)-from)
			}
		}
		flood.Wait()
		if busy.Load() != 2000-64-1024 {
			t.Errorf("%d were sent away, want those that would wait behind 1024 of their address", busy.Load())
		}
	})
}

// TestForwardGivesUpWaiting: who has waited for as long as an answer may take
// leaves the line, and the others have all turns.
func TestForwardGivesUpWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openCounter(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, nil)
		ask := func(n int) {
			var all sync.WaitGroup
			for i := range n {
				all.Go(func() {
					if _, err := o.from(fmt.Sprintf("192.0.2.%d", i%50), fmt.Sprint(i)); !errors.Is(err, peyk.ErrUnavailable) {
						t.Errorf("Identity = %v, want ErrUnavailable", err)
					}
				})
			}
			all.Wait()
		}
		began := time.Now()
		ask(1000)
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("it took %v, want 5s", took)
		}
		time.Sleep(2 * time.Second)
		o.now(says(200, dispatcher))
		before := o.questions()
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() { o.want(fmt.Sprint(i), nil) })
		}
		all.Wait()
		o.wantAsked(before + 200)
	})
}

// TestForwardStrangers are those whom the shop refuses, but for those whom it
// knew a moment ago.
func TestForwardStrangers(t *testing.T) {
	for _, status := range []int{401, 403} {
		synctest.Test(t, func(t *testing.T) {
			o := openCounter(t, says(200, dispatcher), nil)
			o.want("left", nil)
			o.now(says(status, ""))
			o.want("unknown", auth.ErrStranger)
			time.Sleep(time.Minute)
			for range 3 {
				o.want("unknown", auth.ErrStranger)
				if _, err := o.identity("left"); errors.Is(err, auth.ErrStranger) || errors.Is(err, peyk.ErrUnavailable) || err == nil {
					t.Errorf("with %d, Identity of who was known a minute ago = %v, want a refusal of no stranger", status, err)
				}
				time.Sleep(6 * time.Second)
			}
			o.now(says(500, ""))
			if _, err := o.identity("another"); errors.Is(err, auth.ErrStranger) {
				t.Errorf("Identity without an answer = %v, want no stranger", err)
			}
		})
	}
}

func TestForwardRefusalsAreShort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openCounter(t, says(401, ""), nil)
		o.want("t", peyk.ErrUnauthorized)
		o.want("t", peyk.ErrUnauthorized)
		o.wantAsked(1)
		o.now(says(200, dispatcher))
		time.Sleep(4 * time.Second)
		o.want("t", peyk.ErrUnauthorized)
		time.Sleep(time.Second)
		o.want("t", nil)
		o.wantAsked(2)
	})
}

// TestForwardWhileTheShopIsDown: who was confirmed within ten minutes stays, and
// nobody else comes in.
func TestForwardWhileTheShopIsDown(t *testing.T) {
	for name, down := range map[string]http.HandlerFunc{
		"broken":  says(500, ""),
		"hanging": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := openCounter(t, says(200, dispatcher), nil)
				who := o.want("t", nil)
				o.now(down)
				began := time.Now()
				o.want("stranger", peyk.ErrUnavailable)
				if took := time.Since(began); took > 5*time.Second {
					t.Errorf("a stranger waited for %v, want at most 5s", took)
				}
				before := o.questions()
				o.want("stranger", peyk.ErrUnavailable)
				o.wantAsked(before)
				for time.Since(began) < 9*time.Minute {
					o.want("t", nil)
					if _, err := o.desk.Again(who); err != nil {
						t.Errorf("Again after %v = %v, want the same identity", time.Since(began), err)
					}
					time.Sleep(25 * time.Second)
				}
				time.Sleep(10*time.Minute - time.Since(began))
				o.want("t", peyk.ErrUnavailable)
				if _, err := o.desk.Again(who); !errors.Is(err, peyk.ErrUnavailable) {
					t.Errorf("Again after 10 minutes = %v, want ErrUnavailable", err)
				}
				o.now(says(200, dispatcher))
				time.Sleep(2 * time.Second)
				o.want("t", nil)
			})
		})
	}
}

// TestForwardFollowsOpenConnections: the shop is asked about them every minute,
// and about nobody else, and what it says then counts at once.
func TestForwardFollowsOpenConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var open atomic.Pointer[peyk.Identity]
		o := openCounter(t, says(200, dispatcher), nil)
		recheck := func() (peyk.Identity, error) { return o.desk.Again(*open.Load()) }
		who := o.want("open", nil)
		o.want("gone", nil)
		open.Store(&who)
		for range 60 { // as the hub does it when it is told to
			time.Sleep(5 * time.Second)
			if _, err := recheck(); err != nil {
				t.Fatal(err)
			}
		}
		if asked := o.questions(); asked < 2+5 || asked > 2+7 {
			t.Errorf("the shop was asked %d times in 5 minutes, want 2 and then one in 45 to 60 s", asked)
		}
		if o.rechecks.Load() < 25 {
			t.Errorf("open connections were looked through %d times in 5 minutes, want every 10 s", o.rechecks.Load())
		}

		o.now(says(200, `{"sub": 7, "role": "viewer", "name": "Sara", "teams": ["south"]}`))
		wait(t, o, func() bool { now, err := recheck(); return err == nil && now.Scopes[0].Name == "south" })
		o.now(says(403, ""))
		wait(t, o, func() bool { _, err := recheck(); return errors.Is(err, peyk.ErrForbidden) })
	})
}

// wait wants something within a minute, and that it was told at once.
func wait(t *testing.T, o *counter, ok func() bool) {
	t.Helper()
	began := time.Now()
	for !ok() {
		before := o.rechecks.Load()
		time.Sleep(time.Second)
		if time.Since(began) > time.Minute {
			t.Fatal("it did not happen within a minute")
		}
		if ok() && o.rechecks.Load() == before {
			t.Error("nobody was told")
		}
	}
}

// TestForwardSlidingEnds: an end that moves with every answer reaches open
// connections without anything else.
func TestForwardSlidingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openCounter(t, func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, `{"sub":7,"role":"admin","exp":%d}`, time.Now().Add(2*time.Minute).Unix())
		}, nil)
		who := o.want("t", nil)
		for range 120 {
			time.Sleep(5 * time.Second)
			now, err := o.desk.Again(who)
			if err != nil || time.Until(now.Until) < 50*time.Second {
				t.Fatalf("Again = until %v, %v, want an end that moves", now.Until, err)
			}
		}
		o.now(says(500, ""))
		time.Sleep(2 * time.Minute)
		if _, err := o.desk.Again(who); !errors.Is(err, auth.ErrExpired) && !errors.Is(err, peyk.ErrUnavailable) {
			t.Errorf("Again after the end = %v, want that it has ended", err)
		}
	})
}

// TestForwardIsBounded: neither requests under way nor what is kept grow without
// end, and who has a connection is not forgotten for others.
func TestForwardIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var under, most atomic.Int64
		o := openCounter(t, func(w http.ResponseWriter, r *http.Request) {
			now := under.Add(1)
			for m := most.Load(); now > m && !most.CompareAndSwap(m, now); m = most.Load() {
			}
			time.Sleep(20 * time.Millisecond)
			under.Add(-1)
			says(200, dispatcher)(w, r)
		}, nil)
		who := o.want("open", nil)
		if _, err := o.desk.Again(who); err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		var busy atomic.Int64
		for i := range 11500 { // of 8 KiB each; first 1500 at once, and then 1000
			if i >= 1500 && i%1000 == 500 {
				all.Wait()
			}
			all.Go(func() {
				if _, err := o.identity(fmt.Sprintf("%08d%s", i, long(8000))); errors.Is(err, peyk.ErrUnavailable) {
					busy.Add(1)
				}
			})
		}
		all.Wait()
		if most.Load() > 64 {
			t.Errorf("%d requests were under way at once, want at most 64", most.Load())
		}
		if busy.Load() != 1500-64-1024 {
			t.Errorf("%d were sent away, want those that would wait behind 1024 others", busy.Load())
		}
		if s, most := o.desk.Asked(), (64<<20)/8000; s.Known > most || s.Known < most/2 {
			t.Errorf("%d are known, want nearly the %d that 64 MiB hold", s.Known, most)
		}
		if _, err := o.desk.Again(who); err != nil {
			t.Errorf("Again = %v, want that who has a connection is kept", err)
		}
		time.Sleep(11 * time.Minute)
		synctest.Wait()
		if s := o.desk.Asked(); s.Known != 0 || s.Confirmed == 0 || s.Failed == 0 {
			t.Errorf("Stats = %+v, want nobody known any more", s)
		}
	})
}
