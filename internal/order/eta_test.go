package order_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"peyk/internal/order"
)

// TestSteady: what wobbles by seconds is told once, and what is told is never
// far from what is expected.
func TestSteady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := rapid.Float64Range(0, 7200).Draw(t, "first")
		told := order.Steady(1e9, first)
		for _, seconds := range rapid.SliceOf(rapid.Float64Range(first-9, first+9)).Draw(t, "wobble") {
			if told = order.Steady(told, seconds); told != first {
				t.Fatalf("around %v s, %v s are told", first, told)
			}
		}
		later := rapid.Float64Range(0, 7200).Draw(t, "later")
		if told = order.Steady(told, later); math.Abs(told-later) > 0.06*later+11 {
			t.Fatalf("after %v s, %v s are told where it is %v", first, told, later)
		}
	})
}
