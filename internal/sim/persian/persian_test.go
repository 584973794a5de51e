package persian_test

import (
	"slices"
	"testing"

	"peyk/internal/sim/persian"
)

func TestNames(t *testing.T) {
	want := []persian.Name{{Fa: "باران", En: "Baran"}, {Fa: "کهن\u200cدژ", En: "Kohandezh"}}
	if got := persian.Names("\nباران Baran\nکهن_دژ Kohandezh"); !slices.Equal(got, want) {
		t.Errorf("Names = %q, want %q", got, want)
	}
}

func TestKindAndNumber(t *testing.T) {
	name := persian.Name{Fa: "باران", En: "Baran"}
	want := persian.Name{Fa: "کوچه باران ۱۰۷", En: "Baran Alley 107"}
	if got := name.Kind("کوچه", "Alley").Numbered(107); got != want {
		t.Errorf("Numbered = %q, want %q", got, want)
	}
}
