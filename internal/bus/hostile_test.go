package bus

import (
	"bytes"
	"errors"
	"log/slog"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/bus/redistest"
)

// logBook is a log that can be read while it is written.
type logBook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logBook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func (l *logBook) into(o *Options) { o.Log = slog.New(slog.NewTextHandler(l, nil)) }

func TestGarbageIsCountedAndDropped(t *testing.T) {
	s := redistest.Start(t)
	book := &logBook{}
	n := startNode(t, s.URL, book.into)
	eventually(t, "healthy", n.carries)
	positions := []string{
		"", " ", "null", "[]", "{}", "12", `"x"`, "{", "\x00\xff\xfe", "*3\r\n$7\r\n",
		`{"latitude": 91, "longitude": 1, "user": {"id": 1}}`,
		`{"latitude": 1e400, "longitude": 1, "user": {"id": 1}}`,
		`{"latitude": NaN, "longitude": 1, "user": {"id": 1}}`,
		`{"latitude": 1, "longitude": 1}`,
		`{"latitude": 1, "longitude": 1, "user": 7}`,
		`{"latitude": 1, "longitude": 1, "user": {"id": {"a": 1}}}`,
		`{"latitude": 1, "longitude": 1, "user": {"id": ""}}`,
		"{\"latitude\": 1, \"longitude\": 1, \"user\": {\"id\": \"\xff\"}}",
		strings.Repeat("[", 2000), strings.Repeat(`{"user":`, 500),
		`{"latitude": 1, "longitude": 1, "user": {"id": 1}, "x": "` + strings.Repeat("x", 4<<10) + `"}`,
		strings.Repeat("x", 20<<20),
	}
	notes := []string{
		"", "null", "[]", "{}", "\xff", `{"node": 7}`, `{"node":"a"}`, `{"node":"a","life":"` + strings.Repeat("b", 33) + `"}`,
		`{"node":"a","life":"\u0000"}`, `{"node":"a","life":"b","beat":1e30}`, `{"node":"a","life":"b","beat":9223372036854775807}`,
		`{"node":"a","life":"b","heard":[` + strings.Repeat(`"x",`, 64) + `"x"]}`,
		strings.Repeat(" ", maxNote) + `{"node":"a","life":"b"}`, strings.Repeat("[", 10_000),
	}
	began := time.Now()
	for _, m := range positions {
		n.wantDropped(t, s, "dlchannel", m, Malformed)
	}
	for _, m := range notes {
		n.wantDropped(t, s, "dlchannel:peyk", m, BadNote)
	}
	if d := n.Stats().Dropped; n.Stats().Outages == 0 && (d[Malformed] != uint64(len(positions)) || d[BadNote] != uint64(len(notes))) {
		t.Errorf("dropped %v, want %d and %d", d, len(positions), len(notes))
	}
	r := n.take("10", 1)
	eventually(t, "the next position is heard", func() bool { return len(n.heardAll()) > 0 })
	if got := n.heardAll()[0]; got.Position.Stamp != r.Position.Stamp {
		t.Errorf("garbage was heard: %+v", got)
	}
	if got, most := strings.Count(book.String(), "dropped"), 1+int(time.Since(began)/time.Minute); got < 1 || got > most {
		t.Errorf("%d log lines about dropped messages, want one a minute:\n%s", got, book)
	}
	for line := range strings.Lines(book.String()) {
		if strings.Contains(line, "bus lost") && !isSlow(line) {
			t.Errorf("garbage ended the connection: %s", line)
		}
	}
}

// wantDropped publishes until one more is dropped for that reason: what is said
// while a slow machine makes an outage is lost.
func (n *node) wantDropped(t *testing.T, s *redistest.Server, channel, message string, why Reason) {
	t.Helper()
	before := n.Stats().Dropped[why]
	counted := func() bool { return n.Stats().Dropped[why] > before }
	for !counted() {
		outages := n.Stats().Outages
		s.Publish(channel, message)
		eventually(t, "counted", func() bool { return counted() || n.Stats().Outages > outages && n.carries() })
	}
}

// isSlow reports whether the log says that an answer did not come in time, as
// happens on a machine that does much else.
func isSlow(line string) bool {
	return strings.Contains(line, errSilent.Error()) || strings.Contains(line, "timeout") || strings.Contains(line, "deadline exceeded")
}

// Whoever can publish can speak as any node. That costs work, and no more.
func TestForgedNotes(t *testing.T) {
	s := redistest.Start(t)
	n, other := startNode(t, s.URL), startNode(t, s.URL)
	eventually(t, "both healthy", all([]*node{n, other}, (*node).carries))
	n.take("10", 1)
	listener := s.Listen("dlchannel:peyk")
	own, err := parseNote(listener.Next(soon))
	if err != nil {
		t.Fatal(err)
	}
	published := n.Stats().Published
	for i := range 100 {
		forged := note{Node: own.Node, Life: own.Life, Beat: maxBeat - int64(i)}
		if i > 0 {
			forged = note{Node: "evil", Life: randomName(), To: -1, Want: map[string]peyk.Micros{own.Node: -1 << 62, "evil": 1 << 62}}
		}
		s.Publish("dlchannel:peyk", string(forged.encode()))
	}
	eventually(t, "asked for and answered", func() bool { return n.Stats().Published > published })
	publishMany(t, n, 10_000)
	eventually(t, "equal", equal(n, other))
	if !n.carries() {
		t.Error(n.Health())
	}
}

