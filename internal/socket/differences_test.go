package socket_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"peyk"
	"peyk/internal/live"
)

// frames reads a stream that opens until it is in step, and closes it.
func (n *node) frames(t *testing.T) (frames []string) {
	t.Helper()
	conn, in := n.stream(t, "all=1", "")
	defer conn.Close()
	expectEvents(t, in, helloEvent, partsEvent)
	for {
		event := nextEvent(in)
		if !strings.HasPrefix(event, `data: {"type":"frame"`) {
			idOf(t, event)
			return frames
		}
		frames = append(frames, event)
	}
}

// TestDifferencesOutliveTheTick: who comes within a second of somebody else gets
// the same piece, and then the ticks that came after it.
func TestDifferencesOutliveTheTick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		n.take(t, "10", 35)
		n.take(t, "11", 36)
		time.Sleep(3 * time.Second) // the first tick may have come between the two
		n.take(t, "10", 35)
		synctest.Wait()
		first := n.frames(t)
		time.Sleep(300 * time.Millisecond)
		n.take(t, "11", 37)
		time.Sleep(200 * time.Millisecond)
		second := n.frames(t)
		if len(first) != 1 || len(second) != 2 || second[0] != first[0] || !strings.Contains(second[1], `"at":[[2,37,`) {
			t.Errorf("the first got %q, the second %q, want the same and a tick", first, second)
		}
		time.Sleep(2 * time.Second)
		n.take(t, "10", 38)
		synctest.Wait()
		if third := n.frames(t); len(third) != 1 || !strings.Contains(third[0], `"at":[[1,38,2,null,null,0,60],[2,37,`) {
			t.Errorf("after two seconds somebody got %q, want the whole of it as it is", third)
		}
	})
}

// TestDifferencesEndWithRights: who comes after a courier has left the team is
// not told of it, though who came a moment before was.
func TestDifferencesEndWithRights(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNodeFor(func(*http.Request) (peyk.Grant, error) {
			return peyk.Grant{Actions: peyk.Watch, Scopes: []peyk.Scope{team("a")}}, nil
		})
		defer n.end()
		n.take(t, "10", 35)
		n.take(t, "11", 36)
		n.world.Set("10", live.Listed{Team: "a"})
		n.world.Set("11", live.Listed{Team: "a"})
		time.Sleep(3 * time.Second) // the first tick may have come before the last of these
		if got := n.frames(t); len(got) != 1 || !strings.Contains(got[0], `"u10"`) {
			t.Fatalf("got %q, want both couriers", got)
		}
		time.Sleep(300 * time.Millisecond)
		n.world.Set("10", live.Listed{Team: "b"})
		time.Sleep(200 * time.Millisecond)
		if got := n.frames(t); len(got) != 1 || strings.Contains(got[0], `"u10"`) || !strings.Contains(got[0], `"u11"`) {
			t.Errorf("got %q, want only who is in the team", got)
		}
	})
}
