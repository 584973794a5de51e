package socket_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/auth"
	"peyk/internal/live"
	"peyk/internal/socket"
	"peyk/internal/wire"
)

// wanted says what each message comes to for whom: for what is one's own, for
// what is another team's, and for what there is not, or the same for all three.
// A number is the status of a handshake that ends there. Of views it says who
// is seen, of tokens whether they are taken. What a client may say is all here;
// wire.Request has no more.
const wanted = `
message        |nobody|expired|customer      |courier       |viewer        |leader        |admin         |service
watch couriers |401   |401    |- - -         |own - -       |own - -       |own - -       |own foe -     |403
watch all      |401   |401    |-             |own           |own           |own           |own,foe       |403
watch box      |401   |401    |-             |own           |own           |own           |own,foe       |403
stream         |401   |401    |- - -         |own - -       |own - -       |own - -       |own foe -     |403
token          |401   |401    |right bad bad |right bad bad |right bad bad |right bad bad |right bad bad |403
anything else  |401   |401    |-             |-             |-             |-             |-             |403
`

var people = map[string]peyk.Claims{
	"expired":  {Role: peyk.RoleAdmin, All: true},
	"customer": {Role: peyk.RoleCustomer, Orders: []string{"7"}},
	"courier":  {Role: peyk.RoleCourier, Self: "own"},
	"viewer":   {Role: peyk.RoleViewer, Teams: []string{"A"}},
	"leader":   {Role: peyk.RoleAdmin, Teams: []string{"A"}},
	"admin":    {Role: peyk.RoleAdmin, All: true},
	"service":  {Role: peyk.RoleService, All: true},
}

// targets are one's own, another team's and one that there is not. Their names
// have one length, so that what holds them has too.
var targets = [...]string{"own", "foe", "nil"}

const shopSecret = "what the shop signs its tokens with"

