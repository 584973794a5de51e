package main

import "fmt"

// table prints rows as they come, in the form in which docs/benchmarks.md has them.
type table struct{ missed []string }

// row is one figure.
type row struct {
	number string  // of the table
	what   string  // the work and the unit
	rival  string  // whom it is held against; empty: an absolute figure
	ours   float64 // in the unit
	theirs float64 // in the unit; 0: an absolute figure
	aim    aim
}

// aim is what a figure should be: of the ratio ours / theirs, or of ours where
// there is no other side.
type aim struct {
	text string
	met  func(v float64) bool // nil: no aim, only a figure
}

// atMost is the aim of v or less.
func atMost(v float64, unit string) aim {
	return aim{fmt.Sprintf("≤ %.4g%s", v, unit), func(got float64) bool { return got <= v }}
}

// atLeast is the aim of v or more.
func atLeast(v float64, unit string) aim {
	return aim{fmt.Sprintf("≥ %.6g%s", v, unit), func(got float64) bool { return got >= v }}
}

func (t *table) head() {
	fmt.Println("| row | what | Peyk | rival | rival's | ratio | aim | met |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
}

func (t *table) add(r row) {
	value, theirs, ratio, met := r.ours, "", "", ""
	if r.theirs != 0 {
		value = r.ours / r.theirs
		theirs, ratio = figure(r.theirs), figure(value)
	}
	if r.aim.met != nil {
		met = "yes"
		if !r.aim.met(value) {
			met = "**no**"
			t.missed = append(t.missed, r.number+" "+r.what)
		}
	}
	fmt.Printf("| %s | %s | %s | %s | %s | %s | %s | %s |\n", r.number, r.what, figure(r.ours), r.rival, theirs, ratio, r.aim.text, met)
}

func (t *table) foot() {
	fmt.Printf("\n%d missed\n", len(t.missed))
	for _, m := range t.missed {
		fmt.Println("-", m)
	}
}

func figure(v float64) string {
	if v >= 1000 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}
