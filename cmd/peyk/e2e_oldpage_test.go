package main

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
)

// trip numbers a courier's positions, from 1 on; the number is in the latitude.
type trip struct{ courier, n int }

// latitude has three decimals whatever n is, as Python and Go write it.
func (p trip) latitude() string { return fmt.Sprintf("%.3f", float64(2*p.n+1)/1000) }

// message is what the old system publishes of it, to the letter.
func (p trip) message() string {
	return fmt.Sprintf(`{"latitude": %s, "longitude": %d.0, "user": {"id": %d, "username": "courier%d"}}`, p.latitude(), p.courier, p.courier, p.courier)
}

var tripForm = regexp.MustCompile(`^\{"latitude": (\d+)\.(\d{3}), "longitude": (\d+)\.0, `)

// readTrip returns of which position a message is.
func readTrip(text string) (trip, error) {
	found := tripForm.FindStringSubmatch(text)
	if found == nil {
		return trip{}, fmt.Errorf("not a position of ours: %s", text)
	}
	thousandths, _ := strconv.Atoi(found[1] + found[2]) // digits
	courier, _ := strconv.Atoi(found[3])                // likewise
	return trip{courier, (thousandths - 1) / 2}, nil
}

// throughPeyk reports whether Peyk published a message, or made it.
func throughPeyk(message string) bool { return strings.Contains(message, `"stamp": `) }

// oldPage is a page of the shop, written against the old server: each text frame
// is a position.
type oldPage struct {
	name   string
	byPeyk bool // who serves it
	done   chan struct{}

	mu    sync.Mutex // guards the rest
	trips map[int][]trip
	texts map[trip]string
	wrong error
}

// openPage opens a page as a browser does, with the shop's cookie, until the
// test ends.
func openPage(t *testing.T, name, url, cookie string, byPeyk bool) *oldPage {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(url, "http")+"/ws", &websocket.DialOptions{
		Subprotocols: []string{"echo-protocol"}, HTTPHeader: http.Header{"Origin": {url}, "Cookie": {cookie}},
	})
	if err != nil {
		t.Fatalf("open the page of %s: %v", name, err)
	}
	p := &oldPage{name: name, byPeyk: byPeyk, done: make(chan struct{}), trips: map[int][]trip{}, texts: map[trip]string{}}
	go p.read(t.Context(), conn)
	t.Cleanup(func() {
		_ = conn.CloseNow() // the test's end may have closed it
		<-p.done
	})
	return p
}

func (p *oldPage) read(ctx context.Context, conn *websocket.Conn) {
	defer close(p.done)
	for {
		_, text, err := conn.Read(ctx)
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			err = p.take(string(text))
		}
		if err != nil {
			p.mu.Lock()
			p.wrong = err
			p.mu.Unlock()
			return
		}
	}
}

func (p *oldPage) take(text string) error {
	at, err := readTrip(text)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trips[at.courier] = append(p.trips[at.courier], at)
	p.texts[at] = text
	return nil
}

// has reports whether the page shows the position, or has shown it.
func (p *oldPage) has(at trip) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, found := p.texts[at]
	return found
}

// live reports whether something has come: from then on nothing may be missing.
func (p *oldPage) live() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.texts) > 0
}

// count returns how many positions came of each courier.
func (p *oldPage) counts() map[int]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	counts := map[int]int{}
	for courier, trips := range p.trips {
		counts[courier] = len(trips)
	}
	return counts
}

// latest returns the last frames of a courier, at most two.
func (p *oldPage) latest(courier int) (texts []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	trips := p.trips[courier]
	for _, at := range trips[max(0, len(trips)-2):] {
		texts = append(texts, p.texts[at])
	}
	return texts
}

// check wants every position from the first that came on, once and in order.
func (p *oldPage) check(t *testing.T, published map[trip]string, last map[int]int, behind bool) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wrong != nil {
		t.Errorf("page of %s: %v", p.name, p.wrong)
	}
	for courier, end := range last {
		trips := p.trips[courier]
		for i, at := range trips {
			if at.n != trips[0].n+i {
				t.Errorf("page of %s: courier %d: not every position once and in order: %v", p.name, courier, trips)
				break
			}
		}
		if len(trips) == 0 || trips[len(trips)-1].n != end {
			t.Errorf("page of %s: courier %d: the last is not position %d: %v", p.name, courier, end, trips)
		}
		p.checkBytes(t, published, trips, behind)
	}
}

// checkBytes wants the bytes that were published. Only what a page gets from Peyk
// while it opens is in Peyk's own, and what it gets when it has fallen behind: on
// a slow machine Peyk says that some did.
func (p *oldPage) checkBytes(t *testing.T, published map[trip]string, trips []trip, behind bool) {
	t.Helper()
	opening := p.byPeyk
	for _, at := range trips {
		if p.texts[at] == published[at] {
			opening = false
			continue
		}
		if !opening && !(behind && p.byPeyk) || !throughPeyk(p.texts[at]) {
			t.Errorf("page of %s: frame %s\n     want %s", p.name, p.texts[at], published[at])
		}
	}
	if opening {
		t.Errorf("page of %s: of %d frames none has the bytes that were published", p.name, len(trips))
	}
}

// has reports whether the picture shows this position now.
func (w *watcher) has(at trip) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	shown, found := w.shown[strconv.Itoa(at.courier)]
	return found && fmt.Sprintf("%.3f", shown.Position.Lat) == at.latitude()
}