func TestComplaintsAreFew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := &logBook{}
		c := complaints{addr: "here", log: slog.New(slog.NewTextHandler(book, nil))}
		for range 1000 { // over 100 seconds
			c.add("dlchannel", errors.New(strings.Repeat("long ", 1000)))
			time.Sleep(100 * time.Millisecond)
		}
		text := book.String()
		if strings.Count(text, "\n") != 2 || !strings.Contains(text, "count=1 ") || !strings.Contains(text, "count=600 ") || len(text) > 1000 {
			t.Errorf("the log is\n%s\nwant two short lines, of 1 and of 600 messages", text)
		}
	})
}

func TestWrongPassword(t *testing.T) {
	s := redistest.Start(t, "--requirepass", "r1ght")
	for _, c := range []struct{ name, user, says string }{
		{"wrong", "default:wr0ng@", "WRONGPASS"},
		{"wrong, no user", ":wr0ng@", "WRONGPASS"},
		{"none", "", "NOAUTH"},
		{"right", ":r1ght@", ""},
		{"right, with a user", "default:r1ght@", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := &logBook{}
			n := startNode(t, "redis://"+c.user+s.Addr+"/3", book.into)
			if c.says == "" {
				eventually(t, "healthy", n.carries)
			} else {
				eventually(t, c.says, func() bool { return unhealthy(n) && strings.Contains(n.Health().Error(), c.says) })
				eventually(t, "in the log", func() bool { return strings.Contains(book.String(), c.says) })
			}
			n.stop()
			if strings.Contains(book.String(), "wr0ng") || strings.Contains(book.String(), "r1ght") {
				t.Errorf("the log holds the password:\n%s", book)
			}
		})
	}
}

// TestLeastRights are those that docs/security.md tells operators to give.
func TestLeastRights(t *testing.T) {
	const peyks, others = "resetchannels &dlchannel &dlchannel:peyk +publish +subscribe", "resetchannels &dlchannel +publish"
	doc, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	s := redistest.Start(t)
	for user, rights := range map[string]string{"peyk": peyks, "django": others} {
		if !strings.Contains(string(doc), "`"+rights+"`") {
			t.Errorf("docs/security.md does not say %q", rights)
		}
		s.CLI(append([]string{"ACL", "SETUSER", user, "on", ">s3cret"}, strings.Fields(rights)...)...)
	}
	nodes := startNodes(t, 2, "redis://peyk:s3cret@"+s.Addr)
	eventually(t, "healthy", all(nodes, (*node).carries))
	nodes[0].take("10", 1)
	eventually(t, "heard", equal(nodes...))
	outsider := `{"latitude": 35.0, "longitude": 53.0, "user": {"id": 11, "username": ""}}`
	if got := s.CLI("--user", "django", "--pass", "s3cret", "--no-auth-warning", "PUBLISH", "dlchannel", outsider); got != "2" {
		t.Errorf("another publisher is answered with %q, want 2 who heard it", got)
	}

	lacking := startNode(t, "redis://django:s3cret@"+s.Addr)
	const why = "subscribe to dlchannel and dlchannel:peyk: NOPERM"
	eventually(t, why, func() bool { return unhealthy(lacking) && strings.Contains(lacking.Health().Error(), why) })
}

// What answers on the port is not a Redis, or repeats what it does not know.
func TestStrangeServers(t *testing.T) {
	for _, c := range []struct{ name, answer string }{
		{"web server", "HTTP/1.1 400 Bad Request\r\n\r\n"},
		{"mail server", "+OK POP3 ready\r\n-ERR\r\n"},
		{"loading", "-LOADING Redis is loading the dataset in memory\r\n"},
		{"hangs up", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := &logBook{}
			n := startNode(t, "redis://default:s3cret@"+serve(t, c.answer), book.into)
			eventually(t, "in the log", func() bool { return strings.Contains(book.String(), "bus lost") })
			if text := n.Health().Error() + book.String(); strings.Contains(text, "s3cret") {
				t.Errorf("the password appears: %s", text)
			}
			publishMany(t, n, 1000)
			n.stop()
			noGoroutine(t)
			if got := strings.Count(book.String(), "\n"); got != 1 {
				t.Errorf("%d log lines for one outage, want 1:\n%s", got, book)
			}
		})
	}
}

// Some servers repeat what they refuse, password and all.
func TestPasswordIsRedacted(t *testing.T) {
	s := redistest.Start(t, "--rename-command", "HELLO", "", "--rename-command", "AUTH", "")
	book := &logBook{}
	n := startNode(t, "redis://default:s3cret@"+s.Addr, book.into)
	eventually(t, "in the log", func() bool { return strings.Contains(book.String(), "xxxxx") })
	if text := n.Health().Error() + book.String(); strings.Contains(text, "s3cret") {
		t.Errorf("the password appears: %s", text)
	}
}

// serve answers everything with the same bytes.
func serve(t *testing.T, answer string) (addr string) {
	t.Helper()
	return accept(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096)) // whatever it is
		_, _ = conn.Write([]byte(strings.Repeat(answer, 8)))
	})
}

// accept hands each connection to the function, one after the other, and closes
// it then.
func accept(t *testing.T, each func(net.Conn)) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var work sync.WaitGroup
	work.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			each(conn)
			conn.Close()
		}
	})
	t.Cleanup(func() {
		l.Close()
		work.Wait()
	})
	return l.Addr().String()
}

// An outage of any length costs one number.
func TestOutageCostsNoMemory(t *testing.T) {
	n := startNode(t, "redis://"+serve(t, ""))
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	publishMany(t, n, 10_000)
	before := heap()
	publishMany(t, n, 200_000)
	eventually(t, "the heap is as it was before 200,000 positions", func() bool { return heap() <= before+4<<20 })
}
