package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"peyk/internal/bus/redistest"
)

// front is a proxy before a node, by one of the files of deploy/, and a client
// of it at 127.0.0.2. What is asked of it goes through the proxy; the time-outs
// of idle connections are a few seconds there, but for those of streams.
type front struct {
	process // not started: the URL, the token and the client
	node    *process
	addr    string // where the proxy listens
	pool    *x509.CertPool
}

// TestBehindProxy runs a node behind a proxy with TLS, HTTP/2 and a base path.
func TestBehindProxy(t *testing.T) {
	for name, c := range map[string]struct {
		start   func(f *front, dir string)
		socket  bool // the node listens on one
		trusted string
		down    int // what a post is answered with while the node is started anew
	}{
		"nginx":   {(*front).startNginx, true, "unix", http.StatusBadGateway},
		"haproxy": {(*front).startHAProxy, false, "127.0.0.1", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			f := &front{addr: redistest.FreeAddr(t), pool: x509.NewCertPool()}
			_, port, _ := net.SplitHostPort(f.addr)
			f.t, f.url = t, "https://shop.example:"+port+"/peyk"
			f.http = f.client()
			args := []string{"--public-url", f.url, "--trusted-proxies", c.trusted, "--audit-log", filepath.Join(dir, "audit"), "--location-path", "/driver/location/", "--post-rate", "1000/s"}
			if c.socket {
				args = append(args, "--listen", "unix:"+filepath.Join(dir, "s"))
			}
			f.node = startNode(t, args...)
			f.token = f.node.token
			c.start(f, dir)
			within(t, soon, "the proxy passes on", func() bool {
				a, err := f.send("GET", f.url+"/config.json", "")
				return err == nil && a.status == http.StatusOK
			})

			idle := f.open(t, "peyk.v1.json")
			idle.say(`{"type":"watch","view":{"all":true}}`)
			t.Run("page", f.testPage)
			t.Run("link", f.testLink)
			t.Run("post", f.testPost)
			t.Run("address", func(t *testing.T) { f.testAddress(t, filepath.Join(dir, "audit")) })
			t.Run("WebSocket", f.testWebSocket)
			t.Run("events", f.testEvents)
			t.Run("idle", func(t *testing.T) { idle.untilBeat(t) })
			t.Run("restart", func(t *testing.T) { f.testRestart(t, c.down) })
		})
	}
}

// testPage loads what the page names, below the base.
func (f *front) testPage(t *testing.T) {
	moved, err := f.http.Transport.RoundTrip(must(http.NewRequest("GET", f.url, nil)))
	if err != nil {
		t.Fatal(err)
	}
	moved.Body.Close()
	to, err := moved.Location()
	if moved.StatusCode/100 != 3 || err != nil || to.String() != f.url+"/" || moved.ProtoMajor != 2 {
		t.Errorf("%s is answered %d, to %v (%v), in HTTP/%d; want a way to %s/, in HTTP/2", f.url, moved.StatusCode, to, err, moved.ProtoMajor, f.url)
	}
	page := f.ask("GET", "/", "")
	named := regexp.MustCompile(`(?:href|src)="\./([^"]+)"`).FindAllStringSubmatch(page.body, -1)
	if len(named) < 5 {
		t.Fatalf("the page is answered %d and names %q", page.status, named)
	}
	for _, file := range named {
		if a := f.ask("GET", "/"+file[1], ""); a.status != http.StatusOK {
			t.Errorf("%s is answered %d, want 200", file[1], a.status)
		}
	}
	if a := f.ask("GET", "/nothing", ""); a.status != http.StatusNotFound {
		t.Errorf("/nothing is answered %d, want 404", a.status)
	}
}

// testLink opens what a customer is sent, as it is.
func (f *front) testLink(t *testing.T) {
	as := []string{"Authorization", "Bearer " + f.token}
	made, err := f.send("PUT", f.url+"/api/v1/orders/7", `{}`, as...)
	if err == nil && made.status == http.StatusCreated {
		made, err = f.send("POST", f.url+"/api/v1/orders/7/shares", "", as...)
	}
	var share struct{ Link string }
	if err != nil || json.Unmarshal([]byte(made.body), &share) != nil {
		t.Fatalf("a share is answered %d %s (%v)", made.status, made.body, err)
	}
	page, secret, _ := strings.Cut(share.Link, "#")
	if a, err := f.send("GET", page, ""); page != f.url+"/t/" || err != nil || a.status != http.StatusOK {
		t.Errorf("the link is %q and answered %d (%v), want a page at %s/t/", share.Link, a.status, err, f.url)
	}
	if a, err := f.send("GET", f.url+"/api/v1/track", "", "Authorization", "Bearer "+secret); err != nil || a.status != http.StatusOK {
		t.Errorf("its secret is answered %d %s (%v), want the order", a.status, a.body, err)
	}
}