// shopToken returns a token of the shop; nobody has none.
func shopToken(t *testing.T, who, subject string) string {
	t.Helper()
	if who == "nobody" {
		return ""
	}
	until := time.Now().Add(time.Hour)
	if who == "expired" {
		until = time.Now()
	}
	claims := people[who]
	token, err := auth.Sign(auth.Draft{Subject: subject, User: peyk.Courier{ID: claims.Self}, Claims: claims, Until: until}, []byte(shopSecret))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// saying returns what is said about a target, or asked of a stream.
func saying(t *testing.T, message, who, target string) (text, query string) {
	t.Helper()
	switch message {
	case "watch couriers":
		return fmt.Sprintf(`{"type":"watch","view":{"couriers":[%q]}}`, target), ""
	case "watch all":
		return watchAll, ""
	case "watch box":
		return `{"type":"watch","view":{"box":[0,0,80,80],"zoom":2}}`, ""
	case "stream":
		return "", "couriers=" + target
	case "token":
		fresh := map[string]string{"own": shopToken(t, who, "me"), "foe": shopToken(t, "admin", "another"), "nil": "ey.ey.ey"}[target]
		return string(wire.AppendToken(nil, fresh)), ""
	}
	return fmt.Sprintf(`{"type":"courier","courier":%q}`, target), ""
}

func TestRights(t *testing.T) {
	lines := strings.Split(strings.Trim(wanted, "\n"), "\n")
	columns := strings.Split(lines[0], "|")
	for _, line := range lines[1:] {
		cells := strings.Split(line, "|")
		for i, cell := range cells[1:] {
			message, who := strings.TrimSpace(cells[0]), strings.TrimSpace(columns[i+1])
			t.Run(message+"/"+who, func(t *testing.T) { testRights(t, message, who, strings.Fields(cell)) })
		}
	}
}

// testRights says a message about each target, each in a world of its own where
// all happens at the same moments.
func testRights(t *testing.T, message, who string, want []string) {
	var heard [len(targets)]string
	for i, target := range targets {
		synctest.Test(t, func(t *testing.T) {
			h := openTeams(t)
			defer h.end()
			heard[i] = h.hears(t, message, who, target)
		})
		if got, want := seen(heard[i]), want[min(i, len(want)-1)]; got != want {
			t.Errorf("%s about %s comes to %s, want %s: it heard %s", message, target, got, want, heard[i])
		}
	}
	if claims := people[who]; claims.All { // nothing is foreign to it
		return
	}
	foreign, absent := strings.ReplaceAll(heard[1], targets[1], targets[2]), heard[2]
	if fingerprint.ReplaceAllString(foreign, ".") != fingerprint.ReplaceAllString(absent, ".") {
		t.Errorf("%s about a foreign one is answered\n%s\nabout an absent one\n%s", message, heard[1], heard[2])
	}
}

// fingerprint is what an event's id holds of what was asked for.
var fingerprint = regexp.MustCompile(`\.[0-9a-f]{16}\n`)

// seen is what the cells of the table say.
func seen(heard string) string {
	var who []string
	switch status, _, _ := strings.Cut(heard, " "); {
	case status != "101" && status != "200":
		return status
	case strings.Contains(heard, `"type":"right"`):
		return "right"
	case strings.Contains(heard, `"error":"bad_token"`):
		return "bad"
	}
	for _, target := range targets {
		if strings.Contains(heard, fmt.Sprintf(`,%q,"name of %s",`, target, target)) {
			who = append(who, target)
		}
	}
	if who == nil {
		return "-"
	}
	return strings.Join(who, ",")
}

// hears returns all that somebody hears: the answer to the handshake, and what
// follows when it has said something and everybody has moved. Of the head it
// leaves out what depends on chance.
func (h *teams) hears(t *testing.T, message, who, target string) string {
	t.Helper()
	text, query := saying(t, message, who, target)
	v := h.open(shopToken(t, who, "me"), "peyk.v1.json", query)
	if text != "" {
		v.say(text)
	}
	for lat := range 3 {
		h.moveAll(t, float64(lat))
	}
	return v.text()
}

// teams is a world of two teams with a real desk, whose ticks a test makes.
type teams struct {
	world *live.World
	hub   *socket.Hub
	end   func()
}

func openTeams(t *testing.T) *teams {
	t.Helper()
	desk, err := auth.NewDesk(auth.Options{Secret: []byte(shopSecret)})
	if err != nil {
		t.Fatal(err)
	}
	world := live.NewWorld(live.Options{
		Epoch: 7, Tick: 100 * time.Millisecond, MaxCouriers: 100_000, Forget: 24 * time.Hour, Interval: time.Minute, Listed: listed,
	})
	hub := socket.NewHub(socket.Options{World: world, Who: desk, Rand: func(time.Duration) time.Duration { return 0 }})
	h := &teams{world, hub, func() { hub.Shutdown(t.Context()) }}
	h.moveAll(t, 10)
	return h
}

// listed is who is in which team: by the first letter. Of others nobody knows.
func listed(id string) live.Listed {
	return live.Listed{Team: map[byte]string{'o': "A", 'a': "A", 'f': "B", 'b': "B"}[id[0]], Name: "name of " + id}
}

func (h *teams) moveAll(t *testing.T, lat float64) {
	t.Helper()
	for _, id := range targets[:2] {
		h.take(t, id, lat, 1)
	}
	h.tick()
}

func (h *teams) take(t *testing.T, id string, lat, lon float64) {
	t.Helper()
	if _, _, err := h.world.Take(peyk.Report{Courier: peyk.Courier{ID: id}, Position: peyk.Position{Lat: lat, Lon: lon}}); err != nil {
		t.Fatal(err)
	}
}

// tick makes one a tenth of a second after what was before, and waits until
// everybody was told.
func (h *teams) tick() {
	synctest.Wait()
	time.Sleep(100 * time.Millisecond) // in a bubble
	if tick, changed := h.world.Tick(); changed {
		h.hub.Tell(tick)
	}
	synctest.Wait()
}

// witness is a viewer that keeps the bytes it gets.
type witness struct {
	conn net.Conn
	head string

	mu    sync.Mutex // guards heard
	heard bytes.Buffer
}

// open brings a token to the WebSocket, or to server-sent events if there is a query.
func (h *teams) open(token, protocol, query string) *witness {
	near, far := net.Pipe()
	v := &witness{conn: near}
	request, serve := handshake(""), h.hub.ServeHTTP
	request.Header.Set("Sec-Websocket-Protocol", protocol)
	if protocol == "" {
		request.Header.Del("Sec-Websocket-Protocol")
	}
	if query != "" {
		request, serve = httptest.NewRequest("GET", "/api/v1/stream?"+query, nil), h.hub.ServeStream
		request.Body = http.NoBody
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	no := httptest.NewRecorder()
	go serve(&hijackable{ResponseWriter: no, conn: far}, request)
	go func() { _, _ = io.Copy(v, near) }() // to the end
	synctest.Wait()
	if v.text() == "" {
		v.head = strconv.Itoa(no.Code) + " " + fmt.Sprint(no.Header(), no.Body)
		far.Close()
	}
	return v
}

// Write keeps what comes; it implements io.Writer.
func (v *witness) Write(b []byte) (int, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.heard.Write(b)
}

// text is all that came, from the status on.
func (v *witness) text() string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return strings.TrimPrefix(v.head+v.heard.String(), "HTTP/1.1 ")
}

// say says it, unless the handshake came to nothing.
func (v *witness) say(text string) {
	if v.head == "" {
		_, _ = v.conn.Write(maskedText([]byte(text))) // the server may have gone
	}
	synctest.Wait()
}
