package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// djangoShop is the project of examples/django, with people in it.
type djangoShop struct {
	URL   string `json:"url"`
	Token string `json:"token"` // of the courier 10

	t    *testing.T
	log  *transcript
	tell io.Writer
	said *bufio.Reader
	cmd  *exec.Cmd
}

func startDjangoShop(t *testing.T) *djangoShop {
	t.Helper()
	log := new(transcript)
	s := &djangoShop{t: t, log: log, cmd: exec.Command("/usr/bin/python3", "testdata/e2e/django_shop.py", t.TempDir())} // Debian's own Python, for which the packages are
	s.cmd.Stderr = log
	in, err := s.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	s.tell, s.said = in, bufio.NewReader(out)
	line, err := s.said.ReadBytes('\n')
	t.Cleanup(func() {
		s.kill()
		if t.Failed() {
			t.Logf("Django says:\n%s", log)
		}
	})
	if err != nil {
		_ = s.cmd.Wait() // so that its log is whole
		t.Fatalf("Django does not start: %s", log)
	}
	if err := json.Unmarshal(line, s); err != nil {
		t.Fatal(err)
	}
	within(t, soon, "Django is awake", func() bool { // its first answer takes the longest; the server waits 5 s for one
		answer, err := http.Get(s.URL + "/peyk/who/")
		return err == nil && answer.Body.Close() == nil
	})
	return s
}

func (s *djangoShop) kill() {
	_ = s.cmd.Process.Kill() // it may have ended by itself
	_ = s.cmd.Wait()         // "signal: killed" is what we want
}