// testPost posts as phones and the page do, and as strange pages do.
func (f *front) testPost(t *testing.T) {
	bearer := []string{"Authorization", "Bearer " + f.token}
	f.post(first, bearer...)
	f.ask("POST", "/driver/location/", first, bearer...).want(t, http.StatusOK, accepted)
	long := strings.Replace(first, "{", `{"note": "`+strings.Repeat("x", 300)+`", `, 1)
	many := "[" + strings.Repeat(long+",", 9000) + long + "]" // more bytes than nginx takes unless told
	if a := f.ask("POST", "/api/v1/positions", many, bearer...); a.status != http.StatusOK {
		t.Errorf("many positions are answered %d %.200s, want 200", a.status, a.body)
	}
	origin := strings.TrimSuffix(f.url, "/peyk")
	for from, want := range map[string]int{origin: 200, "http" + strings.TrimPrefix(origin, "https"): 403, "https://shop.example": 403, "https://evil.example": 403} {
		a := f.ask("POST", "/api/v1/locations", first, append(bearer, "Origin", from)...)
		if a.status != want || a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("a post from a page of %s is answered %d %v, want %d without CORS", from, a.status, a.header, want)
		}
	}
	if a := f.ask("GET", "/", "", "Host", "evil.example"); a.status != http.StatusMisdirectedRequest {
		t.Errorf("another host is answered %d, want 421", a.status)
	}
}

// testAddress wants the client's address in the audit log, and not what it says of itself.
func (f *front) testAddress(t *testing.T, audit string) {
	header := bearer(f.token)
	header.Set("X-Forwarded-For", "198.51.100.66")
	s, status := f.knock(t, websocket.DialOptions{HTTPClient: f.http, HTTPHeader: header})
	if s == nil {
		t.Fatalf("/ws is answered with %d, want 101", status)
	}
	s.until(`"first"`)
	within(t, soon, "the audit log knows who watches", func() bool {
		text, err := os.ReadFile(audit)
		return err == nil && strings.Contains(string(text), `"address":"127.0.0.2:0"`)
	})
	if text, err := os.ReadFile(audit); err != nil || strings.Contains(string(text), "198.51.100.66") {
		t.Errorf("the audit log has what the client said of itself: %s", text)
	}
}

// testWebSocket wants each frame before the next position is posted, so none
// waits in a buffer for another.
func (f *front) testWebSocket(t *testing.T) {
	old, frames := f.open(t), f.open(t, "peyk.v1.json")
	frames.say(`{"type":"watch","view":{"all":true}}`)
	frames.until(`"upto"`)
	old.until(`"first"`)
	for i := range 5 {
		f.post(at("ws", float64(10+i)), "Authorization", "Bearer "+f.token)
		frames.until(fmt.Sprintf(`,%d,2,`, 10+i))
		old.until(fmt.Sprintf(`"latitude": %d.0`, 10+i))
	}
}

func (f *front) testEvents(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*soon)
	defer cancel()
	r := must(http.NewRequestWithContext(ctx, "GET", f.url+"/api/v1/stream", nil))
	r.Header = bearer(f.token)
	answer, err := f.http.Transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close() // it is only read
	if answer.StatusCode != http.StatusOK || answer.ProtoMajor != 2 {
		t.Fatalf("the stream is answered %d in HTTP/%d, want 200 in HTTP/2", answer.StatusCode, answer.ProtoMajor)
	}
	lines := bufio.NewScanner(answer.Body)
	for i := range 5 {
		f.post(at("events", float64(20+i)), "Authorization", "Bearer "+f.token)
		for want := fmt.Sprintf(`,%d,2,`, 20+i); !strings.Contains(lines.Text(), want); {
			if !lines.Scan() {
				t.Fatalf("the stream ended with %v before %s", lines.Err(), want)
			}
		}
	}
}

// untilBeat reads until the server breaks its silence. Until then, all time-outs
// of idle connections but the streams' own have passed.
func (s *stream) untilBeat(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 3*soon)
	defer cancel()
	for {
		_, text, err := s.conn.Read(ctx)
		if err != nil {
			t.Fatalf("an idle WebSocket ended: %v", err)
		}
		if strings.HasPrefix(string(text), `{"type":"beat"`) {
			return
		}
	}
}

// testRestart stops the node and starts it anew; viewers are told to come back,
// and do, and phones get either an answer or a status to try again on.
func (f *front) testRestart(t *testing.T, down int) {
	frames := f.open(t, "peyk.v1.json")
	frames.until(`"hello"`) // now it is one of the viewers
	f.node.stop()
	if told := strings.Join(frames.wantClose(websocket.StatusGoingAway), ""); !strings.Contains(told, `{"type":"bye","code":1001,"reason":"the server stops"`) {
		t.Errorf("a viewer was told %s, want bye", told)
	}
	waiting := make(chan int, 1)
	post := func() {
		a, err := f.send("POST", f.url+"/api/v1/locations", at("late", 30), "Authorization", "Bearer "+f.token)
		if err != nil {
			t.Error(err)
		}
		waiting <- a.status
	}
	go post()
	status := 0
	if down != http.StatusOK {
		status = <-waiting // the proxy does not wait for the node
	}
	f.node.start()
	if status == 0 {
		status = <-waiting
	}
	if status != down {
		t.Errorf("a post while the node was away was answered %d, want %d", status, down)
	}
	f.post(at("back", 31), "Authorization", "Bearer "+f.token)
	f.open(t).until(`"back"`)
}

