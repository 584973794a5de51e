package limit_test

import (
	"net"
	"net/http"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"peyk/internal/limit"
)

// TestACrowdLeavesNothingBehind: when a thousand have come in, memory is given
// back, and again when they have gone, and not for the sake of a few.
func TestACrowdLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(limit.Options{})
		var conns []net.Conn
		move := func(n int, to http.ConnState) {
			for i := range n {
				if to == http.StateNew {
					conn, far := net.Pipe()
					defer far.Close()
					conns = append(conns, conn)
				}
				l.ConnState(conns[i], to)
			}
		}
		last := forced()
		want := func(what string, some bool) {
			t.Helper()
			time.Sleep(time.Minute)
			synctest.Wait()
			if now := forced(); now > last != some {
				t.Errorf("%s memory was given back %d times, want some: %v", what, now-last, some)
			}
			last = forced()
		}
		move(900, http.StateNew)
		want("after a few", false)
		move(200, http.StateNew)
		want("after a crowd", true)
		move(50, http.StateNew)
		want("after a few more", false)
		move(1100, http.StateClosed)
		want("when it has gone", true)
	})
}

func forced() uint32 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.NumForcedGC
}