// order tells the shop to change something, and returns how often Peyk asked.
func (s *djangoShop) order(format string, args ...any) string {
	s.t.Helper()
	if _, err := fmt.Fprintf(s.tell, format+"\n", args...); err != nil {
		s.t.Fatal(err)
	}
	line, err := s.said.ReadString('\n')
	if err != nil {
		s.t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// logIn fills in the shop's form, and returns the cookies that a browser would
// have then.
func (s *djangoShop) logIn(user string) (cookies string) {
	s.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	at, err := url.Parse(s.URL + "/login/")
	if err != nil {
		s.t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: soon, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	form, err := browser.Get(at.String())
	if err != nil {
		s.t.Fatal(err)
	}
	_ = form.Body.Close() // only its cookie counts
	fields := url.Values{"username": {user}, "password": {"correct horse"}}
	for _, c := range jar.Cookies(at) {
		fields.Set("csrfmiddlewaretoken", c.Value)
	}
	answer, err := browser.PostForm(at.String(), fields)
	if err != nil {
		s.t.Fatal(err)
	}
	_ = answer.Body.Close() // likewise
	if answer.StatusCode != http.StatusFound {
		s.t.Fatalf("Django answers the form with %d, want 302", answer.StatusCode)
	}
	for _, c := range jar.Cookies(at) {
		cookies += c.Name + "=" + c.Value + "; "
	}
	return cookies + "_analytics=" + user
}

// TestDjangoSaysWho has a real Django REST framework say who asks: a courier by
// its token, a dispatcher and an admin by their sessions.
func TestDjangoSaysWho(t *testing.T) {
	t.Parallel()
	s := startDjangoShop(t)
	n := startNode(t, "--auth-forward", s.URL+"/peyk/who/", "--auth-forward-cookie", "sessionid", "--auth-forward-cache", "1s")
	page := []string{"Sec-Fetch-Site", "same-origin"}

	within(t, 3*soon, "the shop has begun to answer in time", func() bool {
		return n.ask("GET", "/api/v1/me", "", "Authorization", "Token "+s.Token).status == http.StatusOK
	})

	// The couriers' app keeps its token.
	const tenth = `{"latitude": 35.0001, "longitude": 53.12111, "user": {"id": 10, "username": "test_driver1"}}`
	n.post(tenth, "Authorization", "Token "+s.Token)
	n.post(strings.Replace(tenth, "10", "11", 1), "Authorization", "Token "+s.Token) // it posts its own, whomever it names
	if other := n.ask("GET", "/api/v1/couriers/11", "", "Authorization", "Bearer "+n.token); other.status != http.StatusNotFound {
		t.Errorf("the courier 11 is answered %d %s, want 404", other.status, other.body)
	}
	who, err := n.send("GET", s.URL+"/peyk/who/", "", "Authorization", "Token "+s.Token)
	if err != nil || who.status != http.StatusOK || who.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the shop answers %d with %v (%v), want what nobody keeps for others", who.status, who.header, err)
	}
	no := n.ask("POST", "/api/v1/locations", tenth, "Authorization", "Token "+s.Token+"x")
	no.want(t, http.StatusUnauthorized, `{"detail":"Invalid token."}`)

	// A session counts for our own page, and for nothing else.
	dispatcher := s.logIn("dispatcher")
	n.ask("GET", "/api/v1/me", "", append(page, "Cookie", dispatcher)...).want(t, http.StatusOK,
		`{"subject":"2","name":"Sara Amiri","role":"viewer","courier":null,"actions":["watch"],"scopes":[{"kind":"team","name":"north"}],"until":null}`)
	customer := s.logIn("customer") // who is no courier because it is nothing else
	n.ask("GET", "/api/v1/me", "", append(page, "Cookie", customer)...).want(t, http.StatusOK,
		`{"subject":"11","name":"customer","role":"customer","courier":null,"actions":["watch"],"scopes":[],"until":null}`)
	asked := s.order("questions")
	for header, status := range map[string]int{"Accept: */*": 401, "Sec-Fetch-Site: cross-site": 401, "Origin: https://evil.example": 403} {
		name, value, _ := strings.Cut(header, ": ")
		if got := n.ask("GET", "/api/v1/me", "", "Cookie", dispatcher, name, value); got.status != status {
			t.Errorf("a session with %q is answered %d, want %d", header, got.status, status)
		}
	}
	if now := s.order("questions"); now != asked {
		t.Errorf("the shop was asked %s times after requests that no page of ours made, want %s still", now, asked)
	}

	// Who is deactivated is gone from the map.
	boss := s.logIn("boss")
	stream, status := n.knock(t, websocket.DialOptions{HTTPHeader: http.Header{"Cookie": {boss}, "Origin": {n.url}}})
	if stream == nil {
		t.Fatalf("a handshake with the admin's session is answered %d, want 101", status)
	}
	stream.until("test_driver1")
	s.order("deactivate boss")
	within(t, soon, "the admin is none any more", func() bool {
		return n.ask("GET", "/api/v1/me", "", append(page, "Cookie", boss)...).status == http.StatusUnauthorized
	})
	stream.wantClose(4403)

	// While the shop is down those who were there stay, and nobody else comes in.
	s.kill()
	within(t, soon, "the shop was asked in vain", func() bool {
		n.ask("GET", "/api/v1/me", "", append(page, "Cookie", dispatcher)...)
		return n.metric(`peyk_auth_forward_answers_total{answer="failed"}`) > 0
	})
	n.post(tenth, "Authorization", "Token "+s.Token)
	if stranger := n.ask("GET", "/api/v1/me", "", "Authorization", "Token stranger"); stranger.status != 503 || stranger.header.Get("Retry-After") == "" {
		t.Errorf("a stranger is answered %d with %v, want 503 with Retry-After", stranger.status, stranger.header)
	}
	if _, status := n.knock(t, websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Token stranger"}}}); status != 503 {
		t.Errorf("a stranger's handshake is answered %d, want 503", status)
	}
	for _, secret := range []string{s.Token, strings.Split(dispatcher, ";")[0], strings.Split(boss, ";")[0], "sessionid"} {
		if strings.Contains(n.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

// TestDjangoTellsOfOrders has the shop of examples/django tell of an order, make a
// link for its customer, and sign a token; and go on without Peyk.
func TestDjangoTellsOfOrders(t *testing.T) {
	t.Parallel()
	s := startDjangoShop(t)
	n := newNode(t)
	n.env = []string{"PEYK_AUTH_JWT_SECRET=" + shopSecret}
	n.start()
	s.order("peyk %s %s %s", n.url, n.token, shopSecret)
	s.order("put A/17 picked_up")
	const order = `"orders":[{"id":"A/17","state":"picked_up"`
	_, secret, _ := strings.Cut(s.order("link A/17"), "/t/#")
	for how, token := range map[string]string{"link": secret, "token": s.order("token customer A/17")} {
		got := n.ask("GET", "/api/v1/track", "", "Authorization", "Bearer "+token)
		if got.status != http.StatusOK || !strings.Contains(got.body, order) {
			t.Errorf("who has the shop's %s is answered %d %s, want 200 and %s", how, got.status, got.body, order)
		}
	}
	s.order("put A/17 shipped")
	n.stop()
	s.order("put A/17 delivered")
	for _, want := range []string{`"shipped\" is not a valid choice`, "Connection refused"} {
		within(t, soon, "the shop logs "+want, func() bool { return strings.Contains(s.log.String(), want) })
	}
}