// open opens a stream as the first admin.
func (f *front) open(t *testing.T, subprotocols ...string) *stream {
	t.Helper()
	s, status := f.knock(t, websocket.DialOptions{HTTPClient: f.http, HTTPHeader: bearer(f.token), Subprotocols: subprotocols})
	if s == nil {
		t.Fatalf("/ws is answered with %d, want 101", status)
	}
	return s
}

// client connects from 127.0.0.2 to the proxy, whatever the host's name, and trusts it.
func (f *front) client() *http.Client {
	from := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: f.pool, ServerName: "shop.example"}, ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return from.DialContext(ctx, network, f.addr)
		},
	}
	f.t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: 3 * soon}
}

// configure writes a file of deploy/ into dir with some of its texts replaced,
// each of which must be in it.
func (f *front) configure(dir, name string, replace ...string) string {
	f.t.Helper()
	text := string(must(os.ReadFile(filepath.Join("..", "..", "deploy", name))))
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			f.t.Fatalf("deploy/%s has no %q", name, replace[i])
		}
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return path
}

func (f *front) startNginx(dir string) {
	cert, key := f.certify(dir)
	own := f.configure(dir, "nginx.conf",
		"server 127.0.0.1:8082;", "server "+f.node.addr+";",
		"listen 443 ", "listen "+f.addr+" ",
		"/etc/letsencrypt/live/shop.example/fullchain.pem", cert, "/etc/letsencrypt/live/shop.example/privkey.pem", key,
		"client_header_timeout 10s", "client_header_timeout 4s", "keepalive_timeout 75s", "keepalive_timeout 4s",
		"client_body_timeout 15s", "client_body_timeout 4s")
	user := ""
	if os.Getuid() == 0 {
		user = "user root;" // who may open the node's socket
	}
	main := filepath.Join(dir, "main.conf")
	temp := ""
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		temp += fmt.Sprintf("%s_temp_path %s;\n", kind, filepath.Join(dir, kind))
	}
	text := fmt.Sprintf("daemon off; worker_processes 1; pid %s; %s\nevents {}\nhttp { access_log off;\n%s include %s; }\n", filepath.Join(dir, "pid"), user, temp, own)
	if err := os.WriteFile(main, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
	f.run("nginx", "-e", "stderr", "-p", dir, "-c", main)
}

func (f *front) startHAProxy(dir string) {
	cert, key := f.certify(dir)
	both := filepath.Join(dir, "both.pem")
	if err := os.WriteFile(both, append(must(os.ReadFile(cert)), must(os.ReadFile(key))...), 0o600); err != nil {
		f.t.Fatal(err)
	}
	replace := []string{
		"server peyk 127.0.0.1:8082", "server peyk " + f.node.addr,
		"bind :443 ", "bind " + f.addr + " ", "/etc/haproxy/shop.example.pem", both,
		"timeout http-request 10s", "timeout http-request 4s", "timeout http-keep-alive 75s", "timeout http-keep-alive 4s",
	}
	if os.Getuid() != 0 { // nobody else can become another
		replace = append(replace, "user haproxy", "", "group haproxy", "", "chroot /var/lib/haproxy", "")
	}
	f.run("haproxy", "-db", "-f", f.configure(dir, "haproxy.cfg", replace...))
}

// run runs a proxy until the test ends.
func (f *front) run(command string, args ...string) {
	f.t.Helper()
	path, err := exec.LookPath(command)
	if err != nil {
		path = filepath.Join("/usr/sbin", command) // not on everybody's PATH
	}
	log := new(transcript)
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		f.t.Fatalf("this test needs Debian's package %s: %v", command, err)
	}
	f.t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt) // nginx and HAProxy take their workers with them
		_ = cmd.Wait()                       // however it ended
		if f.t.Failed() {
			f.t.Logf("%s says:\n%s", command, log)
		}
	})
}

// certify makes a certificate for shop.example that the client trusts.
func (f *front) certify(dir string) (cert, key string) {
	f.t.Helper()
	private := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "shop.example"}, DNSNames: []string{"shop.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der := must(x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private))
	f.pool.AddCert(must(x509.ParseCertificate(der)))
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{
		cert: {Type: "CERTIFICATE", Bytes: der},
		key:  {Type: "PRIVATE KEY", Bytes: must(x509.MarshalPKCS8PrivateKey(private))},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			f.t.Fatal(err)
		}
	}
	return cert, key
}

// must returns what cannot fail in a test.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
