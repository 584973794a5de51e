package sim_test

import (
	"regexp"
	"testing"

	"peyk"
	"peyk/internal/sim"
)

func TestPersonsAreUnique(t *testing.T) {
	form := regexp.MustCompile(`^[a-z]+\.[a-z]+[0-9]*$`)
	names, usernames := map[string]int{}, map[string]int{}
	for n := range 20_000 {
		name, username := sim.Person(n)
		if other, known := names[name]; known {
			t.Fatalf("%d and %d are both called %q", other, n, name)
		}
		if other, known := usernames[username]; known {
			t.Fatalf("%d and %d have both the username %q", other, n, username)
		}
		names[name], usernames[username] = n, n
		if !form.MatchString(username) {
			t.Errorf("username %q is not of the form %v", username, form)
		}
		if err := (peyk.Courier{ID: username, Username: username, Name: name}).Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestPersonIsStable(t *testing.T) {
	for n, want := range map[int][2]string{0: {"سارا احمدی", "sara.ahmadi"}} {
		if name, username := sim.Person(n); name != want[0] || username != want[1] {
			t.Errorf("Person(%d) = %q, %q, want %q, %q", n, name, username, want[0], want[1])
		}
	}
}
