package socket_test

import (
	"runtime"
	"testing"
	"testing/synctest"
	"time"
)

// TestACrowdLeavesNothingBehind: when a thousand have come in, memory is given
// back once, and not while they come.
func TestACrowdLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode()
		defer n.end()
		given := func() uint32 {
			synctest.Wait()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			return m.NumForcedGC
		}
		before := given()
		expectGiven := func(what string, want uint32) {
			t.Helper()
			if got := given() - before; got != want {
				t.Errorf("%s memory was given back %d times, want %d", what, got, want)
			}
		}
		for i := range 1010 {
			conn, _ := n.dial(t, "peyk.v1.json")
			defer conn.Close()
			if i == 998 || i > 1000 {
				time.Sleep(1500 * time.Millisecond)
			}
		}
		expectGiven("while they come", 0)
		time.Sleep(10 * time.Second)
		expectGiven("after a crowd", 1)
		conn, _ := n.dial(t, "peyk.v1.json")
		defer conn.Close()
		time.Sleep(10 * time.Second)
		expectGiven("after one more", 1)
	})
}
